// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <complex>
#include <functional>

namespace loopscope {

/// P(X > time) of a distribution with the transform E[exp(-s X)], for time above 0: the algorithm EULER of Abate and Whitt (Numerical
/// inversion of Laplace transforms of probability distributions, ORSA Journal on Computing 7, 1995), with an error of about 1e-8 where the
/// distribution is smooth.
double tailOfTransform(const std::function<std::complex<double>(std::complex<double>)> &transform, double time);

} // namespace loopscope
