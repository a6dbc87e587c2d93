// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Output.h"

#include <QCoreApplication>

#include <cerrno>
#include <cstring>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utility>

namespace loopscope {

namespace {

constexpr qsizetype pieceSize = 256 * 1024;

bool writeAll(int descriptor, const QByteArray &bytes)
{
    for (qsizetype written = 0; written < bytes.size();) {
        const auto count = ::write(descriptor, bytes.constData() + written, static_cast<std::size_t>(bytes.size() - written));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        written += count;
    }
    return true;
}

} // namespace

bool Output::s_hasFailed = false;

void Output::writeLine(const QByteArray &line)
{
    m_waiting += line;
    m_waiting += '\n';
    if (m_waiting.size() >= pieceSize)
        flush();
}

void Output::writeText(const QString &text)
{
    m_waiting += text.toUtf8();
    if (m_waiting.size() >= pieceSize)
        flush();
}

void Output::flush()
{
    const bool wasOpen = m_open;
    m_open = m_open && writeAll(STDOUT_FILENO, m_waiting);
    m_waiting.resize(0);
    if (wasOpen && !m_open && errno != EPIPE && !std::exchange(s_hasFailed, true))
        complain(QCoreApplication::translate("loopscope::Output", "standard output cannot be written: %1.")
                     .arg(QString::fromLocal8Bit(std::strerror(errno))));
}

void complain(const QString &sentence) { writeAll(STDERR_FILENO, QByteArray("loopscope: ") + sentence.toUtf8() + '\n'); }

ProgressLine::ProgressLine()
    : m_isTerminal(::isatty(STDERR_FILENO) == 1)
{
}

void ProgressLine::show(const QString &text)
{
    constexpr qint64 terminalMilliseconds = 200;
    constexpr qint64 fileMilliseconds = 10'000;
    if (m_sinceLast.isValid() && m_sinceLast.elapsed() < (m_isTerminal ? terminalMilliseconds : fileMilliseconds))
        return;
    m_sinceLast.start();
    if (!m_isTerminal)
        return complain(text);
    winsize size{};
    constexpr int usualColumns = 80;
    const int columns = ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usualColumns;
    clear();
    writeAll(STDERR_FILENO, text.left(columns - 1).toUtf8()); // a line that wraps could not be written over
    m_isShown = true;
}

void ProgressLine::clear()
{
    if (m_isShown)
        writeAll(STDERR_FILENO, "\r\033[K");
    m_isShown = false;
}

} // namespace loopscope
