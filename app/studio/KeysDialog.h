// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QGridLayout;
class QMenuBar;

namespace loopscope {

/// Every key of the window on one page: those of the menus, by menu, and those of the views.
class KeysDialog : public QDialog
{
    Q_OBJECT
public:
    explicit KeysDialog(const QMenuBar &menus, QWidget *parent = nullptr);

private:
    struct Row
    {
        QString key;
        QString text;
    };
    static void addSection(QGridLayout &grid, const QString &title, const QList<Row> &rows);
    static QList<Row> viewRows();
    /// What the colours and signs of all views mean.
    static void addKinds(QGridLayout &grid);
    static QList<Row> timelineRows();
};

} // namespace loopscope
