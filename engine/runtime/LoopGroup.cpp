// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/LoopGroup.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace loopscope {

struct LoopGroup::Waiter
{
    const void *address = nullptr;
    int loop = 0;
    bool isNotified = false;
    quint64 notifiedAt = 0; ///< when word of it comes
};

LoopGroup::LoopGroup(bool isVirtual, int cores)
    : m_isVirtual(isVirtual)
    , m_cores(cores)
{
    m_members.push_back(std::make_unique<Member>());
}

int LoopGroup::addLoop(quint64 moment)
{
    const std::scoped_lock lock(m_mutex);
    m_members.push_back(std::make_unique<Member>());
    return m_isVirtual ? m_scheduler.add(moment) : static_cast<int>(m_members.size()) - 1;
}

void LoopGroup::endLoop(int loop, int parent, int exitCode, const QString &error, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    const std::vector<PortNumber> own = portsOf(loop);
    member(loop).hasEnded = true;
    // First word of the end, by which the parent takes what is left in the channels.
    Notice notice{Notice::Kind::Ended, arrivalOf(now), 0, loop, exitCode, error};
    tell(parent, std::move(notice));
    for (const PortNumber number : own)
        closeLocked(number, now);
}

std::vector<PortNumber> LoopGroup::portsOf(int loop) const
{
    std::vector<PortNumber> own;
    for (const auto &[number, port] : m_ports) {
        if (port.loop == loop)
            own.push_back(number);
    }
    return own;
}

void LoopGroup::closePorts(int loop, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    for (const PortNumber number : portsOf(loop))
        closeLocked(number, now);
}

void LoopGroup::tell(int loop, Notice notice)
{
    Member &receiver = member(loop);
    if (receiver.hasEnded)
        return;
    const quint64 arrival = notice.arrival;
    receiver.notices.emplace(arrival, std::move(notice));
    if (m_isVirtual) {
        m_scheduler.wake(loop, arrival);
        return;
    }
    receiver.changed.notify_all();
    if (receiver.wakeUp)
        receiver.wakeUp();
}

// -------------------------------------------------------------------------------------------------------------- channels

std::pair<PortNumber, PortNumber> LoopGroup::openChannel(int loop)
{
    const std::scoped_lock lock(m_mutex);
    const PortNumber first = ++m_lastPort;
    const PortNumber second = ++m_lastPort;
    m_ports[first] = {loop, second, false, {}};
    m_ports[second] = {loop, first, false, {}};
    return {first, second};
}

void LoopGroup::put(PortNumber number, Message message)
{
    Port &port = m_ports.at(number);
    const quint64 arrival = message.arrival;
    port.queue.push_back(std::move(message));
    if (port.loop >= 0 && port.isStarted)
        tell(port.loop, {Notice::Kind::Message, arrival, number, 0, 0, {}});
}

bool LoopGroup::post(PortNumber from, Message message, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    const auto port = m_ports.find(from);
    if (port == m_ports.end() || port->second.other == 0)
        return false;
    message.arrival = arrivalOf(now);
    put(port->second.other, std::move(message));
    return true;
}

void LoopGroup::release(PortNumber number)
{
    const std::scoped_lock lock(m_mutex);
    if (const auto port = m_ports.find(number); port != m_ports.end()) {
        port->second.loop = -1;
        port->second.isStarted = false;
    }
}

void LoopGroup::adopt(PortNumber number, int loop, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    const auto port = m_ports.find(number);
    if (port == m_ports.end()) // closed by its other end meanwhile
        return tell(loop, {Notice::Kind::Closed, now, number, 0, 0, {}});
    port->second.loop = loop;
    if (port->second.other == 0)
        tell(loop, {Notice::Kind::Closed, now, number, 0, 0, {}});
}

void LoopGroup::setStarted(PortNumber number, bool isStarted, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    const auto port = m_ports.find(number);
    if (port == m_ports.end() || port->second.isStarted == isStarted)
        return;
    port->second.isStarted = isStarted;
    if (!isStarted)
        return;
    for (const Message &message : port->second.queue)
        tell(port->second.loop, {Notice::Kind::Message, std::max(message.arrival, now), number, 0, 0, {}});
}

void LoopGroup::closeLocked(PortNumber number, quint64 now)
{
    const auto port = m_ports.find(number);
    if (port == m_ports.end())
        return;
    if (const auto other = m_ports.find(port->second.other); other != m_ports.end()) {
        other->second.other = 0; // what it was sent can still be received
        if (other->second.loop >= 0)
            tell(other->second.loop, {Notice::Kind::Closed, arrivalOf(now), other->first, 0, 0, {}});
    }
    m_ports.erase(port);
}

void LoopGroup::close(PortNumber number, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    closeLocked(number, now);
}

std::optional<Message> LoopGroup::receive(PortNumber number, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    const auto port = m_ports.find(number);
    if (port == m_ports.end() || port->second.queue.empty() || (m_isVirtual && port->second.queue.front().arrival > now))
        return {};
    Message message = std::move(port->second.queue.front());
    port->second.queue.pop_front();
    return message;
}

std::optional<quint16> LoopGroup::laneBehind(PortNumber number) const
{
    const std::scoped_lock lock(m_mutex);
    const auto port = m_ports.find(number);
    const auto other = port == m_ports.end() ? port : m_ports.find(port->second.other);
    if (other == m_ports.end() || other->second.loop < 0)
        return {};
    return static_cast<quint16>(other->second.loop * lanesOfLoop);
}

// ------------------------------------------------------------------------------------------------------------- broadcast

PortNumber LoopGroup::join(const QString &name, int loop)
{
    const std::scoped_lock lock(m_mutex);
    const PortNumber number = ++m_lastPort;
    m_ports[number] = {loop, 0, true, {}};
    m_broadcasts[name].insert(number);
    return number;
}

void LoopGroup::leave(const QString &name, PortNumber port, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    m_broadcasts[name].erase(port);
    closeLocked(port, now);
}

bool LoopGroup::broadcast(const QString &name, PortNumber from, const Message &message, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    bool hasOthers = false;
    for (const PortNumber number : m_broadcasts[name]) {
        if (number == from || m_ports.find(number) == m_ports.end())
            continue;
        hasOthers = true;
        Message copy = message;
        copy.arrival = arrivalOf(now);
        put(number, std::move(copy));
    }
    return hasOthers;
}

// --------------------------------------------------------------------------------------------------------------- notices

quint64 LoopGroup::nextNotice(int loop) const
{
    const std::scoped_lock lock(m_mutex);
    const auto &notices = member(loop).notices;
    return notices.empty() ? never : notices.begin()->first;
}

std::optional<Notice> LoopGroup::takeNotice(int loop, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    auto &notices = member(loop).notices;
    if (notices.empty() || (m_isVirtual && notices.begin()->first > now))
        return {};
    Notice notice = std::move(notices.begin()->second);
    notices.erase(notices.begin());
    return notice;
}

void LoopGroup::waitForNotice(int loop, quint64 nanoseconds)
{
    std::unique_lock lock(m_mutex);
    Member &self = member(loop);
    constexpr quint64 longest = 3'600'000'000'000ULL; // the condition variable takes a signed count
    self.changed.wait_for(
        lock, std::chrono::nanoseconds(std::min(nanoseconds, longest)), [&self] { return !self.notices.empty() || self.isAskedToEnd; });
}

void LoopGroup::askToEnd(int loop, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    Member &asked = member(loop);
    asked.isAskedToEnd = true;
    if (m_isVirtual) {
        m_scheduler.wake(loop, now);
        return;
    }
    asked.changed.notify_all();
    if (asked.wakeUp)
        asked.wakeUp();
    if (asked.interrupt)
        asked.interrupt();
}

void LoopGroup::setCalls(int loop, std::function<void()> wakeUp, std::function<void()> interrupt)
{
    const std::scoped_lock lock(m_mutex);
    member(loop).wakeUp = std::move(wakeUp);
    member(loop).interrupt = std::move(interrupt);
}

bool LoopGroup::hasEnded(int loop) const
{
    const std::scoped_lock lock(m_mutex);
    return member(loop).hasEnded;
}

bool LoopGroup::isAskedToEnd(int loop) const
{
    const std::scoped_lock lock(m_mutex);
    return member(loop).isAskedToEnd;
}

void LoopGroup::addOrphan(int loop, std::shared_ptr<LoopThread> thread)
{
    const std::scoped_lock lock(m_mutex);
    m_orphans.emplace(loop, std::move(thread));
}

std::map<int, std::shared_ptr<LoopThread>> LoopGroup::takeOrphans()
{
    const std::scoped_lock lock(m_mutex);
    return std::exchange(m_orphans, {});
}

// --------------------------------------------------------------------------------------------------------------- Atomics

LoopGroup::WaitOutcome LoopGroup::waitAt(const void *address, int loop, quint64 until, quint64 *now)
{
    Waiter waiter;
    waiter.address = address;
    waiter.loop = loop;
    std::unique_lock lock(m_mutex);
    Member &self = member(loop);
    m_waiters.push_back(&waiter);
    const auto isOver = [&] { return waiter.isNotified || self.isAskedToEnd; };
    if (m_isVirtual) {
        // Messages wake it too, and it sleeps on.
        do {
            const quint64 wanted = waiter.isNotified ? waiter.notifiedAt : until;
            lock.unlock();
            const quint64 moment = m_scheduler.sleep(loop, wanted);
            lock.lock();
            *now = std::max(*now, moment);
            self.isAskedToEnd = self.isAskedToEnd || moment == never;
        } while (!self.isAskedToEnd && *now < (waiter.isNotified ? waiter.notifiedAt : until));
    } else if (until == never) {
        self.changed.wait(lock, isOver);
    } else {
        constexpr quint64 longest = 3'600'000'000'000ULL; // the condition variable takes a signed count
        self.changed.wait_for(lock, std::chrono::nanoseconds(std::min(until - std::min(until, *now), longest)), isOver);
    }
    m_waiters.erase(std::remove(m_waiters.begin(), m_waiters.end(), &waiter), m_waiters.end());
    if (self.isAskedToEnd)
        return WaitOutcome::Ended;
    return waiter.isNotified ? WaitOutcome::Ok : WaitOutcome::TimedOut;
}

int LoopGroup::notifyAt(const void *address, quint64 count, quint64 now)
{
    const std::scoped_lock lock(m_mutex);
    int woken = 0;
    for (Waiter *waiter : m_waiters) {
        if (static_cast<quint64>(woken) >= count)
            break;
        if (waiter->address != address || waiter->isNotified)
            continue;
        waiter->isNotified = true;
        waiter->notifiedAt = arrivalOf(now);
        ++woken;
        if (m_isVirtual)
            m_scheduler.wake(waiter->loop, waiter->notifiedAt);
        else
            member(waiter->loop).changed.notify_all();
    }
    return woken;
}

} // namespace loopscope
