// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "events/EventFilter.h"
#include "state/EventText.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

namespace loopscope {

class RecordingReader;

/// The events that a filter accepts, looked for in small portions so that the window stays quick however long the recording is. An empty
/// filter accepts nothing here. GUI thread only.
class EventHits : public QObject
{
    Q_OBJECT
public:
    explicit EventHits(QObject *parent = nullptr);

    /// Both must outlive their time here; null: there is nothing to look through.
    void setSource(const RecordingReader *reader, const EventText *text);
    /// Starts again with the next portion.
    void setFilter(const EventFilter &filter);
    const EventFilter &filter() const { return m_filter; }
    /// The events below `eventCount` can be looked at.
    void grow(quint64 eventCount);

    int count() const { return static_cast<int>(m_hits.size()); }
    quint64 at(int number) const { return m_hits.at(static_cast<std::size_t>(number)); }
    bool contains(quint64 event) const;
    /// How many of the hits are not after `event`.
    int countUpTo(quint64 event) const;
    /// The first hit after `event`, the last one before it. Not set if none is found, yet.
    std::optional<quint64> after(quint64 event) const;
    std::optional<quint64> before(quint64 event) const;

    bool isLooking() const { return m_looked < m_known && !m_filter.isEmpty(); }
    quint64 lookedAt() const { return m_looked; }

Q_SIGNALS:
    /// Hits number `first` to `last` are about to be there; then they are; and then some events were looked at, with hits or without.
    void aboutToFind(int first, int last);
    void found();
    void looked();

private:
    /// Digits of the text that can stand for the number of a thing, which in the words of an event stands behind a space.
    struct NumberPart
    {
        std::string digits;
        bool isItsStart = false; ///< else it may lie anywhere in the number
    };
    void setNumbers(const QString &text);
    bool mayTell(quint64 number) const;
    void lookOn();
    bool accepts(quint64 index);

    const RecordingReader *m_reader = nullptr;
    const EventText *m_text = nullptr;
    EventFilter m_filter;
    std::vector<quint32> m_hits; ///< in order; a recording has less than 2^32 events (137 GB)
    QHash<EventShape, bool> m_answers; ///< for events whose numbers of things cannot hold what is looked for
    std::vector<NumberPart> m_numbers; ///< of the text
    quint64 m_known = 0;
    quint64 m_looked = 0;
    QTimer m_timer;
};

} // namespace loopscope
