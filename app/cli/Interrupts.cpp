// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Interrupts.h"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace loopscope {

namespace {

constexpr std::array signals = {SIGINT, SIGTERM, SIGHUP};
/// A handler may do no more than write into a pipe.
std::array<int, 2> wake = {-1, -1};

int watch()
{
    if (::pipe2(wake.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
        for (const int signal : signals)
            std::signal(signal, [](int) { [[maybe_unused]] const auto count = ::write(wake[1], "", 1); });
    }
    return wake[0];
}

} // namespace

Interrupts::Interrupts(const std::function<void()> &interrupted)
    : m_notifier(watch(), QSocketNotifier::Read)
{
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [interrupted] {
        std::array<char, 16> bytes;
        while (::read(wake[0], bytes.data(), bytes.size()) > 0) { }
        interrupted();
    });
}

Interrupts::~Interrupts()
{
    for (const int signal : signals)
        std::signal(signal, SIG_DFL);
    m_notifier.setEnabled(false);
    for (int &end : wake)
        ::close(std::exchange(end, -1));
}

} // namespace loopscope
