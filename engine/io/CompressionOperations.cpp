// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/CompressionOperations.h"

#include "io/OperationArguments.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

IoResult refusal(const char *code, const char *message)
{
    IoError error;
    error.code = QLatin1String(code);
    error.errorNumber = Z_STREAM_ERROR;
    error.description = QLatin1String(message);
    return {error, {}};
}

CompressionMode modeOf(const OperationArguments &arguments, std::size_t index)
{
    return static_cast<CompressionMode>(arguments.integer(index, 0));
}

} // namespace

CompressionOutcome compressionOutcome(const IoResult &result)
{
    const auto *list = std::get_if<std::vector<IoValue>>(&result.value.value);
    if (!list)
        return {};
    const OperationArguments parts(*list);
    return {static_cast<quint64>(parts.number(1, 0)), static_cast<quint64>(parts.bytes(0).size())};
}

bool CompressionOperations::knows(const QString &name)
{
    static constexpr std::array names = {
        "compress", "openZlib", "openBrotli", "resetCompression", "setCompressionParameters", "closeCompression", "crc32"};
    return std::any_of(names.begin(), names.end(), [&name](const char *known) { return name == QLatin1String(known); });
}

IoResult CompressionOperations::open(std::unique_ptr<CompressionStream> stream)
{
    if (!stream)
        return refusal("ERR_ZLIB_INITIALIZATION_FAILED", "Initialization failed");
    const std::lock_guard lock(m_mutex);
    m_streams.emplace(++m_last, std::move(stream));
    return {{}, {static_cast<double>(m_last)}};
}

std::shared_ptr<CompressionStream> CompressionOperations::find(double number)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_streams.find(static_cast<quint64>(number));
    return found == m_streams.end() ? nullptr : found->second;
}

IoResult CompressionOperations::perform(const IoOperation &operation)
{
    const OperationArguments arguments(operation.arguments);
    const auto is = [&operation](const char *name) { return operation.name == QLatin1String(name); };
    if (is("openZlib"))
        return open(makeZlibStream(modeOf(arguments, 0),
            {arguments.integer(1, Z_DEFAULT_COMPRESSION), arguments.integer(2, MAX_WBITS), arguments.integer(3, 8), arguments.integer(4, 0),
                arguments.bytes(5)}));
    if (is("openBrotli"))
        return open(makeBrotliStream(modeOf(arguments, 0), arguments.bytes(1)));
    if (is("crc32")) {
        const QByteArray bytes = arguments.bytes(0);
        const uLong sum = crc32_z(static_cast<uLong>(arguments.number(1, 0)), reinterpret_cast<const Bytef *>(bytes.constData()),
            static_cast<z_size_t>(bytes.size()));
        return {{}, {static_cast<double>(sum)}};
    }
    const std::shared_ptr<CompressionStream> stream = find(arguments.number(0, 0));
    if (!stream)
        return refusal("Z_STREAM_ERROR", "zlib binding closed");
    if (is("compress")) {
        if (const auto *input = std::get_if<QByteArray>(&arguments.value(3).value))
            stream->setInput(*input);
        return stream->write(arguments.integer(4, Z_NO_FLUSH), arguments.integer(5, 0));
    }
    if (is("resetCompression"))
        return stream->reset();
    if (is("setCompressionParameters"))
        return stream->setParameters(arguments.integer(1, Z_DEFAULT_COMPRESSION), arguments.integer(2, Z_DEFAULT_STRATEGY));
    const std::lock_guard lock(m_mutex);
    m_streams.erase(static_cast<quint64>(arguments.number(0, 0)));
    return {};
}

} // namespace loopscope
