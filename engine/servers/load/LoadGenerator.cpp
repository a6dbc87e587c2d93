// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadGenerator.h"

#include "servers/load/HttpLoad.h"
#include "servers/load/WebSocketLoad.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace loopscope {

namespace {

constexpr size_t mostSamples = 1000;

LoadPlan withUsefulThreads(LoadPlan plan)
{
    if (plan.requests.protocol == RequestPlan::Protocol::WebSocket)
        plan.threads = 1;
    else if (!plan.arrivals.isOpen()) // a thread without clients would only wait
        plan.threads = std::min(plan.threads, std::max(1, plan.arrivals.clients));
    return plan;
}

} // namespace

LoadGenerator::LoadGenerator(LoadPlan plan)
    : m_plan(withUsefulThreads(std::move(plan)))
    , m_prepared(std::max(1, m_plan.threads))
{
}

LoadGenerator::~LoadGenerator() { stop(); }

void LoadGenerator::raiseLimit()
{
    constexpr quint64 ofThread = 2;
    const auto asking = static_cast<quint64>(m_plan.hasClients() ? m_plan.arrivals.clients : m_plan.mostConnections);
    const quint64 needed = asking + ofThread * static_cast<quint64>(m_plan.threads);
    m_idleWanted = m_plan.idleConnections;
    const auto idle = static_cast<quint64>(m_idleWanted);
    const quint64 given = LoopbackSockets::raiseLimit(needed + idle);
    if (given >= needed + idle)
        return;
    m_plan.idleConnections = static_cast<int>(given > needed ? given - needed : 0);
    m_notes += tr("The system lets this process open %1 files more, too few for %2 connections and %3 idle ones; raise its limit first "
                  "(ulimit -Hn %4 as the administrator, at most fs.nr_open).")
                   .arg(given)
                   .arg(asking)
                   .arg(idle)
                   .arg(2 * (needed + idle) + 1000);
}

QString LoadGenerator::start()
{
    QString problem = m_plan.problem();
    if (problem.isEmpty())
        RouteChoice::addTargets(m_plan.arrivals, &m_plan.requests, &problem);
    if (problem.isEmpty())
        problem = m_plan.requests.problem();
    if (!problem.isEmpty())
        return problem;
    raiseLimit();
    m_knobs.clients = m_plan.arrivals.clients;
    m_running = m_plan.threads;
    for (int i = 0; i < m_plan.threads; ++i) {
        const auto hear = [this](LoadSample &&sample) { publish(std::move(sample)); };
        const LoadShare share{i, m_plan.threads};
        if (m_plan.requests.protocol == RequestPlan::Protocol::WebSocket)
            m_loops.push_back(std::make_unique<WebSocketLoad>(m_plan, share, m_knobs, hear));
        else
            m_loops.push_back(std::make_unique<HttpLoad>(m_plan, share, m_knobs, hear));
    }
    for (const std::unique_ptr<LoadLoop> &loop : m_loops) {
        m_threads.emplace_back([this, &loop = *loop] {
            loop.prepare();
            m_prepared.arrive_and_wait();
            std::call_once(m_begins, [this] { m_origin = LoadLoop::monotonicTime(); });
            loop.run(m_origin);
            threadEnded();
        });
    }
    return {};
}

void LoadGenerator::stop()
{
    m_knobs.isStopped = true;
    {
        const std::lock_guard lock(m_mutex);
        m_result.wasStopped = m_result.wasStopped || m_running > 0;
    }
    for (const std::unique_ptr<LoadLoop> &loop : m_loops)
        loop->wake();
    waitForEnd();
}

bool LoadGenerator::waitForEnd(double seconds)
{
    std::unique_lock lock(m_mutex);
    const auto isOver = [this] { return m_running == 0; };
    constexpr double day = 24 * 3600;
    if (!m_ended.wait_for(lock, std::chrono::duration<double>(std::min(seconds, 1000 * day)), isOver))
        return false;
    std::vector<std::thread> ended = std::move(m_threads);
    m_threads.clear();
    lock.unlock();
    for (std::thread &thread : ended)
        thread.join();
    return true;
}

bool LoadGenerator::isOver() const
{
    const std::lock_guard lock(m_mutex);
    return m_running == 0;
}

void LoadGenerator::setRate(double rate)
{
    // A little later, so that it is the same moment for all threads.
    constexpr qint64 later = 1'000'000;
    m_knobs.rate = std::clamp(rate, 0.0, ArrivalPlan::MostRate);
    const qint64 origin = m_origin;
    m_knobs.rateFrom = (origin == 0 ? 0 : LoadLoop::monotonicTime() + later - origin) - std::llround(m_plan.warmupSeconds * 1e9);
    m_knobs.rateChanges.fetch_add(1, std::memory_order_release);
    for (const std::unique_ptr<LoadLoop> &loop : m_loops)
        loop->wake();
}

void LoadGenerator::setClients(int clients)
{
    m_knobs.clients = std::clamp(clients, 0, ArrivalPlan::MostClients);
    for (const std::unique_ptr<LoadLoop> &loop : m_loops)
        loop->wake();
}

void LoadGenerator::publish(LoadSample &&sample)
{
    const qint64 stretch = std::llround(m_plan.sampleSeconds * 1e9);
    // Stretches begin at multiples of their length, and where the measured part begins and ends.
    const qint64 number = static_cast<qint64>(std::floor(static_cast<double>(sample.from) / static_cast<double>(stretch))) * 2
        + (sample.from >= std::llround(m_plan.seconds * 1e9) ? 1 : 0);
    const std::lock_guard lock(m_mutex);
    Stretch &open = m_open[number];
    if (open.threads++ == 0) {
        open.sample = std::move(sample);
    } else {
        open.sample.to = std::max(open.sample.to, sample.to);
        open.sample.addBeside(sample);
    }
    if (open.threads == m_plan.threads) {
        take(std::move(open));
        m_open.erase(number);
    }
}

void LoadGenerator::take(Stretch &&stretch)
{
    LoadSample &sample = stretch.sample;
    if (sample.from >= 0) {
        const bool isMeasured = sample.from < std::llround(m_plan.seconds * 1e9);
        if (!m_hasMeasured) {
            m_result.measured = sample;
            m_result.whole = sample;
            m_hasMeasured = true;
        } else {
            if (isMeasured)
                m_result.measured.addAfter(sample);
            m_result.whole.addAfter(sample);
        }
    }
    if (m_samples.size() < mostSamples)
        m_samples.push_back(std::move(sample));
    else
        m_samples.back().addAfter(sample);
}

void LoadGenerator::threadEnded()
{
    const std::lock_guard lock(m_mutex);
    if (--m_running > 0)
        return;
    // Stretches that not all threads lived to see.
    for (auto &[number, stretch] : m_open)
        take(std::move(stretch));
    m_open.clear();
    m_ended.notify_all();
}

QStringList LoadGenerator::notes() const
{
    const std::lock_guard lock(m_mutex);
    QStringList notes = m_notes;
    const auto wanted = static_cast<quint64>(m_idleWanted);
    if (m_hasMeasured && m_result.measured.idleConnections < wanted)
        notes += tr("Of %1 idle connections %2 were open at the end.").arg(wanted).arg(m_result.measured.idleConnections);
    return notes;
}

std::vector<LoadSample> LoadGenerator::takeSamples()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_samples, {});
}

LoadResult LoadGenerator::result() const
{
    const std::lock_guard lock(m_mutex);
    return m_result;
}

std::vector<LoadRecord> LoadGenerator::takeRecords()
{
    std::vector<LoadRecord> records;
    for (const std::unique_ptr<LoadLoop> &loop : m_loops) {
        std::vector<LoadRecord> part = loop->takeRecords();
        records.insert(records.end(), part.begin(), part.end());
    }
    std::sort(records.begin(), records.end(), [](const LoadRecord &left, const LoadRecord &right) { return left.number < right.number; });
    return records;
}

} // namespace loopscope
