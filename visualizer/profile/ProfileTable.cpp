// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ProfileTable.h"

#include "theme/Theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QScopedValueRollback>

#include <algorithm>

namespace loopscope {

namespace {

constexpr double kRowHeight = 22; ///< of the 8 px grid
constexpr double kWidest = 240; ///< that a column takes by itself

} // namespace

ProfileTable::ProfileTable(const QString &name, QWidget *parent)
    : QTableView(parent)
    , m_model(new FigureTableModel(this))
    , m_sorted(new FigureSortModel(this))
{
    m_sorted->setSourceModel(m_model);
    setModel(m_sorted);
    setAccessibleName(name);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::DescendingOrder); // as the source has them, until a person sorts
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setShowGrid(false);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    // A number at the far end of a stretched column is not seen to belong to its row.
    horizontalHeader()->setStretchLastSection(false);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        if (!m_isFilling)
            Q_EMIT currentRowChanged();
    });
    connect(this, &QAbstractItemView::doubleClicked, this,
        [this](const QModelIndex &index) { Q_EMIT rowActivated(static_cast<std::size_t>(m_sorted->mapToSource(index).row())); });
    connect(&Theme::current(), &Theme::changed, this, &ProfileTable::applyTheme);
    applyTheme();
}

void ProfileTable::applyTheme()
{
    setFont(Theme::current().font(Theme::TextRole::Words));
    verticalHeader()->setDefaultSectionSize(qRound(Theme::current().scaled(kRowHeight)));
    resizeColumnsToContents();
}

int ProfileTable::sizeHintForColumn(int column) const
{
    return std::min(QTableView::sizeHintForColumn(column) + 6, qRound(Theme::current().scaled(kWidest)));
}

void ProfileTable::setTable(FigureTable table)
{
    const bool isNew = table.columns != m_model->table().columns;
    const std::optional<std::size_t> current = currentRow();
    {
        const QScopedValueRollback<bool> filling(m_isFilling, true);
        m_model->setTable(std::move(table));
        if (isNew)
            sortByColumn(-1, Qt::DescendingOrder);
        if (m_model->rowCount() > 0)
            setCurrentRow(std::min(current.value_or(0), static_cast<std::size_t>(m_model->rowCount() - 1)));
    }
    resizeColumnsToContents();
    Q_EMIT currentRowChanged();
}

std::optional<std::size_t> ProfileTable::currentRow() const
{
    const QModelIndex index = m_sorted->mapToSource(currentIndex());
    return index.isValid() ? std::optional(static_cast<std::size_t>(index.row())) : std::nullopt;
}

void ProfileTable::setCurrentRow(std::size_t row)
{
    const int column = std::max(0, currentIndex().column());
    setCurrentIndex(m_sorted->mapFromSource(m_model->index(static_cast<int>(row), column)));
}

void ProfileTable::copy() const
{
    QStringList lines{table().columns.join(u'\t')};
    for (int row = 0; row < m_sorted->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_sorted->columnCount(); ++column)
            cells << FigureTableModel::plainText(m_sorted->index(row, column).data(FigureTableModel::SortRole));
        lines << cells.join(u'\t');
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
}

void ProfileTable::sortByCurrent()
{
    const int column = std::max(0, currentIndex().column());
    // The greatest first, and the other way round the second time.
    const bool isSecond =
        horizontalHeader()->sortIndicatorSection() == column && horizontalHeader()->sortIndicatorOrder() == Qt::DescendingOrder;
    sortByColumn(column, isSecond ? Qt::AscendingOrder : Qt::DescendingOrder);
    scrollTo(currentIndex());
}

void ProfileTable::keyPressEvent(QKeyEvent *event)
{
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (isEnter && currentRow())
        Q_EMIT rowActivated(*currentRow());
    else if (event->key() == Qt::Key_S && event->modifiers() == Qt::NoModifier)
        sortByCurrent();
    else
        QTableView::keyPressEvent(event);
}

} // namespace loopscope
