// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace loopscope {

/// Gunther's Universal Scalability Law (Guerrilla Capacity Planning, 2007): throughput of n processors (threads, clients) is
/// X(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1)).
struct UniversalScalability
{
    double lambda = 0; ///< throughput of one
    double sigma = 0; ///< contention: what is done by one at a time. Alone it is Amdahl's law
    double kappa = 0; ///< crosstalk: what each costs each other

    double throughput(double n) const { return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1)); }
    /// Where throughput is largest; infinite without crosstalk.
    double peak() const;
    /// The law that fits measurements (n from 1, throughput above 0) best, by least squares of n / X(n), none of its members negative.
    /// Nothing with fewer than three different n.
    static std::optional<UniversalScalability> fit(const std::vector<std::pair<double, double>> &measured);
};

} // namespace loopscope
