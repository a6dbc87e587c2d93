// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventListModel.h"

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/Names.h"
#include "theme/Theme.h"

#include <algorithm>
#include <limits>

namespace loopscope {

EventListModel::EventListModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void EventListModel::setSource(const RecordingReader *reader, const EventText *text)
{
    beginResetModel();
    m_reader = reader;
    m_text = text;
    m_rows = 0;
    m_current = -1;
    endResetModel();
}

void EventListModel::grow(quint64 eventCount)
{
    const auto rows = static_cast<int>(std::min<quint64>(eventCount, std::numeric_limits<int>::max() / 2));
    if (m_reader == nullptr || rows <= m_rows)
        return;
    beginInsertRows({}, m_rows, rows - 1);
    m_rows = rows;
    endInsertRows();
}

void EventListModel::setCurrent(int row)
{
    const int old = m_current;
    m_current = row;
    for (const int changed : {old, row}) {
        if (changed >= 0 && changed < m_rows)
            Q_EMIT dataChanged(index(changed, 0), index(changed, ColumnCount - 1), {Qt::FontRole});
    }
}

int EventListModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_rows; }

int EventListModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(ColumnCount); }

QVariant EventListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || m_reader == nullptr)
        return {};
    const auto number = static_cast<quint64>(index.row());
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
        font.setBold(index.row() == m_current && index.column() == What);
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
