// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/CallNames.h"
#include "profile/ProfilePage.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QTextBrowser;
class QTreeView;

namespace loopscope {

class FlamePage;
class LoopFigures;
class ProfileBar;
class ProfileTable;
class RunSession;
class SectionHead;

/// The Profile workspace: what a recording, live or reopened, says about who held the loop, who waited for it, and where time went.
///
/// The recording is taken in in portions, and only while the workspace is seen; reports are made anew when a portion of a live run is in,
/// at most a few times a second. GUI thread only.
class ProfileView : public QWidget
{
    Q_OBJECT
public:
    enum class Page : quint8 { Flame, CallTree, Callers, Functions, Awaits, Kinds, Loop };

    /// `session` must outlive this.
    explicit ProfileView(RunSession &session, QWidget *parent = nullptr);
    ~ProfileView() override;

    ProfileBar &bar() const { return *m_bar; }
    FlamePage &flame() const { return *m_flame; }
    ProfileTable &blockers() const { return *m_blockers; }
    ProfileTable &functions() const { return *m_functions; }
    LoopFigures &loop() const { return *m_loop; }
    QLabel &verdict() const { return *m_verdict; }
    QTextBrowser &details() const { return *m_details; }
    void showPage(Page page);
    /// Those that the keyboard goes to, in order.
    QList<QWidget *> views() const;
    /// What can be written as pictures, with their titles.
    QList<std::pair<QString, QWidget *>> pictures() const;
    /// True while it does not show all of the recording.
    bool isBehind() const;

Q_SIGNALS:
    /// The person wants to see this event's moment.
    void eventChosen(quint64 event);
    /// The person wants to see this place in the source.
    void siteActivated(SiteId site);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeReports();
    QWidget *makePages();
    QTreeView *makeTree(CallTreeModel &model, const QString &name);
    ProfileTable *makeTable(const QString &name, ProfileRows &rows);
    void addPage(const QString &title, QWidget *page);
    void sessionReplaced();
    void wake();
    /// Takes in a portion.
    void work();
    void makeReport();
    void makeTrees();
    void showReport();
    void showDetails();
    void showFrame();
    void open(const ProfileTarget &target);
    void applyTheme();

    RunSession &m_session;
    ProfileBar *m_bar;
    QLabel *m_empty;
    QWidget *m_contents;
    QLabel *m_verdict;
    SectionHead *m_blockersHead = nullptr;
    ProfileTable *m_blockers = nullptr;
    QTextBrowser *m_details = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    FlamePage *m_flame = nullptr;
    CallTreeModel *m_callees;
    CallTreeModel *m_callers;
    ProfileTable *m_functions = nullptr;
    ProfileTable *m_awaits = nullptr;
    ProfileTable *m_kinds = nullptr;
    ProfileTable *m_phases = nullptr;
    LoopFigures *m_loop = nullptr;
    QLabel *m_frame = nullptr; ///< what the flame graph's current frame is
    ProfileRows m_blockerRows;
    ProfileRows m_functionRows;
    ProfileRows m_awaitRows;
    ProfileRows m_kindRows;
    ProfileRows m_phaseRows;

    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<ProfileText> m_text;
    std::unique_ptr<BlockingReport> m_report;
    std::unique_ptr<Verdict> m_judged;
    bool m_isBehind = false;
    qint64 m_cost = 0; ///< ms that making the reports took last
    QElapsedTimer m_sinceReport;
    QTimer m_timer;
};

} // namespace loopscope
