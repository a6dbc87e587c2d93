// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/PoolOperations.h"

#include "io/CryptoOperations.h"

namespace loopscope {

PoolOperations::PoolOperations(FileSystem &files, quint64 seed)
    : m_files(files, seed)
{
}

IoResult PoolOperations::perform(const IoOperation &operation)
{
    if (CryptoOperations::knows(operation.name))
        return CryptoOperations::perform(operation);
    if (CompressionOperations::knows(operation.name))
        return m_compression.perform(operation);
    return m_files.perform(operation);
}

} // namespace loopscope
