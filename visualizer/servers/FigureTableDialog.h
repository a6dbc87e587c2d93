// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/FigureTable.h"

#include <QDialog>

#include <functional>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace loopscope {

/// A table of figures in a window of its own, beside the one it belongs to: sorted by a click on the head of a column or, of the current
/// cell, by the key S; Ctrl+C copies the chosen rows, or all, as other programs paste them.
class FigureTableDialog : public QDialog
{
    Q_OBJECT
public:
    using Source = std::function<FigureTable()>;

    /// Opens it over the window of `owner`. `source` is asked again when a person wants the figures as they are by then, while `owner`
    /// is there. The dialog deletes itself when it is closed.
    static FigureTableDialog *open(QWidget &owner, Source source);

    QTableView &view() const { return *m_view; }
    /// What Copy copies: a line a row with tabs between cells, the columns' names first.
    QString copiedText() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    FigureTableDialog(QWidget &owner, Source source);

    void refresh();
    void copy();
    void sortByCurrent();

    Source m_source;
    FigureTableModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_view;
    QLabel *m_said;
    QPushButton *m_refresh;
};

} // namespace loopscope
