// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/NodesWork.h"

#include <algorithm>

namespace loopscope {

bool NodesWork::isOfNodes(const Event &created) const
{
    if (created.site != 0 || !leadsToNodes(created.cause))
        return false;
    switch (created.kind) {
    case EventKind::TaskCreated:
        switch (static_cast<TaskKind>(created.detail)) {
        case TaskKind::Script:
        case TaskKind::ModuleEvaluation:
        case TaskKind::ProcessEvent:
        case TaskKind::Internal: // these have names that tell something
            return false;
        default:
            return created.value == 0;
        }
    case EventKind::PromiseCreated:
        // Of an async function the value is its place, else the promise it derives from.
        return created.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction)
            ? created.value == 0
            : created.value == 0 || isNodes(static_cast<SubjectId>(created.value));
    case EventKind::IoSubmitted:
    case EventKind::HandleOpened:
        return true;
    default:
        return false;
    }
}

void NodesWork::add(const Event &event, quint64 index)
{
    if (event.loop() != 0)
        return;
    switch (event.kind) {
    case EventKind::TaskCreated:
        if (event.detail == static_cast<quint8>(TaskKind::Script))
            m_script = event.subject;
        [[fallthrough]];
    case EventKind::PromiseCreated:
    case EventKind::IoSubmitted:
    case EventKind::HandleOpened:
        // Numbers come from one counter, and each has an event of its own: larger ones come from damage.
        if (isOfNodes(event) && event.subject <= index + 64) {
            if (event.subject >= m_isNodes.size())
                m_isNodes.resize(std::max<size_t>(event.subject + 1, m_isNodes.size() * 2));
            m_isNodes[event.subject] = true;
        }
        break;
    case EventKind::TaskBegun:
        m_runsNodes = isNodes(event.subject);
        break;
    case EventKind::TaskEnded:
        m_runsNodes = false;
        break;
    case EventKind::CallEntered:
        if (m_runsNodes && event.site != 0)
            m_entries.push_back(index);
        m_runsNodes = false;
        break;
    default:
        break;
    }
    if (event.site == 0 && isNodes(event.subject))
        fold(index);
}

void NodesWork::fold(quint64 index)
{
    if (!m_stretches.empty() && m_stretches.back().first + m_stretches.back().count == index) {
        ++m_stretches.back().count;
        return;
    }
    if (m_stretches.size() < mostStretches)
        m_stretches.push_back({index, 1, m_stretches.empty() ? 0 : m_stretches.back().before + m_stretches.back().count});
}

std::vector<NodesWork::Stretch>::const_iterator NodesWork::stretchUpTo(quint64 event) const
{
    const auto after = std::upper_bound(
        m_stretches.begin(), m_stretches.end(), event, [](quint64 number, const Stretch &stretch) { return number < stretch.first; });
    return after == m_stretches.begin() ? m_stretches.end() : std::prev(after);
}

bool NodesWork::isFolded(quint64 event) const
{
    const auto stretch = stretchUpTo(event);
    return stretch != m_stretches.end() && event < stretch->first + stretch->count;
}

quint64 NodesWork::foldedBefore(quint64 end) const
{
    if (end == 0)
        return 0;
    const auto stretch = stretchUpTo(end - 1);
    return stretch == m_stretches.end() ? 0 : stretch->before + std::min(stretch->count, end - stretch->first);
}

quint64 NodesWork::eventAt(quint64 row) const
{
    // The first run that stands behind the row, counted in shown events.
    const auto after = std::partition_point(
        m_stretches.begin(), m_stretches.end(), [row](const Stretch &stretch) { return stretch.first - stretch.before <= row; });
    return after == m_stretches.begin() ? row : row + std::prev(after)->before + std::prev(after)->count;
}

quint64 NodesWork::shownFrom(quint64 event) const
{
    const auto stretch = stretchUpTo(event);
    return stretch == m_stretches.end() ? event : std::max(event, stretch->first + stretch->count);
}

std::optional<quint64> NodesWork::shownUpTo(quint64 event) const
{
    const auto stretch = stretchUpTo(event);
    if (stretch == m_stretches.end() || event >= stretch->first + stretch->count)
        return event;
    return stretch->first > 0 ? std::optional<quint64>(stretch->first - 1) : std::nullopt;
}

} // namespace loopscope
