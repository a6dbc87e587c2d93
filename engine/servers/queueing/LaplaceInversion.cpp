// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LaplaceInversion.h"

#include <array>
#include <cmath>
#include <numbers>

namespace loopscope {

double tailOfTransform(const std::function<std::complex<double>(std::complex<double>)> &transform, double time)
{
    using Complex = std::complex<double>;
    constexpr double decay = 19.1; // A: discretisation error exp(-A)
    constexpr int terms = 38;
    // Binomial weights of Euler's summation over the last 12 partial sums.
    constexpr std::array<double, 12> weights = {1, 11, 55, 165, 330, 462, 462, 330, 165, 55, 11, 1};
    const auto tail = [&](Complex s) { return (1.0 - transform(s)) / s; };
    const double scale = std::exp(decay / 2) / time;
    const double real = decay / (2 * time);
    double partial = tail(Complex(real, 0)).real() / 2;
    double sum = 0;
    for (int k = 1; k <= terms + static_cast<int>(weights.size()) - 1; ++k) {
        const double term = tail(Complex(real, k * std::numbers::pi / time)).real();
        partial += k % 2 == 0 ? term : -term;
        if (k >= terms)
            sum += weights[static_cast<size_t>(k - terms)] * partial;
    }
    return scale * sum / 2048;
}

} // namespace loopscope
