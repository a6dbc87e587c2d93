// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QRect>
#include <QTimer>

class QMainWindow;

namespace loopscope {

class WorkspaceDocks;

/// The window for an audience: only loop view, source and why, in larger text, on the full screen. Leaving it puts back what was there:
/// docks, sizes, zoom and the window's own state. The zoom that was chosen while presenting is kept for the next time.
class PresenterMode : public QObject
{
    Q_OBJECT
public:
    PresenterMode(QMainWindow &window, WorkspaceDocks &docks);

    bool isOn() const { return m_isOn; }
    void setOn(bool isOn);

Q_SIGNALS:
    void changed(bool isOn);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void enter();
    void leave();
    void restoreSoon();
    void restoreAgain();
    /// Allows the docks the sizes they had before, and no others; or all again.
    void pin(bool isPinned);
    /// Of all docks; empty for hidden ones.
    QList<QRect> places() const;
    void arrange();

    QMainWindow &m_window;
    WorkspaceDocks &m_docks;
    bool m_isOn = false;
    QByteArray m_layout;
    QList<QRect> m_places; ///< of the docks before
    QTimer m_again;
    int m_triesLeft = 0;
    bool m_isPinned = false;
    QRect m_place; ///< of the window before
    Qt::WindowStates m_state; ///< before
    int m_zoom = 100; ///< before
    int m_presenterZoom = 0; ///< 0: not chosen yet
};

} // namespace loopscope
