// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/Verdict.h"

#include "servers/queueing/Distribution.h"
#include "servers/session/LabTable.h"
#include "servers/session/MachineText.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace loopscope {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("loopscope::Verdict", text); }
QString percent(double share) { return QString::number(share * 100, 'f', share < 0.0995 ? 1 : 0) + QStringLiteral(" %"); }

/// The figures of a run that rules look at.
struct Facts
{
    const Scenario &scenario;
    const LabResult &result;
    double cores = 1; ///< of the machine it ran on
    double threads = 0; ///< on average, as all that follows
    double working = 0; ///< threads that have a request
    double blocked = 0; ///< of them
    double staying = 0; ///< threads that wait without a request: with a connection that is kept open
    double queued = 0;
    double queueGrowth = 0; ///< a second, from the first half of the run to the second; 0 where clients wait for their answers
    double longestBurst = 0; ///< seconds that a request's code ran without a pause, of the requests that were told

    bool hasOneLoop() const
    {
        return result.model == ServerModel::EventLoop || result.model == ServerModel::Node || result.model == ServerModel::Workers;
    }
    /// Threads stay with connections (ScenarioMachine::keepAliveSeconds).
    bool holdsConnections() const { return scenario.machine.keepAliveSeconds > 0 && !hasOneLoop() && result.model != ServerModel::Cluster; }
    bool isClosed() const { return scenario.load.arrivals == ScenarioLoad::Arrivals::Closed; }
    /// All that was asked for; what is in flight at the end is not missing.
    bool answersAll() const
    {
        constexpr double nearly = 0.95;
        return static_cast<double>(result.completed) >= nearly * static_cast<double>(result.arrivals);
    }
    double failedShare(qint64 failures) const
    {
        return result.arrivals > 0 ? static_cast<double>(failures) / static_cast<double>(result.arrivals) : 0;
    }
};

template<typename Part>
bool isOfRun(const Part &part, const LabResult &result)
{
    return part.model == result.model && part.truth == result.truth;
}

/// By how much the queue grows in a second: its mean in a run's second half against that in its first. Single samples say nothing where the
/// load has a beat of its own.
double growthOf(const std::vector<const LabSample *> &samples)
{
    const std::size_t half = samples.size() / 2;
    if (half == 0)
        return 0;
    double growth = 0;
    double time = 0;
    for (std::size_t index = 0; index < half; ++index) {
        const LabSample &early = *samples[index];
        const LabSample &late = *samples[samples.size() - half + index];
        growth += late.queued - early.queued;
        time += late.time - early.time;
    }
    return growth / time;
}

Facts factsOf(const LabReport &report, const LabResult &result)
{
    Facts facts{report.scenario, result};
    facts.cores = result.truth == Truth::Real ? usableCores() : report.scenario.machine.cores;
    std::vector<const LabSample *> samples;
    for (const LabSample &sample : report.samples) {
        if (!isOfRun(sample, result) || sample.time <= 0)
            continue;
        const auto [idle, running, ready, blocked] = sample.threads;
        facts.threads += idle + running + ready + blocked;
        facts.working += running + ready + blocked;
        facts.blocked += blocked;
        facts.queued += sample.queued;
        facts.staying += std::max(0, running + ready + blocked - std::max(0, sample.inFlight - sample.queued));
        samples.push_back(&sample);
    }
    const auto count = static_cast<double>(samples.size());
    for (double *mean : {&facts.threads, &facts.working, &facts.blocked, &facts.queued, &facts.staying})
        *mean = count > 0 ? *mean / count : 0;
    if (!facts.isClosed())
        facts.queueGrowth = growthOf(samples);
    for (const LabRequest &request : report.requests) {
        if (!isOfRun(request, result))
            continue;
        for (const LabStep &step : request.steps) {
            if (step.kind == LabStep::Kind::Running)
                facts.longestBurst = std::max(facts.longestBurst, step.to - step.from);
        }
    }
    return facts;
}

QString queueText(const Facts &facts)
{
    constexpr double slowest = 1; // a second; less is chance
    if (facts.queueGrowth >= slowest)
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "its queue grows by %1 a second"))
            .arg(LabTable::count(std::round(facts.queueGrowth)));
    return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 others queue on average")).arg(LabTable::count(std::round(facts.queued)));
}

/// How many threads may have a request at once, without the one that accepts.
double mostThreads(const Facts &facts)
{
    const ScenarioMachine &machine = facts.scenario.machine;
    switch (facts.result.model) {
    case ServerModel::ThreadPerRequest:
        return machine.threadLimit; // the others are started when they are needed
    case ServerModel::ThreadPool:
        return facts.working <= machine.poolThreads ? std::min<double>(facts.threads, machine.poolThreads) : facts.threads;
    case ServerModel::Processes:
        return facts.working <= machine.processes ? std::min<double>(facts.threads, machine.processes) : facts.threads;
    default:
        return facts.threads;
    }
}

/// When a limit holds, and the sentence that shows it.
struct Rule
{
    Limit limit;
    bool (*holds)(const Facts &facts);
    QString (*sentence)(const Facts &facts);
};

QString coresText(const LabResult &result) { return QString::number(result.cpuCores, 'f', 2); }

// Busy to nine tenths is full: queueing makes the wait at 0.9 ten times the service time (M/M/1), and samples see no more than that. A real
// server shares its cores with the clients that ask it, on the same machine: two thirds of them are all it gets.
constexpr double full = 0.9;
constexpr double fullBesideClients = 0.66;
constexpr double shown = 0.0005; // smaller shares are 0.0 %
constexpr double seldom = 0.001; // share of requests that may fail without being called a limit

/// A percentile that can be compared, since enough answers lie beyond it.
struct Tail
{
    const char *name;
    qint64 fewestAnswers; ///< five beyond it, as LabComparison asks
    double LabLatency::*figure;
};

constexpr std::array<Tail, 3> tails = {{{"p99", 500, &LabLatency::p99}, {"p90", 50, &LabLatency::p90}, {"p50", 10, &LabLatency::p50}}};

/// The highest one of so many answers; null: they are too few for any.
const Tail *tailOf(qint64 answers)
{
    const auto *tail = std::find_if(tails.begin(), tails.end(), [answers](const Tail &one) { return answers >= one.fewestAnswers; });
    return tail == tails.end() ? nullptr : tail;
}

/// "p99 12.0 ms"
QString tailText(const Tail *tail, const LabResult &result)
{
    return tail ? QStringLiteral("%1 %2").arg(QLatin1String(tail->name), LabTable::time(result.latency.*tail->figure))
                : translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "mean %1")).arg(LabTable::time(result.latency.mean));
}

/// Requests that are quick wait now and then for one that is not, though there is time enough for all.
bool isStalled(const Facts &facts)
{
    constexpr double tailOverMedian = 10;
    constexpr double leastTail = 0.001; // seconds
    constexpr int fewest = 5;
    const LabResult &result = facts.result;
    const bool hasLoops = facts.hasOneLoop() || result.model == ServerModel::Cluster;
    const Tail *tail = tailOf(result.completed);
    return hasLoops && tail && facts.scenario.load.arrivals != ScenarioLoad::Arrivals::Bursts && result.mostQueued >= fewest
        && result.latency.*tail->figure >= std::max(leastTail, tailOverMedian * result.latency.p50);
}

/// As long as what it explains: other computations are not what requests waited for.
QString stallText(const Facts &facts)
{
    const LabResult &result = facts.result;
    const Tail *tail = tailOf(result.completed);
    const bool isSeen = facts.longestBurst >= 0.5 * result.latency.*tail->figure;
    const QString computations = isSeen
        ? translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "computations of up to %1")).arg(LabTable::time(facts.longestBurst))
        : translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "one that computes for long"));
    return translated(QT_TRANSLATE_NOOP("loopscope::Verdict",
                          "quick requests wait behind %1 (p50 %2, %3), up to %4 at once; only %5 of %6 cores are busy"))
        .arg(computations, LabTable::time(result.latency.p50), tailText(tail, result), LabTable::count(result.mostQueued),
            coresText(result), LabTable::count(facts.cores));
}

/// "1.79 of 2 cores are busy": the same words on both sides of a limit.
QString coresText(const Facts &facts)
{
    return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of %2 cores are busy"))
        .arg(coresText(facts.result), LabTable::count(facts.cores));
}

QString nothingFullText(const Facts &facts)
{
    const LabResult &result = facts.result;
    if (!facts.answersAll())
        return translated(
            QT_TRANSLATE_NOOP("loopscope::Verdict", "it answered %1 of %2 requests in its time, and nothing of it is full; %3"))
            .arg(LabTable::count(static_cast<double>(result.completed)), LabTable::count(static_cast<double>(result.arrivals)),
                coresText(facts));
    if (!facts.isClosed())
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "it answers all that is asked; %1")).arg(coresText(facts));
    // How much is asked depends on how long answers take.
    return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "nothing of it is full; its clients wait %1 for an answer, and %2"))
        .arg(LabTable::time(result.latency.mean), coresText(facts));
}

const std::array<Rule, 13> rules = {{
    {Limit::Death, [](const Facts &facts) { return !facts.result.death.isEmpty(); },
        [](const Facts &facts) {
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "it died (%1); %2"))
                .arg(facts.result.death, LabTable::lostText(facts.result.lostToDeath));
        }},
    {Limit::Unknown,
        [](const Facts &facts) { return facts.result.arrivals == 0 && facts.result.completed == 0 && facts.result.failures.total() == 0; },
        [](const Facts &) { return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "nothing was asked of it in the measured time")); }},
    {Limit::Memory,
        [](const Facts &facts) {
            return facts.result.truth != Truth::Real
                && static_cast<double>(facts.result.mostMemoryBytes) >= full * static_cast<double>(facts.scenario.machine.memoryBytes);
        },
        [](const Facts &facts) {
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of %2 of memory are full, with %3 threads at once"))
                .arg(LabTable::bytes(static_cast<double>(facts.result.mostMemoryBytes)),
                    LabTable::bytes(static_cast<double>(facts.scenario.machine.memoryBytes)), LabTable::count(facts.result.mostThreads));
        }},
    {Limit::BlockedLoop,
        [](const Facts &facts) {
            // A loop with workers: the figure is of all its threads together.
            return facts.hasOneLoop() && facts.result.model != ServerModel::Workers && facts.result.cpuCores >= full && facts.cores > 1;
        },
        [](const Facts &facts) {
            const QString burst = facts.longestBurst > 0
                ? translated(QT_TRANSLATE_NOOP("loopscope::Verdict", ", for up to %1 at a time")).arg(LabTable::time(facts.longestBurst))
                : QString();
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict",
                                  "its one loop computes %1 of the time%2, and everything else waits for it, with %3 of %4 cores free"))
                .arg(percent(std::min(1.0, facts.result.cpuCores)), burst,
                    LabTable::count(std::floor(facts.cores - facts.result.cpuCores + 0.5)), LabTable::count(facts.cores));
        }},
    {Limit::Cores,
        [](const Facts &facts) {
            const double most = facts.result.truth == Truth::Real && facts.cores > 1 ? fullBesideClients : full;
            return facts.result.cpuCores >= most * facts.cores;
        },
        [](const Facts &facts) {
            const QString text = translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1, %2 of CPU a request"))
                                     .arg(coresText(facts), LabTable::time(facts.result.cpuSecondsPerRequest));
            return !facts.isClosed() && facts.answersAll()
                ? text + translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "; just so it still answers all that is asked"))
                : text;
        }},
    {Limit::KeptConnections,
        [](const Facts &facts) {
            const bool lacksThreads = facts.queued >= 1 || facts.failedShare(facts.result.failures.total()) > seldom;
            return facts.holdsConnections() && lacksThreads && facts.staying >= 1 && facts.staying >= 0.5 * facts.working;
        },
        [](const Facts &facts) {
            const QString staying = translated(
                QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of %2 threads stay with connections on which nobody asks, for %3 each"))
                                        .arg(LabTable::count(std::round(facts.staying)), LabTable::count(std::round(facts.threads)),
                                            LabTable::time(facts.scenario.machine.keepAliveSeconds));
            return facts.queued >= 1 ? staying + QStringLiteral("; ") + queueText(facts) : staying;
        }},
    {Limit::FullPool,
        [](const Facts &facts) {
            const double most = mostThreads(facts);
            return !facts.hasOneLoop() && most > 0 && facts.working >= full * most && facts.queued >= 1
                && facts.blocked >= 0.5 * facts.working;
        },
        [](const Facts &facts) {
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of %2 threads have a request, %3 of them blocked on I/O; %4"))
                .arg(LabTable::count(std::round(facts.working)), LabTable::count(std::round(mostThreads(facts))),
                    LabTable::count(std::round(facts.blocked)), queueText(facts));
        }},
    {Limit::Refusals, [](const Facts &facts) { return facts.failedShare(facts.result.failures.refused) > seldom; },
        [](const Facts &facts) {
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "it refused %1 of the connections"))
                .arg(percent(facts.failedShare(facts.result.failures.refused)));
        }},
    {Limit::Lost,
        [](const Facts &facts) { return facts.failedShare(facts.result.failures.timedOut + facts.result.failures.reset) > seldom; },
        [](const Facts &facts) {
            const LabFailures &failures = facts.result.failures;
            const QString late = percent(facts.failedShare(failures.timedOut));
            const QString lost = percent(facts.failedShare(failures.reset));
            if (facts.failedShare(failures.timedOut) < shown)
                return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of the requests lost their connection")).arg(lost);
            if (facts.failedShare(failures.reset) < shown)
                return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of the requests had no answer in time")).arg(late);
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of the requests had no answer in time, %2 lost their connection"))
                .arg(late, lost);
        }},
    {Limit::Errors,
        [](const Facts &facts) { return facts.failedShare(facts.result.failures.badStatus + facts.result.failures.other) > seldom; },
        [](const Facts &facts) {
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "the script answered %1 of the requests with a failure"))
                .arg(percent(facts.failedShare(facts.result.failures.badStatus + facts.result.failures.other)));
        }},
    {Limit::Waiting, [](const Facts &facts) { return facts.queued >= 1 && facts.queued >= 0.2 * facts.result.meanInFlight; },
        [](const Facts &facts) {
            const QString waiting = translated(
                QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of %2 requests in flight wait to be taken, with %3 of %4 cores busy"))
                                        .arg(LabTable::count(std::round(std::min(facts.queued, facts.result.meanInFlight))),
                                            LabTable::count(std::round(facts.result.meanInFlight)),
                                            QString::number(facts.result.cpuCores, 'f', 2), LabTable::count(facts.cores));
            return facts.result.truth == Truth::Real
                ? waiting + translated(QT_TRANSLATE_NOOP("loopscope::Verdict", ": this machine has other work, too"))
                : waiting;
        }},
    {Limit::Stalls, isStalled, stallText},
    {Limit::None, [](const Facts &) { return true; }, nothingFullText},
}};

/// Good answers a second, but no more than were asked for: who works off what was left over from the warm-up does not answer more.
double answerRate(const LabResult &result)
{
    return result.seconds > 0 ? std::min(result.throughput, static_cast<double>(result.arrivals) / result.seconds) : result.throughput;
}

constexpr double lessOfIt = 1.2; // p99 and memory differ from run to run more than throughput does
constexpr double leastSeen = 0.0005; // seconds: shorter waits than a network's are nobody's reason to choose a server

bool differ(double one, double other, double times) { return one > other * times || other > one * times; }

/// What both have enough answers for; null: none.
const Tail *commonTail(const LabResult &one, const LabResult &other) { return tailOf(std::min(one.completed, other.completed)); }

/// Below zero: `one` is better.
int compared(const LabResult &one, const LabResult &other)
{
    constexpr double moreAnswers = 1.05;
    if (one.death.isEmpty() != other.death.isEmpty())
        return one.death.isEmpty() ? -4 : 4;
    const double rate = answerRate(one);
    const double otherRate = answerRate(other);
    if (differ(rate, otherRate, moreAnswers))
        return rate > otherRate ? -1 : 1;
    if (const Tail *tail = commonTail(one, other)) {
        const double wait = std::max(one.latency.*tail->figure, leastSeen);
        const double otherWait = std::max(other.latency.*tail->figure, leastSeen);
        if (differ(wait, otherWait, lessOfIt))
            return wait < otherWait ? -2 : 2;
    }
    const auto memory = static_cast<double>(one.mostMemoryBytes);
    const auto otherMemory = static_cast<double>(other.mostMemoryBytes);
    if (differ(memory, otherMemory, lessOfIt))
        return memory < otherMemory ? -3 : 3;
    return 0;
}

/// Their tails count as alike though they are not, since both are too short to be noticed.
bool isBelowNotice(const LabResult &one, const LabResult &other)
{
    const Tail *tail = commonTail(one, other);
    return tail && std::abs(compared(one, other)) % 3 == 0 && differ(one.latency.*tail->figure, other.latency.*tail->figure, lessOfIt)
        && std::max(one.latency.*tail->figure, other.latency.*tail->figure) < leastSeen * lessOfIt;
}

/// "thread pool answers", but "processes answer".
QString verbText(ServerModel model, const char *ofOne, const char *ofSeveral)
{
    return translated(model == ServerModel::Processes ? ofSeveral : ofOne).arg(nameOf(model));
}

QString comparedText(const LabResult &best, const LabResult &other)
{
    switch (-compared(best, other)) {
    case 1:
        return other.completed == 0 ? verbText(other.model, QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answers nothing"),
                   QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answer nothing"))
                                    : verbText(other.model, QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answers only %2/s"),
                                        QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answer only %2/s"))
                                          .arg(LabTable::count(other.throughput));
    case 2: {
        const Tail *tail = commonTail(best, other);
        return verbText(other.model, QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answers as much, but with a %2 of %3"),
            QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answer as much, but with a %2 of %3"))
            .arg(QLatin1String(tail->name), LabTable::time(other.latency.*tail->figure));
    }
    case 4:
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 died")).arg(nameOf(other.model));
    default:
        return verbText(other.model, QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 does the same with %2 of memory"),
            QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 do the same with %2 of memory"))
            .arg(LabTable::bytes(static_cast<double>(other.mostMemoryBytes)));
    }
}

QString alikeText(const LabResult &best)
{
    return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "All models serve this load alike (%1): about %2/s, %3."))
        .arg(nameOf(best.truth), LabTable::count(best.throughput), tailText(tailOf(best.completed), best));
}

/// All serve alike, and `best` needs the least memory for it.
QString thriftText(const LabResult &best, const std::vector<const LabResult *> &others)
{
    QStringList parts;
    for (const LabResult *other : others)
        parts.append(QStringLiteral("%1 %2").arg(nameOf(other->model), LabTable::bytes(static_cast<double>(other->mostMemoryBytes))));
    const char *const text = best.model == ServerModel::Processes
        ? QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 need the least memory for it, %2; %3.")
        : QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 needs the least memory for it, %2; %3.");
    return alikeText(best) + QLatin1Char(' ')
        + translated(text).arg(LabTable::sentence(nameOf(best.model)), LabTable::bytes(static_cast<double>(best.mostMemoryBytes)),
            parts.join(QLatin1String(", ")));
}

/// How `best` and the others serve.
QString comparisonText(const LabResult &best, const std::vector<const LabResult *> &results)
{
    QStringList others;
    QStringList alike;
    bool isByMemory = true;
    bool isOfSeveral = false;
    for (const LabResult *result : results) {
        const int difference = compared(best, *result);
        isByMemory = isByMemory && (difference == 0 || difference == -3);
        isOfSeveral = isOfSeveral || (difference == 0 && (!alike.isEmpty() || result->model == ServerModel::Processes));
        if (difference == 0)
            alike.append(nameOf(result->model));
        else
            others.append(comparedText(best, *result));
    }
    if (others.isEmpty())
        return alikeText(best);
    if (isByMemory)
        return thriftText(best, results);
    if (!alike.isEmpty())
        others.append((isOfSeveral ? translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 do just as well"))
                                   : translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 does just as well")))
                          .arg(alike.join(QLatin1String(", "))));
    const QString name = verbText(best.model, QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 serves this load best"),
        QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 serve this load best"));
    return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 (%2): %3/s, %4, %5 of memory. %6."))
        .arg(LabTable::sentence(name), nameOf(best.truth), LabTable::count(best.throughput), tailText(tailOf(best.completed), best),
            LabTable::bytes(static_cast<double>(best.mostMemoryBytes)), LabTable::sentence(others.join(QLatin1String("; "))));
}

/// Why no model is called the best, in a sentence; null if one may be.
QString reasonForNone(const std::vector<const LabResult *> &results)
{
    constexpr double alike = 1.05;
    double shortest = std::numeric_limits<double>::max();
    double longest = 0;
    bool wasStopped = false;
    QStringList times;
    for (const LabResult *result : results) {
        wasStopped = wasStopped || result->wasStopped;
        if (!result->death.isEmpty())
            continue; // however long it lived
        shortest = std::min(shortest, result->seconds);
        longest = std::max(longest, result->seconds);
        times.append(QStringLiteral("%1 %2").arg(nameOf(result->model), LabTable::time(result->seconds)));
    }
    if (wasStopped && !times.isEmpty() && longest == 0)
        return translated(
            QT_TRANSLATE_NOOP("loopscope::Verdict", "The runs were stopped before anything was measured: there is nothing to compare."));
    if (wasStopped && differ(shortest, longest, alike))
        return translated(
            QT_TRANSLATE_NOOP("loopscope::Verdict", "The runs were stopped at different moments (%1): they are not compared."))
            .arg(times.join(QLatin1String(", ")));
    if (times.isEmpty())
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "None of them lives to the end of this load (%1)."))
            .arg(nameOf(results.front()->truth));
    if (std::none_of(results.begin(), results.end(), [](const LabResult *result) { return result->completed > 0; }))
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "None of them answers this load (%1)."))
            .arg(nameOf(results.front()->truth));
    return {};
}

/// Whether it answers as much as it can, whatever comes.
bool isSaturated(Limit limit) { return limit == Limit::BlockedLoop || limit == Limit::Cores || limit == Limit::FullPool; }

/// Seconds that a client pauses between an answer and its next request; infinite where that has no mean.
double pauseOf(const ScenarioLoad &load)
{
    QString problem;
    const std::optional<Distribution> think = Distribution::parse(load.thinkTime, &problem);
    return think ? think->mean() : std::numeric_limits<double>::infinity();
}

/// A saturated server answers as much as it can. Where clients ask whatever the server does, that is the load up to which it keeps up.
/// Where they wait for their answers, the asymptotic bounds of operational analysis (Denning and Buzen 1978) meet at
/// N* = X (R + Z) clients: X is what it answers at most, R the time of a request that nobody is in the way of, Z the pause after it. R is
/// taken from the best server, which is not held back: its mean, a little too long if anything, so that N* is, too.
QString turnText(const LabReport &report, const LabResult &best, const std::vector<const LabResult *> &others)
{
    const ScenarioLoad &load = report.scenario.load;
    const bool isClosed = load.arrivals == ScenarioLoad::Arrivals::Closed && load.protocol == ScenarioLoad::Protocol::Http;
    const double pause = isClosed ? pauseOf(load) : 0;
    if (!std::isfinite(pause) || findingOf(report, best).limit != Limit::None)
        return {};
    QStringList parts;
    for (const LabResult *other : others) {
        if (!isSaturated(findingOf(report, *other).limit) || compared(best, *other) != -1)
            continue;
        const double most = std::round(isClosed ? other->throughput * (best.latency.mean + pause) : other->throughput);
        const QString what = isClosed ? translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 up to about %2 clients"))
                                      : translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 up to about %2 requests a second"));
        parts.append(what.arg(nameOf(other->model), LabTable::count(most)));
    }
    if (parts.isEmpty())
        return {};
    const QString text =
        translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "At lower loads others keep up, too: %1.")).arg(parts.join(QLatin1String(", ")));
    if (!isClosed)
        return text;
    return text
        + translated(QT_TRANSLATE_NOOP("loopscope::Verdict",
                         " A bound, not a run: what they answer at most, times the %1 that a request and the pause after it take."))
              .arg(LabTable::time(best.latency.mean + pause));
}

} // namespace

Finding findingOf(const LabReport &report, const LabResult &result)
{
    const Facts facts = factsOf(report, result);
    const auto rule = std::find_if(rules.begin(), rules.end(), [&facts](const Rule &candidate) { return candidate.holds(facts); });
    QString sentence = rule->sentence(facts);
    // What follows from it.
    if (rule->limit < Limit::Refusals && facts.failedShare(result.failures.total()) > seldom)
        sentence += translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "; %1 of the requests failed"))
                        .arg(percent(facts.failedShare(result.failures.total())));
    return {rule->limit, sentence};
}

std::optional<Lead> leadOf(const std::vector<LabResult> &results)
{
    if (std::none_of(results.begin(), results.end(), [](const LabResult &result) { return result.completed > 0; }))
        return std::nullopt;
    const LabResult *best = &results.front();
    for (const LabResult &result : results)
        best = compared(result, *best) < 0 ? &result : best;
    int by = 0;
    for (const LabResult &result : results)
        by = std::max(by, -compared(*best, result));
    return by > 0 ? std::optional(Lead{best->model, static_cast<Lead::By>(by)}) : std::nullopt;
}

LabVerdict verdictOf(const LabReport &report)
{
    LabVerdict verdict;
    std::vector<const LabResult *> results;
    for (const LabResult &result : report.results) {
        if (result.truth == report.results.front().truth)
            results.push_back(&result);
    }
    const bool isMeasured = std::any_of(results.begin(), results.end(), [](const LabResult *result) { return result->arrivals > 0; });
    if (results.size() < 2 || !isMeasured) // stopped while they warmed up
        return verdict;
    const LabResult *best = results.front();
    for (const LabResult *result : results)
        best = compared(*result, *best) < 0 ? result : best;
    std::stable_partition(results.begin(), results.end(), [best](const LabResult *result) { return result == best; });
    for (const LabResult *result : results)
        verdict.evidence.append(translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1: %2."))
                                    .arg(LabTable::sentence(nameOf(result->model)), findingOf(report, *result).sentence));
    verdict.sentence = reasonForNone(results);
    if (!verdict.sentence.isEmpty())
        return verdict;
    results.erase(results.begin());
    const auto isAlike = [best](const LabResult *other) { return compared(*best, *other) == 0; };
    if (!std::all_of(results.begin(), results.end(), isAlike))
        verdict.winner = keyOf(best->model);
    verdict.sentence = comparisonText(*best, results);
    if (std::any_of(results.begin(), results.end(), [best](const LabResult *other) { return isBelowNotice(*best, *other); }))
        verdict.sentence +=
            translated(QT_TRANSLATE_NOOP("loopscope::Verdict", " Waits below %1 count as alike.")).arg(LabTable::time(leastSeen));
    if (best->wasStopped)
        verdict.sentence += translated(QT_TRANSLATE_NOOP("loopscope::Verdict", " All this is of the %1 until the runs were stopped."))
                                .arg(LabTable::time(best->seconds));
    verdict.turn = turnText(report, *best, results);
    return verdict;
}

} // namespace loopscope
