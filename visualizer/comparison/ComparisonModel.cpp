// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/ComparisonModel.h"

#include "shell/Format.h"
#include "state/EventText.h"
#include "state/Names.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr quint32 none = RecordingComparison::none;

} // namespace

ComparisonModel::ComparisonModel(QObject *parent)
    : QAbstractTableModel(parent)
{
}

void ComparisonModel::setSource(const RecordingComparison *comparison, const Side &first, const Side &second)
{
    beginResetModel();
    m_comparison = comparison;
    m_first = first;
    m_second = second;
    m_nowRow = -1;
    m_rows.clear();
    if (m_comparison != nullptr)
        m_rows = m_comparison->rows();
    m_firstDifference = findFirstDifference();
    endResetModel();
}

void ComparisonModel::refresh()
{
    if (m_comparison == nullptr)
        return;
    // The beginning stays; what is behind the first difference may be laid out anew.
    const std::vector<RecordingComparison::Row> &rows = m_comparison->rows();
    const auto [mine, theirs] = std::mismatch(m_rows.begin(), m_rows.end(), rows.begin(), rows.end());
    const auto same = static_cast<int>(mine - m_rows.begin());
    if (mine != m_rows.end()) {
        beginRemoveRows({}, same, static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(static_cast<size_t>(same));
        endRemoveRows();
    }
    if (theirs != rows.end()) {
        beginInsertRows({}, same, static_cast<int>(rows.size()) - 1);
        m_rows.insert(m_rows.end(), theirs, rows.end());
        endInsertRows();
    }
    const int before = std::exchange(m_firstDifference, findFirstDifference());
    for (const int changed : {before, m_firstDifference}) {
        if (changed >= 0 && changed < rowCount() && before != m_firstDifference)
            Q_EMIT dataChanged(index(changed, 0), index(changed, ColumnCount - 1));
    }
    setCursor(m_cursorIsOfSecond, m_cursor);
}

void ComparisonModel::setNames(const QString &first, const QString &second)
{
    if (m_first.name == first && m_second.name == second)
        return;
    m_first.name = first;
    m_second.name = second;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void ComparisonModel::setCursor(bool isOfSecond, quint64 cursor)
{
    m_cursorIsOfSecond = isOfSecond;
    m_cursor = cursor;
    const int row = cursor > 0 ? rowUpTo(isOfSecond, cursor - 1) : -1;
    const int before = std::exchange(m_nowRow, row);
    for (const int changed : {before, row}) {
        if (changed >= 0 && changed < rowCount())
            Q_EMIT dataChanged(index(changed, 0), index(changed, ColumnCount - 1), {IsNowRole});
    }
}

int ComparisonModel::rowUpTo(bool isOfSecond, quint64 event) const
{
    // Rows of one side rise; those that the other side has alone lie in between.
    const auto eventOfRow = [&](int row) { return isOfSecond ? rowAt(row).right : rowAt(row).left; };
    int found = -1;
    int low = 0;
    int high = rowCount();
    while (low < high) {
        const int middle = low + (high - low) / 2;
        int row = middle;
        while (row >= low && eventOfRow(row) == none)
            --row;
        if (row < low) {
            low = middle + 1;
        } else if (eventOfRow(row) <= event) {
            found = row;
            low = middle + 1;
        } else {
            high = row;
        }
    }
    return found;
}

int ComparisonModel::findFirstDifference() const
{
    if (m_comparison == nullptr)
        return -1;
    if (const std::optional<size_t> row = m_comparison->partingRow())
        return *row < m_rows.size() ? static_cast<int>(*row) : -1;
    if (!m_comparison->firstOtherTime())
        return -1;
    const auto late = std::find_if(
        m_rows.begin(), m_rows.end(), [](const RecordingComparison::Row &row) { return row.agreement == Agreement::OtherTime; });
    return late != m_rows.end() ? static_cast<int>(late - m_rows.begin()) : -1;
}

QString ComparisonModel::summary() const
{
    if (m_comparison == nullptr)
        return {};
    const auto count = [this](Agreement agreement) { return m_comparison->count(agreement); };
    QStringList parts;
    if (m_comparison->parting()) {
        const bool areMoments = m_comparison->comparesMoments();
        parts << (areMoments ? tr("The first %L1 moments are the same.") : tr("The first %L1 events are the same."))
                     .arg(m_comparison->equalEvents());
        QStringList counts{tr("%L1 the same").arg(count(Agreement::Same))};
        if (count(Agreement::OtherTime) > 0)
            counts << tr("%L1 at another time").arg(count(Agreement::OtherTime));
        if (m_comparison->movedCount() > 0)
            counts << tr("%L1 in another turn").arg(m_comparison->movedCount());
        if (count(Agreement::OnlyLeft) > 0)
            counts << tr("%L1 only in the first").arg(count(Agreement::OnlyLeft));
        if (count(Agreement::OnlyRight) > 0)
            counts << tr("%L1 only in the second").arg(count(Agreement::OnlyRight));
        parts << tr("Of callbacks, promises and console lines: %1.").arg(counts.join(tr(", ")));
    } else if (const auto late = m_comparison->firstOtherTime()) {
        parts << tr("The same in the same order so far (%L1 events), but at other times from %2 on.")
                     .arg(m_comparison->equalEvents())
                     .arg(formatTime(m_first.reader->event(late->left).time));
    } else {
        parts << (m_comparison->comparesMoments() ? tr("The same so far: %L1 moments that a real Node tells, too.")
                                                  : tr("The same, event by event, so far: %L1 events."))
                     .arg(m_comparison->equalEvents());
    }
    if (m_comparison->isCut())
        parts << tr("Behind the first difference the first %L1 moments are shown.").arg(RecordingComparison::largestAlignment);
    else if (count(Agreement::NotReached) > 0)
        parts << tr("One of them has not come as far as the other.");
    if (!m_comparison->comparesTimes())
        parts << tr("Times are the wall clock's and not compared.");
    return parts.join(QLatin1Char(' '));
}

int ComparisonModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int ComparisonModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

quint32 ComparisonModel::eventOf(int row, int column) const
{
    if (column == Sign)
        return none;
    return isOfSecond(column) ? rowAt(row).right : rowAt(row).left;
}

QString ComparisonModel::textOf(int row, int column) const
{
    const quint32 event = eventOf(row, column);
    if (event == none)
        return {};
    const Side &side = isOfSecond(column) ? m_second : m_first;
    if (column == FirstTime || column == SecondTime)
        return formatTime(side.reader->event(event).time);
    return side.text->what(event).remove(QLatin1Char('`'));
}

QString ComparisonModel::signOf(int row) const
{
    const bool isFirst = row == m_firstDifference;
    if (isFirst && rowAt(row).agreement != Agreement::OtherTime)
        return tr("≠ first difference");
    switch (rowAt(row).agreement) {
    case Agreement::Same:
        return tr("=");
    case Agreement::OtherTime: {
        const auto left = static_cast<qint64>(m_first.reader->event(rowAt(row).left).time);
        const auto right = static_cast<qint64>(m_second.reader->event(rowAt(row).right).time);
        const QString shift = right >= left ? tr("%1 later").arg(formatTime(right - left)) : tr("%1 sooner").arg(formatTime(left - right));
        return isFirst ? QStringLiteral("≠ ") + shift : shift;
    }
    case Agreement::OnlyLeft:
        return rowAt(row).elsewhere == none ? tr("◀ only here") : isElsewhereLater(row) ? tr("◀ sooner here") : tr("◀ later here");
    case Agreement::OnlyRight:
        return rowAt(row).elsewhere == none ? tr("only here ▶") : isElsewhereLater(row) ? tr("sooner here ▶") : tr("later here ▶");
    case Agreement::Parting:
        return tr("≠");
    case Agreement::NotReached:
        return tr("not reached");
    }
    return {};
}

bool ComparisonModel::isElsewhereLater(int row) const
{
    // Where the rows cross: one that moved stands sooner where it comes before the row of the other side.
    const RecordingComparison::Row &here = rowAt(row);
    return here.agreement == Agreement::OnlyLeft ? rowUpTo(true, here.elsewhere) > row : rowUpTo(false, here.elsewhere) > row;
}

QString ComparisonModel::explanationOf(int row) const
{
    switch (rowAt(row).agreement) {
    case Agreement::Same:
        return tr("Both did this, at the same time.");
    case Agreement::OtherTime:
        return tr("Both did this, at different times.");
    case Agreement::OnlyLeft:
        return rowAt(row).elsewhere == none
            ? tr("Only the first run did this.")
            : tr("The second run did this in another turn, at %1.").arg(formatTime(m_second.reader->event(rowAt(row).elsewhere).time));
    case Agreement::OnlyRight:
        return rowAt(row).elsewhere == none
            ? tr("Only the second run did this.")
            : tr("The first run did this in another turn, at %1.").arg(formatTime(m_first.reader->event(rowAt(row).elsewhere).time));
    case Agreement::Parting:
        return tr("Up to here both are the same, event by event. This is where they part.");
    case Agreement::NotReached:
        return tr("The other run has not come this far.");
    }
    return {};
}

QString ComparisonModel::lineOf(int row) const
{
    const auto cell = [&](int time, int what) {
        return eventOf(row, what) == none ? tr("–") : textOf(row, time) + QLatin1Char(' ') + textOf(row, what);
    };
    return QStringLiteral("%1\t%2\t%3").arg(cell(FirstTime, First), signOf(row), cell(SecondTime, Second));
}

QVariant ComparisonModel::hueOf(int row, int column) const
{
    const quint32 event = eventOf(row, column);
    if (event == none)
        return {};
    return static_cast<int>(loopscope::hueOf((isOfSecond(column) ? m_second : m_first).reader->event(event)));
}

bool ComparisonModel::isNow(int row, int column) const
{
    return row == m_nowRow && column != Sign && isOfSecond(column) == m_cursorIsOfSecond && m_cursor > 0
        && eventOf(row, column) == m_cursor - 1;
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int row = index.row();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return column == Sign ? signOf(row) : textOf(row, column);
    case Qt::ToolTipRole:
        return column == Sign ? explanationOf(row) : textOf(row, column);
    case Qt::AccessibleTextRole:
        return lineOf(row);
    case AgreementRole:
        return static_cast<int>(rowAt(row).agreement);
    case EventRole:
        return eventOf(row, column) == none ? QVariant() : QVariant(eventOf(row, column));
    case PlaceRole: {
        const quint32 event = eventOf(row, column);
        return event == none ? QString() : (isOfSecond(column) ? m_second : m_first).text->where(event);
    }
    case HueRole:
        return hueOf(row, column);
    case IsFirstDifferenceRole:
        return row == m_firstDifference;
    case IsNowRole:
        return isNow(row, column);
    case LineRole:
        return lineOf(row);
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == FirstTime || section == SecondTime ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case First:
        return QString(m_first.name).remove(QLatin1Char('`'));
    case Second:
        return QString(m_second.name).remove(QLatin1Char('`'));
    case FirstTime:
    case SecondTime:
        return tr("Time");
    default:
        return QString();
    }
}

} // namespace loopscope
