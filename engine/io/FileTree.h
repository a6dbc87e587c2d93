// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/FileSystem.h"
#include "io/HandleTable.h"
#include "io/OperationArguments.h"
#include "io/SeededGenerator.h"

#include <mutex>

namespace loopscope {

/// The operations on names, folders, links and attributes. FileOperations lists arguments and results.
class FileTree
{
public:
    /// `seed` chooses the names of temporary folders.
    FileTree(FileSystem &files, HandleTable &handles, quint64 seed)
        : m_files(files)
        , m_handles(handles)
        , m_names(seed)
    {
    }

    IoResult stat(const OperationArguments &arguments);
    IoResult lstat(const OperationArguments &arguments);
    IoResult fstat(const OperationArguments &arguments);
    IoResult exists(const OperationArguments &arguments);
    IoResult access(const OperationArguments &arguments);
    IoResult readdir(const OperationArguments &arguments);
    IoResult opendir(const OperationArguments &arguments);
    IoResult mkdir(const OperationArguments &arguments);
    IoResult mkdtemp(const OperationArguments &arguments);
    IoResult rmdir(const OperationArguments &arguments);
    IoResult unlink(const OperationArguments &arguments);
    IoResult rm(const OperationArguments &arguments);
    IoResult rename(const OperationArguments &arguments);
    IoResult link(const OperationArguments &arguments);
    IoResult symlink(const OperationArguments &arguments);
    IoResult readlink(const OperationArguments &arguments);
    IoResult realpath(const OperationArguments &arguments);
    IoResult realpathNative(const OperationArguments &arguments);
    IoResult statfs(const OperationArguments &arguments);
    IoResult chmod(const OperationArguments &arguments);
    IoResult fchmod(const OperationArguments &arguments);
    IoResult chown(const OperationArguments &arguments);
    IoResult lchown(const OperationArguments &arguments);
    IoResult fchown(const OperationArguments &arguments);
    IoResult utimes(const OperationArguments &arguments);
    IoResult lutimes(const OperationArguments &arguments);
    IoResult futimes(const OperationArguments &arguments);

private:
    /// By bytes, as libuv sorts; with types, each name is preceded by the digit of its type.
    int listSorted(const QByteArray &folder, bool withTypes, QStringList *names);
    int entryType(const QByteArray &folder, const DirectoryEntry &entry);
    int makeWithParents(const QByteArray &path, quint32 mode, QByteArray *firstMade);
    IoResult removeWithContents(const QByteArray &path);

    FileSystem &m_files;
    HandleTable &m_handles;
    std::mutex m_namesMutex;
    SeededGenerator m_names;
};

} // namespace loopscope
