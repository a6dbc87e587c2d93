// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace loopscope {

/// How long one customer stays: a Markov chain in continuous time over the number of others that matter to it, which it leaves when it is
/// served. Solved by uniformisation (Jensen 1953; Grassmann 1977): the chain is looked at in the moments of one Poisson process, fast
/// enough for all of its states, so that P(stay > t) is a sum of Poisson probabilities times what is left after so many steps. No
/// subtraction, so no cancellation.
class TaggedCustomer
{
public:
    struct State
    {
        double probability = 0; ///< that the customer begins here
        double up = 0; ///< rate to the next state
        double down = 0; ///< rate to the state before
        double leave = 0; ///< rate at which it is served
    };

    explicit TaggedCustomer(std::vector<State> states);

    /// The time that `share` of customers (0 to 1) do not exceed, to nine digits. Nothing if that takes more than a second or so of
    /// computing.
    std::optional<double> quantile(double share);

private:
    double tail(double time);
    bool growTo(size_t steps);
    void step();

    std::vector<State> m_states;
    std::vector<double> m_now; ///< probabilities after the steps that were made
    std::vector<double> m_left; ///< probability of being there after k steps
    double m_rate = 0; ///< of the steps
};

} // namespace loopscope
