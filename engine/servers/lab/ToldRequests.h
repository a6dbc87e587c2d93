// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <bit>

namespace loopscope {

/// True for requests whose way is told in every run, asked for or not: the first 127, and of each further doubling of their number 64,
/// evenly spread. The same under every model, so that there is always one to follow through all of them; some 600 of 20,000 requests.
inline bool isAlwaysTold(quint64 number)
{
    const auto doublings = static_cast<unsigned>(std::bit_width(number >> 7U));
    return (number & ((1ULL << doublings) - 1)) == 0;
}

} // namespace loopscope
