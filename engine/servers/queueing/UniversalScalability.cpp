// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "UniversalScalability.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace loopscope {

namespace {

using Measured = std::vector<std::pair<double, double>>;
using Terms = std::array<double, 3>;

/// n / X(n) is linear in 1 / lambda, sigma / lambda and kappa / lambda, with these factors.
Terms termsOf(double n) { return {1, n - 1, n * (n - 1)}; }

/// The least squares of n / X(n) with those terms that are `used`; the others are 0.
Terms leastSquares(const Measured &measured, const std::array<bool, 3> &used)
{
    std::array<std::array<double, 4>, 3> rows = {};
    for (size_t i = 0; i < 3; ++i)
        rows[i][i] = used[i] ? 0 : 1;
    for (const auto &[n, throughput] : measured) {
        const Terms terms = termsOf(n);
        for (size_t i = 0; i < 3; ++i) {
            for (size_t j = 0; j < 3; ++j)
                rows[i][j] += used[i] && used[j] ? terms[i] * terms[j] : 0;
            rows[i][3] += used[i] ? terms[i] * n / throughput : 0;
        }
    }
    // Gauss and Jordan; the matrix is positive definite, so no pivot is 0.
    for (size_t i = 0; i < 3; ++i) {
        for (size_t k = 0; k < 3; ++k) {
            const double factor = k == i ? 0 : rows[k][i] / rows[i][i];
            for (size_t j = 0; j < 4; ++j)
                rows[k][j] -= factor * rows[i][j];
        }
    }
    return {rows[0][3] / rows[0][0], rows[1][3] / rows[1][1], rows[2][3] / rows[2][2]};
}

double squaresOf(const Measured &measured, const UniversalScalability &law)
{
    double squares = 0;
    for (const auto &[n, throughput] : measured)
        squares += std::pow(n / throughput - n / law.throughput(n), 2);
    return squares;
}

} // namespace

double UniversalScalability::peak() const
{
    return kappa > 0 ? std::sqrt(std::max(0.0, 1 - sigma) / kappa) : std::numeric_limits<double>::infinity();
}

std::optional<UniversalScalability> UniversalScalability::fit(const std::vector<std::pair<double, double>> &measured)
{
    Measured usable;
    std::set<double> different;
    for (const auto &[n, throughput] : measured) {
        if (n < 1 || throughput <= 0)
            continue;
        usable.emplace_back(n, throughput);
        different.insert(n);
    }
    if (different.size() < 3)
        return std::nullopt;
    // A member that comes out negative is left out and the others are fitted anew: of all four choices the best that is allowed.
    std::optional<UniversalScalability> best;
    for (const std::array<bool, 3> used : {std::array{true, true, true}, {true, true, false}, {true, false, true}, {true, false, false}}) {
        const Terms found = leastSquares(usable, used);
        if (found[0] <= 0 || found[1] < 0 || found[2] < 0)
            continue;
        const UniversalScalability law{1 / found[0], found[1] / found[0], found[2] / found[0]};
        if (!best || squaresOf(usable, law) < squaresOf(usable, *best))
            best = law;
    }
    return best;
}

} // namespace loopscope
