// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/CompressionStream.h"
#include "io/IoProvider.h"

#include <memory>
#include <mutex>
#include <unordered_map>

namespace loopscope {

/// What one call of "compress" did.
struct CompressionOutcome
{
    quint64 consumed = 0; ///< bytes of the input
    quint64 produced = 0; ///< bytes of the output
};

/// Reads the result of "compress"; zeros for a failed one.
CompressionOutcome compressionOutcome(const IoResult &result);

/// What Node's `zlib` has carried out on the pool's threads, or at once by the *Sync functions, by name.
///
///     openZlib(mode, level, windowBits, memLevel, strategy, dictionary?) -> stream, a number
///     openBrotli(mode, parameters: 32-bit numbers by BROTLI_PARAM_*, as bytes; 0xffffffff: as it is) -> stream
///     compress(stream, mode, level, input?, flush, outputSize) -> [output bytes, count of bytes consumed]; without input it goes on with
///     the rest of the
///         last one; mode and level (brotli: quality) only tell its cost
///     resetCompression(stream)   setCompressionParameters(stream, level, strategy)   closeCompression(stream)
///     crc32(data, start) -> number
///
/// Any thread may perform any operation at any time, as long as no stream has two of "compress", "resetCompression" and
/// "setCompressionParameters" at once; Node writes to a stream when the last write is through.
/// Errors carry zlib's words, its code ("Z_DATA_ERROR") and errno.
class CompressionOperations
{
public:
    static bool knows(const QString &name);
    IoResult perform(const IoOperation &operation);

private:
    IoResult open(std::unique_ptr<CompressionStream> stream);
    std::shared_ptr<CompressionStream> find(double number);

    std::mutex m_mutex; ///< guards the table, not the streams
    std::unordered_map<quint64, std::shared_ptr<CompressionStream>> m_streams;
    quint64 m_last = 0;
};

} // namespace loopscope
