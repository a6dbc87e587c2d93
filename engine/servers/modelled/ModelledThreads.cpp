// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What threads and processes that have a request each do with it; the rest of the class is in ModelledServer.cpp.
#include "ModelledServer.h"

#include <cmath>
#include <utility>

namespace loopscope {

// -------------------------------------------------------------------------------------------------------------- threads

void ModelledServer::arriveAtThreads(quint32 slot, qint64 now)
{
    quint32 thread = m_held.threadOf(m_slots[slot].connection);
    // With what was left of the connection's last request; or, of WebSocket, with a message that came before.
    if (thread != none && (m_threads[thread].isBusy || m_threads[thread].request != none))
        return push(m_threads[thread].line, slot);
    if (thread == none && holdsSockets()) // its connection is lost
        return finish(slot, LoadFailure::Reset, now);
    if (thread != none)
        m_held.goOn(thread);
    else
        thread = takeThread(now);
    if (thread != none)
        serve(thread, slot, false, now);
    else if (!queue(slot))
        finish(slot, LoadFailure::Reset, now);
}

/// One that is free, or a new one; none if there may be none.
quint32 ModelledServer::takeThread(qint64 now)
{
    if (!m_idle.empty()) {
        const quint32 thread = m_idle.back();
        m_idle.pop_back();
        return thread;
    }
    if (m_model != ServerModel::ThreadPerRequest || m_processors.threads() >= m_limit)
        return none;
    if (memoryWith(1, 0) > m_machine.memoryBytes) {
        m_ranOutOfMemory = true;
        return none;
    }
    const quint32 thread = startThread(Role::Server, now);
    m_threads[thread].isNew = true;
    return thread;
}

bool ModelledServer::queue(quint32 slot)
{
    const bool hasRoom = m_waiting.size < static_cast<quint32>(m_machine.backlog);
    if (hasRoom)
        push(m_waiting, slot);
    return hasRoom;
}

bool ModelledServer::connect(quint32 connection, bool isSocket, qint64 now)
{
    ModelledRequest silence;
    silence.connection = connection;
    silence.isSilent = true;
    silence.isSocket = isSocket;
    const quint32 slot = add(silence);
    if (const quint32 thread = takeThread(now); thread != none) {
        serve(thread, slot, false, now);
        return true;
    }
    if (queue(slot))
        return true;
    m_free.push_back(slot);
    return false;
}

void ModelledServer::disconnect(quint32 connection, qint64 now)
{
    const quint32 thread = m_held.threadOf(connection);
    m_held.drop(connection);
    if (thread != none && m_threads[thread].request == none && !m_threads[thread].isBusy)
        release(thread, false, now);
}

void ModelledServer::endSockets(quint32 from, quint32 to, qint64 now)
{
    RequestLine others;
    while (m_waiting.size > 0) {
        const quint32 slot = pop(m_waiting);
        const bool ends = m_slots[slot].isSocket && m_slots[slot].connection >= from && m_slots[slot].connection < to;
        if (ends)
            m_free.push_back(slot);
        else
            push(others, slot);
    }
    m_waiting = others;
    for (quint32 connection = from; connection < to; ++connection)
        disconnect(connection, now);
}

void ModelledServer::advance(qint64 now)
{
    const quint32 thread = m_held.takeExpired();
    const quint32 connection = m_held.connectionOf(thread);
    m_held.drop(connection);
    onEnded(connection, now);
    release(thread, false, now);
}

void ModelledServer::serve(quint32 thread, quint32 slot, bool isOnCore, qint64 now)
{
    dequeue(slot);
    const ModelledRequest &request = m_slots[slot];
    if (request.isSilent || (holdsIdle() && !holdsSockets() && m_keepsConnections && request.isAwaited))
        m_held.give(request.connection, thread, request.isSocket);
    if (request.isSilent) {
        m_free.push_back(slot);
        stay(thread, isOnCore, now);
        return;
    }
    m_slots[slot].thread = thread;
    m_threads[thread].request = slot;
    m_processors.setRequest(thread, request.number);
    const qint64 start = std::exchange(m_threads[thread].isNew, false) ? std::llround(m_machine.threadStartMicroseconds * 1e3) : 0;
    if (start <= 0)
        carryOn(thread, isOnCore, now);
    else if (isOnCore)
        m_processors.goOn(thread, start, now);
    else
        m_processors.makeReady(thread, start, now);
}

/// To the next stage of the request that a thread has.
void ModelledServer::carryOn(quint32 thread, bool isOnCore, qint64 now)
{
    const quint32 slot = m_threads[thread].request;
    if (slot == none) // what was left of one that is answered
        return afterAnswer(thread, isOnCore, now);
    if (isOnCore && dies(slot, thread, true, now))
        return;
    const Next next = nextOf(m_slots[slot]);
    switch (next.kind) {
    case Next::Kind::Compute:
    case Next::Kind::Offload:
    case Next::Kind::Pool:
        if (isOnCore)
            m_processors.goOn(thread, next.time, now);
        else
            m_processors.makeReady(thread, next.time, now);
        break;
    case Next::Kind::Wait:
    case Next::Kind::Tick:
        rest(thread, isOnCore, ThreadState::Blocked, now);
        waitFor(slot, next, now);
        break;
    case Next::Kind::Answer:
        if (const qint64 left = answer(slot, now); left > 0)
            return tidyUp(thread, left, isOnCore, now);
        afterAnswer(thread, isOnCore, now);
        break;
    }
}

/// A thread or a process dies alone, with its request and connection, and another one takes its place.
void ModelledServer::dieWithThread(quint32 slot, quint32 thread, bool isOnCore, qint64 now)
{
    ++m_threadDeaths;
    const quint32 connection = m_held.connectionOf(thread);
    m_held.drop(connection);
    push(m_threads[thread].line, slot);
    for (; m_threads[thread].line.size > 0; ++m_lostToDeath)
        finish(pop(m_threads[thread].line), LoadFailure::Reset, now);
    if (connection != none && holdsSockets())
        onEnded(connection, now);
    afterAnswer(thread, isOnCore, now);
}

void ModelledServer::afterAnswer(quint32 thread, bool isOnCore, qint64 now)
{
    m_threads[thread].request = none;
    m_threads[thread].isBusy = false;
    if (m_threads[thread].line.size > 0)
        serve(thread, pop(m_threads[thread].line), isOnCore, now);
    else if (m_held.connectionOf(thread) != none)
        stay(thread, isOnCore, now);
    else
        release(thread, isOnCore, now);
}

/// It waits for the next request of its connection.
void ModelledServer::stay(quint32 thread, bool isOnCore, qint64 now)
{
    m_held.rest(thread, now);
    m_processors.setRequest(thread, 0);
    rest(thread, isOnCore, ThreadState::Blocked, now);
}

void ModelledServer::release(quint32 thread, bool isOnCore, qint64 now)
{
    const bool isTooMany = m_processors.threads() > m_limit;
    const bool makesThreads = m_model == ServerModel::ThreadPerRequest;
    if (m_waiting.size > 0 && !isTooMany) {
        m_threads[thread].isNew = makesThreads; // one ends and the next one begins
        serve(thread, pop(m_waiting), isOnCore, now);
        return;
    }
    m_processors.setRequest(thread, 0);
    const bool ends = isTooMany || makesThreads;
    rest(thread, isOnCore, ends ? ThreadState::Gone : ThreadState::Idle, now);
    if (!ends)
        m_idle.push_back(thread);
}

void ModelledServer::rest(quint32 thread, bool isOnCore, ThreadState state, qint64 now)
{
    if (isOnCore)
        m_processors.leave(thread, state, now);
    else if (state == ThreadState::Gone)
        m_processors.end(thread, now);
    else
        m_processors.setState(thread, state, now);
}

} // namespace loopscope
