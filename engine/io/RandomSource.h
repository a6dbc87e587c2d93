// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/SeededGenerator.h"

#include <optional>

namespace loopscope {

/// Where OpenSSL takes its random bytes from on the thread that made this: from `seed`, so that a run on the virtual clock draws the same
/// keys, salts and identifiers each time, or from the operating system as usual. Lasts as long as the object. Other threads (those of a
/// real pool) keep OpenSSL's own source.
class RandomSource
{
public:
    explicit RandomSource(std::optional<quint64> seed);
    ~RandomSource();
    RandomSource(const RandomSource &) = delete;
    RandomSource &operator=(const RandomSource &) = delete;

    /// Before the first use of OpenSSL in a process: makes it ask here. Any thread, any number of times.
    static void prepareOpenSsl();
    /// Fills `bytes`; false if OpenSSL could not.
    static bool fill(unsigned char *bytes, int count);

private:
    static thread_local RandomSource *s_current;
    RandomSource *m_previous = nullptr;
    std::optional<SeededGenerator> m_generator;
};

} // namespace loopscope
