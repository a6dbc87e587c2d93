// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/queueing/Distribution.h"

#include <QString>

#include <cmath>
#include <optional>

namespace loopscope {

/// In what order customers are served.
enum class QueueDiscipline : quint8 {
    Fifo, ///< in the order of arrival, each by one server until it is done
    ProcessorSharing, ///< all at once: n customers share `servers` servers equally, but none is served by more than one
};

/// A queue in Kendall's sense: arrivals / service / servers / capacity.
struct QueueSetting
{
    Distribution arrivals = Distribution::exponential(1); ///< times between them; `exp` is a Poisson process
    Distribution service = Distribution::exponential(2);
    int servers = 1;
    QueueDiscipline discipline = QueueDiscipline::Fifo;
    qint64 capacity = 0; ///< customers in the system at most, served or waiting: who comes then is lost. 0: no limit

    /// Service that is asked for, in servers: a = lambda E[S].
    double offeredLoad() const { return service.mean() / arrivals.mean(); }
    double load() const { return offeredLoad() / servers; }
    /// "M/M/4", "M/D/1-PS", "G/G/2/10"
    QString name() const;
};

/// What theory says of a queue in its steady state; what it has no closed formula for is left out. Times in the unit of the setting.
struct QueuePrediction
{
    QString formula; ///< who says so: "M/M/c (Erlang C)"
    double meanWait = 0; ///< before service; under processor sharing what others' service cost
    double meanSojourn = 0; ///< of those that were not lost
    std::optional<double> p50; ///< of the sojourn
    std::optional<double> p90;
    std::optional<double> p99;
    std::optional<double> p999;
    double utilisation = 0; ///< busy servers / servers
    double meanInSystem = 0;
    double lost = 0; ///< the share of those that came
};

/// Closed formulas of queueing theory, as in Kleinrock, Queueing Systems I (1975) and II (1976), and Gross et al., Fundamentals of Queueing
/// Theory (4th edition, 2008), computed so that they stay exact for thousands of servers.
class QueueFormulas
{
public:
    /// The formula that fits, or nothing: the queue is not stable, or theory has none.
    static std::optional<QueuePrediction> predict(const QueueSetting &setting);
    /// Whether the queue has a steady state: there is room for so many only, or less comes than can be served; and service that does
    /// not take for ever on average.
    static bool isStable(const QueueSetting &setting)
    {
        return std::isfinite(setting.service.mean()) && (setting.capacity > 0 || setting.load() < 1);
    }
    /// Whether who comes waits for ever on average, although there is a steady state: times of service that spread without bounds
    /// (Pollaczek-Khinchine), where one of them holds up everybody. Only said of a single server.
    static bool hasInfiniteWait(const QueueSetting &setting)
    {
        return isStable(setting) && setting.capacity == 0 && setting.servers == 1 && setting.discipline == QueueDiscipline::Fifo
            && !std::isfinite(setting.service.secondMoment());
    }

    /// Probability that all servers are busy in M/G/c/c (nobody waits), by the recursion B(k) = a B(k-1) / (k + a B(k-1)), which cannot
    /// overflow. `load` is lambda E[S].
    static double erlangB(int servers, double load);
    /// Probability of having to wait in M/M/c; 1 if load >= servers.
    static double erlangC(int servers, double load);
    /// Mean wait in M/G/1, first come first served: lambda E[S^2] / (2 (1 - rho)) (Pollaczek 1930, Khinchine 1932).
    static double pollaczekKhinchine(double rate, const Distribution &service);
    /// |L - lambda W| / L of Little's law (Little 1961); 0 if nobody was there.
    static double littleDifference(double meanInSystem, double rate, double meanSojourn);
    /// Amdahl (1967): how many times faster with `processors`, if the share `serial` of the work cannot be divided.
    static double amdahl(double processors, double serial);

private:
    static QueuePrediction erlang(const QueueSetting &setting);
    static QueuePrediction singleServer(const QueueSetting &setting);
    static std::optional<QueuePrediction> exponentialServer(const QueueSetting &setting);
    static QueuePrediction lossSystem(const QueueSetting &setting);
    static std::optional<QueuePrediction> birthAndDeath(const QueueSetting &setting);
};

} // namespace loopscope
