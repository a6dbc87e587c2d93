// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "FrameWatch.h"

#include <QEvent>
#include <QFile>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace loopscope {

void FrameWatch::watch(const QWidget *window, std::function<void(double)> painted)
{
    if (!m_clock.isValid())
        m_clock.start();
    m_window = window;
    m_painted = std::move(painted);
}

double FrameWatch::now() const { return static_cast<double>(m_clock.nsecsElapsed()) / 1e6; }

bool FrameWatch::waitUntil(const std::function<bool()> &isDone, int patience)
{
    const double end = now() + 1000.0 * patience;
    while (!isDone()) {
        if (now() > end)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    }
    return true;
}

double FrameWatch::waitUntilQuiet(int patience)
{
    constexpr double quiet = 100;
    m_lastWork = now();
    waitUntil([this] { return now() - m_lastWork > quiet; }, patience);
    return m_lastWork;
}

double FrameWatch::takeLongestEvent() { return std::exchange(m_longest, 0); }

bool FrameWatch::notify(QObject *receiver, QEvent *event)
{
    // A backing store is painted when its window is told to update, and nowhere else.
    const bool isPicture = receiver == m_window && event->type() == QEvent::UpdateRequest;
    const double begun = m_clock.isValid() ? now() : 0;
    ++m_depth;
    const bool result = QApplication::notify(receiver, event);
    --m_depth;
    if (m_depth == 0 && m_clock.isValid()) {
        const double end = now();
        m_longest = std::max(m_longest, end - begun);
        if (end - begun > 1)
            m_lastWork = end;
    }
    if (isPicture && m_painted)
        m_painted(now());
    return result;
}

double percentile(std::vector<double> samples, double share)
{
    if (samples.empty())
        return std::nan("");
    const auto rank = static_cast<std::ptrdiff_t>(std::ceil(share * static_cast<double>(samples.size()))) - 1;
    const auto place = samples.begin() + std::clamp<std::ptrdiff_t>(rank, 0, static_cast<std::ptrdiff_t>(samples.size()) - 1);
    std::nth_element(samples.begin(), place, samples.end());
    return *place;
}

Memory Memory::now()
{
    Memory memory;
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return memory;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const auto mebibytes = [&] { return line.simplified().split(' ').value(1).toDouble() / 1024; };
        if (line.startsWith("VmRSS:"))
            memory.resident = mebibytes();
        else if (line.startsWith("RssAnon:"))
            memory.own = mebibytes();
    }
    return memory;
}

} // namespace loopscope
