// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace loopscope {

class ComparisonModel;

/// The rows of a comparison. Click, arrow keys and Enter choose a row (rows that come and go choose none); Ctrl+C copies it. What one run
/// has nothing beside is hatched on the other's side.
class ComparisonTable : public QTableView
{
    Q_OBJECT
public:
    explicit ComparisonTable(QWidget *parent = nullptr);

    void setComparison(ComparisonModel *model);
    /// Brings a row into sight and puts the keys there, without choosing it.
    void showRow(int row);

Q_SIGNALS:
    void rowChosen(int row);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyTheme();
};

} // namespace loopscope
