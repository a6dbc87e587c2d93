// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventHits.h"

#include "recording/RecordingReader.h"
#include "state/EventText.h"

#include <QElapsedTimer>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kBudget = 8; ///< ms at a time
constexpr quint64 kPortion = 64; ///< events

} // namespace

EventHits::EventHits(QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EventHits::lookOn);
}

void EventHits::setSource(const RecordingReader *reader, const EventText *text)
{
    m_reader = reader;
    m_text = text;
    m_hits = {};
    m_answers.clear();
    m_known = 0;
    m_looked = 0;
    m_timer.stop();
}

void EventHits::setFilter(const EventFilter &filter)
{
    m_filter = filter;
    m_hits = {};
    m_answers.clear();
    m_looked = 0;
    if (isLooking())
        m_timer.start(0);
    else
        m_timer.stop();
}

void EventHits::grow(quint64 eventCount)
{
    m_known = std::max(m_known, eventCount);
    if (isLooking() && !m_timer.isActive())
        m_timer.start(0);
}

void EventHits::lookOn()
{
    if (m_reader == nullptr || !isLooking())
        return;
    QElapsedTimer clock;
    clock.start();
    std::vector<quint32> found;
    while (m_looked < m_known && clock.elapsed() < kBudget) {
        // The clock is asked once in so many events: it costs as much as one of them.
        for (const quint64 end = std::min(m_looked + kPortion, m_known); m_looked < end; ++m_looked) {
            if (accepts(m_looked))
                found.push_back(static_cast<quint32>(m_looked));
        }
    }
    if (!found.empty()) {
        Q_EMIT aboutToFind(count(), count() + static_cast<int>(found.size()) - 1);
        m_hits.insert(m_hits.end(), found.begin(), found.end());
        Q_EMIT this->found();
    }
    if (m_looked < m_known)
        m_timer.start(0);
    Q_EMIT looked();
}

bool EventHits::accepts(quint64 index)
{
    const Event event = m_reader->event(index);
    const bool isOfItsPlace =
        event.kind == EventKind::Statement || event.kind == EventKind::CallEntered || event.kind == EventKind::CallLeft;
    if (!isOfItsPlace || m_filter.text.isEmpty())
        return m_filter.accepts(event, index, *m_text);
    // Half of a recording's events or more are of these kinds and a few places: their words are put together once.
    const std::pair key(quint64{event.site} << 16 | quint64{event.detail} << 8 | static_cast<quint64>(event.kind), event.value);
    const auto known = m_answers.constFind(key);
    if (known != m_answers.constEnd())
        return *known;
    return *m_answers.insert(key, m_filter.accepts(event, index, *m_text));
}

bool EventHits::contains(quint64 event) const { return std::binary_search(m_hits.begin(), m_hits.end(), event); }

int EventHits::countUpTo(quint64 event) const
{
    return static_cast<int>(std::upper_bound(m_hits.begin(), m_hits.end(), event) - m_hits.begin());
}

std::optional<quint64> EventHits::after(quint64 event) const
{
    const auto next = std::upper_bound(m_hits.begin(), m_hits.end(), event);
    return next != m_hits.end() ? std::optional<quint64>(*next) : std::nullopt;
}

std::optional<quint64> EventHits::before(quint64 event) const
{
    const auto next = std::lower_bound(m_hits.begin(), m_hits.end(), event);
    return next != m_hits.begin() ? std::optional<quint64>(*std::prev(next)) : std::nullopt;
}

} // namespace loopscope
