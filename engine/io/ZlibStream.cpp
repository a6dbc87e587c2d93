// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/CompressionStream.h"

#include <zlib.h>

#include <array>

namespace loopscope {

namespace {

QString nameOf(int error)
{
    static constexpr std::array names = {"Z_OK", "Z_STREAM_END", "Z_NEED_DICT"};
    static constexpr std::array failures = {"Z_ERRNO", "Z_STREAM_ERROR", "Z_DATA_ERROR", "Z_MEM_ERROR", "Z_BUF_ERROR", "Z_VERSION_ERROR"};
    return QLatin1String(error < 0 ? failures.at(static_cast<std::size_t>(-error - 1)) : names.at(static_cast<std::size_t>(error)));
}

class ZlibStream final : public CompressionStream
{
public:
    ZlibStream(CompressionMode mode, const ZlibOptions &options)
        : m_mode(mode)
        , m_options(options)
    {
    }
    ZlibStream(const ZlibStream &) = delete;
    ZlibStream &operator=(const ZlibStream &) = delete;
    ~ZlibStream() override
    {
        if (!m_isOpen)
            return;
        if (compresses())
            deflateEnd(&m_stream);
        else
            inflateEnd(&m_stream);
    }

    IoResult reset() override
    {
        if (!m_isOpen)
            return {};
        const int status = compresses() ? deflateReset(&m_stream) : inflateReset(&m_stream);
        return {status == Z_OK ? setDictionary() : error(status, "Failed to reset stream"), {}};
    }

    IoResult setParameters(int level, int strategy) override
    {
        if (const IoError failure = open(); failure.isError())
            return {failure, {}};
        const int status = compresses() ? deflateParams(&m_stream, level, strategy) : Z_OK;
        return {status == Z_OK || status == Z_BUF_ERROR ? IoError() : error(status, "Failed to set parameters"), {}};
    }

protected:
    IoError process(Buffers &buffers, int flush) override
    {
        if (IoError failure = open(); failure.isError())
            return failure;
        // zlib's interface is not const, but it does not write to its input.
        m_stream.next_in = const_cast<Bytef *>(buffers.input);
        m_stream.avail_in = static_cast<uInt>(buffers.inputLeft);
        m_stream.next_out = buffers.output;
        m_stream.avail_out = static_cast<uInt>(buffers.outputLeft);
        if (m_mode == CompressionMode::Unzip)
            recognizeHeader();
        const int status = compresses() ? deflate(&m_stream, flush) : expand(flush);
        buffers.input = m_stream.next_in;
        buffers.inputLeft = m_stream.avail_in;
        buffers.output = m_stream.next_out;
        buffers.outputLeft = m_stream.avail_out;
        return outcome(status, flush);
    }

private:
    bool compresses() const
    {
        return m_mode == CompressionMode::Deflate || m_mode == CompressionMode::Gzip || m_mode == CompressionMode::DeflateRaw;
    }

    IoError error(int status, const char *message) const
    {
        IoError failure;
        failure.code = nameOf(status);
        failure.errorNumber = status;
        failure.description = QString::fromLatin1(m_stream.msg ? m_stream.msg : message);
        return failure;
    }

    /// At the first use, as an unused stream should cost nothing: deflate takes a quarter of a megabyte.
    IoError open()
    {
        if (m_isOpen)
            return {};
        int windowBits = m_options.windowBits;
        if (m_mode == CompressionMode::Gzip || m_mode == CompressionMode::Gunzip)
            windowBits += 16; // zlib.h: gzip's header and trailer
        else if (m_mode == CompressionMode::Unzip)
            windowBits += 32; // whichever header is there
        else if (m_mode == CompressionMode::DeflateRaw || m_mode == CompressionMode::InflateRaw)
            windowBits = -windowBits; // none
        const int status = compresses()
            ? deflateInit2(&m_stream, m_options.level, Z_DEFLATED, windowBits, m_options.memoryLevel, m_options.strategy)
            : inflateInit2(&m_stream, windowBits);
        if (status != Z_OK)
            return error(status, "Init error");
        m_isOpen = true;
        return setDictionary();
    }

    IoError setDictionary()
    {
        const QByteArray &dictionary = m_options.dictionary;
        if (dictionary.isEmpty())
            return {};
        const auto *bytes = reinterpret_cast<const Bytef *>(dictionary.constData());
        int status = Z_OK;
        if (m_mode == CompressionMode::Deflate || m_mode == CompressionMode::DeflateRaw)
            status = deflateSetDictionary(&m_stream, bytes, static_cast<uInt>(dictionary.size()));
        else if (m_mode == CompressionMode::InflateRaw)
            status = inflateSetDictionary(&m_stream, bytes, static_cast<uInt>(dictionary.size()));
        return status == Z_OK ? IoError() : error(status, "Failed to set dictionary");
    }

    /// The two first bytes of gzip may come in two writes.
    void recognizeHeader()
    {
        static constexpr std::array<Bytef, 2> magic = {0x1f, 0x8b};
        for (uInt i = 0; i < m_stream.avail_in; ++i) {
            if (m_stream.next_in[i] != magic.at(m_headerBytes)) {
                m_mode = CompressionMode::Inflate;
                return;
            }
            if (++m_headerBytes == magic.size()) {
                m_mode = CompressionMode::Gunzip;
                return;
            }
        }
    }

    int expand(int flush)
    {
        const QByteArray &dictionary = m_options.dictionary;
        int status = inflate(&m_stream, flush);
        if (m_mode != CompressionMode::InflateRaw && status == Z_NEED_DICT && !dictionary.isEmpty()) {
            const auto *bytes = reinterpret_cast<const Bytef *>(dictionary.constData());
            status = inflateSetDictionary(&m_stream, bytes, static_cast<uInt>(dictionary.size()));
            if (status == Z_OK)
                status = inflate(&m_stream, flush);
            else if (status == Z_DATA_ERROR)
                status = Z_NEED_DICT; // the dictionary is wrong, not the data
        }
        // A gzip file may have several members; zeros after the last are padding.
        while (m_stream.avail_in > 0 && m_mode == CompressionMode::Gunzip && status == Z_STREAM_END && m_stream.next_in[0] != 0) {
            inflateReset(&m_stream);
            status = inflate(&m_stream, flush);
        }
        return status;
    }

    IoError outcome(int status, int flush) const
    {
        switch (status) {
        case Z_OK:
        case Z_BUF_ERROR:
            return m_stream.avail_out != 0 && flush == Z_FINISH ? error(Z_BUF_ERROR, "unexpected end of file") : IoError();
        case Z_STREAM_END:
            return {};
        case Z_NEED_DICT:
            return error(status, m_options.dictionary.isEmpty() ? "Missing dictionary" : "Bad dictionary");
        default:
            return error(status, "Zlib error");
        }
    }

    z_stream m_stream = {};
    CompressionMode m_mode;
    ZlibOptions m_options;
    bool m_isOpen = false;
    std::size_t m_headerBytes = 0;
};

} // namespace

std::unique_ptr<CompressionStream> makeZlibStream(CompressionMode mode, const CompressionStream::ZlibOptions &options)
{
    return std::make_unique<ZlibStream>(mode, options);
}

} // namespace loopscope
