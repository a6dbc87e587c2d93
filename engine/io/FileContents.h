// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/FileSystem.h"
#include "io/HandleTable.h"
#include "io/OperationArguments.h"

namespace loopscope {

/// The operations that open, read, write and copy files. FileOperations lists arguments and results.
class FileContents
{
public:
    FileContents(FileSystem &files, HandleTable &handles)
        : m_files(files)
        , m_handles(handles)
    {
    }

    IoResult readFile(const OperationArguments &arguments);
    IoResult writeFile(const OperationArguments &arguments);
    IoResult appendFile(const OperationArguments &arguments);
    IoResult copyFile(const OperationArguments &arguments);
    IoResult open(const OperationArguments &arguments);
    IoResult close(const OperationArguments &arguments);
    IoResult read(const OperationArguments &arguments);
    IoResult write(const OperationArguments &arguments);
    IoResult truncate(const OperationArguments &arguments);
    IoResult ftruncate(const OperationArguments &arguments);
    IoResult fsync(const OperationArguments &arguments);
    IoResult fdatasync(const OperationArguments &arguments);

private:
    IoResult readAll(int handle);
    IoResult writeWhole(const OperationArguments &arguments, int fallbackFlags);
    int writeAll(int handle, const QByteArray &data);
    int copyBetween(int source, int destination);
    int copyTo(int source, const QByteArray &destination, int mode);

    FileSystem &m_files;
    HandleTable &m_handles;
};

} // namespace loopscope
