// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "KeySheet.h"

#include <QDialog>

class QLabel;

namespace loopscope {

/// Every key of the window on one page: those of the menus, by menu, and those of the views.
class KeysDialog : public QDialog
{
    Q_OBJECT
public:
    explicit KeysDialog(const QMenuBar &menus, QWidget *parent = nullptr);

private:
    // Widgets without a parent yet.
    QList<QWidget *> makeSections() const;
    static QWidget *makeSection(const KeySheet::Section &shown);
    /// The sections in as many columns as the width leaves room for.
    static QWidget *makePage(const QList<QWidget *> &sections, int width);
    /// In their order, columns about equally high.
    static QList<QList<QWidget *>> inColumns(const QList<QWidget *> &sections, int count);
    void saveAsPdf();

    const QList<KeySheet::Section> m_sections;
    QLabel *m_said; ///< where it was saved, or why not
};

} // namespace loopscope
