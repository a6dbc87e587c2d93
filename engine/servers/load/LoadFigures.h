// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/statistics/LatencyHistogram.h"

#include <QtGlobal>

#include <array>

namespace loopscope {

/// Why a request had no good answer.
enum class LoadFailure : quint8 {
    Refused, ///< the connection was not taken
    Reset, ///< the connection was lost before the answer was whole: reset, or closed
    TimedOut,
    BadStatus, ///< a whole answer that is no success
    BadResponse, ///< what is no HTTP
    NoConnection, ///< this machine gave no socket or port, or too many requests waited for one
    Count
};

/// What happened in a stretch of a load. Times are ns since the measured part began; in the warm-up they are negative.
struct LoadSample
{
    qint64 from = 0;
    qint64 to = 0;
    quint64 arrivals = 0; ///< requests that were made, or had to be
    quint64 completed = 0; ///< with a success
    std::array<quint64, static_cast<size_t>(LoadFailure::Count)> failures = {};
    quint64 inFlight = 0; ///< at the end: arrived, and neither completed nor failed
    quint64 waiting = 0; ///< at the end: of these, those that have no connection yet
    quint64 mostInFlight = 0;
    quint64 connections = 0; ///< at the end: open
    quint64 opened = 0; ///< connections
    quint64 idleConnections = 0; ///< at the end: open, of those that ask nothing
    quint64 lostConnections = 0; ///< idle ones and those of WebSocket: refused or lost, and tried again
    quint64 deliveries = 0; ///< messages over WebSocket that clients heard; a message sent to all is heard by each
    quint64 bytesSent = 0;
    quint64 bytesReceived = 0;
    double inFlightTime = 0; ///< integral of inFlight over time, in request-nanoseconds: L of Little's law is this over the time
    /// What lies in this stretch of the time that each request was in flight, in request-nanoseconds, counted request by request from when
    /// it was meant to be made and when it ended, or not yet: lambda W of Little's law is this over the time.
    double sojournTime = 0;
    /// ns from the moment the request was meant to be made to its answer's end (corrected for coordinated omission), of those completed.
    /// Over WebSocket of deliveries, so that a message counts as often as it is heard.
    LatencyHistogram latency;
    LatencyHistogram uncorrected; ///< ns from the moment it was sent

    quint64 failed() const;
    quint64 failedBy(LoadFailure kind) const { return failures[static_cast<size_t>(kind)]; }
    /// L of Little's law (Little 1961); 0 in no time.
    double meanInFlight() const;
    /// |L - lambda W| / L, each side counted on its own; 0 if nobody was there.
    double littleDifference() const;
    /// The same stretch of another thread.
    void addBeside(const LoadSample &other);
    /// The stretch that follows.
    void addAfter(const LoadSample &other);

private:
    void addCounts(const LoadSample &other);
};

/// One request, for those who want each of them. Times are ns since the measured part began.
struct LoadRecord
{
    quint64 number = 0; ///< from 1
    qint64 intended = 0; ///< when it was meant to be made
    qint64 sent = 0; ///< when its first byte was handed to the system; `intended` if none was
    qint64 ended = 0; ///< when its answer was whole, or it failed
    quint32 route = 0; ///< index in RequestPlan::routes
    qint16 status = 0; ///< of the answer; 0 if there is none
    LoadFailure failure = LoadFailure::Count; ///< Count: it did not fail
};

} // namespace loopscope
