// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSocketNotifier>

#include <functional>

namespace loopscope {

/// While it lives, Ctrl+C, and being told to end by the system, call a function in the event loop, and do nothing else. One at a time.
class Interrupts
{
public:
    static constexpr int exitCode = 130; ///< of a program that Ctrl+C ended, as shells tell it

    explicit Interrupts(const std::function<void()> &interrupted);
    ~Interrupts();
    Interrupts(const Interrupts &) = delete;
    Interrupts &operator=(const Interrupts &) = delete;

private:
    QSocketNotifier m_notifier;
};

} // namespace loopscope
