// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenuBar;
class QToolButton;

namespace loopscope {

class PaceButton;
class StudioActions;

/// The one bar on top: file, menus, steps, run and pace, the clock at the cursor and what kind of truth it shows.
class TopBar : public QWidget
{
    Q_OBJECT
public:
    explicit TopBar(const StudioActions &actions, QWidget *parent = nullptr);

    QMenuBar *menuBar() const { return m_menuBar; }

    void setFileName(const QString &name, bool isModified, const QString &toolTip);
    void setClock(const QString &text);
    /// "simulated", "real": of what is shown, or of the next run.
    void setTruth(const QString &word, const QString &explanation);
    /// Pause stands where Run stood while something runs.
    void setRunning(bool isRunning);
    PaceButton &pace() const { return *m_pace; }
    /// Where a panel that changes how the script is run belongs: its right upper corner, on the screen.
    QPoint cornerOfTruth() const;
    /// The commands of another workspace, which stand where Step's do while it is shown.
    void addWorkspaceBar(QWidget &bar);
    /// Null: Step's.
    void showWorkspaceBar(QWidget *bar);
    /// Says how presenter mode is left.
    void setPresenting(bool isPresenting);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *button(QAction *action, const char *segment);
    void addWorkspaces(const StudioActions &actions, QHBoxLayout *layout);
    void addSteps(const StudioActions &actions, QHBoxLayout *layout);
    void applyTheme();
    void applyMainIcon();
    void fit();
    void fitWorkspaceBar();
    int roomOf(const QWidget &part) const;
    int neededWidth() const;

    QList<QToolButton *> m_withIcons; ///< filled while the others are made, so it comes first
    QLabel *m_fileName;
    QMenuBar *m_menuBar;
    QLabel *m_presenting;
    QToolButton *m_back;
    QToolButton *m_run;
    QToolButton *m_pause;
    QToolButton *m_stop;
    PaceButton *m_pace;
    QLabel *m_clock;
    QToolButton *m_truth; ///< also the way to how the script is run
    QToolButton *m_main = nullptr; ///< the step that is meant most often
    QList<QToolButton *> m_wordsLeave; ///< in this order, when room gets scarce
    QList<QWidget *> m_optional; ///< hidden in a narrow window, least needed first
    QList<QToolButton *> m_workspaces;
    QWidget *m_shownBar = nullptr; ///< of another workspace; null: Step's commands are shown
    bool m_isRunning = false;
    bool m_isFitting = false;
};

} // namespace loopscope
