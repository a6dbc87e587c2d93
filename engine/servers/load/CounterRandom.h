// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <cmath>

namespace loopscope {

/// Random numbers by their place: number `index` of stream `stream` of a seed is the same whatever was asked for before, so that request k
/// is the same on every thread and under every server model. Steele, Lea and Flood's SplitMix64 (2014), whose k-th output can be had at
/// once; each stream begins at a place of its own.
class CounterRandom
{
public:
    CounterRandom(quint64 seed, quint64 stream)
        : m_start(mix(seed + mix(stream * kGamma + kGamma)))
    {
    }

    /// 64 random bits.
    quint64 bits(quint64 index) const { return mix(m_start + (index + 1) * kGamma); }
    /// More than 0, at most 1, in steps of 2^-53.
    double uniform(quint64 index) const { return static_cast<double>((bits(index) >> 11U) + 1) * 0x1p-53; }
    /// With mean 1.
    double exponential(quint64 index) const { return -std::log(uniform(index)); }

private:
    static constexpr quint64 kGamma = 0x9e3779b97f4a7c15ULL;

    static constexpr quint64 mix(quint64 value)
    {
        value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
        return value ^ (value >> 31U);
    }

    quint64 m_start;
};

} // namespace loopscope
