// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "QueueSimulation.h"

#include "QueueCore.h"
#include "servers/statistics/BatchMeans.h"

#include <QElapsedTimer>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace loopscope {

namespace {

using namespace queue_core;

constexpr int kBatches = 30; ///< Law, Simulation Modeling and Analysis: more gain little, with fewer the factor of Student's t grows

/// Between the values of the bucket that the percentile falls into, as if they lay evenly in it.
double interpolatedPercentile(const LatencyHistogram &histogram, double percent)
{
    const double wanted = percent / 100 * static_cast<double>(histogram.count());
    double passed = 0;
    double value = 0;
    bool isFound = false;
    histogram.forEachBucket([&](const LatencyHistogram::Bucket &bucket) {
        const auto count = static_cast<double>(bucket.count);
        if (!isFound && passed + count >= wanted) {
            value = static_cast<double>(bucket.lowest) + static_cast<double>(bucket.highest - bucket.lowest) * (wanted - passed) / count;
            isFound = true;
        }
        passed += count;
    });
    return std::clamp(value, static_cast<double>(histogram.least()), static_cast<double>(histogram.most()));
}

/// What is told of a tally, of a batch as of all.
struct Figures
{
    std::array<double, 9> values;

    Figures(const Tally &tally, int servers)
        : values{tally.wait / static_cast<double>(tally.served), tally.sojourn / static_cast<double>(tally.served),
            interpolatedPercentile(tally.sojourns, 50) / tally.ticks, interpolatedPercentile(tally.sojourns, 90) / tally.ticks,
            interpolatedPercentile(tally.sojourns, 99) / tally.ticks, interpolatedPercentile(tally.sojourns, 99.9) / tally.ticks,
            tally.elapsed > 0 ? tally.busy / tally.elapsed / servers : 0, tally.elapsed > 0 ? tally.inSystem / tally.elapsed : 0,
            tally.arrived > 0 ? static_cast<double>(tally.lost) / static_cast<double>(tally.arrived) : 0}
    {
    }
};

/// Runs a core batch after batch.
template<typename Core>
class Runner
{
public:
    Runner(Core core, const QueueSetting &setting, double ticks, const std::atomic<bool> *stop)
        : m_core(std::move(core))
        , m_servers(setting.servers)
        , m_isStable(QueueFormulas::isStable(setting))
        , m_stop(stop)
    {
        m_all.ticks = ticks;
        m_means.fill(BatchMeans(kBatches));
    }

    /// False if too many wait.
    bool run(const QueueSimulation::Length &length)
    {
        Tally warmup = emptyTally();
        if (!advance(length.warmup, warmup))
            return m_wasStopped;
        const quint64 batches = std::min<quint64>(kBatches, length.customers);
        for (quint64 i = 0; i < batches; ++i) {
            Tally batch = emptyTally();
            const bool isThrough = advance(length.customers * (i + 1) / batches - length.customers * i / batches, batch);
            if (!isThrough && !m_wasStopped)
                return false;
            take(batch, isThrough);
            if (!isThrough)
                break;
        }
        return true;
    }

    QueueResult result() const
    {
        constexpr double unknown = std::numeric_limits<double>::infinity();
        QueueResult result;
        result.wasStopped = m_wasStopped;
        result.customers = m_all.served;
        result.lost = m_all.lost;
        result.seconds = m_all.elapsed;
        result.sojourns = m_all.sojourns;
        result.tick = 1 / m_all.ticks;
        if (m_all.served == 0)
            return result;
        const Figures figures(m_all, m_servers);
        const std::array measures = {&result.meanWait, &result.meanSojourn, &result.p50, &result.p90, &result.p99, &result.p999,
            &result.utilisation, &result.meanInSystem, &result.lostShare};
        for (size_t i = 0; i < measures.size(); ++i)
            *measures[i] = {figures.values[i], m_isStable ? m_means[i].halfWidth() : unknown};
        // A percentile of a batch in which a handful lie beyond it is a chance, and lower than the true one on average.
        constexpr double beyond = 5;
        for (const auto &[measure, share] : {std::pair(&result.p50, 0.5), {&result.p90, 0.1}, {&result.p99, 0.01}, {&result.p999, 0.001}}) {
            if (static_cast<double>(m_all.served) * share < beyond * kBatches)
                measure->halfWidth = unknown;
        }
        result.arrivalRate = m_all.elapsed > 0 ? static_cast<double>(m_all.arrived - m_all.lost) / m_all.elapsed : 0;
        result.littleDifference = QueueFormulas::littleDifference(result.meanInSystem.value, result.arrivalRate, result.meanSojourn.value);
        result.batchCorrelation = m_means[1].correlation();
        return result;
    }
    quint64 servedInAll() const { return m_servedInAll; }

private:
    Tally emptyTally() const
    {
        Tally tally;
        tally.ticks = m_all.ticks;
        return tally;
    }

    bool advance(quint64 customers, Tally &tally)
    {
        constexpr quint64 events = 1'000'000; // between two looks at whether to stop
        while (tally.served < customers) {
            m_core.advance(customers - tally.served, events, tally);
            m_wasStopped = m_wasStopped || (m_stop && m_stop->load(std::memory_order_relaxed));
            if (m_wasStopped || m_core.present() > static_cast<size_t>(QueueSimulation::kMostWaiting))
                break;
        }
        m_servedInAll += tally.served + tally.lost;
        return tally.served == customers;
    }

    void take(const Tally &batch, bool isWhole)
    {
        m_all.served += batch.served;
        m_all.arrived += batch.arrived;
        m_all.lost += batch.lost;
        m_all.wait += batch.wait;
        m_all.sojourn += batch.sojourn;
        m_all.inSystem += batch.inSystem;
        m_all.busy += batch.busy;
        m_all.elapsed += batch.elapsed;
        m_all.sojourns.merge(batch.sojourns);
        if (!isWhole)
            return;
        const Figures figures(batch, m_servers);
        for (size_t i = 0; i < m_means.size(); ++i)
            m_means[i].add(figures.values[i]);
    }

    Core m_core;
    int m_servers;
    bool m_isStable; ///< else there is nothing that the figures would be near to
    const std::atomic<bool> *m_stop;
    Tally m_all;
    std::array<BatchMeans, 9> m_means; ///< in the order of Figures
    quint64 m_servedInAll = 0; ///< warm-up and lost ones too
    bool m_wasStopped = false;
};

/// Sojourns are counted in millionths of a service: fine enough, and far from the ends of 64 bits.
double ticksOf(const Distribution &service)
{
    constexpr double perService = 1e6;
    if (std::isfinite(service.mean()))
        return service.mean() > 0 ? perService / service.mean() : 1;
    double median = 1;
    while (service.tail(median) > 0.5)
        median *= 2;
    while (service.tail(median) < 0.5)
        median /= 2;
    return perService / median;
}

template<typename Core>
std::optional<QueueResult> runCore(
    Core core, const QueueSetting &setting, const QueueSimulation::Length &length, const std::atomic<bool> *stop)
{
    QElapsedTimer timer;
    timer.start();
    Runner<Core> runner(std::move(core), setting, ticksOf(setting.service), stop);
    if (!runner.run(length))
        return std::nullopt;
    QueueResult result = runner.result();
    result.wallSeconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    result.customersPerSecond = static_cast<double>(runner.servedInAll()) / std::max(result.wallSeconds, 1e-9);
    return result;
}

/// Arrivals and services have random numbers of their own: with the same seed the same customers come, whatever serves them.
template<typename Arrivals, typename Services>
std::optional<QueueResult> runFifo(
    const QueueSetting &setting, const QueueSimulation::Length &length, quint64 seed, const std::atomic<bool> *stop)
{
    const Arrivals arrivals(setting.arrivals, seed);
    const Services services(setting.service, ~seed);
    if (setting.servers <= FewDepartures::most)
        return runCore(
            FifoCore<Arrivals, Services, FewDepartures>(arrivals, services, setting.servers, setting.capacity), setting, length, stop);
    return runCore(
        FifoCore<Arrivals, Services, ManyDepartures>(arrivals, services, setting.servers, setting.capacity), setting, length, stop);
}

} // namespace

QString QueueSimulation::problemOf(const QueueSetting &setting, const Length &length)
{
    if (setting.servers < 1 || setting.servers > kMostServers)
        return tr("a queue has 1 to %1 servers, not %2.").arg(kMostServers).arg(setting.servers);
    if (setting.capacity < 0 || (setting.capacity > 0 && setting.capacity < setting.servers))
        return tr("a capacity of %1 with %2 servers makes no sense: those who are served count too.")
            .arg(setting.capacity)
            .arg(setting.servers);
    if (length.customers < 1)
        return tr("a run needs at least 1 customer.");
    if (setting.arrivals.mean() <= 0)
        return tr("no time passes between arrivals with '%1'.").arg(setting.arrivals.text());
    constexpr double mostLost = 1e6; // for each one that is served: all of them have to be simulated
    if (setting.capacity > 0 && std::isfinite(setting.load()) && setting.load() > mostLost)
        return tr("for each customer that can be served %1 come and are lost: that takes too long to be simulated.").arg(setting.load());
    return {};
}

std::optional<QueueResult> QueueSimulation::run(
    const QueueSetting &setting, const Length &length, quint64 seed, QString *problem, const std::atomic<bool> *stop)
{
    *problem = problemOf(setting, length);
    if (!problem->isEmpty())
        return std::nullopt;
    const bool isPoisson = setting.arrivals.kind() == Distribution::Kind::Exponential;
    const bool isExponential = setting.service.kind() == Distribution::Kind::Exponential;
    std::optional<QueueResult> result;
    if (setting.discipline == QueueDiscipline::ProcessorSharing)
        result = runCore(SharingCore(AnyTimes(setting.arrivals, seed), AnyTimes(setting.service, ~seed), setting.servers, setting.capacity),
            setting, length, stop);
    else if (isPoisson && isExponential)
        result = runFifo<ExponentialTimes, ExponentialTimes>(setting, length, seed, stop);
    else if (isPoisson)
        result = runFifo<ExponentialTimes, AnyTimes>(setting, length, seed, stop);
    else
        result = runFifo<AnyTimes, AnyTimes>(setting, length, seed, stop);
    if (!result)
        *problem = tr(
            "more than %1 customers wait: the servers cannot keep up, since %2 arrive while %3 can be served. Ask for more servers, fewer "
            "customers, or a capacity.")
                       .arg(kMostWaiting)
                       .arg(setting.offeredLoad(), 0, 'g', 4)
                       .arg(setting.servers);
    return result;
}

} // namespace loopscope
