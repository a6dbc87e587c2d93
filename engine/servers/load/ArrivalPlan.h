// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/CounterRandom.h"
#include "servers/queueing/Distribution.h"

#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// A request of a replayed file.
struct ReplayedArrival
{
    qint64 time = 0; ///< ns since the start, never less than that of the one before
    qint32 target = -1; ///< in ArrivalPlan::replayTargets; -1: any route
};

/// When requests are made: plain data that knows no transport, so that arrival number k has the same moment under every server model.
/// Everything random comes from `seed` (CounterRandom).
struct ArrivalPlan
{
    enum class Kind : quint8 {
        Closed, ///< `clients` each ask, wait for the answer, think, and ask again
        Even, ///< `rate` a second, all gaps alike, the first at 0
        Poisson, ///< `rate` a second, gaps exponential
        Bursts, ///< `burstSize` at once, every `burstSeconds`, the first at 0
        Ramp, ///< Poisson, from `rate` to `rateEnd` within `rampSeconds`, then at `rateEnd`
        Replay, ///< the moments in `replay`
    };
    static constexpr double MostRate = 1e8; ///< a second
    static constexpr int MostClients = 1'000'000;

    Kind kind = Kind::Closed;
    int clients = 10;
    Distribution think; ///< seconds that a client of a closed load thinks before each of its requests
    double rate = 1000; ///< requests a second
    double rateEnd = 1000;
    double rampSeconds = 10;
    int burstSize = 100;
    double burstSeconds = 1;
    std::shared_ptr<const std::vector<ReplayedArrival>> replay;
    std::vector<QString> replayTargets; ///< paths or names of routes in the file, each once
    quint64 seed = 1;

    /// Arrivals do not wait for answers.
    bool isOpen() const { return kind != Kind::Closed; }
    /// What is wrong with the values, in a sentence; null if nothing is.
    QString problem() const;
    /// Becomes a replay of a file: one time a line in seconds, in their order, then, if it is given, the path or route that is asked for;
    /// empty lines and lines that begin with # do not count. False, with a sentence, if it cannot be read.
    bool readReplay(const QString &file, QString *problem);
};

/// How long each client of a closed plan thinks: the same under every server model.
class ThinkSequence
{
public:
    explicit ThinkSequence(const ArrivalPlan &plan);
    /// ns that client number `client` (from 0) thinks before its request number `turn` (from 0; also before its first, so that not all
    /// begin at once).
    qint64 pause(quint32 client, quint32 turn) const;

private:
    Distribution m_think;
    bool m_isNone;
    CounterRandom m_random;
};

} // namespace loopscope
