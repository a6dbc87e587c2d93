// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventListModel.h"

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/Names.h"
#include "state/RecordingIndex.h"
#include "theme/Theme.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace loopscope {

EventListModel::EventListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
    connect(&m_hits, &EventHits::aboutToFind, this, [this](int first, int last) {
        if (isFiltered())
            beginInsertRows({}, first, last);
    });
    connect(&m_hits, &EventHits::found, this, [this] {
        if (isFiltered()) {
            m_rows = m_hits.count();
            endInsertRows();
        } else if (m_rows > 0) {
            Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, ColumnCount - 1), {IsHitRole});
        }
    });
    connect(&m_hits, &EventHits::looked, this, &EventListModel::searched);
}

void EventListModel::setSource(const RecordingReader *reader, const EventText *text)
{
    beginResetModel();
    m_reader = reader;
    m_text = text;
    m_hits.setSource(reader, text);
    m_known = 0;
    m_cursor = 0;
    m_rows = 0;
    endResetModel();
}

void EventListModel::setFilter(const EventFilter &filter)
{
    if (m_hits.filter() == filter)
        return;
    beginResetModel();
    m_hits.setFilter(filter);
    m_rows = rowsNow();
    endResetModel();
}

void EventListModel::setShowsOnlyHits(bool isOn)
{
    if (m_showsOnlyHits == isOn)
        return;
    beginResetModel();
    m_showsOnlyHits = isOn;
    m_rows = rowsNow();
    endResetModel();
}

void EventListModel::setFolds(bool folds)
{
    if (m_folds == folds)
        return;
    beginResetModel();
    m_folds = folds;
    m_rows = rowsNow();
    endResetModel();
}

quint64 EventListModel::foldedBefore(quint64 event) const
{
    const bool folds = m_folds && m_text != nullptr && m_hits.filter().isEmpty();
    return folds ? m_text->index().nodesWork().foldedBefore(event) : 0;
}

void EventListModel::grow(quint64 eventCount)
{
    const quint64 count = std::min<quint64>(eventCount, std::numeric_limits<int>::max() / 2);
    if (m_reader == nullptr || count <= m_known)
        return;
    const auto rows = static_cast<int>(count - foldedBefore(count));
    if (isFiltered() || rows == m_rows) {
        m_known = count;
    } else {
        beginInsertRows({}, m_rows, rows - 1);
        m_known = count;
        m_rows = rows;
        endInsertRows();
    }
    m_hits.grow(count);
}

quint64 EventListModel::eventOf(int row) const
{
    if (isFiltered())
        return m_hits.at(row);
    const auto shown = static_cast<quint64>(row);
    return foldedCount() > 0 ? m_text->index().nodesWork().eventAt(shown) : shown;
}

int EventListModel::rowUpTo(quint64 event) const
{
    if (isFiltered())
        return m_hits.countUpTo(event) - 1;
    return static_cast<int>(std::min<quint64>(event + 1 - foldedBefore(event + 1), static_cast<quint64>(m_rows))) - 1;
}

void EventListModel::setCursor(quint64 cursor)
{
    const quint64 old = m_cursor;
    m_cursor = cursor;
    for (const quint64 changed : {old, cursor}) {
        const int row = changed > 0 ? rowUpTo(changed - 1) : -1;
        if (row >= 0)
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1), {Qt::FontRole, IsNowRole});
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
    case HueRole:
        return static_cast<int>(hueOf(m_reader->event(number)));
    case SiteRole:
        return QVariant::fromValue(m_reader->event(number).site);
    case TimeRole:
        return QVariant::fromValue(m_reader->event(number).time);
    case LineRole:
        return m_text->line(number).trimmed();
    case Qt::AccessibleTextRole: // the whole row where the keys stand
        return index.column() == What ? m_text->line(number).simplified() : textOf(number, index.column()).toString();
    case IsNowRole:
        return number + 1 == m_cursor;
    case IsHitRole:
        return m_hits.contains(number);
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
    case Loop:
        return m_text->loopPlace(event);
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
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return static_cast<int>((section <= Time ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return tr("event");
    case Time:
        return tr("ms");
    case Loop:
        return tr("iteration, phase");
    case What:
        return tr("what happened");
    case Where:
        return tr("where");
    default:
        return {};
    }
}

} // namespace loopscope
