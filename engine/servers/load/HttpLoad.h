// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/LoadLoop.h"
#include "servers/load/LoopbackSockets.h"
#include "servers/load/ResponseParser.h"

#include <deque>

namespace loopscope {

/// HTTP/1.1 requests of one thread of a load. A closed load has a slot for each client; in an open one slots are connections, and requests
/// that find all of them busy wait for one.
class HttpLoad : public LoadLoop
{
public:
    HttpLoad(const LoadPlan &plan, LoadShare share, const LoadKnobs &knobs, std::function<void(LoadSample &&)> publish);

protected:
    void setClients(int count) override;
    void arrive(quint64 number, qint64 intended, qint32 target) override;
    void ready(quint32 slot, quint32 generation, quint32 events) override;
    void due(const TimerHeap::Timer &timer) override;
    qint64 lookAround() override;
    void closeAll() override;

private:
    static constexpr quint32 NoSlot = ~0U;
    static constexpr quint64 MostWaiting = 1'000'000; ///< requests without a connection

    enum class State : quint8 {
        Resting, ///< has no request: thinks, or is free
        Queued, ///< has a request, and is to connect when fewer others do
        Connecting,
        Sending,
        Receiving,
    };

    struct Slot
    {
        int socket = -1;
        quint32 generation = 0; ///< of the socket
        quint32 timer = 0; ///< the latest timer; earlier ones do not count
        quint32 turns = 0; ///< of thinking, of this client
        State state = State::Resting;
        bool isActive = false; ///< closed loads: a client that asks or thinks
        bool peerEnds = false; ///< the server will send no more
        bool isPausing = false; ///< reading or writing goes on when a timer says so
        quint32 route = 0;
        quint64 number = 0;
        qint64 intended = 0;
        qint64 sent = 0;
        qint64 bodySent = 0; ///< of RequestText::rest
        quint32 headSent = 0; ///< of RequestText::text
        quint32 earlier = NoSlot; ///< in the list of slots that have a request, by its intended moment
        quint32 later = NoSlot;
        ResponseParser parser;
    };

    struct WaitingRequest
    {
        quint64 number;
        qint64 intended;
        quint32 route;
    };

    // a request's way
    void begin(quint32 index, quint64 number, qint64 intended, quint32 route);
    void nextOfClient(quint32 index);
    void thinkThenNext(quint32 index, qint64 least);
    void connectSlot(quint32 index);
    bool connected(quint32 index);
    void sendRequest(quint32 index);
    void sendMore(quint32 index);
    void receive(quint32 index);
    void takeBytes(quint32 index, const char *data, size_t size);
    void peerEnded(quint32 index, bool isOrderly);
    void answered(quint32 index);
    void fail(quint32 index, LoadFailure failure);
    void goOn(quint32 index, bool hasFailedToConnect);
    // slots
    void closeSocket(quint32 index);
    void takeWaiting();
    void connectQueued();
    void expire();
    void link(quint32 index);
    void unlink(quint32 index);
    LoadRecord recordOf(const Slot &slot, LoadFailure failure) const;
    void wakeSlot(quint32 index, qint64 time);
    const RequestRoute &routeOf(const Slot &slot) const { return plan().requests.routes[slot.route]; }

    LoopbackSockets m_sockets;
    RouteChoice m_choice;
    ThinkSequence m_thinking;
    std::vector<RequestText> m_texts; ///< by route
    std::vector<Slot> m_slots;
    std::vector<quint32> m_free; ///< open loads: slots without a request, the last one used last
    std::deque<WaitingRequest> m_waiting; ///< open loads
    std::deque<quint32> m_toConnect;
    size_t m_clients = 0;
    size_t m_mostSlots;
    int m_connecting = 0;
    quint32 m_oldest = NoSlot;
    quint32 m_newest = NoSlot;
    const qint64 m_timeout; ///< ns
    std::vector<char> m_buffer;
};

} // namespace loopscope
