// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/LatencyTable.h"

#include <QByteArray>
#include <QJsonObject>

#include <vector>

namespace loopscope {

/// The line between two machines, or the loopback interface.
struct NetworkLink
{
    LatencyRange roundTrip; ///< ns
    LatencyRange connect; ///< ns, of the handshake; all 0: a round trip
    quint64 bytesPerSecond = 0; ///< 0 is without limit
    quint32 lossPerMillion = 0; ///< of packets
    bool isLoopback = false; ///< bytes can be read as soon as they are written; only the notice of it takes time
};

/// A machine of the simulated network, or a name of this one.
struct NetworkHost
{
    QByteArray name; ///< in lower case
    std::vector<QByteArray> addresses;
    QJsonObject records; ///< further records by c-ares' function ("queryMx"): lists of what Node gives of each
    NetworkLink link;
};

/// What the simulated network is like: docs/simulated-io.md shows the file that gives it.
struct NetworkProfile
{
    /// The notice of what came through the loopback interface is quicker than the system call that sent it (5 us): who enters poll next,
    /// finds it there, as on Linux.
    NetworkLink loopback = {{2'000, 6'000}, {}, 0, 0, true};
    std::vector<NetworkHost> hosts;
    LatencyRange lookup = {200'000, 900'000}; ///< of a name, ns: getaddrinfo with /etc/hosts at hand, on a thread of the pool
    LatencyRange query = {1'000'000, 30'000'000}; ///< of a name server, ns
    qint64 sendBuffer = 2'626'560; ///< bytes; net.ipv4.tcp_wmem as Linux grows it on the loopback interface
    qint64 receiveBuffer = 131'072; ///< bytes; net.ipv4.tcp_rmem
    qint64 pipeBuffer = 212'992; ///< bytes; net.core.wmem_default
    qint64 datagramBuffer = 212'992; ///< bytes; net.core.rmem_default
};

} // namespace loopscope
