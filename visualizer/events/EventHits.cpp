// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventHits.h"

#include "recording/RecordingReader.h"

#include <QElapsedTimer>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace loopscope {

namespace {

constexpr int kBudget = 8; ///< ms at a time
constexpr quint64 kPortion = 64; ///< events
constexpr qsizetype kAnswersAtMost = 65'536;

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
    setNumbers(filter.text);
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

void EventHits::setNumbers(const QString &text)
{
    m_numbers.clear();
    const auto isDigit = [](QChar character) { return character >= QLatin1Char('0') && character <= QLatin1Char('9'); };
    for (qsizetype at = 0; at < text.size(); ++at) {
        const qsizetype begin = at;
        while (at < text.size() && isDigit(text.at(at)))
            ++at;
        const bool canBeANumber = at > begin && (begin == 0 || text.at(begin - 1) == QLatin1Char(' '));
        if (canBeANumber)
            m_numbers.push_back({text.mid(begin, at - begin).toStdString(), begin > 0});
    }
}

bool EventHits::mayTell(quint64 number) const
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    const std::string_view written(digits.data(), static_cast<std::size_t>(end - digits.data()));
    return std::any_of(m_numbers.begin(), m_numbers.end(), [&](const NumberPart &part) {
        const auto found = written.find(part.digits);
        return part.isItsStart ? found == 0 : found != std::string_view::npos;
    });
}

bool EventHits::accepts(quint64 index)
{
    const Event event = m_reader->event(index);
    if (m_filter.text.isEmpty() || !isInGroup(event, m_filter.group))
        return m_filter.accepts(event, index, *m_text);
    // Almost all events of a recording are alike but for the numbers in them: their words are put together once, unless such a number may
    // be what is looked for. A due time is told in parts of milliseconds.
    const bool tellsNumber = !m_numbers.empty()
        && (event.kind == EventKind::TimerArmed || mayTell(event.subject)
            || (EventText::tellsValueAsNumber(event.kind) && mayTell(static_cast<quint64>(event.value))));
    if (tellsNumber)
        return m_filter.accepts(event, index, *m_text);
    EventShape shape = m_text->shapeOf(event);
    if (event.kind == EventKind::TimerArmed)
        shape.value = 0;
    if (const auto known = m_answers.constFind(shape); known != m_answers.constEnd())
        return *known;
    if (m_answers.size() >= kAnswersAtMost)
        m_answers.clear();
    return *m_answers.insert(shape, m_filter.accepts(event, index, *m_text));
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
