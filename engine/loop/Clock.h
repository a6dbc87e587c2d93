// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <thread>

namespace loopscope {

/// What one piece of work costs on the virtual clock, in ns. Part of every recording's metadata.
///
/// The figures are round ones of the size that Node shows on a machine of 2020s: they make a busy wait end, a long computation long, and a
/// short script much shorter than a millisecond. They are not measurements.
struct VirtualCosts
{
    quint64 statement = 20; ///< every statement, loop turn and arrow body
    quint64 clockRead = 1000; ///< Date.now(), performance.now(), process.hrtime()
    quint64 callback = 1000; ///< starting a macrotask (timer, immediate, I/O)
    quint64 job = 100; ///< starting a microtask or tick
    quint64 synchronousIo = 20000; ///< a synchronous call of fs
};

/// Time of a run in ns since its start: virtual (moved by work and by jumps) or the wall's.
class Clock
{
public:
    enum class Kind : quint8 { Virtual, Wall };

    explicit Clock(Kind kind)
        : m_kind(kind)
        , m_start(std::chrono::steady_clock::now())
    {
    }

    bool isVirtual() const { return m_kind == Kind::Virtual; }

    quint64 now() const
    {
        if (m_kind == Kind::Virtual)
            return m_virtualNow;
        return static_cast<quint64>(
            std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - m_start).count());
    }

    /// Work was done: moves the virtual clock, does nothing to the wall's.
    void work(quint64 nanoseconds) { m_virtualNow += nanoseconds; }

    /// Nothing is ready until `moment`: the virtual clock jumps there, the wall's thread sleeps.
    void waitUntil(quint64 moment)
    {
        if (m_kind == Kind::Virtual) {
            if (moment > m_virtualNow)
                m_virtualNow = moment;
            return;
        }
        std::this_thread::sleep_until(m_start + std::chrono::nanoseconds(moment));
    }

    /// Puts the virtual clock at any moment, an earlier one too: threads of a simulated machine that run at the same time run one after the
    /// other here.
    void moveTo(quint64 moment) { m_virtualNow = moment; }

    /// Work done so far on this clock's own scale: equals now() on the virtual clock, counts statements' cost on the wall clock.
    quint64 workDone() const { return m_virtualNow; }

private:
    Kind m_kind;
    quint64 m_virtualNow = 0;
    std::chrono::steady_clock::time_point m_start;
};

} // namespace loopscope
