// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/RunComparison.h"

#include <QLocale>

#include <cmath>

namespace loopscope {

void RunComparison::setComparison(const LabComparison &comparison)
{
    beginResetModel();
    m_rows.clear();
    for (const ModelComparison &model : comparison.models()) {
        bool isFirst = true;
        for (const LabDifference &difference : model.differences) {
            m_rows.push_back({model.after, isFirst, difference});
            isFirst = false;
        }
    }
    endResetModel();
}

int RunComparison::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int RunComparison::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

int RunComparison::judgementOf(const LabDifference &difference)
{
    if (difference.change() == 0 || !difference.isBeyondNoise())
        return 0;
    return difference.isBetter() ? 1 : difference.isWorse() ? -1 : 0;
}

QString RunComparison::changeText(const LabDifference &difference)
{
    if (difference.change() == 0)
        return tr("the same");
    if (difference.before == 0)
        return tr("new");
    const double percent = difference.share() * 100;
    const QString text = (percent > 0 ? QStringLiteral("+") : QString()) + QLocale().toString(percent, 'f', std::abs(percent) < 10 ? 1 : 0);
    switch (judgementOf(difference)) {
    case 1:
        return tr("%1 %, better").arg(text);
    case -1:
        return tr("%1 %, worse").arg(text);
    default:
        return difference.noise && !difference.isBeyondNoise() ? tr("%1 %, within chance").arg(text) : tr("%1 %").arg(text);
    }
}

QVariant RunComparison::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const LabDifference &difference = row.difference;
    if (role == ServerModelRole)
        return static_cast<int>(row.run.model);
    if (role == JudgementRole)
        return judgementOf(difference);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(index.column() > Figure ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    if (role == Qt::AccessibleTextRole)
        return tr("%1, %2: %3, other run %4, %5")
            .arg(nameOf(row.run.model), nameOf(*difference.figure), textOf(*difference.figure, difference.after),
                textOf(*difference.figure, difference.before), changeText(difference));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Model:
        return row.isFirst ? tr("%1 (%2)").arg(nameOf(row.run.model), nameOf(row.run.truth)) : QString();
    case Figure:
        return nameOf(*difference.figure);
    case This:
        return textOf(*difference.figure, difference.after);
    case Other:
        return textOf(*difference.figure, difference.before);
    case Change:
        return changeText(difference);
    default:
        return {};
    }
}

QVariant RunComparison::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= ColumnCount)
        return {};
    const QString names[] = {tr("model"), tr("figure"), tr("this run"), tr("other run"), tr("change")};
    return names[section];
}

} // namespace loopscope
