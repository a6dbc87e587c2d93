// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/FileOperations.h"

#include "io/Permissions.h"
#include "io/SystemErrors.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace loopscope {

struct FileOperations::Entry
{
    const char *name;
    IoResult (FileContents::*ofContents)(const OperationArguments &);
    IoResult (FileTree::*ofTree)(const OperationArguments &);
};

const FileOperations::Entry *FileOperations::find(const QString &name)
{
    static constexpr std::array entries = {
        Entry{"readFile", &FileContents::readFile, nullptr},
        Entry{"writeFile", &FileContents::writeFile, nullptr},
        Entry{"appendFile", &FileContents::appendFile, nullptr},
        Entry{"copyFile", &FileContents::copyFile, nullptr},
        Entry{"open", &FileContents::open, nullptr},
        Entry{"close", &FileContents::close, nullptr},
        Entry{"read", &FileContents::read, nullptr},
        Entry{"write", &FileContents::write, nullptr},
        Entry{"truncate", &FileContents::truncate, nullptr},
        Entry{"ftruncate", &FileContents::ftruncate, nullptr},
        Entry{"fsync", &FileContents::fsync, nullptr},
        Entry{"fdatasync", &FileContents::fdatasync, nullptr},
        Entry{"stat", nullptr, &FileTree::stat},
        Entry{"lstat", nullptr, &FileTree::lstat},
        Entry{"fstat", nullptr, &FileTree::fstat},
        Entry{"exists", nullptr, &FileTree::exists},
        Entry{"access", nullptr, &FileTree::access},
        Entry{"readdir", nullptr, &FileTree::readdir},
        Entry{"opendir", nullptr, &FileTree::opendir},
        Entry{"mkdir", nullptr, &FileTree::mkdir},
        Entry{"mkdtemp", nullptr, &FileTree::mkdtemp},
        Entry{"rmdir", nullptr, &FileTree::rmdir},
        Entry{"unlink", nullptr, &FileTree::unlink},
        Entry{"rm", nullptr, &FileTree::rm},
        Entry{"rename", nullptr, &FileTree::rename},
        Entry{"link", nullptr, &FileTree::link},
        Entry{"symlink", nullptr, &FileTree::symlink},
        Entry{"readlink", nullptr, &FileTree::readlink},
        Entry{"realpath", nullptr, &FileTree::realpath},
        Entry{"realpathNative", nullptr, &FileTree::realpathNative},
        Entry{"statfs", nullptr, &FileTree::statfs},
        Entry{"chmod", nullptr, &FileTree::chmod},
        Entry{"fchmod", nullptr, &FileTree::fchmod},
        Entry{"chown", nullptr, &FileTree::chown},
        Entry{"lchown", nullptr, &FileTree::lchown},
        Entry{"fchown", nullptr, &FileTree::fchown},
        Entry{"utimes", nullptr, &FileTree::utimes},
        Entry{"lutimes", nullptr, &FileTree::lutimes},
        Entry{"futimes", nullptr, &FileTree::futimes},
    };
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&name](const Entry &entry) { return name == QLatin1String(entry.name); });
    return found == entries.end() ? nullptr : found;
}

FileOperations::FileOperations(FileSystem &files, quint64 seed)
    : m_files(files)
    , m_contents(files, m_handles)
    , m_tree(files, m_handles, seed)
{
}

FileOperations::~FileOperations()
{
    for (const int handle : m_handles.realHandles()) {
        if (handle >= 0)
            m_files.close(handle);
    }
}

bool FileOperations::knows(const QString &name) { return find(name) != nullptr; }

IoResult FileOperations::perform(const IoOperation &operation)
{
    const Entry *entry = find(operation.name);
    if (!entry)
        return {makeIoError(-ENOSYS, operation.name), {}};
    const OperationArguments arguments(operation.arguments);
    IoResult result = entry->ofContents ? (m_contents.*entry->ofContents)(arguments) : (m_tree.*entry->ofTree)(arguments);
    if (result.error.errorNumber == refusedAccess)
        result.error = Permissions::takeRefusal();
    return result;
}

} // namespace loopscope
