// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace loopscope {

/// The ordered list of events; the row of the moment is selected. Click, arrow keys and Enter move there.
class EventListView : public QTableView
{
    Q_OBJECT
public:
    explicit EventListView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    /// Selects and shows a row without saying that it was chosen; -1 selects none.
    void showRow(int row);

Q_SIGNALS:
    void rowChosen(int row);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();

    bool m_isShowing = false;
};

} // namespace loopscope
