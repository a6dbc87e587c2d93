// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/SourceCostModel.h"

#include "analysis/profiler/ProfileText.h"
#include "recording/SourceTable.h"

#include <QLocale>

#include <algorithm>

namespace loopscope {

void SourceCostModel::setSource(const SourceCost &cost)
{
    beginResetModel();
    m_code = QString::fromUtf8(cost.source->text).split(QLatin1Char('\n'));
    if (m_code.size() > 1 && m_code.constLast().isEmpty()) // behind the last line's end there is none
        m_code.removeLast();
    m_lines = cost.lines;
    m_most = 1;
    m_hottest = 0;
    for (const auto &[line, costs] : m_lines) {
        if (costs.self > m_most) {
            m_most = costs.self;
            m_hottest = static_cast<int>(line);
        }
    }
    endResetModel();
}

void SourceCostModel::clear()
{
    beginResetModel();
    m_code.clear();
    m_lines.clear();
    endResetModel();
}

int SourceCostModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_code.size()); }

int SourceCostModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(ColumnCount); }

const LineCost *SourceCostModel::costOf(int row) const
{
    const auto found = m_lines.find(static_cast<quint32>(row) + 1);
    return found == m_lines.end() ? nullptr : &found->second;
}

QString SourceCostModel::text(int row, int column) const
{
    if (column == Line)
        return QString::number(row + 1);
    if (column == Code) {
        QString code = m_code.at(row);
        return code.replace(QLatin1Char('\t'), QStringLiteral("    ")).remove(QLatin1Char('\r'));
    }
    const LineCost *cost = costOf(row);
    if (cost == nullptr)
        return {};
    const auto count = [](quint64 number) { return number > 0 ? QLocale().toString(number) : QString(); };
    const auto time = [](quint64 nanoseconds) { return nanoseconds > 0 ? ProfileText::duration(nanoseconds) : QString(); };
    return column == Self ? time(cost->self) : column == Awaited ? time(cost->awaited) : count(column == Calls ? cost->calls : cost->times);
}

QVariant SourceCostModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::AccessibleTextRole: {
        const QString shown = text(index.row(), index.column());
        return index.column() == Code ? shown : tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal).toString(), shown);
    }
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (index.column() == Code ? Qt::AlignLeft : Qt::AlignRight)));
    case ShareRole: {
        const LineCost *cost = costOf(index.row());
        return cost == nullptr ? 0.0 : static_cast<double>(cost->self) / static_cast<double>(m_most);
    }
    default:
        return {};
    }
}

QVariant SourceCostModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (section == Code ? Qt::AlignLeft : Qt::AlignRight)));
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Line:
        return tr("Line");
    case Self:
        return tr("Self");
    case Calls:
        return tr("Calls");
    case Times:
        return tr("Times");
    case Awaited:
        return tr("Awaited");
    case Code:
        return tr("Source");
    default:
        return {};
    }
}

} // namespace loopscope
