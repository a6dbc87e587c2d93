// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <array>
#include <cstddef>
#include <memory>

namespace loopscope {

/// Reads bytes anywhere in a file that may grow or be cut by others, and keeps the blocks read last.
///
/// The file is not mapped: a mapping of a file that someone cuts kills the process that looks at it. Bytes below the limit never change, so
/// a block stays good once it is read.
class FileBlocks
{
public:
    FileBlocks() = default;
    ~FileBlocks();
    FileBlocks(const FileBlocks &) = delete;
    FileBlocks &operator=(const FileBlocks &) = delete;

    /// False, with the reason in `error`, if the file cannot be opened.
    bool open(const QString &path, QString *error);
    /// Size of the file now; 0 if it cannot be told.
    quint64 size() const;
    /// Past the system's cache of ours: reads up to `length` bytes at `offset` and gives how many there were.
    size_t readNow(quint64 offset, std::byte *to, size_t length) const;

    /// Bytes below this are final and may be kept.
    void setLimit(quint64 limit) { m_limit = limit; }
    /// Copies final bytes; what the file no longer has becomes 0.
    void copy(quint64 offset, void *to, size_t length);

private:
    static constexpr quint64 blockSize = quint64{64} * 1024;
    struct Block
    {
        quint64 number = ~quint64{0};
        size_t valid = 0;
        std::unique_ptr<std::byte[]> bytes;
    };

    const Block &block(quint64 number, size_t needed);

    int m_descriptor = -1;
    quint64 m_limit = 0;
    std::array<Block, 16> m_blocks;
};

} // namespace loopscope
