// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/EventMatch.h"

#include "analysis/MomentKeys.h"
#include "recording/RecordingFormat.h"

#include <cstdlib>

namespace loopscope {
namespace {

/// The value is a time that follows from all the work done before, or the calendar's.
bool valueIsWait(EventKind kind)
{
    return kind == EventKind::RunStarted || kind == EventKind::PollWaitStarted || kind == EventKind::PollWaitEnded;
}

/// On the wall clock a timer is due so long after it was set, give or take the whole milliseconds that the loop's own time counts in.
constexpr qint64 wallTolerance = 2'000'000; // ns

bool isOnWallClock(const RecordingReader &reader)
{
    return reader.metadata().value(QLatin1String("clock")).toString() == QLatin1String("wall");
}

qint64 delayOf(const Event &armed) { return armed.value - static_cast<qint64>(armed.time); }

} // namespace

bool valueIsSite(const Event &event)
{
    return event.kind == EventKind::TaskCreated || event.kind == EventKind::TaskRearmed || event.kind == EventKind::CallEntered
        || (event.kind == EventKind::PromiseCreated && event.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction));
}

EventMatch::EventMatch(const RecordingReader &left, const RecordingReader &right)
    : m_left(left)
    , m_right(right)
    , m_places(left, right)
{
}

bool EventMatch::isSame(const Event &left, const Event &right)
{
    if (left.kind != right.kind || left.detail != right.detail || left.phaseAndLane != right.phaseAndLane || left.subject != right.subject
        || left.cause != right.cause)
        return false;
    if (!m_places.isSame(left.site, right.site))
        return false;
    if (left.kind == EventKind::Statement && !m_places.readsSame(left.site))
        return false;
    if (m_script == 0 && left.kind == EventKind::TaskCreated && left.detail == static_cast<quint8>(TaskKind::Script))
        m_script = left.subject;
    return hasSameValue(left, right);
}

bool EventMatch::hasSameValue(const Event &left, const Event &right)
{
    if (valueIsWait(left.kind))
        return true;
    if (valueIsSite(left))
        return m_places.isSame(static_cast<SiteId>(left.value), static_cast<SiteId>(right.value));
    if (left.kind == EventKind::TimerArmed && left.value != right.value) {
        if (!m_isOnWallClock)
            m_isOnWallClock = isOnWallClock(m_left) || isOnWallClock(m_right);
        return *m_isOnWallClock && std::abs(delayOf(left) - delayOf(right)) <= wallTolerance;
    }
    if (!format::valueIsString(left.kind))
        return left.value == right.value;
    // The main script's name is its file's and so says nothing of what happened.
    if (left.kind == EventKind::SubjectNamed && left.subject == m_script)
        return true;
    return MomentKeys::textOf(m_left, left) == MomentKeys::textOf(m_right, right);
}

} // namespace loopscope
