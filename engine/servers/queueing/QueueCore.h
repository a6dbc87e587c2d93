// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/queueing/Distribution.h"
#include "servers/statistics/LatencyHistogram.h"

#include <algorithm>
#include <array>
#include <limits>
#include <queue>
#include <vector>

/// The inner loops of QueueSimulation, one for each discipline. All times count from the beginning of the present `advance`, so that a long
/// run keeps the precision of a short one.
namespace loopscope::queue_core {

constexpr double kNever = std::numeric_limits<double>::infinity();

/// What is counted while the queue runs.
struct Tally
{
    double ticks = 1; ///< of the histogram, per unit of time

    quint64 served = 0;
    quint64 arrived = 0; ///< lost ones too
    quint64 lost = 0;
    double wait = 0; ///< sums
    double sojourn = 0;
    double inSystem = 0; ///< integral over time
    double busy = 0; ///< integral of busy servers over time
    double elapsed = 0;
    LatencyHistogram sojourns;

    void serve(double waited, double stayed)
    {
        constexpr double most = 9e18;
        ++served;
        wait += waited;
        sojourn += stayed;
        sojourns.record(static_cast<quint64>(std::min(stayed * ticks + 0.5, most)));
    }
};

/// Times drawn from a distribution that is known when this is compiled, since it is by far the most frequent.
class ExponentialTimes
{
public:
    ExponentialTimes(const Distribution &distribution, quint64 seed)
        : m_mean(distribution.mean())
        , m_random(seed)
    {
    }
    double next() { return m_random.exponential() * m_mean; }

private:
    double m_mean;
    RandomStream m_random;
};

class AnyTimes
{
public:
    AnyTimes(const Distribution &distribution, quint64 seed)
        : m_distribution(distribution)
        , m_random(seed)
    {
    }
    double next() { return m_distribution.sample(m_random); }

private:
    Distribution m_distribution;
    RandomStream m_random;
};

/// When busy servers become free; up to 16 of them in an ordered array, which is faster than any heap.
class FewDepartures
{
public:
    static constexpr int most = 16;
    double earliest() const { return m_times[m_count]; }
    void removeEarliest() { --m_count; }
    void add(double time)
    {
        size_t place = ++m_count;
        for (; m_times[place - 1] < time; --place)
            m_times[place] = m_times[place - 1];
        m_times[place] = time;
    }
    void shift(double by)
    {
        for (size_t i = 1; i <= m_count; ++i)
            m_times[i] -= by;
    }

private:
    std::array<double, most + 1> m_times = {kNever}; ///< falling
    size_t m_count = 0;
};

/// The same for any number of servers.
class ManyDepartures
{
public:
    double earliest() const { return m_times.empty() ? kNever : m_times.front(); }
    void removeEarliest()
    {
        std::pop_heap(m_times.begin(), m_times.end(), std::greater<>());
        m_times.pop_back();
    }
    void add(double time)
    {
        m_times.push_back(time);
        std::push_heap(m_times.begin(), m_times.end(), std::greater<>());
    }
    void shift(double by)
    {
        for (double &time : m_times)
            time -= by;
    }

private:
    std::vector<double> m_times;
};

/// The moments at which those who wait came. A ring of a power of two, which grows.
class WaitingLine
{
public:
    bool isEmpty() const { return m_first == m_end; }
    size_t size() const { return m_end - m_first; }
    void add(double arrival)
    {
        if (size() == m_ring.size())
            grow();
        m_ring[m_end++ & (m_ring.size() - 1)] = arrival;
    }
    double takeFirst() { return m_ring[m_first++ & (m_ring.size() - 1)]; }
    void shift(double by)
    {
        for (double &arrival : m_ring)
            arrival -= by;
    }

private:
    void grow()
    {
        std::vector<double> larger(m_ring.size() * 2);
        for (size_t i = m_first; i != m_end; ++i)
            larger[i & (larger.size() - 1)] = m_ring[i & (m_ring.size() - 1)];
        m_ring = std::move(larger);
    }

    std::vector<double> m_ring = std::vector<double>(64);
    size_t m_first = 0;
    size_t m_end = 0;
};

/// First come, first served.
template<typename Arrivals, typename Services, typename Departures>
class FifoCore
{
public:
    FifoCore(const Arrivals &arrivals, const Services &services, int servers, qint64 capacity)
        : m_arrivals(arrivals)
        , m_services(services)
        , m_servers(servers)
        , m_capacity(capacity == 0 ? std::numeric_limits<qint64>::max() : capacity)
        , m_nextArrival(m_arrivals.next())
    {
    }

    size_t present() const { return static_cast<size_t>(m_present); }

    /// Until `customers` more have begun to be served, or `events` happened.
    void advance(quint64 customers, quint64 events, Tally &tally)
    {
        double now = 0;
        const quint64 enough = tally.served + customers;
        for (; tally.served != enough && events != 0; --events) {
            const double departure = m_departures.earliest();
            const bool isArrival = m_nextArrival < departure;
            const double next = isArrival ? m_nextArrival : departure;
            tally.inSystem += static_cast<double>(m_present) * (next - now);
            tally.busy += static_cast<double>(std::min(m_present, m_servers)) * (next - now);
            now = next;
            if (isArrival) {
                ++tally.arrived;
                if (m_present >= m_capacity)
                    ++tally.lost;
                else if (m_present++ < m_servers)
                    begin(now, now, tally);
                else
                    m_line.add(now);
                m_nextArrival = now + m_arrivals.next();
            } else {
                m_departures.removeEarliest();
                --m_present;
                if (!m_line.isEmpty())
                    begin(m_line.takeFirst(), now, tally);
            }
        }
        tally.elapsed += now;
        m_nextArrival -= now;
        m_departures.shift(now);
        m_line.shift(now);
    }

private:
    void begin(double arrival, double now, Tally &tally)
    {
        const double service = m_services.next();
        m_departures.add(now + service);
        tally.serve(now - arrival, now - arrival + service);
    }

    Arrivals m_arrivals;
    Services m_services;
    qint64 m_servers;
    qint64 m_capacity;
    qint64 m_present = 0;
    double m_nextArrival;
    Departures m_departures;
    WaitingLine m_line;
};

/// Processor sharing. Each customer has received the same service since it came, so one clock of service for all decides who is done next.
class SharingCore
{
public:
    SharingCore(const AnyTimes &arrivals, const AnyTimes &services, int servers, qint64 capacity)
        : m_arrivals(arrivals)
        , m_services(services)
        , m_servers(servers)
        , m_capacity(capacity == 0 ? std::numeric_limits<size_t>::max() : static_cast<size_t>(capacity))
        , m_nextArrival(m_arrivals.next())
    {
    }

    size_t present() const { return m_present.size(); }

    /// Until `customers` more were served, or `events` happened.
    void advance(quint64 customers, quint64 events, Tally &tally)
    {
        double now = 0;
        const quint64 enough = tally.served + customers;
        for (; tally.served != enough && events != 0; --events) {
            const auto count = static_cast<double>(m_present.size());
            const double each = m_present.empty() ? 0 : std::min(1.0, m_servers / count);
            const double departure = m_present.empty() ? kNever : now + std::max(0.0, m_present.top().done - m_given) / each;
            const bool isArrival = m_nextArrival < departure;
            const double next = isArrival ? m_nextArrival : departure;
            tally.inSystem += count * (next - now);
            tally.busy += std::min(count, m_servers) * (next - now);
            m_given += each * (next - now);
            now = next;
            if (isArrival)
                arrive(now, tally);
            else
                leave(now, tally);
        }
        tally.elapsed += now;
        m_nextArrival -= now;
        m_begin += now;
    }

private:
    struct Customer
    {
        double done; ///< on the clock of service
        double arrival; ///< since m_begin was 0
        double service;

        bool operator>(const Customer &other) const { return done > other.done; }
    };

    void arrive(double now, Tally &tally)
    {
        ++tally.arrived;
        m_nextArrival = now + m_arrivals.next();
        if (m_present.size() >= m_capacity) {
            ++tally.lost;
            return;
        }
        if (m_present.empty()) // both clocks begin anew, for precision
            m_given = 0;
        const double service = m_services.next();
        m_present.push({m_given + service, m_begin + now, service});
    }

    void leave(double now, Tally &tally)
    {
        const Customer customer = m_present.top();
        m_present.pop();
        m_given = customer.done;
        const double stayed = m_begin + now - customer.arrival;
        tally.serve(std::max(0.0, stayed - customer.service), stayed);
    }

    AnyTimes m_arrivals;
    AnyTimes m_services;
    double m_servers;
    size_t m_capacity;
    double m_nextArrival;
    double m_given = 0; ///< service that each customer received who came when this was 0
    double m_begin = 0;
    std::priority_queue<Customer, std::vector<Customer>, std::greater<>> m_present;
};

} // namespace loopscope::queue_core
