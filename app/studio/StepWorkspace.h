// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loopview/LoopContents.h"

#include <QObject>

#include <optional>
#include <vector>

class QMenu;
class QToolButton;
class QWidget;

namespace loopscope {

class ConsoleModel;
class ConsoleView;
class EventListModel;
class EventPane;
class LoopView;
class RunSession;
class SectionHead;
class SourcePane;
class StepView;
class Stepper;
class TimelineView;
class WhyPanel;
struct LoopState;

/// The views of the Step workspace, kept in step with the cursor: whatever moves the cursor, all of them show the same moment. The window
/// puts them into docks.
class StepWorkspace : public QObject
{
    Q_OBJECT
public:
    StepWorkspace(RunSession &session, Stepper &stepper, SourcePane &source, QObject *parent = nullptr);

    // Owned by the window's layout once they are put into it.
    QWidget *loopPane() const { return m_loopPane; }
    ConsoleView *consoleView() const { return m_consoleView; }
    TimelineView *timelineView() const { return m_timelineView; }
    LoopView *loopView() const { return m_loopView; }
    EventPane *eventPane() const { return m_eventPane; }
    WhyPanel *whyPanel() const { return m_why; }
    ConsoleModel *consoleModel() const { return m_consoleModel; }
    EventListModel *eventModel() const { return m_eventModel; }

    /// Lets a view follow the cursor from now on, and obeys what it asks for. The view belongs to the window's layout.
    void follow(StepView *view);

    // The heads are docks' title bars; their notes belong to the views.
    void setHeads(SectionHead *source, SectionHead *console, SectionHead *events);
    /// The text was changed since it ran, so lines may be off.
    void setEdited(bool isEdited);
    bool isEdited() const { return m_isEdited; }

    /// Whether jobs of Node's own are listed and stepped through, as those are by which it loads modules; folded at first.
    void setShowsNodesWork(bool shows);

    /// The state of the main script's loop at the cursor; null while there is no recording.
    const LoopState *state() const;
    /// The same of the loop that is shown.
    const LoopState *shownState() const;
    /// Shows one loop (Event::loop()) whatever happens, or, without a number, the one in which the event of the moment happened.
    void showLoop(std::optional<quint16> loop);
    std::optional<quint16> chosenLoop() const { return m_chosenLoop; }
    /// To the next choice: what runs, the main script's loop, each other.
    void showNextLoop();
    /// Entries for all choices.
    void fillLoops(QMenu &menu);
    /// The task, request or promise that was selected in some view; 0: none.
    SubjectId selectedItem() const { return m_item; }
    /// Shows this place in the source.
    void showSite(SiteId site);

Q_SIGNALS:
    /// A place was asked for in a file whose text the recording does not hold.
    void textMissing(const QString &path, int line);
    void editedChanged(bool isEdited);
    /// All views show the cursor's moment.
    void refreshed();
    /// selectedItem() is another.
    void itemChanged();

private:
    QWidget *makeLoopPane();
    void sessionReplaced();
    void sessionGrew();
    /// Lets the views have what the session has.
    void takeIn();
    void refresh(bool byStep);
    void refreshLoop(const LoopState &state, bool byStep);
    /// Marks the current line; `follows`: brings its file to the front.
    void refreshSource(bool follows);
    void refreshWhy(const LoopState &now);
    void refreshHeads();
    void refreshLoopButton();
    quint16 shownLoop() const;
    void showEmpty();
    void selectItem(SubjectId item);

    RunSession &m_session;
    Stepper &m_stepper;
    SourcePane &m_source;
    LoopView *m_loopView;
    SectionHead *m_loopHead;
    QToolButton *m_loopButton; ///< which loop is shown; only where there are several
    QWidget *m_loopPane;
    ConsoleModel *m_consoleModel;
    ConsoleView *m_consoleView;
    EventListModel *m_eventModel;
    EventPane *m_eventPane;
    WhyPanel *m_why;
    TimelineView *m_timelineView;
    std::vector<StepView *> m_followers; ///< the views that need to know the moment only
    SectionHead *m_sourceHead = nullptr;
    SectionHead *m_consoleHead = nullptr;
    SectionHead *m_eventsHead = nullptr;
    LoopContents m_contents;
    std::optional<quint16> m_chosenLoop;
    quint16 m_lastLoop = 0; ///< that m_contents are of
    QString m_elsewhere; ///< "util.js:3" while another file runs than the one shown
    QString m_lastPath; ///< the file that ran at the cursor's last place
    SubjectId m_item = 0; ///< the chip that was asked about
    bool m_isEdited = false;
    bool m_hasText = false;
};

} // namespace loopscope
