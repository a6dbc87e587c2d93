// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/FigureTable.h"

#include <QTableView>

#include <functional>
#include <optional>

namespace loopscope {

/// A table of figures that is sorted by its heads (S sorts by the current column), copied with Ctrl+C, and whose rows can be opened by a
/// double click or Enter.
class ProfileTable : public QTableView
{
    Q_OBJECT
public:
    explicit ProfileTable(const QString &name, QWidget *parent = nullptr);

    /// A table with the same columns keeps the order that a person chose, and the current row's number.
    void setTable(FigureTable table);
    const FigureTable &table() const { return m_model->table(); }
    /// The table's own row that is current.
    std::optional<std::size_t> currentRow() const;
    void setCurrentRow(std::size_t row);

Q_SIGNALS:
    void currentRowChanged();
    void rowActivated(std::size_t row);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    int sizeHintForColumn(int column) const override;

private:
    void copy() const;
    void sortByCurrent();
    void applyTheme();

    FigureTableModel *m_model;
    FigureSortModel *m_sorted;
    bool m_isFilling = false;
};

} // namespace loopscope
