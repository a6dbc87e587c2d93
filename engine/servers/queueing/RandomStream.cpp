// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RandomStream.h"

#include <cmath>

namespace loopscope {

namespace {

constexpr double kTail = 7.69711747013104972; ///< where the tail begins, for 256 layers (Marsaglia and Tsang, 2000)
constexpr double kArea = 3.949659822581572e-3; ///< of each layer
constexpr double kPositions = 0x1p53;

} // namespace

RandomStream::Ziggurat::Ziggurat()
{
    double edge = kTail;
    const double base = kArea / std::exp(-kTail);
    inside[0] = static_cast<quint64>(kTail / base * kPositions);
    width[0] = base / kPositions;
    height[0] = 1;
    width[255] = kTail / kPositions;
    height[255] = std::exp(-kTail);
    for (size_t i = 254; i >= 1; --i) {
        const double next = -std::log(kArea / edge + std::exp(-edge));
        inside[i + 1] = static_cast<quint64>(next / edge * kPositions);
        width[i] = next / kPositions;
        height[i] = std::exp(-next);
        edge = next;
    }
    inside[1] = 0;
}

const RandomStream::Ziggurat &RandomStream::Ziggurat::instance()
{
    static const Ziggurat ziggurat;
    return ziggurat;
}

RandomStream::RandomStream(quint64 seed)
    : m_ziggurat(&Ziggurat::instance())
{
    SeededGenerator filler(seed);
    for (quint64 &word : m_state)
        word = filler.next();
}

double RandomStream::exponentialOutside(size_t layer, quint64 position)
{
    for (;;) {
        if (layer == 0) // the tail is the whole distribution again
            return kTail + exponential();
        const double x = static_cast<double>(position) * m_ziggurat->width[layer];
        const double low = m_ziggurat->height[layer];
        if (low + uniform() * (m_ziggurat->height[layer - 1] - low) < std::exp(-x))
            return x;
        const quint64 drawn = bits();
        layer = drawn & 255U;
        position = drawn >> 11U;
        if (position < m_ziggurat->inside[layer])
            return static_cast<double>(position) * m_ziggurat->width[layer];
    }
}

double RandomStream::normal()
{
    for (;;) {
        const double x = 2 * uniform() - 1;
        const double y = 2 * uniform() - 1;
        const double square = x * x + y * y;
        if (square < 1 && square > 0)
            return x * std::sqrt(-2 * std::log(square) / square);
    }
}

double RandomStream::gamma(double shape)
{
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = normal();
        const double root = 1 + c * x;
        if (root <= 0)
            continue;
        const double v = root * root * root;
        // 1 - uniform(): never the logarithm of 0.
        if (std::log(1 - uniform()) < 0.5 * x * x + d - d * v + d * std::log(v))
            return d * v;
    }
}

} // namespace loopscope
