// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace loopscope {

/// Standard output for long listings: collects lines and writes large pieces.
class Output
{
public:
    Output() = default;
    ~Output() { flush(); }
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;

    void writeLine(const QByteArray &line);
    void writeText(const QString &text);
    void flush();
    /// False once nobody reads any more.
    bool isOpen() const { return m_open; }

private:
    QByteArray m_waiting;
    bool m_open = true;
};

/// "loopscope: sentence" on standard error.
void complain(const QString &sentence);

} // namespace loopscope
