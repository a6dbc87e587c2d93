// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelineSearch.h"

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"

#include <algorithm>

namespace loopscope {

namespace {

/// Numbers from a damaged file can be anything.
constexpr std::size_t kMostRemembered = 4'000'000;

template<typename Answers, typename Ask>
bool remembered(Answers &answers, std::size_t number, const Ask &ask)
{
    using Answer = typename Answers::value_type;
    if (number >= kMostRemembered)
        return ask();
    if (number >= answers.size())
        answers.resize(std::max(number + 1, answers.size() * 2), Answer::Unknown);
    Answer &answer = answers[number];
    if (answer == Answer::Unknown)
        answer = ask() ? Answer::Yes : Answer::No;
    return answer == Answer::Yes;
}

} // namespace

void TimelineSearch::setSource(const RecordingReader *reader, const EventText *text)
{
    m_reader = reader;
    m_names = text;
    setText(m_text);
}

void TimelineSearch::setText(const QString &text)
{
    m_text = text;
    m_matches = {};
    m_looked = 0;
    m_sites.clear();
    m_strings.clear();
}

bool TimelineSearch::fitsSite(SiteId site)
{
    return remembered(m_sites, site, [&] { return holds(m_names->functionName(site)); });
}

bool TimelineSearch::fitsString(qint64 string)
{
    const auto id = static_cast<StringId>(string);
    return remembered(m_strings, id, [&] { return holds(m_reader->string(id)); });
}

bool TimelineSearch::fitsSubject(const Event &event)
{
    const StringId name = m_names->index().nameOf(event.subject);
    return name != 0 ? fitsString(name) : fitsSite(event.site);
}

bool TimelineSearch::fits(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed: {
        const auto kind = static_cast<TaskKind>(event.detail);
        return (kind == TaskKind::Timeout || kind == TaskKind::Interval) && fitsSubject(event);
    }
    case EventKind::TaskBegun:
        return fitsSubject(event);
    case EventKind::CallEntered:
        return fitsSite(event.site);
    case EventKind::IoSubmitted:
    case EventKind::HandleOpened:
    case EventKind::ConsoleText:
    case EventKind::RejectionUnhandled:
    case EventKind::Mark:
        return fitsString(event.value);
    case EventKind::ErrorThrown:
        return event.detail != 0 && fitsString(event.value);
    case EventKind::IoStarted: {
        const std::optional<quint64> submitted = m_names->index().history(event.subject).created;
        return submitted && fitsString(m_reader->event(*submitted).value);
    }
    default:
        return false;
    }
}

bool TimelineSearch::lookOn(quint64 end, quint64 atMost)
{
    if (!isActive() || m_reader == nullptr)
        return false;
    const std::size_t before = m_matches.size();
    const quint64 stop = m_looked + std::min(atMost, end - std::min(end, m_looked));
    for (; m_looked < stop && !isFull(); ++m_looked) {
        if (fits(m_reader->event(m_looked)))
            m_matches.push_back(static_cast<quint32>(m_looked));
    }
    return m_matches.size() != before;
}

std::optional<quint64> TimelineSearch::next(quint64 event) const
{
    if (m_matches.empty())
        return std::nullopt;
    const auto found = std::upper_bound(m_matches.begin(), m_matches.end(), event);
    return found != m_matches.end() ? *found : m_matches.front();
}

std::optional<quint64> TimelineSearch::previous(quint64 event) const
{
    if (m_matches.empty())
        return std::nullopt;
    const auto found = std::lower_bound(m_matches.begin(), m_matches.end(), event);
    return found != m_matches.begin() ? *std::prev(found) : m_matches.back();
}

} // namespace loopscope
