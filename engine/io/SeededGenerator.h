// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace loopscope {

/// Random numbers that are the same on every machine and with every standard library: SplitMix64 (Steele, Lea and Flood, 2014), and
/// distributions in whole numbers only, because those of std:: differ between libraries and floating point may differ between machines.
class SeededGenerator
{
public:
    explicit SeededGenerator(quint64 seed)
        : m_state(seed)
    {
    }

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 mixed = m_state;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
        return mixed ^ (mixed >> 31U);
    }

    /// A whole number from `least` to `most` (at most 2^32 apart) that is small more often than large, as latencies are: `least` plus
    /// the square of a uniform number. The mean lies a third of the way up, the median a quarter.
    quint64 nextLatency(quint64 least, quint64 most)
    {
        const quint64 uniform = next() >> 32U;
        const quint64 squared = (uniform * uniform) >> 32U;
        return least + (((most - least) * squared) >> 32U);
    }

private:
    quint64 m_state;
};

} // namespace loopscope
