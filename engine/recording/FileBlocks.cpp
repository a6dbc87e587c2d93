// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/FileBlocks.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {

FileBlocks::~FileBlocks()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

bool FileBlocks::open(const QString &path, QString *error)
{
    // Without O_NONBLOCK, opening a pipe nobody writes to would wait for ever.
    m_descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat status = {};
    if (m_descriptor < 0 || fstat(m_descriptor, &status) != 0) {
        *error = qt_error_string(errno);
        return false;
    }
    if (!S_ISREG(status.st_mode)) {
        *error = qt_error_string(S_ISDIR(status.st_mode) ? EISDIR : ESPIPE);
        return false;
    }
    return true;
}

quint64 FileBlocks::size() const
{
    struct stat status = {};
    return fstat(m_descriptor, &status) == 0 ? static_cast<quint64>(status.st_size) : 0;
}

size_t FileBlocks::readNow(quint64 offset, std::byte *to, size_t length) const
{
    size_t done = 0;
    while (done < length) {
        const ssize_t got = pread(m_descriptor, to + done, length - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        done += static_cast<size_t>(got);
    }
    return done;
}

const FileBlocks::Block &FileBlocks::block(quint64 number, size_t needed)
{
    Block &block = m_blocks[number % m_blocks.size()];
    if (block.number == number && block.valid >= needed)
        return block;
    if (!block.bytes)
        block.bytes = std::make_unique<std::byte[]>(blockSize);
    block.number = number;
    block.valid = static_cast<size_t>(std::min(blockSize, m_limit - number * blockSize));
    const size_t got = readNow(number * blockSize, block.bytes.get(), block.valid);
    std::memset(block.bytes.get() + got, 0, blockSize - got);
    return block;
}

void FileBlocks::copy(quint64 offset, void *to, size_t length)
{
    auto *target = static_cast<std::byte *>(to);
    while (length > 0) {
        if (offset >= m_limit) {
            std::memset(target, 0, length);
            return;
        }
        const quint64 number = offset / blockSize;
        const auto within = static_cast<size_t>(offset % blockSize);
        const size_t here = static_cast<size_t>(std::min<quint64>({length, blockSize - within, m_limit - offset}));
        std::memcpy(target, block(number, within + here).bytes.get() + within, here);
        target += here;
        offset += here;
        length -= here;
    }
}

} // namespace loopscope
