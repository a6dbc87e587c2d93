// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "SavedLayout.h"

#include <QObject>
#include <QRect>

#include <functional>

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
    /// Gives the docks their places for the window's size, now and afterwards, where that is not as above. Empty: as above.
    void setArrangement(const std::function<void()> &arrange) { m_arrangement = arrange; }
    void setOn(bool isOn);
    /// How it was before; null if it is off.
    const SavedLayout *layoutBefore() const { return m_isOn ? &m_layout : nullptr; }

Q_SIGNALS:
    void changed(bool isOn);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void enter();
    void leave();
    void arrange();
    void putBack();

    QMainWindow &m_window;
    WorkspaceDocks &m_docks;
    std::function<void()> m_arrangement;
    bool m_isOn = false;
    SavedLayout m_layout;
    QRect m_place; ///< of the window before
    Qt::WindowStates m_state; ///< before
    int m_zoom = 100; ///< before
    int m_presenterZoom = 0; ///< 0: not chosen yet
};

} // namespace loopscope
