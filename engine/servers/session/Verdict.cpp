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
    double queueGrowth = 0; ///< a second
    double longestBurst = 0; ///< seconds that a request's code ran without a pause, of the requests that were told

    bool hasOneLoop() const
    {
        return result.model == ServerModel::EventLoop || result.model == ServerModel::Node || result.model == ServerModel::Workers;
    }
    /// Threads stay with connections (ScenarioMachine::keepAliveSeconds).
    bool holdsConnections() const { return scenario.machine.keepAliveSeconds > 0 && !hasOneLoop() && result.model != ServerModel::Cluster; }
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

// Busy to nine tenths is full: queueing makes the wait at 0.9 ten times the service time (M/M/1), and samples see no more than that. A real
// server shares its cores with the clients that ask it, on the same machine: two thirds of them are all it gets.
constexpr double full = 0.9;
constexpr double fullBesideClients = 0.66;
constexpr double shown = 0.0005; // smaller shares are 0.0 %
constexpr double seldom = 0.001; // share of requests that may fail without being called a limit

/// Requests that are quick wait now and then for one that is not, though there is time enough for all.
bool isStalled(const Facts &facts)
{
    constexpr double tailOverMedian = 10;
    constexpr double leastTail = 0.001; // seconds
    constexpr int fewest = 5;
    const LabResult &result = facts.result;
    const bool hasLoops = facts.hasOneLoop() || result.model == ServerModel::Cluster;
    return hasLoops && facts.scenario.load.arrivals != ScenarioLoad::Arrivals::Bursts && result.mostQueued >= fewest
        && result.latency.p99 >= std::max(leastTail, tailOverMedian * result.latency.p50);
}

const std::array<Rule, 12> rules = {{
    {Limit::Death, [](const Facts &facts) { return !facts.result.death.isEmpty(); },
        [](const Facts &facts) {
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "it died (%1); %2 requests in flight were lost with it"))
                .arg(facts.result.death, LabTable::count(static_cast<double>(facts.result.lostToDeath)));
        }},
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
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 of %2 cores are busy, %3 of CPU a request"))
                .arg(QString::number(facts.result.cpuCores, 'f', 2), LabTable::count(facts.cores),
                    LabTable::time(facts.result.cpuSecondsPerRequest));
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
    {Limit::Stalls, isStalled,
        [](const Facts &facts) {
            return translated(
                QT_TRANSLATE_NOOP("loopscope::Verdict",
                    "now and then a request computes for long, and up to %1 others waited behind it; %2 of %3 cores are busy"))
                .arg(
                    LabTable::count(facts.result.mostQueued), QString::number(facts.result.cpuCores, 'f', 2), LabTable::count(facts.cores));
        }},
    {Limit::None, [](const Facts &) { return true; },
        [](const Facts &facts) {
            return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "it answers all that is asked with %1 of %2 cores"))
                .arg(QString::number(facts.result.cpuCores, 'f', 2), LabTable::count(facts.cores));
        }},
}};

/// Good answers a second, but no more than were asked for: who works off what was left over from the warm-up does not answer more.
double answerRate(const LabResult &result)
{
    return result.seconds > 0 ? std::min(result.throughput, static_cast<double>(result.arrivals) / result.seconds) : result.throughput;
}

/// Below zero: `one` is better.
int compared(const LabResult &one, const LabResult &other)
{
    constexpr double moreAnswers = 1.05;
    constexpr double lessOfIt = 1.2; // p99 and memory differ from run to run more than throughput does
    if (one.death.isEmpty() != other.death.isEmpty())
        return one.death.isEmpty() ? -4 : 4;
    const double rate = answerRate(one);
    const double otherRate = answerRate(other);
    if (rate > otherRate * moreAnswers || otherRate > rate * moreAnswers)
        return rate > otherRate ? -1 : 1;
    constexpr double leastSeen = 0.0005; // seconds: shorter waits than a network's are nobody's reason to choose a server
    const double tail = std::max(one.latency.p99, leastSeen);
    const double otherTail = std::max(other.latency.p99, leastSeen);
    if (tail > otherTail * lessOfIt || otherTail > tail * lessOfIt)
        return tail < otherTail ? -2 : 2;
    const auto memory = static_cast<double>(one.mostMemoryBytes);
    const auto otherMemory = static_cast<double>(other.mostMemoryBytes);
    if (memory > otherMemory * lessOfIt || otherMemory > memory * lessOfIt)
        return memory < otherMemory ? -3 : 3;
    return 0;
}

QString comparedText(const LabResult &best, const LabResult &other)
{
    const QString name = nameOf(other.model);
    switch (-compared(best, other)) {
    case 1:
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answers only %2/s")).arg(name, LabTable::count(other.throughput));
    case 2:
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 answers as much, but with a p99 of %2"))
            .arg(name, LabTable::time(other.latency.p99));
    case 4:
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 died")).arg(name);
    default:
        return translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 does the same with %2 of memory"))
            .arg(name, LabTable::bytes(static_cast<double>(other.mostMemoryBytes)));
    }
}

QString startingSentence(QString text)
{
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

/// All serve alike, and `best` needs the least memory for it.
QString thriftText(const LabResult &best, const std::vector<const LabResult *> &others)
{
    QStringList parts;
    for (const LabResult *other : others)
        parts.append(QStringLiteral("%1 %2").arg(nameOf(other->model), LabTable::bytes(static_cast<double>(other->mostMemoryBytes))));
    return translated(QT_TRANSLATE_NOOP("loopscope::Verdict",
                          "All models serve this load alike (%1): about %2/s, p99 %3. %4 needs the least memory for it, %5; %6."))
        .arg(nameOf(best.truth), LabTable::count(best.throughput), LabTable::time(best.latency.p99), startingSentence(nameOf(best.model)),
            LabTable::bytes(static_cast<double>(best.mostMemoryBytes)), parts.join(QLatin1String(", ")));
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
    if (results.empty())
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
    std::erase(results, best);
    verdict.winner = keyOf(best->model);
    QStringList others;
    QStringList alike;
    for (const LabResult *result : results) {
        if (compared(*best, *result) == 0)
            alike.append(nameOf(result->model));
        else
            others.append(comparedText(*best, *result));
    }
    const bool isAlone = !others.isEmpty();
    if (!alike.isEmpty())
        others.append((alike.size() == 1 ? translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 does just as well"))
                                         : translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 do just as well")))
                          .arg(alike.join(QLatin1String(", "))));
    const bool isByMemory = std::all_of(results.begin(), results.end(), [best](const LabResult *other) {
        const int difference = compared(*best, *other);
        return difference == 0 || difference == -3;
    });
    if (isAlone && isByMemory)
        verdict.sentence = thriftText(*best, results);
    else
        verdict.sentence = isAlone
            ? translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1 serves this load best (%2): %3/s, p99 %4, %5 of memory. %6."))
                  .arg(nameOf(best->model), nameOf(best->truth), LabTable::count(best->throughput), LabTable::time(best->latency.p99),
                      LabTable::bytes(static_cast<double>(best->mostMemoryBytes)), startingSentence(others.join(QLatin1String("; "))))
            : translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "All models serve this load alike (%1): about %2/s, p99 %3."))
                  .arg(nameOf(best->truth), LabTable::count(best->throughput), LabTable::time(best->latency.p99));
    verdict.sentence = startingSentence(verdict.sentence);
    if (!isAlone)
        verdict.winner.clear();
    results.insert(results.begin(), best);
    for (const LabResult *result : results)
        verdict.evidence.append(
            translated(QT_TRANSLATE_NOOP("loopscope::Verdict", "%1: %2.")).arg(nameOf(result->model), findingOf(report, *result).sentence));
    results.erase(results.begin());
    verdict.turn = turnText(report, *best, results);
    return verdict;
}

} // namespace loopscope
