// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/CompressionStream.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <cstring>

namespace loopscope {

namespace {

struct EncoderCloser
{
    void operator()(BrotliEncoderState *state) const { BrotliEncoderDestroyInstance(state); }
};
struct DecoderCloser
{
    void operator()(BrotliDecoderState *state) const { BrotliDecoderDestroyInstance(state); }
};
using Encoder = std::unique_ptr<BrotliEncoderState, EncoderCloser>;
using Decoder = std::unique_ptr<BrotliDecoderState, DecoderCloser>;

IoError failure(const char *message, const QString &code, int number)
{
    IoError error;
    error.code = code;
    error.errorNumber = number;
    error.description = QString::fromLatin1(message);
    return error;
}

/// Calls set(number, value) for each parameter that is given; false if one was refused.
template<typename Set>
bool setEach(const QByteArray &parameters, Set set)
{
    constexpr quint32 notGiven = 0xffffffff;
    for (int number = 0; (number + 1) * 4 <= parameters.size(); ++number) {
        quint32 value = 0;
        std::memcpy(&value, parameters.constData() + number * 4, 4);
        if (value != notGiven && !set(number, value))
            return false;
    }
    return true;
}

class BrotliCompressor final : public CompressionStream
{
public:
    explicit BrotliCompressor(const QByteArray &parameters)
        : m_parameters(parameters)
    {
        reset();
    }
    bool isValid() const { return m_isValid; }

    IoResult reset() override
    {
        m_encoder.reset(BrotliEncoderCreateInstance(nullptr, nullptr, nullptr));
        m_isValid = setEach(m_parameters, [this](int number, quint32 value) {
            return BrotliEncoderSetParameter(m_encoder.get(), static_cast<BrotliEncoderParameter>(number), value) == BROTLI_TRUE;
        });
        return {};
    }
    IoResult setParameters(int, int) override { return {}; }

protected:
    IoError process(Buffers &buffers, int flush) override
    {
        const bool isDone = BrotliEncoderCompressStream(m_encoder.get(), static_cast<BrotliEncoderOperation>(flush), &buffers.inputLeft,
                                &buffers.input, &buffers.outputLeft, &buffers.output, nullptr)
            == BROTLI_TRUE;
        return isDone ? IoError() : failure("Compression failed", QStringLiteral("ERR_BROTLI_COMPRESSION_FAILED"), -1);
    }

private:
    Encoder m_encoder;
    QByteArray m_parameters;
    bool m_isValid = false;
};

class BrotliDecompressor final : public CompressionStream
{
public:
    explicit BrotliDecompressor(const QByteArray &parameters)
        : m_parameters(parameters)
    {
        reset();
    }
    bool isValid() const { return m_isValid; }

    IoResult reset() override
    {
        m_decoder.reset(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
        m_isValid = setEach(m_parameters, [this](int number, quint32 value) {
            return BrotliDecoderSetParameter(m_decoder.get(), static_cast<BrotliDecoderParameter>(number), value) == BROTLI_TRUE;
        });
        return {};
    }
    IoResult setParameters(int, int) override { return {}; }

protected:
    IoError process(Buffers &buffers, int flush) override
    {
        const BrotliDecoderResult result = BrotliDecoderDecompressStream(
            m_decoder.get(), &buffers.inputLeft, &buffers.input, &buffers.outputLeft, &buffers.output, nullptr);
        if (result == BROTLI_DECODER_RESULT_ERROR) {
            const BrotliDecoderErrorCode error = BrotliDecoderGetErrorCode(m_decoder.get());
            return failure(
                "Decompression failed", QStringLiteral("ERR_") + QLatin1String(BrotliDecoderErrorString(error)), static_cast<int>(error));
        }
        if (flush == BROTLI_OPERATION_FINISH && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
            return failure("unexpected end of file", QStringLiteral("Z_BUF_ERROR"), Z_BUF_ERROR);
        return {};
    }

private:
    Decoder m_decoder;
    QByteArray m_parameters;
    bool m_isValid = false;
};

template<typename Stream>
std::unique_ptr<CompressionStream> makeValid(const QByteArray &parameters)
{
    auto stream = std::make_unique<Stream>(parameters);
    return stream->isValid() ? std::move(stream) : nullptr;
}

} // namespace

std::unique_ptr<CompressionStream> makeBrotliStream(CompressionMode mode, const QByteArray &parameters)
{
    return mode == CompressionMode::BrotliEncode ? makeValid<BrotliCompressor>(parameters) : makeValid<BrotliDecompressor>(parameters);
}

} // namespace loopscope
