// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <array>
#include <optional>

namespace loopscope {

/// How a server is organised. The same script serves under each.
enum class ServerModel : quint8 {
    EventLoop = 0, ///< one thread, one loop: Node as it is
    Workers = 1, ///< one loop; functions named by the scenario run on worker threads
    Cluster = 2, ///< several processes with a loop each; connections in turn
    ThreadPerRequest = 3, ///< a thread for each request, which waits where the request waits
    ThreadPool = 4, ///< a fixed number of threads, one request each at a time; others queue
    Processes = 5, ///< a process for each request at a time, started before (prefork), as PHP does
    Node = 6, ///< the installed node: the event loop of somebody else, real only
};

constexpr std::array<ServerModel, 6> serverModels = {ServerModel::EventLoop, ServerModel::Workers, ServerModel::Cluster,
    ServerModel::ThreadPerRequest, ServerModel::ThreadPool, ServerModel::Processes};

/// What kind of truth a figure is; shown with every one.
enum class Truth : quint8 {
    Real = 0, ///< measured on this machine
    Simulated = 1, ///< the real script in virtual time
    Modelled = 2, ///< no script runs: a discrete-event simulation of the request's profile
};

/// "event-loop", "workers", "cluster", "thread-per-request", "thread-pool", "processes", "node"
QString keyOf(ServerModel model);
std::optional<ServerModel> serverModelOf(const QString &key);
/// For people: "event loop", "event loop + workers", "cluster", "thread per request", "thread pool", "processes", "Node"
QString nameOf(ServerModel model);
/// "real", "simulated", "modelled"
QString keyOf(Truth truth);
std::optional<Truth> truthOf(const QString &key);
QString nameOf(Truth truth);

} // namespace loopscope
