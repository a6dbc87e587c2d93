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
    void setOffloaded(const QStringList &names) { m_offloaded = names; }
    void listening(quint16 port) override;
    void requestBegan(qint64 number, const QString &method, const QString &url) override;
    void handlerBegins(qint64 number) override;
    void requestEnded(qint64 number, int status) override;
    double ioMilliseconds() const override { return m_board.ioMilliseconds(); }
    double cpuMilliseconds() const override { return m_board.cpuMilliseconds(); }
    QStringList offloaded() const override { return m_offloaded; }
    int workers() const override { return std::min(m_board.workers(), m_board.lanes() - m_index - 1); }
    ServerHook *hookOfWorker(int index) override;
    bool hearsOfCallbacks() const override { return !m_takesOne; }
    void callbackOf(qint64 number) override;
    void loopWaits() override;
    void loopGoesOn() override;
    void ended(RunEnding ending, int exitCode) override;

private:
    void enter(ThreadState state, qint64 request);
    void note(LaneNote::Kind kind, qint64 request);
    void tellLeft();

    const LaneBoard &m_board;
    LaneBoard::Lane &m_lane;
    const int m_index;
    const Place m_place;
    const bool m_takesOne;
    QStringList m_offloaded;
    std::vector<std::unique_ptr<LaneHook>> m_workers; ///< all that there were
    bool m_hasListened = false;
    bool m_knowsThread = false;
    int m_inFlight = 0;
    /// The one that this thread has; of a loop the one whose callback runs.
    qint64 m_request = 0;
    qint64 m_leftAt = 0; ///< ns, of a loop: when a callback of m_lastRequest was over, if that has not been written yet
    qint64 m_lastRequest = 0;
};

} // namespace loopscope
