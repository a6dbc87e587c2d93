// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace loopscope {

/// The head of a view: its name in small capitals on the left, one fact on the right. Also the title bar of docks.
class SectionHead : public QWidget
{
    Q_OBJECT
public:
    explicit SectionHead(const QString &title, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setNote(const QString &note);
    QString note() const;

private:
    void applyTheme();

    QLabel *m_title;
    QLabel *m_note;
};

} // namespace loopscope
