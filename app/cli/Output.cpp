// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Output.h"

#include <cerrno>
#include <unistd.h>

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
    m_open = m_open && writeAll(STDOUT_FILENO, m_waiting);
    m_waiting.resize(0);
}

void complain(const QString &sentence) { writeAll(STDERR_FILENO, QByteArray("loopscope: ") + sentence.toUtf8() + '\n'); }

} // namespace loopscope
