// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadFigures.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loopscope {

quint64 LoadSample::failed() const { return std::accumulate(failures.begin(), failures.end(), quint64{0}); }

double LoadSample::meanInFlight() const { return to > from ? inFlightTime / static_cast<double>(to - from) : 0; }

double LoadSample::littleDifference() const { return inFlightTime > 0 ? std::abs(inFlightTime - sojournTime) / inFlightTime : 0; }

void LoadSample::addCounts(const LoadSample &other)
{
    arrivals += other.arrivals;
    completed += other.completed;
    for (size_t i = 0; i < failures.size(); ++i)
        failures[i] += other.failures[i];
    opened += other.opened;
    lostConnections += other.lostConnections;
    deliveries += other.deliveries;
    bytesSent += other.bytesSent;
    bytesReceived += other.bytesReceived;
    inFlightTime += other.inFlightTime;
    sojournTime += other.sojournTime;
    latency.merge(other.latency);
    uncorrected.merge(other.uncorrected);
}

void LoadSample::addBeside(const LoadSample &other)
{
    addCounts(other);
    inFlight += other.inFlight;
    waiting += other.waiting;
    mostInFlight += other.mostInFlight;
    connections += other.connections;
    idleConnections += other.idleConnections;
}

void LoadSample::addAfter(const LoadSample &other)
{
    addCounts(other);
    to = other.to;
    inFlight = other.inFlight;
    waiting = other.waiting;
    mostInFlight = std::max(mostInFlight, other.mostInFlight);
    connections = other.connections;
    idleConnections = other.idleConnections;
}

} // namespace loopscope
