// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QElapsedTimer>
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
    /// False once nobody reads any more, or nothing can be written.
    bool isOpen() const { return m_open; }
    /// Something could not be written (a full disk), which a sentence has told; that nobody reads any more is no failure.
    static bool hasFailed() { return s_hasFailed; }

private:
    static bool s_hasFailed;
    QByteArray m_waiting;
    bool m_open = true;
};

/// "loopscope: sentence" on standard error.
void complain(const QString &sentence);

/// How far a long command has come, on standard error: on a terminal one line that is written over and goes away in the end; elsewhere one
/// at first and then every ten seconds.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    /// Passes over what comes too soon after the line before.
    void show(const QString &text);
    void clear();

private:
    bool m_isTerminal = false;
    bool m_isShown = false; ///< on the terminal
    QElapsedTimer m_sinceLast;
};

} // namespace loopscope
