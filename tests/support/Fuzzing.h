// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <random>

namespace loopscope {

/// What tests with damaged files share: the same random numbers in each run, and how long they go on.
class Fuzzing
{
protected:
    explicit Fuzzing(quint64 seed)
        : m_random(seed)
    {
    }

    /// `limit` is not 0.
    quint64 below(quint64 limit) { return m_random() % limit; }

    /// LOOPSCOPE_FUZZ_ROUNDS makes tests last longer.
    static int rounds()
    {
        constexpr int usual = 400;
        const int asked = qEnvironmentVariableIntValue("LOOPSCOPE_FUZZ_ROUNDS");
        return asked > 0 ? asked : usual;
    }

private:
    std::mt19937_64 m_random;
};

} // namespace loopscope
