// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QRect>
#include <QString>

class QWidget;

namespace loopscope {

class MainWindow;
class WorkspaceDocks;

/// Points at a place of the window by a frame around it: a phase or a queue of the loop view, or a view. It lets the mouse through.
class LessonPointer : public QObject
{
    Q_OBJECT
public:
    LessonPointer(MainWindow &window, WorkspaceDocks &docks);

    /// As in lesson.json: a phase, `stack`, `ticks`, `microtasks`, `pool`, or a view. Empty: at nothing.
    void pointAt(const QString &place);
    QString place() const { return m_place; }
    /// The frame in the window; empty if nothing is pointed at.
    QRect rect() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *viewOf(const QString &place) const;
    QRect rectOf(const QString &place) const;
    void lay();

    MainWindow &m_window;
    WorkspaceDocks &m_docks;
    QString m_place;
    QPointer<QWidget> m_frame;
};

} // namespace loopscope
