// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/CompressionOperations.h"
#include "io/FileOperations.h"

namespace loopscope {

/// Everything that runs on the pool's threads, real or of virtual time, by name: FileOperations, CryptoOperations and
/// CompressionOperations, whose headers list names, arguments and results. As thread-safe as these.
class PoolOperations
{
public:
    /// `files` has to live longer.
    explicit PoolOperations(FileSystem &files, quint64 seed = 1);
    IoResult perform(const IoOperation &operation);
    /// The system's number behind one of the script's; -1 if it has none.
    int descriptorOf(int number) const { return m_files.descriptorOf(number); }

private:
    FileOperations m_files;
    CompressionOperations m_compression;
};

} // namespace loopscope
