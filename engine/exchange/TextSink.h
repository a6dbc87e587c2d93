// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>
#include <QString>

namespace loopscope {

/// Writes text, or any bytes, in large pieces to a device that is open for writing and outlives this. Once something could not be written
/// nothing more is.
class TextSink
{
public:
    explicit TextSink(QIODevice &device);
    ~TextSink() { flush(); }
    TextSink(const TextSink &) = delete;
    TextSink &operator=(const TextSink &) = delete;

    TextSink &operator<<(QByteArrayView text)
    {
        m_waiting.append(text);
        if (m_waiting.size() >= pieceSize)
            flush();
        return *this;
    }
    TextSink &operator<<(qint64 number);
    TextSink &operator<<(quint64 number);
    TextSink &operator<<(quint32 number) { return *this << quint64{number}; }
    TextSink &operator<<(int number) { return *this << qint64{number}; }
    /// ns as a decimal number of thousands or millions of them, with all their digits: microseconds(1234567) is "1234.567".
    TextSink &microseconds(quint64 nanoseconds);
    TextSink &milliseconds(quint64 nanoseconds);

    void flush();
    bool hasFailed() const { return m_hasFailed; }

private:
    static constexpr qsizetype pieceSize = 256 * 1024;
    TextSink &scaled(quint64 number, quint64 unit);

    QIODevice &m_device;
    QByteArray m_waiting;
    bool m_hasFailed = false;
};

/// As a JSON string in UTF-8, with its quotation marks.
QByteArray jsonText(const QString &text);
/// As a field of CSV (RFC 4180): in quotation marks where it needs them.
QByteArray csvField(const QString &text);

} // namespace loopscope
