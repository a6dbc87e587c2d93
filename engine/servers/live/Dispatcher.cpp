// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/Dispatcher.h"

#include "servers/lab/AcceptorBacklog.h"
#include "servers/live/DescriptorPassing.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#include <utility>

namespace loopscope {

namespace {

/// ms after which it looks again whether slots are to be started, if nothing else happens.
constexpr int patience = 50;
constexpr int eventsAtOnce = 256;
// What slots are told, as server-slot.js says.
constexpr char newConnection = 'n';
constexpr char goesOn = 'g';
constexpr char isAnothers = 'd';

QString tr(const char *text) { return QCoreApplication::translate("Dispatcher", text); }

qint64 monotonicTime()
{
    struct timespec time = {};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

/// Whether the other side has gone without a word.
bool hasEnded(int connection)
{
    char byte = 0;
    const ssize_t count = ::recv(connection, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR);
}

} // namespace

Dispatcher::Dispatcher(Options options, StartSlot startSlot, TellStays tellStays)
    : m_options(options)
    , m_startSlot(std::move(startSlot))
    , m_tellStays(std::move(tellStays))
    , m_keep(options.turn == Turn::Request ? std::llround(options.keepAliveSeconds * 1e9) : 0)
    , m_slots(static_cast<std::size_t>(options.mostSlots))
    , m_wanted(options.slots)
{
}

Dispatcher::~Dispatcher() { stop(); }

bool Dispatcher::listen(QString *problem)
{
    m_poll = ::epoll_create1(EPOLL_CLOEXEC);
    m_waker = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (m_poll < 0 || m_waker < 0 || m_listener < 0 || ::bind(m_listener, reinterpret_cast<sockaddr *>(&address), length) != 0
        || ::listen(m_listener, acceptorBacklog) != 0 || ::getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &length) != 0) {
        *problem = tr("the server could not listen at 127.0.0.1: %1.").arg(QString::fromLocal8Bit(std::strerror(errno)));
        return false;
    }
    m_port = ntohs(address.sin_port);
    return true;
}

void Dispatcher::start()
{
    watch(m_waker, Source::Waker, 0, EPOLLIN, true);
    watch(m_listener, Source::Listener, 0, EPOLLIN, true);
    m_thread = std::thread([this] { run(); });
}

void Dispatcher::stop()
{
    m_isStopped = true;
    if (m_thread.joinable()) {
        const quint64 one = 1;
        [[maybe_unused]] const ssize_t written = ::write(m_waker, &one, sizeof one);
        m_thread.join();
    }
    for (std::size_t descriptor = 0; descriptor < m_open.size(); ++descriptor) {
        if (m_open[descriptor])
            ::close(static_cast<int>(descriptor));
    }
    m_open.clear();
    for (Slot &slot : m_slots) {
        if (slot.channel >= 0)
            ::close(slot.channel);
        slot = {};
    }
    for (int *descriptor : {&m_listener, &m_poll, &m_waker}) {
        if (*descriptor >= 0)
            ::close(*descriptor);
        *descriptor = -1;
    }
}

double Dispatcher::processorSeconds() const
{
    clockid_t clock = 0;
    struct timespec spent = {};
    auto &thread = const_cast<std::thread &>(m_thread);
    if (!thread.joinable() || pthread_getcpuclockid(thread.native_handle(), &clock) != 0 || clock_gettime(clock, &spent) != 0)
        return 0;
    return static_cast<double>(spent.tv_sec) + static_cast<double>(spent.tv_nsec) / 1e9;
}

void Dispatcher::watch(int descriptor, Source source, int number, unsigned events, bool isNew)
{
    epoll_event event = {};
    event.events = events;
    event.data.u64 = static_cast<quint64>(source) << 32U | static_cast<quint32>(number);
    ::epoll_ctl(m_poll, isNew ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
}

// -------------------------------------------------------------------------------------------------------------- the thread

void Dispatcher::run()
{
    while (!m_isStopped) {
        endSlots();
        startSlots();
        turn(untilNextEnd());
        endStays();
    }
}

void Dispatcher::turn(int timeout)
{
    std::array<epoll_event, eventsAtOnce> events;
    const int count = ::epoll_wait(m_poll, events.data(), eventsAtOnce, timeout);
    for (int index = 0; index < count && !m_isStopped; ++index) {
        const quint64 data = events[static_cast<std::size_t>(index)].data.u64;
        const int number = static_cast<int>(data & 0xffffffffU);
        switch (static_cast<Source>(data >> 32U)) {
        case Source::Listener:
            accept();
            break;
        case Source::Channel:
            channelReady(number);
            break;
        case Source::Connection:
            connectionReady(number);
            break;
        case Source::Waker:
            break;
        }
    }
}

void Dispatcher::accept()
{
    for (int taken = 0; taken < eventsAtOnce; ++taken) {
        const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (connection < 0)
            return;
        if (static_cast<std::size_t>(connection) >= m_open.size())
            m_open.resize(static_cast<std::size_t>(connection) + 1);
        m_keeper.resize(m_open.size(), -1);
        m_slotOf.resize(m_open.size(), -1);
        m_open[static_cast<std::size_t>(connection)] = true;
        if (m_options.turn == Turn::Connection || m_keep > 0)
            serve(connection);
        else
            watch(connection, Source::Connection, connection, EPOLLIN | EPOLLONESHOT, true);
    }
}

/// Bytes have come, or the end.
void Dispatcher::connectionReady(int connection)
{
    if (static_cast<std::size_t>(connection) >= m_open.size() || !m_open[static_cast<std::size_t>(connection)])
        return;
    char byte = 0;
    const ssize_t count = ::recv(connection, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    const int slot = m_slotOf[static_cast<std::size_t>(connection)];
    if (count > 0 && slot >= 0)
        hand(slot, connection);
    else if (count > 0)
        serve(connection);
    else if (count < 0 && (errno == EAGAIN || errno == EINTR))
        watch(connection, Source::Connection, connection, EPOLLIN | EPOLLONESHOT, false);
    else if (closeConnection(connection, false); slot >= 0) {
        setState(slot, SlotState::Free, -1);
        handQueued();
    }
}

void Dispatcher::serve(int connection)
{
    if (m_queue.empty()) {
        if (const int slot = takeSlotFor(connection); slot >= 0) {
            take(slot, connection);
            return;
        }
    }
    if (m_queue.size() >= static_cast<std::size_t>(m_options.backlog)) {
        ++m_refused;
        closeConnection(connection, true);
        return;
    }
    m_queue.push_back(connection);
    m_queued = static_cast<int>(m_queue.size());
    m_mostQueued = std::max(m_mostQueued.load(), m_queued.load());
}

void Dispatcher::handQueued()
{
    while (!m_queue.empty()) {
        const int connection = m_queue.front();
        if (m_keep > 0 && hasEnded(connection)) { // while it waited
            m_queue.pop_front();
            closeConnection(connection, false);
            continue;
        }
        const int slot = takeSlotFor(connection);
        if (slot < 0)
            break;
        m_queue.pop_front();
        take(slot, connection);
    }
    m_queued = static_cast<int>(m_queue.size());
}

int Dispatcher::takeFree()
{
    if (m_free.empty())
        return -1;
    if (m_options.turn == Turn::Connection)
        return m_free[m_next++ % m_free.size()];
    const int slot = m_free.back();
    m_free.pop_back();
    return slot;
}

void Dispatcher::setState(int slot, SlotState state, int connection)
{
    Slot &target = m_slots[static_cast<std::size_t>(slot)];
    const bool wasBusy = target.state == SlotState::Busy;
    const bool stayed = target.state == SlotState::Staying;
    m_busy += (state == SlotState::Busy ? 1 : 0) - (wasBusy ? 1 : 0);
    m_staying += (state == SlotState::Staying ? 1 : 0) - (stayed ? 1 : 0);
    if (m_keep > 0 && m_tellStays && (target.connection >= 0) != (connection >= 0))
        m_tellStays(slot, connection >= 0);
    target.state = state;
    target.connection = connection;
    ++target.stay;
    if (state == SlotState::Busy)
        target.hasServed = true;
    else if (wasBusy)
        m_endsInARow = 0;
    if ((wasBusy || stayed) && connection < 0)
        m_free.push_back(slot);
}

/// A free slot gets a connection.
void Dispatcher::take(int slot, int connection)
{
    if (m_keep == 0)
        hand(slot, connection);
    else
        stay(slot, connection, true);
}

/// It waits for the next request, or the first one. `isNew`: nobody has watched the connection so far.
void Dispatcher::stay(int slot, int connection, bool isNew)
{
    m_slotOf[static_cast<std::size_t>(connection)] = slot;
    setState(slot, SlotState::Staying, connection);
    m_stays.push_back({monotonicTime() + m_keep, slot, m_slots[static_cast<std::size_t>(slot)].stay});
    watch(connection, Source::Connection, connection, EPOLLIN | EPOLLONESHOT, isNew);
}

/// Who was silent for too long is no client any more.
void Dispatcher::endStays()
{
    if (m_stays.empty())
        return;
    const qint64 now = monotonicTime();
    for (; !m_stays.empty() && m_stays.front().time <= now; m_stays.pop_front()) {
        const Slot &target = m_slots[static_cast<std::size_t>(m_stays.front().slot)];
        if (target.state != SlotState::Staying || target.stay != m_stays.front().stay)
            continue;
        closeConnection(target.connection, false);
        setState(m_stays.front().slot, SlotState::Free, -1);
    }
    handQueued();
}

/// ms
int Dispatcher::untilNextEnd() const
{
    if (m_stays.empty())
        return patience;
    constexpr qint64 millisecond = 1'000'000;
    return static_cast<int>(std::clamp<qint64>((m_stays.front().time - monotonicTime() + millisecond - 1) / millisecond, 0, patience));
}

/// The slot that keeps the connection, if it is free; else any.
int Dispatcher::takeSlotFor(int connection)
{
    const int keeper = m_keeper[static_cast<std::size_t>(connection)];
    if (keeper < 0 || m_slots[static_cast<std::size_t>(keeper)].state != SlotState::Free)
        return takeFree();
    m_free.erase(std::find(m_free.begin(), m_free.end(), keeper));
    return keeper;
}

bool Dispatcher::hand(int slot, int connection)
{
    int &keeper = m_keeper[static_cast<std::size_t>(connection)];
    if (keeper != slot)
        letGo(connection);
    const bool isSent = order(slot, keeper == slot ? goesOn : newConnection, connection);
    if (m_options.turn == Turn::Connection) {
        m_slots[static_cast<std::size_t>(slot)].hasServed = true;
        closeConnection(connection, !isSent); // a copy was sent
        return isSent;
    }
    setState(slot, SlotState::Busy, connection);
    return isSent; // if not, its channel will tell that it has ended
}

bool Dispatcher::order(int slot, char word, int connection)
{
    std::array<char, 1 + sizeof connection> bytes{word};
    std::memcpy(bytes.data() + 1, &connection, sizeof connection);
    const int channel = m_slots[static_cast<std::size_t>(slot)].channel;
    if (word == newConnection)
        return sendWithDescriptor(channel, bytes.data(), bytes.size(), connection);
    return ::send(channel, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

/// Whoever keeps a copy of it closes that.
void Dispatcher::letGo(int connection)
{
    if (const int keeper = std::exchange(m_keeper[static_cast<std::size_t>(connection)], -1); keeper >= 0)
        order(keeper, isAnothers, connection);
}

void Dispatcher::closeConnection(int connection, bool isReset)
{
    if (isReset) {
        const linger now = {1, 0};
        ::setsockopt(connection, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    letGo(connection);
    m_open[static_cast<std::size_t>(connection)] = false;
    m_slotOf[static_cast<std::size_t>(connection)] = -1;
    ::close(connection);
}

// ------------------------------------------------------------------------------------------------------------------- slots

void Dispatcher::startSlots()
{
    const int wanted = std::clamp(m_wanted.load(), 1, m_options.mostSlots);
    const int busy = m_busy + m_staying + static_cast<int>(m_queue.size());
    const int needed = m_options.startsAll ? wanted : std::min(wanted, std::max(m_options.startFirst, busy));
    // The first one alone: what it has compiled the others need not.
    const int atOnce = m_listening == 0 ? 1 : m_options.startAtOnce;
    for (int slot = 0; slot < m_options.mostSlots && m_live < needed && m_starting < atOnce; ++slot) {
        Slot &target = m_slots[static_cast<std::size_t>(slot)];
        if (target.state != SlotState::None || m_endsInARow >= MostEndsInARow)
            continue;
        target.channel = m_startSlot(slot);
        if (target.channel < 0) {
            ++m_endsInARow;
            return;
        }
        target.state = SlotState::Starting;
        ++m_starting;
        ++m_live;
        watch(target.channel, Source::Channel, slot, EPOLLIN, true);
    }
}

/// There are more than are wanted.
void Dispatcher::endSlots()
{
    while (m_live > std::max(1, m_wanted.load()) && !m_free.empty()) {
        const int slot = m_free.front();
        slotEnded(slot, true);
    }
}

void Dispatcher::channelReady(int slot)
{
    Slot &target = m_slots[static_cast<std::size_t>(slot)];
    if (target.channel < 0)
        return;
    std::array<char, 64> words;
    const ssize_t count = ::recv(target.channel, words.data(), words.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        slotEnded(slot, false);
    for (ssize_t index = 0; index < count; ++index)
        answer(slot, words[static_cast<std::size_t>(index)]);
    handQueued();
}

void Dispatcher::answer(int slot, char word)
{
    Slot &target = m_slots[static_cast<std::size_t>(slot)];
    const int connection = target.connection;
    if (word == 'l' && target.state == SlotState::Starting) {
        target.state = SlotState::Free;
        --m_starting;
        ++m_listening;
        m_free.push_back(slot);
    } else if (target.state != SlotState::Busy) {
        return;
    } else if (int &keeper = m_keeper[static_cast<std::size_t>(connection)]; word == 'm') {
        keeper = -1;
        order(slot, newConnection, connection);
    } else if (word == 's' || word == 'k' || word == 'c') {
        keeper = word == 's' ? slot : -1;
        if (word != 'c' && m_keep > 0)
            return stay(slot, connection, false);
        setState(slot, SlotState::Free, -1);
        if (word == 'c')
            closeConnection(connection, false);
        else
            watch(connection, Source::Connection, connection, EPOLLIN | EPOLLONESHOT, false);
    }
}

void Dispatcher::slotEnded(int slot, bool isWanted)
{
    Slot &target = m_slots[static_cast<std::size_t>(slot)];
    std::replace(m_keeper.begin(), m_keeper.end(), slot, -1);
    if (const int connection = target.connection; connection >= 0) {
        m_lost += target.state == SlotState::Busy ? 1 : 0;
        setState(slot, SlotState::Free, -1);
        closeConnection(connection, true);
    }
    if (target.state == SlotState::Starting)
        --m_starting;
    else
        --m_listening;
    if (!isWanted && !target.hasServed)
        ++m_endsInARow;
    m_free.erase(std::remove(m_free.begin(), m_free.end(), slot), m_free.end());
    if (!isWanted)
        ++m_ends;
    --m_live;
    ::close(target.channel);
    target = {};
}

} // namespace loopscope
