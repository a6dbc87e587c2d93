// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/CallNames.h"
#include "profile/ProfilePage.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>

class QLabel;
class QSplitter;
class QStackedWidget;
class QTabBar;
class QTextBrowser;
class QTreeView;

namespace loopscope {

class AsyncTreeModel;
class ComparisonPage;
class CostPage;
class FlamePage;
class LoopFigures;
class ProfileBar;
class ProfileTable;
class RunPair;
class RunSession;
class SectionHead;
class SourceCostPage;

/// The Profile workspace: what a recording, live or reopened, says about who held the loop, who waited for it, and where time went.
///
/// The recording is taken in in portions, and only while the workspace is seen; reports are made anew when a portion of a live run is in,
/// at most a few times a second. GUI thread only.
class ProfileView : public QWidget
{
    Q_OBJECT
public:
    enum class Page : quint8 { Flame, CallTree, Callers, Functions, Source, Awaits, Async, Kinds, Loop, Comparison, Cost };

    /// Both must outlive this; `session` is the one that the pair shows.
    ProfileView(RunSession &session, RunPair &pair, QWidget *parent = nullptr);
    ~ProfileView() override;

    ProfileBar &bar() const { return *m_bar; }
    FlamePage &flame() const { return *m_flame; }
    ProfileTable &blockers() const { return *m_blockers; }
    ProfileTable &functions() const { return *m_functions; }
    LoopFigures &loop() const { return *m_loop; }
    ComparisonPage &comparison() const { return *m_comparison; }
    CostPage &cost() const { return *m_cost; }
    SourceCostPage &source() const { return *m_source; }
    QTreeView &asyncTree() const { return *m_asyncTree; }
    QLabel &verdict() const { return *m_verdict; }
    QTextBrowser &details() const { return *m_details; }
    void showPage(Page page);
    /// Of the command line, never translated.
    static QStringList pageNames();
    static std::optional<Page> pageNamed(const QString &name);
    static QStringList chartNames();
    /// Of the recording's loops: 0 is the main script's.
    void setLoop(quint16 loop);
    /// Those that the keyboard goes to, in order.
    QList<QWidget *> views() const;
    /// What can be written as a picture. reveal() shows it first: what is not seen has no size of its own.
    struct Picture
    {
        QString key; ///< for the command line, never translated
        QString title;
        QWidget *view = nullptr;
        std::function<void()> reveal;
    };
    QList<Picture> pictures() const;
    /// True while it does not show all of the recording.
    bool isBehind() const;

Q_SIGNALS:
    /// The person wants to see this event's moment.
    void eventChosen(quint64 event);
    /// The person wants to see this place in the source.
    void siteActivated(SiteId site);
    /// The same, of a file the run read.
    void lineActivated(const QString &path, int line);
    /// The person wants to take this lesson of the course (the name of its folder).
    void lessonChosen(const QString &name);
    /// The person wants this as a file.
    void pictureWanted(const loopscope::ProfileView::Picture &picture);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeReports();
    QWidget *makePages();
    QTreeView *makeTree(CostTreeModel &model, const QString &name);
    QTreeView *makeCallTree(CallTreeModel &model, const QString &name);
    QTreeView *makeAsyncTree();
    ProfileTable *makeTable(const QString &name, ProfileRows &rows);
    void addPage(const QString &title, QWidget *page);
    void connectComparison(RunPair &pair);
    /// Offers each picture in its view's context menu.
    void offerPictures();
    void sessionReplaced();
    /// Begins anew, with a loop of the session.
    void profileLoop(quint16 loop);
    void listLoops();
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
    QLabel *m_nothingHeld; ///< in place of the table of what held the loop
    QWidget *m_reports = nullptr; ///< what held the loop, and its details
    SectionHead *m_blockersHead = nullptr;
    ProfileTable *m_blockers = nullptr;
    QTextBrowser *m_details = nullptr;
    QTabBar *m_tabs = nullptr;
    QStackedWidget *m_pages = nullptr;
    FlamePage *m_flame = nullptr;
    CallTreeModel *m_callees;
    CallTreeModel *m_callers;
    AsyncTreeModel *m_async;
    ProfileTable *m_functions = nullptr;
    SourceCostPage *m_source = nullptr;
    ProfileTable *m_awaits = nullptr;
    QTreeView *m_asyncTree = nullptr;
    ProfileTable *m_kinds = nullptr;
    ProfileTable *m_phases = nullptr;
    LoopFigures *m_loop = nullptr;
    ComparisonPage *m_comparison = nullptr;
    CostPage *m_cost = nullptr;
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
    bool m_hadPair = false;
    qint64 m_reportTime = 0; ///< ms that making the reports took last
    QElapsedTimer m_sinceReport;
    QTimer m_timer;
};

} // namespace loopscope
