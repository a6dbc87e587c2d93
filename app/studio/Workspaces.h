// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <array>

class QMainWindow;
class QWidget;

namespace loopscope {

/// Which of the window's workspaces is seen. Servers and Profile lie over the docks of Step, which keep their places and sizes below
/// (hidden and shown again they would not), and are disabled meanwhile, so that keys do not get there.
class Workspaces : public QObject
{
    Q_OBJECT
public:
    enum class Workspace : quint8 { Step, Servers, Profile };

    /// The pages become children of the window. After the window has got its bar, docks and status line.
    Workspaces(QMainWindow &window, QWidget &servers, QWidget &profile);

    Workspace current() const { return m_current; }
    void setCurrent(Workspace workspace);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// Of the workspace that is seen; null for Step.
    QWidget *page() const;
    void place();
    void setStepEnabled(bool isEnabled);

    QMainWindow &m_window;
    std::array<QWidget *, 3> m_pages; ///< by Workspace
    Workspace m_current = Workspace::Step;
    QPointer<QWidget> m_hadKeyboard;
};

} // namespace loopscope
