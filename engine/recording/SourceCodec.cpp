// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/SourceCodec.h"

#include <limits>

namespace loopscope {
namespace {

/// LEB128: seven bits a byte, low ones first, the top bit says that more follow.
void putNumber(QByteArray &bytes, quint64 number)
{
    while (number >= 0x80) {
        bytes.append(static_cast<char>(0x80 | (number & 0x7f)));
        number >>= 7U;
    }
    bytes.append(static_cast<char>(number));
}

/// Small differences of either sign become small numbers: 0, -1, 1, -2, ... -> 0, 1, 2, 3, ...
void putDifference(QByteArray &bytes, quint32 value, quint32 base)
{
    const qint64 difference = static_cast<qint64>(value) - static_cast<qint64>(base);
    putNumber(bytes, difference < 0 ? static_cast<quint64>(-difference) * 2 - 1 : static_cast<quint64>(difference) * 2);
}

void putText(QByteArray &bytes, QByteArrayView text)
{
    putNumber(bytes, static_cast<quint64>(text.size()));
    bytes.append(text);
}

/// Takes values from the front; after the first one that does not fit, everything is 0 and ok() false.
class Source
{
public:
    explicit Source(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    bool ok() const { return m_ok; }
    qsizetype left() const { return m_bytes.size(); }

    quint64 number()
    {
        quint64 result = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (m_bytes.isEmpty())
                break;
            const auto byte = static_cast<quint8>(m_bytes.front());
            m_bytes = m_bytes.sliced(1);
            result |= static_cast<quint64>(byte & 0x7fU) << shift;
            if ((byte & 0x80U) == 0)
                return result;
        }
        return fail();
    }

    quint32 small()
    {
        const quint64 result = number();
        return static_cast<quint32>(result <= std::numeric_limits<quint32>::max() ? result : fail());
    }

    quint32 differenceFrom(quint32 base)
    {
        const quint64 coded = small();
        const auto magnitude = static_cast<qint64>((coded + 1) / 2);
        const qint64 result = static_cast<qint64>(base) + ((coded & 1U) != 0 ? -magnitude : magnitude);
        return static_cast<quint32>(result >= 0 && result <= std::numeric_limits<quint32>::max() ? static_cast<quint64>(result) : fail());
    }

    QByteArrayView text()
    {
        const quint64 length = number();
        if (length > static_cast<quint64>(m_bytes.size())) {
            fail();
            return {};
        }
        const QByteArrayView result = m_bytes.first(static_cast<qsizetype>(length));
        m_bytes = m_bytes.sliced(result.size());
        return result;
    }

private:
    quint64 fail()
    {
        m_ok = false;
        m_bytes = {};
        return 0;
    }

    QByteArrayView m_bytes;
    bool m_ok = true;
};

constexpr qsizetype smallestSite = 7; // one byte a field

} // namespace

QByteArray encodeSource(const SourceText &source)
{
    QByteArray bytes;
    bytes.reserve(source.text.size() + source.path.size() + static_cast<qsizetype>(source.sites.size()) * 12 + 32);
    putText(bytes, source.path.toUtf8());
    putText(bytes, source.text);
    putNumber(bytes, source.sites.size());
    quint32 line = 0;
    for (const Site &site : source.sites) {
        putNumber(bytes, static_cast<quint64>(site.kind));
        putDifference(bytes, site.line, line);
        putNumber(bytes, site.column);
        putDifference(bytes, site.endLine, site.line);
        putNumber(bytes, site.endColumn);
        putNumber(bytes, site.function);
        putText(bytes, site.name.toUtf8());
        line = site.line;
    }
    return bytes;
}

std::unique_ptr<SourceText> decodeSource(QByteArrayView bytes)
{
    Source in(bytes);
    auto source = std::make_unique<SourceText>();
    source->path = QString::fromUtf8(in.text());
    source->text = in.text().toByteArray();
    const quint64 count = in.number();
    if (!in.ok() || count > static_cast<quint64>(in.left() / smallestSite))
        return nullptr;
    source->sites.reserve(static_cast<size_t>(count));
    quint32 line = 0;
    for (quint64 i = 0; i < count; ++i) {
        Site site;
        const quint32 kind = in.small();
        site.line = in.differenceFrom(line);
        site.column = in.small();
        site.endLine = in.differenceFrom(site.line);
        site.endColumn = in.small();
        site.function = in.small();
        site.name = QString::fromUtf8(in.text());
        const bool isKind = kind >= static_cast<quint32>(SiteKind::Function) && kind <= static_cast<quint32>(SiteKind::Call);
        if (!in.ok() || !isKind || site.function >= count)
            return nullptr;
        site.kind = static_cast<SiteKind>(kind);
        line = site.line;
        source->sites.push_back(std::move(site));
    }
    return in.left() == 0 ? std::move(source) : nullptr;
}

} // namespace loopscope
