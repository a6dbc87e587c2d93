// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/ServerHook.h"
#include "servers/live/LaneBoard.h"

namespace loopscope {

/// Behind one thread of a server: writes what it does into its lane.
class LaneHook final : public ServerHook
{
public:
    /// `takesOne`: the thread has one request at a time, and waits where that one waits; else it is a loop. The board has to live longer.
    LaneHook(const LaneBoard &board, int lane, Place place, bool takesOne);

    Place place() const override { return m_place; }
    void listening(quint16 port) override;
    void requestBegan(qint64 number, const QString &method, const QString &url) override;
    void handlerBegins(qint64 number) override;
    void requestEnded(qint64 number, int status) override;
    double ioMilliseconds() const override { return m_board.ioMilliseconds(); }
    double cpuMilliseconds() const override { return m_board.cpuMilliseconds(); }
    void loopWaits() override;
    void loopGoesOn() override;
    void ended(RunEnding ending, int exitCode) override;

private:
    void enter(ThreadState state, qint64 request);
    void note(LaneNote::Kind kind, qint64 request);

    const LaneBoard &m_board;
    LaneBoard::Lane &m_lane;
    const int m_index;
    const Place m_place;
    const bool m_takesOne;
    int m_inFlight = 0;
    qint64 m_request = 0; ///< the one that this thread has
};

} // namespace loopscope
