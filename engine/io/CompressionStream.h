// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

#include <memory>

namespace loopscope {

/// Node's numbers (zlib.constants.DEFLATE, ...).
enum class CompressionMode : int { None, Deflate, Inflate, Gzip, Gunzip, DeflateRaw, InflateRaw, Unzip, BrotliDecode, BrotliEncode };

/// One direction of compression with its state between calls. One thread at a time.
class CompressionStream
{
public:
    struct ZlibOptions
    {
        int level = -1;
        int windowBits = 15;
        int memoryLevel = 8;
        int strategy = 0;
        QByteArray dictionary;
    };

    virtual ~CompressionStream() = default;
    /// The input of the writes that follow.
    void setInput(const QByteArray &input);
    /// Takes from the input, gives up to `outputSize` bytes: [output, count of bytes consumed], or an error.
    IoResult write(int flush, qsizetype outputSize);
    /// The error, if any, of these is in the result.
    virtual IoResult reset() = 0;
    virtual IoResult setParameters(int level, int strategy) = 0;

protected:
    struct Buffers
    {
        const unsigned char *input = nullptr;
        std::size_t inputLeft = 0;
        unsigned char *output = nullptr;
        std::size_t outputLeft = 0;
    };
    /// Moves the buffers on.
    virtual IoError process(Buffers &buffers, int flush) = 0;

private:
    QByteArray m_input;
    qsizetype m_consumed = 0;
};

/// zlib's six modes and Unzip, which finds out by the first bytes.
std::unique_ptr<CompressionStream> makeZlibStream(CompressionMode mode, const CompressionStream::ZlibOptions &options);
/// Null if a parameter is not valid. `parameters`: see CompressionOperations.
std::unique_ptr<CompressionStream> makeBrotliStream(CompressionMode mode, const QByteArray &parameters);

} // namespace loopscope
