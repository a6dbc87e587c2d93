// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventListModel.h"

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/Names.h"
#include "theme/Theme.h"

#include <QElapsedTimer>
#include <QLocale>

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

constexpr int kSearchBudget = 8; ///< ms at a time
constexpr quint64 kSearchPortion = 64; ///< events

} // namespace

EventListModel::EventListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EventListModel::lookOn);
}

void EventListModel::setSource(const RecordingReader *reader, const EventText *text)
{
    beginResetModel();
    m_reader = reader;
    m_text = text;
    m_accepted.clear();
    m_known = 0;
    m_looked = 0;
    m_cursor = 0;
    m_rows = 0;
    m_timer.stop();
    endResetModel();
}

void EventListModel::setFilter(const EventFilter &filter)
{
    if (m_filter == filter)
        return;
    beginResetModel();
    m_filter = filter;
    m_accepted.clear();
    m_looked = 0;
    m_rows = m_filter.isEmpty() ? static_cast<int>(m_known) : 0;
    m_timer.stop();
    endResetModel();
    lookOn();
}

void EventListModel::grow(quint64 eventCount)
{
    const quint64 count = std::min<quint64>(eventCount, std::numeric_limits<int>::max() / 2);
    if (m_reader == nullptr || count <= m_known)
        return;
    m_known = count;
    if (!m_filter.isEmpty()) {
        if (!m_timer.isActive())
            lookOn();
        return;
    }
    beginInsertRows({}, m_rows, static_cast<int>(count) - 1);
    m_rows = static_cast<int>(count);
    endInsertRows();
}

void EventListModel::lookOn()
{
    if (m_reader == nullptr || m_filter.isEmpty())
        return;
    QElapsedTimer clock;
    clock.start();
    std::vector<quint64> found;
    for (; m_looked < m_known && clock.elapsed() < kSearchBudget;) {
        // The clock is asked once in so many events: it costs as much as one of them.
        for (const quint64 end = std::min(m_looked + kSearchPortion, m_known); m_looked < end; ++m_looked) {
            if (m_filter.accepts(m_reader->event(m_looked), m_looked, *m_text))
                found.push_back(m_looked);
        }
    }
    if (!found.empty()) {
        beginInsertRows({}, m_rows, m_rows + static_cast<int>(found.size()) - 1);
        m_accepted.insert(m_accepted.end(), found.begin(), found.end());
        m_rows = static_cast<int>(m_accepted.size());
        endInsertRows();
    }
    if (m_looked < m_known)
        m_timer.start(0);
    Q_EMIT searched();
}

quint64 EventListModel::eventOf(int row) const
{
    return m_filter.isEmpty() ? static_cast<quint64>(row) : m_accepted.at(static_cast<std::size_t>(row));
}

int EventListModel::rowUpTo(quint64 event) const
{
    if (m_filter.isEmpty())
        return static_cast<int>(std::min<quint64>(event + 1, static_cast<quint64>(m_rows))) - 1;
    return static_cast<int>(std::upper_bound(m_accepted.begin(), m_accepted.end(), event) - m_accepted.begin()) - 1;
}

void EventListModel::setCursor(quint64 cursor)
{
    const quint64 old = m_cursor;
    m_cursor = cursor;
    for (const quint64 changed : {old, cursor}) {
        const int row = changed > 0 ? rowUpTo(changed - 1) : -1;
        if (row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1), {Qt::FontRole});
    }
}

int EventListModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_rows; }

int EventListModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(ColumnCount); }

QVariant EventListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || m_reader == nullptr)
        return {};
    const quint64 number = eventOf(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return textOf(number, index.column());
    case Qt::ToolTipRole:
        return m_text->what(number);
    case Qt::TextAlignmentRole:
        return index.column() <= Time ? QVariant(static_cast<int>(Qt::AlignRight | Qt::AlignVCenter))
                                      : QVariant(static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter));
    case Qt::FontRole: {
        QFont font = Theme::current().font(index.column() == What ? Theme::TextRole::Words : Theme::TextRole::SmallCode);
        font.setBold(number + 1 == m_cursor && index.column() == What);
        return font;
    }
    case Qt::ForegroundRole:
        return index.column() == What ? Theme::current().palette().text : Theme::current().palette().dim;
    case KindRole:
        return static_cast<int>(m_reader->event(number).kind);
    case SiteRole:
        return QVariant::fromValue(m_reader->event(number).site);
    case TimeRole:
        return QVariant::fromValue(m_reader->event(number).time);
    case LineRole:
        return m_text->line(number).trimmed();
    default:
        return {};
    }
}

QVariant EventListModel::textOf(quint64 event, int column) const
{
    switch (column) {
    case Number:
        return QLocale().toString(event + 1);
    case Time:
        return milliseconds(m_reader->event(event).time);
    case What:
        return m_text->what(event).remove(QLatin1Char('`')); // set as code where there is room for it
    case Where:
        return m_text->where(event);
    default:
        return {};
    }
}

QVariant EventListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("event");
    case Time:
        return tr("ms");
    case What:
        return tr("what happened");
    case Where:
        return tr("where");
    default:
        return {};
    }
}

} // namespace loopscope
