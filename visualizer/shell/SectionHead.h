// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QToolButton;

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
    /// Puts a small control at the right end; it belongs to the head.
    void addControl(QWidget *control);
    /// Puts a row of controls between title and note, so that they cost the view no line of its own; it belongs to the head.
    void addBar(QWidget *bar);

    /// A word in a pill, with a command beside it that mends what it says. Hidden until showBadge().
    void setBadge(const QString &word, const QString &explanation, QAction &wayOn);
    void showBadge(bool isShown);
    bool showsBadge() const;

private:
    void applyTheme();

    QLabel *m_title;
    QLabel *m_note;
    QLabel *m_badge = nullptr;
    QToolButton *m_wayOn = nullptr;
};

} // namespace loopscope
