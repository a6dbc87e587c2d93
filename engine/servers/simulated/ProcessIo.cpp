// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ProcessIo.h"

#include <algorithm>
#include <utility>

namespace loopscope {

ProcessIo::ProcessIo(ServerIo &io, int process, bool keepsConnections)
    : HandleDecorator(*io.handles())
    , m_io(io)
    , m_process(process)
    , m_keepsConnections(keepsConnections)
{
}

ProcessIo::~ProcessIo()
{
    if (onGone)
        onGone();
}

// --------------------------------------------------------------------------------------------------------------- channel

void ProcessIo::hand(HandleId connection)
{
    m_toTake = connection;
    IoTransition told;
    told.kind = IoTransition::Kind::Told;
    told.event.kind = HandleEvent::Kind::Data;
    told.event.handle = m_channel;
    m_io.deliver(std::move(told));
}

int ProcessIo::openDescriptor(HandleId handle, int descriptor)
{
    if (descriptor != channelDescriptor)
        return inner().openDescriptor(handle, descriptor);
    m_channel = handle;
    return 0;
}

EventTurn ProcessIo::fetch(HandleEvent *event)
{
    if (event->handle != m_channel)
        return inner().fetch(event);
    if (m_toTake == 0)
        return EventTurn::Void;
    constexpr int numberBytes = 4;
    event->data = QByteArray(1, 'n') + QByteArray(numberBytes, '\0'); // a number says which connection stays; none does
    event->brings = HandleKind::Tcp;
    return EventTurn::Told;
}

int ProcessIo::setReading(HandleId handle, bool isReading) { return handle == m_channel ? 0 : inner().setReading(handle, isReading); }

int ProcessIo::accept(HandleId server, HandleId handle)
{
    if (server == m_channel) {
        const HandleId connection = std::exchange(m_toTake, 0);
        if (const int error = m_io.move(connection, handle); error != 0)
            return error;
        m_taken.insert(handle);
        m_source->taken(connection, handle);
    } else {
        if (const int error = inner().accept(server, handle); error != 0)
            return error;
        m_source->accepted(handle);
    }
    m_open.insert(handle);
    return 0;
}

WriteOutcome ProcessIo::write(HandleId handle, SubjectId request, const QByteArray &bytes)
{
    if (handle != m_channel)
        return inner().write(handle, request, bytes);
    for (const char word : bytes)
        hear(word);
    return {0, true};
}

/// The words of js/lib/internal/server-slot.js.
void ProcessIo::hear(char word)
{
    if (word == 'l')
        return m_source->listens(m_process);
    if (m_left.empty())
        return;
    const HandleId connection = m_left.front();
    m_left.pop_front();
    m_io.capture([this, connection, isKept = word == 'k'](quint64 now) { m_source->givenBack(m_process, connection, isKept, now); });
}

// --------------------------------------------------------------------------------------------------------------- handles

int ProcessIo::open(HandleId handle, HandleKind kind)
{
    m_open.insert(handle);
    return inner().open(handle, kind);
}

void ProcessIo::close(HandleId handle)
{
    m_open.erase(handle);
    const bool wasTaken = m_taken.erase(handle) > 0;
    if (!wasTaken || m_keepsConnections)
        return inner().close(handle);
    m_io.letGo(handle);
    m_left.push_back(handle);
}

int ProcessIo::reset(HandleId handle)
{
    const int error = inner().reset(handle);
    if (error == 0) {
        m_open.erase(handle);
        if (m_taken.erase(handle) > 0 && !m_keepsConnections)
            m_left.push_back(handle);
    }
    return error;
}

void ProcessIo::closeAll()
{
    if (m_owned)
        return inner().closeAll();
    if (m_io.isCapturing()) { // in a turn of its own
        m_source->lost(std::count_if(m_open.begin(), m_open.end(), [this](HandleId handle) {
            const ServedConnection *connection = m_io.served(handle);
            return connection && connection->isBusy && connection->client != 0;
        }));
    }
    for (const HandleId handle : std::exchange(m_open, {}))
        inner().close(handle);
    for (const HandleId handle : std::exchange(m_left, {}))
        inner().close(handle);
}

} // namespace loopscope
