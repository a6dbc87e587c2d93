// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/SeededGenerator.h"

#include <QtGlobal>

#include <array>
#include <bit>

namespace loopscope {

/// Fast random numbers for models, the same for the same seed on one machine: xoshiro256++ (Blackman and Vigna, Scrambled linear
/// pseudorandom number generators, 2021; period 2^256 - 1), its state filled by SplitMix64 as its authors advise. Cheap to copy; two
/// streams of different seeds are independent for all that is done here. Not for two threads at once.
class RandomStream
{
public:
    explicit RandomStream(quint64 seed);

    quint64 bits()
    {
        const quint64 result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
        const quint64 shifted = m_state[1] << 17U;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }
    /// From 0 (included) to 1 (not included), a multiple of 2^-53.
    double uniform() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
    /// A whole number from 0 to `count` - 1, for counts below 2^53.
    quint64 below(quint64 count) { return static_cast<quint64>(uniform() * static_cast<double>(count)); }
    /// With mean 1. The ziggurat of 256 layers (Marsaglia and Tsang, The ziggurat method for generating random variables, 2000), with
    /// layer and position from different bits (Doornik 2005).
    double exponential()
    {
        const quint64 drawn = bits();
        const size_t layer = drawn & 255U;
        const quint64 position = drawn >> 11U;
        if (position < m_ziggurat->inside[layer])
            return static_cast<double>(position) * m_ziggurat->width[layer];
        return exponentialOutside(layer, position);
    }
    /// With mean 0 and variance 1, by Marsaglia's polar method.
    double normal();
    /// With scale 1 and the given shape, from 1 up (Marsaglia and Tsang, A simple method for generating gamma variables, 2000).
    double gamma(double shape);

private:
    /// Layers of equal area under exp(-x), from the tail (0) inwards.
    struct Ziggurat
    {
        Ziggurat();
        std::array<quint64, 256> inside; ///< positions below this one lie under the curve
        std::array<double, 256> width; ///< of a layer, in positions
        std::array<double, 256> height; ///< of the curve at a layer's outer end
        static const Ziggurat &instance();
    };

    double exponentialOutside(size_t layer, quint64 position);

    std::array<quint64, 4> m_state;
    const Ziggurat *m_ziggurat;
};

} // namespace loopscope
