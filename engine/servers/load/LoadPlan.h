// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/ArrivalPlan.h"
#include "servers/load/RequestPlan.h"

#include <QString>

#include <netinet/in.h>

namespace loopscope {

/// A server on this machine: nothing else can be named.
struct LoadTarget
{
    QString host = QStringLiteral("127.0.0.1"); ///< 127.x.x.x, ::1 or localhost (127.0.0.1)
    quint16 port = 0;

    /// "http://127.0.0.1:8080/users?page=1" into a target and a path (with its query; "/" if there is none). False, with a sentence, if it
    /// is no such address, or leaves this machine.
    static bool parse(const QString &url, LoadTarget *target, QByteArray *path, QString *problem);
    /// False if the host is none of the three.
    bool toAddress(sockaddr_storage *address, socklen_t *length) const;
    /// For the header Host.
    QByteArray hostText() const;
    QString problem() const;
};

/// A whole load: against which server, when, what, and how much of it at most. Bounded by default.
struct LoadPlan
{
    static constexpr double MostSeconds = 24 * 3600;
    static constexpr int MostThreads = 64;

    LoadTarget target;
    ArrivalPlan arrivals;
    RequestPlan requests;
    int threads = 1; ///< of the generator
    double warmupSeconds = 0; ///< before what is measured
    double seconds = 10; ///< that are measured
    quint64 mostRequests = 100'000'000; ///< with those of the warm-up
    double timeoutSeconds = 10; ///< from the moment at which the request was meant to be made
    double graceSeconds = 2; ///< after the end, for requests that are in flight
    int mostConnections = 4096; ///< of an open load; a closed one has one for each client
    int idleConnections = 0; ///< that are opened at the beginning, kept open, and ask nothing
    double expectedInterval = 0; ///< closed loads: recordCorrected's, in seconds; 0: corrects nothing
    double sampleSeconds = 0.1; ///< of one LoadSample
    quint64 mostRecords = 0; ///< single requests that are kept (LoadRecord)

    /// ArrivalPlan::clients counts.
    bool hasClients() const { return !arrivals.isOpen() || requests.protocol == RequestPlan::Protocol::WebSocket; }
    /// What is wrong with the values, in a sentence; null if nothing is.
    QString problem() const;
};

} // namespace loopscope
