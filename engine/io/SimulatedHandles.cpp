// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SimulatedHandles.h"

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace loopscope {

SimulatedHandles::SimulatedHandles(std::shared_ptr<SimulatedNetwork> network, std::function<quint64()> now)
    : SocketOwner(std::move(network))
    , m_now(std::move(now))
{
}

SimulatedSocket *SimulatedHandles::socket(HandleId handle) const
{
    const auto found = m_sockets.find(handle);
    return found == m_sockets.end() ? nullptr : network().find(found->second);
}

quint64 SimulatedHandles::moment()
{
    const quint64 now = m_now();
    network().advanceTo(now);
    return now;
}

// ----------------------------------------------------------------------------------------------------------- transitions

void SimulatedHandles::takeTransitions(quint64 now, std::vector<IoTransition> *transitions)
{
    network().advanceTo(now);
    std::move(m_transitions.begin(), m_transitions.end(), std::back_inserter(*transitions));
    m_transitions.clear();
    if (m_watchers) {
        const auto ofSockets = static_cast<std::ptrdiff_t>(transitions->size());
        m_watchers->takeTransitions(transitions);
        std::inplace_merge(transitions->begin(), transitions->begin() + ofSockets, transitions->end(),
            [](const IoTransition &left, const IoTransition &right) { return left.time < right.time; });
    }
}

quint64 SimulatedHandles::nextTransition() const
{
    const quint64 ofSockets = m_transitions.empty() ? network().nextMoment(*this) : m_transitions.front().time;
    return m_watchers ? std::min(ofSockets, m_watchers->nextTransition()) : ofSockets;
}

void SimulatedHandles::expect(quint64 time)
{
    if (m_expects)
        m_expects(time);
}

void SimulatedHandles::readable(HandleId handle, HandleEvent::Kind kind, qint64 value, quint64 time)
{
    const bool isForAll = kind == HandleEvent::Kind::Connection || kind == HandleEvent::Kind::Datagram;
    if (isForAll && m_attentive.count(handle) == 0)
        return;
    IoTransition transition;
    transition.time = time;
    transition.kind = IoTransition::Kind::Told;
    transition.event.kind = kind;
    transition.event.handle = handle;
    transition.event.status = value;
    if (kind == HandleEvent::Kind::Failed)
        transition.event.error = static_cast<int>(value);
    m_transitions.push_back(std::move(transition));
    expect(time);
}

void SimulatedHandles::completed(SubjectId request, int error, quint64 time, bool isPending)
{
    IoTransition transition;
    transition.time = time;
    transition.kind = IoTransition::Kind::Completed;
    transition.request = request;
    transition.result.error.errorNumber = error;
    transition.runsPending = isPending;
    m_transitions.push_back(std::move(transition));
    expect(time);
}

// --------------------------------------------------------------------------------------------------------------- handles

int SimulatedHandles::open(HandleId handle, HandleKind kind)
{
    if (kind == HandleKind::Watcher && m_watchers)
        return 0;
    if (kind != HandleKind::Tcp && kind != HandleKind::Pipe && kind != HandleKind::Udp)
        return -ENOSYS;
    m_sockets.emplace(handle, network().open(this, handle, kind));
    return 0;
}

EventTurn SimulatedHandles::fetch(HandleEvent *event)
{
    if (event->kind == HandleEvent::Kind::Changed) {
        m_watchers->fetch(*event);
        return EventTurn::Told;
    }
    const quint64 now = moment();
    SimulatedSocket *found = socket(event->handle);
    if (!found)
        return EventTurn::Void;
    if (event->kind == HandleEvent::Kind::Connection)
        return found->arrived.empty() ? EventTurn::Void : EventTurn::Told;
    return found->kind == HandleKind::Udp ? network().receive(*found, event, now) : network().read(*found, event, now);
}

void SimulatedHandles::leaveRest(HandleId handle)
{
    const quint64 now = moment();
    if (SimulatedSocket *found = socket(handle))
        network().tellAgain(*found, now);
}

void SimulatedHandles::close(HandleId handle)
{
    if (m_watchers)
        m_watchers->close(handle);
    const quint64 now = moment();
    if (SimulatedSocket *found = socket(handle))
        network().close(*found, this, false, now);
    m_sockets.erase(handle);
    m_attentive.erase(handle);
}

void SimulatedHandles::closeAll()
{
    std::vector<HandleId> handles;
    for (const auto &[handle, number] : m_sockets)
        handles.push_back(handle);
    std::sort(handles.begin(), handles.end()); // the same in every run
    for (const HandleId handle : handles)
        close(handle);
    m_transitions.clear();
}

int SimulatedHandles::reset(HandleId handle)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(handle);
    if (found && (found->endsAfterWrites || found->delayedShutdown != 0))
        return -EINVAL; // as uv_tcp_close_reset after a shutdown
    if (found)
        network().close(*found, this, true, now);
    m_sockets.erase(handle);
    m_attentive.erase(handle);
    return 0;
}

int SimulatedHandles::bind(HandleId handle, const Endpoint &endpoint, int flags)
{
    moment();
    SimulatedSocket *found = socket(handle);
    return found ? network().bind(*found, endpoint, flags) : -EBADF;
}

int SimulatedHandles::listen(HandleId server, int backlog)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(server);
    const int error = found ? network().listen(*found, backlog, now) : -EBADF;
    if (error < 0)
        return error;
    m_attentive.insert(server);
    for (std::size_t index = 0; index < found->arrived.size(); ++index) // while another loop shared it
        readable(server, HandleEvent::Kind::Connection, 0, now);
    return 0;
}

int SimulatedHandles::accept(HandleId server, HandleId handle)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(server);
    if (!found)
        return -EBADF;
    const SocketNumber number = network().accept(*found, this, handle, now);
    if (number == 0)
        return -EAGAIN;
    m_sockets.emplace(handle, number);
    return 0;
}

namespace {

class SocketInFlight final : public HandleInFlight
{
public:
    SocketInFlight(SimulatedNetwork &network, SocketNumber number)
        : m_network(network.shared_from_this())
        , m_number(number)
    {
    }
    ~SocketInFlight() override
    {
        if (m_number != 0)
            m_network->drop(m_number);
    }
    SocketNumber take() { return std::exchange(m_number, 0); }

private:
    std::shared_ptr<SimulatedNetwork> m_network;
    SocketNumber m_number;
};

} // namespace

std::shared_ptr<HandleInFlight> SimulatedHandles::share(HandleId handle)
{
    moment();
    SimulatedSocket *found = socket(handle);
    if (!found)
        return nullptr;
    network().share(*found);
    return std::make_shared<SocketInFlight>(network(), found->number);
}

int SimulatedHandles::adopt(HandleId handle, HandleInFlight &shared)
{
    moment();
    auto *inFlight = dynamic_cast<SocketInFlight *>(&shared);
    const SocketNumber number = inFlight ? inFlight->take() : 0;
    SimulatedSocket *found = network().find(number);
    if (!found)
        return -EBADF;
    m_sockets.emplace(handle, number);
    network().adopt(*found, this, handle);
    return 0;
}

int SimulatedHandles::connect(HandleId handle, SubjectId request, const Endpoint &endpoint)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(handle);
    return found ? network().connect(*found, request, endpoint, now) : -EBADF;
}

int SimulatedHandles::setReading(HandleId handle, bool isReading)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(handle);
    if (!found)
        return -EBADF;
    if (isReading && found->state != SimulatedSocket::State::Connected)
        return -ENOTCONN;
    network().setReading(*found, isReading, now);
    return 0;
}

WriteOutcome SimulatedHandles::write(HandleId handle, SubjectId request, const QByteArray &bytes)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(handle);
    return found ? network().write(*found, request, bytes, now) : WriteOutcome{-EBADF, false};
}

int SimulatedHandles::shutdown(HandleId handle, SubjectId request)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(handle);
    return found ? network().shutdown(*found, request, now) : -ENOTCONN;
}

void SimulatedHandles::proceed(HandleId handle, SubjectId request)
{
    const quint64 now = moment();
    if (SimulatedSocket *found = socket(handle))
        network().proceed(*found, request, now);
}

qint64 SimulatedHandles::queuedBytes(HandleId handle) const
{
    qint64 bytes = 0;
    if (const SimulatedSocket *found = socket(handle)) {
        for (const SimulatedSocket::Write &write : found->writes)
            bytes += write.bytes.size();
    }
    return bytes;
}

int SimulatedHandles::localEndpoint(HandleId handle, Endpoint *endpoint) const
{
    const SimulatedSocket *found = socket(handle);
    if (!found || (found->kind == HandleKind::Udp && !found->isBound))
        return -EBADF;
    *endpoint = found->local;
    if (endpoint->address.isEmpty() && endpoint->path.isEmpty())
        endpoint->address = "0.0.0.0";
    return 0;
}

int SimulatedHandles::remoteEndpoint(HandleId handle, Endpoint *endpoint) const
{
    const SimulatedSocket *found = socket(handle);
    if (!found)
        return -EBADF;
    const bool isConnected = found->kind == HandleKind::Udp ? found->fixedPeer.has_value()
                                                            : found->state == SimulatedSocket::State::Connected && found->failure == 0;
    if (!isConnected)
        return -ENOTCONN;
    *endpoint = found->remote;
    return 0;
}

int SimulatedHandles::setNoDelay(HandleId handle, bool isOn)
{
    // The simulated kernel holds no small segments back.
    Q_UNUSED(isOn)
    return socket(handle) ? 0 : -EBADF;
}

int SimulatedHandles::setKeepAlive(HandleId handle, bool isOn, int seconds)
{
    // No simulated machine goes away in silence, so nothing is ever found out by probes.
    if (isOn && seconds < 0)
        return -EINVAL;
    return socket(handle) ? 0 : -EBADF;
}

int SimulatedHandles::openDescriptor(HandleId handle, int descriptor)
{
    Q_UNUSED(handle)
    Q_UNUSED(descriptor)
    return -ENOTSUP;
}

// ------------------------------------------------------------------------------------------------------------- datagrams

int SimulatedHandles::setReceiving(HandleId handle, bool isReceiving)
{
    const quint64 now = moment();
    SimulatedSocket *found = socket(handle);
    if (!found)
        return -EBADF;
    if (isReceiving)
        m_attentive.insert(handle);
    else
        m_attentive.erase(handle);
    if (isReceiving || found->sharers.empty())
        network().setReceiving(*found, isReceiving, now);
    return 0;
}

WriteOutcome SimulatedHandles::send(HandleId handle, SubjectId request, const QByteArray &bytes, const Endpoint *to)
{
    Q_UNUSED(request) // the simulated kernel takes every datagram at once
    const quint64 now = moment();
    SimulatedSocket *found = socket(handle);
    if (!found)
        return {-EBADF, false};
    if (!to && !found->fixedPeer)
        return {-EDESTADDRREQ, false};
    if (to && found->fixedPeer)
        return {-EISCONN, false};
    return network().send(*found, bytes, to ? *to : *found->fixedPeer, now);
}

int SimulatedHandles::setPeer(HandleId handle, const Endpoint *peer)
{
    SimulatedSocket *found = socket(handle);
    return found ? network().setPeer(*found, peer) : -EBADF;
}

int SimulatedHandles::setMembership(
    HandleId handle, const QByteArray &group, const QByteArray &interface, const QByteArray &source, bool isMember)
{
    Q_UNUSED(handle)
    Q_UNUSED(group)
    Q_UNUSED(interface)
    Q_UNUSED(source)
    Q_UNUSED(isMember)
    return -ENOSYS;
}

int SimulatedHandles::setMulticastInterface(HandleId handle, const QByteArray &interface)
{
    Q_UNUSED(handle)
    Q_UNUSED(interface)
    return -ENOSYS;
}

int SimulatedHandles::setOption(HandleId handle, HandleOption option, int value)
{
    SimulatedSocket *found = socket(handle);
    if (!found || (found->kind == HandleKind::Udp && !found->isBound))
        return -EBADF; // libuv makes a UDP socket when it is bound
    constexpr int mostTimeToLive = 255;
    const bool isTimeToLive = option == HandleOption::TimeToLive || option == HandleOption::MulticastTimeToLive;
    if (isTimeToLive && (value > mostTimeToLive || value < (option == HandleOption::TimeToLive ? 1 : 0)))
        return -EINVAL;
    found->options[option] = value;
    return 0;
}

int SimulatedHandles::option(HandleId handle, HandleOption option) const
{
    const SimulatedSocket *found = socket(handle);
    if (!found)
        return -EBADF;
    if (const auto given = found->options.find(option); given != found->options.end()) {
        const bool isSize = option == HandleOption::SendBufferSize || option == HandleOption::ReceiveBufferSize;
        return isSize ? given->second * 2 : given->second; // Linux doubles the size of a buffer, for its own needs
    }
    switch (option) {
    case HandleOption::SendBufferSize:
        return static_cast<int>(found->kind == HandleKind::Tcp ? network().profile().sendBuffer : network().profile().pipeBuffer);
    case HandleOption::ReceiveBufferSize:
        return static_cast<int>(found->kind == HandleKind::Tcp ? network().profile().receiveBuffer : network().profile().datagramBuffer);
    default:
        return 0;
    }
}

// ----------------------------------------------------------------------------------------------- processes and watchers

int SimulatedHandles::spawn(HandleId process, const ProcessOptions &options)
{
    Q_UNUSED(process)
    Q_UNUSED(options)
    return -ENOSYS;
}

int SimulatedHandles::kill(HandleId process, int signal)
{
    Q_UNUSED(process)
    Q_UNUSED(signal)
    return -ESRCH;
}

int SimulatedHandles::watch(HandleId watcher, const QByteArray &path) { return m_watchers ? m_watchers->watch(watcher, path) : -ENOSYS; }

} // namespace loopscope
