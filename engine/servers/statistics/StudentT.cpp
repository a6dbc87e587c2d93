// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "StudentT.h"

#include <cmath>
#include <numbers>

namespace loopscope {

double StudentT::within(double t, int degrees)
{
    const double angle = std::atan(t / std::sqrt(static_cast<double>(degrees)));
    const double cosine = std::cos(angle);
    const bool isOdd = degrees % 2 != 0;
    double term = isOdd ? cosine : 1.0;
    double sum = degrees == 1 ? 0.0 : term;
    for (int k = isOdd ? 3 : 2; k < degrees - 1; k += 2) {
        term *= cosine * cosine * static_cast<double>(k - 1) / static_cast<double>(k);
        sum += term;
    }
    return isOdd ? 2 / std::numbers::pi * (angle + std::sin(angle) * sum) : std::sin(angle) * sum;
}

double StudentT::factor(double confidence, int degrees)
{
    double low = 0;
    double high = 1;
    while (within(high, degrees) < confidence && high < 1e12)
        high *= 2;
    // Bisection: a handful of calls a run, and it cannot fail.
    for (int i = 0; i < 100 && high - low > 1e-12 * high; ++i) {
        const double middle = (low + high) / 2;
        (within(middle, degrees) < confidence ? low : high) = middle;
    }
    return (low + high) / 2;
}

} // namespace loopscope
