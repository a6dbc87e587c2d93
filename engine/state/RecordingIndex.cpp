// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/RecordingIndex.h"

#include <algorithm>

namespace loopscope {

RecordingIndex::Subject &RecordingIndex::subject(SubjectId id)
{
    // Numbers come from one counter, and each number has an event of its own: larger ones come from damage.
    if (id == 0 || id > m_eventCount + 64) {
        m_unplaced = {};
        return m_unplaced;
    }
    if (id >= m_subjects.size())
        m_subjects.resize(std::max<size_t>(id + 1, m_subjects.size() + m_subjects.size() / 2));
    return m_subjects[id];
}

void RecordingIndex::add(const Event &event)
{
    const auto mark = [&](Landmark landmark) { m_landmarks[static_cast<size_t>(landmark)].push_back(m_eventCount); };
    const bool isOfMainLoop = event.loop() == 0;
    switch (event.kind) {
    case EventKind::IterationStarted:
        if (!isOfMainLoop)
            break;
        mark(Landmark::IterationStarted);
        m_iterationNumbers.push_back(static_cast<quint64>(event.value));
        break;
    case EventKind::PhaseEntered:
        if (isOfMainLoop)
            mark(Landmark::PhaseEntered);
        break;
    case EventKind::TaskBegun:
        if (isOfMainLoop)
            mark(Landmark::TaskBegun);
        break;
    case EventKind::ConsoleText:
        mark(Landmark::ConsoleText);
        break;
    case EventKind::FreeChoice:
        mark(Landmark::FreeChoice);
        break;
    case EventKind::ErrorThrown:
        if (event.detail != 0)
            mark(Landmark::Error);
        break;
    case EventKind::RejectionUnhandled:
        mark(Landmark::Error);
        break;
    case EventKind::LoopStarted:
        m_loops.push_back(
            {event.loop(), static_cast<LoopKind>(event.detail), event.subject, static_cast<StringId>(event.value), m_eventCount});
        break;
    default:
        break;
    }
    addSubject(event);
    m_nodesWork.add(event, m_eventCount);
    ++m_eventCount;
}

void RecordingIndex::addSubject(const Event &event)
{
    if (m_eventCount >= missing)
        return;
    const auto here = static_cast<quint32>(m_eventCount);
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::PromiseCreated:
    case EventKind::IoSubmitted:
    case EventKind::HandleOpened:
    case EventKind::LoopStarted:
    case EventKind::MessagePosted:
    case EventKind::ThreadStarted:
    case EventKind::RequestSent:
        if (Subject &entry = subject(event.subject); entry.created == missing)
            entry.created = here;
        break;
    case EventKind::TaskBegun:
    case EventKind::IoStarted:
        if (Subject &entry = subject(event.subject); entry.begun == missing)
            entry.begun = here;
        break;
    case EventKind::TaskEnded:
    case EventKind::TaskCancelled:
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
    case EventKind::IoCompleted:
    case EventKind::HandleClosed:
    case EventKind::LoopEnded:
    case EventKind::ThreadEnded:
    case EventKind::RequestEnded:
        subject(event.subject).ended = here;
        break;
    case EventKind::SubjectNamed:
        subject(event.subject).name = static_cast<StringId>(event.value);
        break;
    default:
        break;
    }
}

void RecordingIndex::update(const RecordingReader &reader)
{
    for (const quint64 end = reader.eventCount(); m_eventCount < end;)
        add(reader.event(m_eventCount));
}

SubjectHistory RecordingIndex::history(SubjectId subject) const
{
    if (subject >= m_subjects.size())
        return {};
    const auto optional = [](quint32 index) { return index == missing ? std::optional<quint64>() : std::optional<quint64>(index); };
    const Subject &entry = m_subjects[subject];
    return {optional(entry.created), optional(entry.begun), optional(entry.ended), entry.name};
}

StringId RecordingIndex::nameOf(SubjectId subject) const { return subject < m_subjects.size() ? m_subjects[subject].name : 0; }

const std::vector<quint64> &RecordingIndex::landmarks(Landmark landmark) const { return m_landmarks[static_cast<size_t>(landmark)]; }

std::optional<quint64> RecordingIndex::next(quint64 cursor, Landmark landmark) const
{
    if (landmark == Landmark::Event)
        return cursor < m_eventCount ? std::optional<quint64>(cursor + 1) : std::nullopt;
    const std::vector<quint64> &all = landmarks(landmark);
    const auto found = std::lower_bound(all.begin(), all.end(), cursor);
    return found != all.end() ? std::optional<quint64>(*found + 1) : std::nullopt;
}

std::optional<quint64> RecordingIndex::previous(quint64 cursor, Landmark landmark) const
{
    if (cursor == 0)
        return std::nullopt;
    if (landmark == Landmark::Event)
        return cursor - 1;
    const std::vector<quint64> &all = landmarks(landmark);
    const auto found = std::lower_bound(all.begin(), all.end(), cursor - 1);
    return found != all.begin() ? std::optional<quint64>(*std::prev(found) + 1) : std::nullopt;
}

std::optional<quint64> RecordingIndex::nextCallback(quint64 cursor) const
{
    std::optional<quint64> begun = next(cursor, Landmark::TaskBegun);
    while (begun && m_nodesWork.isFolded(*begun - 1))
        begun = next(*begun, Landmark::TaskBegun);
    const std::vector<quint64> &entries = m_nodesWork.entries();
    const auto entry = std::lower_bound(entries.begin(), entries.end(), cursor);
    if (entry == entries.end())
        return begun;
    return begun ? std::min(*begun, *entry + 1) : *entry + 1;
}

std::optional<quint64> RecordingIndex::previousCallback(quint64 cursor) const
{
    std::optional<quint64> begun = previous(cursor, Landmark::TaskBegun);
    while (begun && m_nodesWork.isFolded(*begun - 1))
        begun = previous(*begun, Landmark::TaskBegun);
    const std::vector<quint64> &entries = m_nodesWork.entries();
    const auto entry = std::lower_bound(entries.begin(), entries.end(), cursor > 0 ? cursor - 1 : 0);
    if (entry == entries.begin())
        return begun;
    return std::max(begun.value_or(0), *std::prev(entry) + 1);
}

size_t RecordingIndex::countBefore(quint64 cursor, Landmark landmark) const
{
    if (landmark == Landmark::Event)
        return static_cast<size_t>(std::min(cursor, m_eventCount));
    const std::vector<quint64> &all = landmarks(landmark);
    return static_cast<size_t>(std::lower_bound(all.begin(), all.end(), cursor) - all.begin());
}

quint64 RecordingIndex::iterationOf(quint64 index) const
{
    const std::vector<quint64> &all = landmarks(Landmark::IterationStarted);
    const auto after = std::upper_bound(all.begin(), all.end(), index);
    return after == all.begin() ? 0 : m_iterationNumbers[static_cast<size_t>(after - all.begin()) - 1];
}

} // namespace loopscope
