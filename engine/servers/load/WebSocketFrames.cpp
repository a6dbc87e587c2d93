// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WebSocketFrames.h"

#include <array>

namespace loopscope {

namespace {

constexpr quint8 lastBit = 0x80;
constexpr quint8 maskBit = 0x80;
constexpr quint8 length16 = 126; ///< the length follows in 16 bits
constexpr quint8 length64 = 127;

} // namespace

void WebSocketFrames::append(QByteArray *out, Opcode opcode, QByteArrayView payload)
{
    const auto size = static_cast<quint64>(payload.size());
    out->append(static_cast<char>(lastBit | opcode));
    int lengthBytes = 0;
    if (size < length16) {
        out->append(static_cast<char>(maskBit | size));
    } else {
        lengthBytes = size <= 0xffff ? 2 : 8;
        out->append(static_cast<char>(maskBit | (lengthBytes == 2 ? length16 : length64)));
    }
    for (int i = lengthBytes - 1; i >= 0; --i)
        out->append(static_cast<char>(size >> (8U * static_cast<unsigned>(i))));
    // A mask keeps pages of browsers from forging other protocols; here any will do.
    constexpr std::array<char, 4> mask = {0x37, 0x5a, 0x21, 0x4d};
    out->append(mask.data(), mask.size());
    const qsizetype at = out->size();
    out->append(payload);
    char *bytes = out->data() + at;
    for (quint64 i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(bytes[i] ^ mask[i % mask.size()]);
}

void WebSocketFrames::clear()
{
    m_bytes = {};
    m_partial.clear();
    m_usesPartial = false;
    m_isBad = false;
}

void WebSocketFrames::feed(QByteArrayView bytes)
{
    if (m_partial.empty()) {
        m_bytes = bytes;
        return;
    }
    m_partial.append(bytes.data(), static_cast<size_t>(bytes.size()));
    m_bytes = QByteArrayView(m_partial.data(), static_cast<qsizetype>(m_partial.size()));
    m_usesPartial = true;
}

bool WebSocketFrames::next(Frame *frame)
{
    const auto *at = reinterpret_cast<const quint8 *>(m_bytes.data());
    const auto size = static_cast<size_t>(m_bytes.size());
    constexpr size_t shortest = 2;
    size_t head = shortest;
    quint64 length = 0;
    if (size >= shortest && !m_isBad) {
        length = at[1] & 0x7fU;
        const int lengthBytes = length == length16 ? 2 : length == length64 ? 8 : 0;
        head += static_cast<size_t>(lengthBytes);
        const bool isReserved = (at[0] & 0x70U) != 0 || (at[1] & maskBit) != 0; // extensions nobody agreed on; a server does not mask
        if (size >= head && lengthBytes > 0) {
            length = 0;
            for (int i = 0; i < lengthBytes; ++i)
                length = length << 8U | at[2 + i];
        }
        m_isBad = isReserved || (size >= head && length > MostPayload);
        if (!m_isBad && size >= head && size - head >= length) {
            frame->opcode = static_cast<Opcode>(at[0] & 0x0fU);
            frame->isLast = (at[0] & lastBit) != 0;
            frame->payload = m_bytes.sliced(static_cast<qsizetype>(head), static_cast<qsizetype>(length));
            m_bytes = m_bytes.sliced(static_cast<qsizetype>(head + length));
            return true;
        }
    }
    if (m_isBad)
        return false;
    // What is left waits for the rest.
    if (m_usesPartial)
        m_partial.erase(0, m_partial.size() - size);
    else
        m_partial.assign(m_bytes.data(), size);
    m_usesPartial = false;
    m_bytes = {};
    return false;
}

} // namespace loopscope
