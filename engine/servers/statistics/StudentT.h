// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace loopscope {

/// Student's t distribution with a whole number of degrees of freedom.
class StudentT
{
public:
    /// The probability that |T| is at most `t`, from 0 up. Exact: the finite sums of Abramowitz and Stegun, Handbook of Mathematical
    /// Functions, 26.7.3 and 26.7.4. `degrees` from 1.
    static double within(double t, int degrees);
    /// The t within which |T| lies with probability `confidence`, above 0 and below 1: 0.95 gives the factor of a 95 % confidence interval.
    static double factor(double confidence, int degrees);
};

} // namespace loopscope
