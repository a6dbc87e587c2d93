// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/ServerHook.h"
#include "servers/simulated/ProcessIo.h"

#include <functional>

namespace loopscope {

/// Has the script of a simulated process take its connections from the server's accepting thread, as in real runs.
class ProcessHook final : public ServerHook
{
public:
    /// `isFirst`: of the process that serves at the script's other ports, for all.
    ProcessHook(bool keepsConnections, bool isFirst)
        : m_keepsConnections(keepsConnections)
        , m_isFirst(isFirst)
    {
    }
    /// What server.address() shows.
    void setPort(quint16 port) { m_port = port; }
    /// What is to be waited before each handler; none by default.
    std::function<double()> wait;

    Place place() const override
    {
        Place place;
        place.way = Place::Way::Handed;
        place.port = m_port;
        place.channel = ProcessIo::channelDescriptor;
        place.mostStaying = 0;
        place.keepsConnections = m_keepsConnections;
        place.isFirst = m_isFirst;
        return place;
    }
    double ioMilliseconds() const override { return wait ? wait() : 0; }

private:
    const bool m_keepsConnections;
    const bool m_isFirst;
    quint16 m_port = 0;
};

} // namespace loopscope
