// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

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
    // Widgets without a parent yet.
    static QList<QWidget *> makeSections(const QMenuBar &menus);
    static QWidget *makeSection(const QString &title, const QList<Row> &rows);
    /// What the colours and signs of all views mean.
    static QWidget *makeKinds();
    /// The sections in as many columns as the width leaves room for.
    static QWidget *makePage(const QList<QWidget *> &sections, int width);
    /// In their order, columns about equally high.
    static QList<QList<QWidget *>> inColumns(const QList<QWidget *> &sections, int count);
    static QList<Row> viewRows();
    static QList<Row> timelineRows();
};

} // namespace loopscope
