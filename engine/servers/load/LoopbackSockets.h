// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/LoadPlan.h"

namespace loopscope {

/// Opens non-blocking TCP connections to a server on this machine. An address has about 28,000 ports for connections to one server; when
/// they are used up, the next address of 127.0.0.0/8 lends its own. Used on one thread.
class LoopbackSockets
{
public:
    /// `first` of `step` threads, each of which has source addresses of its own.
    LoopbackSockets(const LoadTarget &target, int first, int step);

    /// So many connections are to be held at once: they are spread over as many addresses as that takes.
    void expect(quint64 connections);
    /// A socket whose connection is being made; -1 and errno.
    int open();

    /// Asks the system to let this process open so many descriptors more than it has open now; gives how many it may, `descriptors` at
    /// most.
    static quint64 raiseLimit(quint64 descriptors);

private:
    int tryOpen(quint32 source);

    sockaddr_storage m_address{};
    socklen_t m_length = 0;
    quint32 m_source; ///< of the address 127.0.0.1 + source; 0 is left to the system
    quint32 m_step;
    quint32 m_sources = 1; ///< addresses that are used in turns
    quint32 m_turn = 0;
};

} // namespace loopscope
