// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ProfileView.h"

#include "profile/AsyncTreeModel.h"
#include "profile/ComparisonPage.h"
#include "profile/CostPage.h"
#include "profile/FlamePage.h"
#include "profile/LoopFigures.h"
#include "profile/ProfileBar.h"
#include "profile/ProfileTable.h"
#include "profile/QueueChart.h"
#include "profile/SourceCostPage.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "shell/SectionHead.h"
#include "state/RecordingIndex.h"
#include "theme/Theme.h"

#include <QAction>
#include <QChartView>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBrowser>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr quint64 kPortion = 50'000; ///< events that are taken in at once: some ms
constexpr qint64 kReportEvery = 400; ///< ms, of a run that grows
constexpr qint64 kCostFactor = 8; ///< reports take an eighth of the time at most

} // namespace

ProfileView::ProfileView(RunSession &session, RunPair &pair, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_bar(new ProfileBar)
    , m_empty(new QLabel(tr("Nothing is recorded yet. Press F5 to run the script, or open a recording (File menu)."), this))
    , m_contents(new QWidget(this))
    , m_verdict(new QLabel)
    , m_nothingHeld(new QLabel)
    , m_callees(new CallTreeModel(this))
    , m_callers(new CallTreeModel(this))
    , m_async(new AsyncTreeModel(this))
{
    setObjectName(QStringLiteral("profileView"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("labEmpty"));
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::RichText);
    m_verdict->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_verdict->setFocusPolicy(Qt::StrongFocus);
    m_verdict->setAccessibleName(tr("Verdict"));
    connect(m_verdict, &QLabel::linkActivated, this, [this](const QString &link) { open(ProfilePage::targetOf(link)); });
    auto *frame = new QFrame;
    frame->setObjectName(QStringLiteral("labCard"));
    auto *inFrame = new QVBoxLayout(frame);
    inFrame->setContentsMargins(14, 10, 14, 10);
    inFrame->addWidget(m_verdict);
    inFrame->addWidget(m_nothingHeld);
    m_nothingHeld->hide();
    auto *splitter = new QSplitter(Qt::Vertical);
    m_reports = makeReports();
    splitter->addWidget(m_reports);
    m_comparison = new ComparisonPage(pair);
    splitter->addWidget(makePages());
    splitter->setStretchFactor(0, 4);
    splitter->setStretchFactor(1, 6);
    splitter->setChildrenCollapsible(false);
    auto *inside = new QVBoxLayout(m_contents);
    inside->setContentsMargins(12, 12, 12, 8);
    inside->setSpacing(8);
    inside->addWidget(frame);
    inside->addWidget(splitter, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_empty);
    layout->addWidget(m_contents);
    m_contents->hide();

    m_bar->setThreshold(BlockingReport::usualThreshold);
    connect(m_bar, &ProfileBar::searchChanged, m_flame, &FlamePage::setSearch);
    connect(m_bar, &ProfileBar::loopChosen, this, &ProfileView::setLoop);
    connect(m_bar, &ProfileBar::thresholdChanged, this, [this] {
        m_comparison->setThreshold(m_bar->threshold());
        if (m_profile != nullptr && m_report != nullptr)
            makeReport();
    });
    connectComparison(pair);
    offerPictures();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ProfileView::work);
    connect(&m_session, &RunSession::replaced, this, &ProfileView::sessionReplaced);
    connect(&m_session, &RunSession::grew, this, &ProfileView::wake);
    connect(&Theme::current(), &Theme::changed, this, &ProfileView::applyTheme);
    applyTheme();
}

ProfileView::~ProfileView() = default;

void ProfileView::connectComparison(RunPair &pair)
{
    connect(m_bar, &ProfileBar::searchChanged, m_comparison, &ComparisonPage::setSearch);
    connect(m_comparison, &ComparisonPage::siteActivated, this, &ProfileView::siteActivated);
    connect(m_comparison, &ComparisonPage::eventChosen, this, &ProfileView::eventChosen);
    connect(m_comparison, &ComparisonPage::currentChanged, this, &ProfileView::showFrame);
    connect(&pair, &RunPair::changed, this, [this, &pair] {
        if (pair.isOpen() && !std::exchange(m_hadPair, pair.isOpen()) && isVisible())
            showPage(Page::Comparison);
        m_hadPair = pair.isOpen();
    });
}

QWidget *ProfileView::makeReports()
{
    m_blockersHead = new SectionHead(tr("What held the loop"));
    m_blockers = makeTable(tr("What held the loop"), m_blockerRows);
    m_details = new QTextBrowser;
    m_details->setObjectName(QStringLiteral("whyPanel"));
    m_details->setOpenLinks(false);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setAccessibleName(tr("Details of what held the loop"));
    connect(m_details, &QTextBrowser::anchorClicked, this, [this](const QUrl &link) { open(ProfilePage::targetOf(link.toString())); });
    connect(m_blockers, &ProfileTable::currentRowChanged, this, &ProfileView::showDetails);
    auto *left = new QWidget;
    auto *inLeft = new QVBoxLayout(left);
    inLeft->setContentsMargins(0, 0, 0, 0);
    inLeft->setSpacing(0);
    inLeft->addWidget(m_blockersHead);
    inLeft->addWidget(m_blockers, 1);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->addWidget(left);
    splitter->addWidget(m_details);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

QWidget *ProfileView::makePages()
{
    auto *pages = new QWidget;
    m_tabs = new QTabBar;
    m_tabs->setObjectName(QStringLiteral("sourceTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setAccessibleName(tr("Reports"));
    m_pages = new QStackedWidget;
    m_flame = new FlamePage;
    connect(m_flame, &FlamePage::siteActivated, this, &ProfileView::siteActivated);
    addPage(tr("Flame graph"), m_flame);
    addPage(tr("Call tree"), makeCallTree(*m_callees, tr("Call tree, callers above callees")));
    addPage(tr("Callers"), makeCallTree(*m_callers, tr("Call tree, callees above callers")));
    m_functions = makeTable(tr("Functions"), m_functionRows);
    addPage(tr("Functions"), m_functions);
    m_source = new SourceCostPage;
    connect(m_source, &SourceCostPage::lineActivated, this, &ProfileView::lineActivated);
    addPage(tr("Source"), m_source);
    m_awaits = makeTable(tr("Awaits"), m_awaitRows);
    addPage(tr("Awaits"), m_awaits);
    addPage(tr("Who started what"), makeAsyncTree());
    auto *kinds = new QSplitter(Qt::Horizontal);
    m_kinds = makeTable(tr("Callbacks by kind"), m_kindRows);
    m_phases = makeTable(tr("Time per phase"), m_phaseRows);
    kinds->addWidget(m_kinds);
    kinds->addWidget(m_phases);
    kinds->setChildrenCollapsible(false);
    addPage(tr("Callbacks and phases"), kinds);
    m_loop = new LoopFigures;
    addPage(tr("Loop"), m_loop);
    addPage(tr("Comparison"), m_comparison);
    m_cost = new CostPage;
    addPage(tr("Recording's cost"), m_cost);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_tabs, &QTabBar::currentChanged, this, &ProfileView::showFrame);
    connect(m_flame, &FlamePage::currentChanged, this, &ProfileView::showFrame);
    m_frame = new QLabel;
    m_frame->setObjectName(QStringLiteral("labFact"));
    m_frame->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(m_frame, &QLabel::linkActivated, this, [this](const QString &link) { open(ProfilePage::targetOf(link)); });
    auto *layout = new QVBoxLayout(pages);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_tabs);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_frame);
    showFrame();
    return pages;
}

void ProfileView::addPage(const QString &title, QWidget *page)
{
    m_tabs->addTab(title);
    m_pages->addWidget(page);
}

QTreeView *ProfileView::makeTree(CostTreeModel &model, const QString &name)
{
    auto *tree = new QTreeView;
    tree->setModel(&model);
    tree->setAccessibleName(name);
    tree->setUniformRowHeights(true);
    tree->setFrameShape(QFrame::NoFrame);
    tree->header()->setStretchLastSection(true);
    tree->header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    tree->setColumnWidth(0, qRound(Theme::current().scaled(420)));
    return tree;
}

QTreeView *ProfileView::makeCallTree(CallTreeModel &model, const QString &name)
{
    QTreeView *tree = makeTree(model, name);
    connect(tree, &QAbstractItemView::activated, this, [this, &model](const QModelIndex &index) {
        if (const SiteId site = model.siteOf(index))
            Q_EMIT siteActivated(site);
    });
    return tree;
}

QTreeView *ProfileView::makeAsyncTree()
{
    m_asyncTree = makeTree(*m_async, tr("Callbacks below those that started them"));
    m_asyncTree->setToolTip(tr("Callbacks below those that started them. Enter shows the one that began latest after its start"));
    connect(m_asyncTree, &QAbstractItemView::activated, this, [this](const QModelIndex &index) { open(m_async->targetOf(index)); });
    return m_asyncTree;
}

ProfileTable *ProfileView::makeTable(const QString &name, ProfileRows &rows)
{
    auto *table = new ProfileTable(name);
    connect(table, &ProfileTable::rowActivated, this, [this, &rows](std::size_t row) { open(rows.targets.at(row)); });
    return table;
}

void ProfileView::open(const ProfileTarget &target)
{
    if (target.event)
        Q_EMIT eventChosen(*target.event);
    else if (target.site != 0)
        Q_EMIT siteActivated(target.site);
    else if (!target.lesson.isEmpty())
        Q_EMIT lessonChosen(target.lesson);
}

QStringList ProfileView::pageNames()
{
    return {QStringLiteral("flame"), QStringLiteral("tree"), QStringLiteral("callers"), QStringLiteral("functions"),
        QStringLiteral("source"), QStringLiteral("awaits"), QStringLiteral("async"), QStringLiteral("kinds"), QStringLiteral("loop"),
        QStringLiteral("comparison"), QStringLiteral("cost")};
}

QStringList ProfileView::chartNames()
{
    return {QStringLiteral("profile"), QStringLiteral("flame"), QStringLiteral("flame-in-time"), QStringLiteral("difference"),
        QStringLiteral("delay"), QStringLiteral("utilisation"), QStringLiteral("queues")};
}

std::optional<ProfileView::Page> ProfileView::pageNamed(const QString &name)
{
    const qsizetype index = pageNames().indexOf(name);
    return index < 0 ? std::nullopt : std::optional(static_cast<Page>(index));
}

void ProfileView::showPage(Page page) { m_tabs->setCurrentIndex(static_cast<int>(page)); }

QList<QWidget *> ProfileView::views() const
{
    QList<QWidget *> views{m_verdict, m_blockers, m_details};
    for (int i = 0; i < m_pages->count(); ++i) {
        QWidget *page = m_pages->widget(i);
        if (page == m_loop) {
            views << &m_loop->delay().view() << &m_loop->utilisation().view() << &m_loop->queues().view();
        } else if (page == m_comparison) {
            views << m_comparison->views();
        } else if (page == m_cost) {
            views << static_cast<QWidget *>(&m_cost->button());
        } else if (auto *several = qobject_cast<QSplitter *>(page)) {
            for (int part = 0; part < several->count(); ++part)
                views << several->widget(part);
        } else {
            views << page;
        }
    }
    return views;
}

QList<ProfileView::Picture> ProfileView::pictures() const
{
    const auto flame = [this](FlamePage::Order order) {
        return [this, order] {
            m_tabs->setCurrentIndex(static_cast<int>(Page::Flame));
            m_flame->setOrder(order);
        };
    };
    const auto page = [this](Page shown) { return [this, shown] { m_tabs->setCurrentIndex(static_cast<int>(shown)); }; };
    const auto difference = [this] {
        m_tabs->setCurrentIndex(static_cast<int>(Page::Comparison));
        m_comparison->setView(ComparisonPage::View::Flame);
    };
    return {{QStringLiteral("profile"), tr("Profile"), m_contents, [] {}},
        {QStringLiteral("flame"), tr("Flame graph"), m_flame, flame(FlamePage::Order::Merged)},
        {QStringLiteral("flame-in-time"), tr("Flame graph in time"), m_flame, flame(FlamePage::Order::Time)},
        {QStringLiteral("difference"), tr("Comparison"), m_comparison, difference},
        {QStringLiteral("delay"), tr("Delay of the loop"), &m_loop->delay(), page(Page::Loop)},
        {QStringLiteral("utilisation"), tr("Utilisation of the loop"), &m_loop->utilisation(), page(Page::Loop)},
        {QStringLiteral("queues"), tr("Queues of the loop"), &m_loop->queues(), page(Page::Loop)}};
}

void ProfileView::offerPictures()
{
    for (const Picture &picture : pictures()) {
        if (picture.view == m_contents)
            continue;
        // Of the two flame graphs the page offers the one that is seen.
        if (picture.view == m_flame && picture.key != QLatin1String("flame"))
            continue;
        auto *action = new QAction(tr("Save picture…"), picture.view);
        Picture seen = picture;
        seen.reveal = [] {};
        connect(action, &QAction::triggered, this, [this, seen] { Q_EMIT pictureWanted(seen); });
        picture.view->setContextMenuPolicy(Qt::ActionsContextMenu);
        picture.view->addAction(action);
    }
}

void ProfileView::sessionReplaced()
{
    m_timer.stop();
    m_callees->setTree({}, {}); // their names are of the old session
    m_callers->setTree({}, {});
    m_async->clear();
    m_source->clear();
    m_flame->clear();
    m_cost->clear();
    m_bar->setLoops({}, 0);
    m_judged.reset();
    m_report.reset();
    m_text.reset();
    m_profile.reset();
    m_contents->hide();
    m_empty->show();
    if (m_session.reader() == nullptr)
        return;
    m_text = std::make_unique<ProfileText>(*m_session.reader(), *m_session.text());
    profileLoop(0);
}

void ProfileView::profileLoop(quint16 loop)
{
    m_profile = std::make_unique<Profile>(loop);
    m_comparison->setLoop(loop);
    m_flame->setRecording(*m_session.reader(), *m_text, loop);
    listLoops();
    wake();
}

void ProfileView::setLoop(quint16 loop)
{
    if (m_profile != nullptr && m_profile->loop() != loop)
        profileLoop(loop);
}

void ProfileView::listLoops()
{
    QList<std::pair<quint16, QString>> loops{{quint16{0}, m_session.text()->loopName(0)}};
    for (const LoopEntry &entry : m_session.text()->index().loops())
        loops << std::pair(entry.loop, m_session.text()->loopName(entry.loop));
    m_bar->setLoops(loops, m_profile->loop());
}

bool ProfileView::isBehind() const { return m_isBehind || m_flame->isBehind() || m_comparison->isBehind(); }

void ProfileView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    wake();
}

void ProfileView::wake()
{
    if (m_profile == nullptr || m_session.eventCount() <= m_profile->eventCount())
        return;
    m_isBehind = true;
    if (isVisible() && !m_timer.isActive())
        m_timer.start(0);
}

void ProfileView::work()
{
    if (m_profile == nullptr || !isVisible())
        return;
    // What the session has taken in only: names come from its index.
    const quint64 there = m_session.eventCount();
    if (m_profile->eventCount() < there)
        m_profile->update(*m_session.reader(), std::min(kPortion, there - m_profile->eventCount()));
    if (m_profile->eventCount() < there) {
        m_timer.start(0);
        return;
    }
    const qint64 pause = std::max(kReportEvery, m_reportTime * kCostFactor);
    if (m_report != nullptr && !m_session.isCaughtUp() && m_sinceReport.elapsed() < pause) {
        m_timer.start(static_cast<int>(pause - m_sinceReport.elapsed()));
        return;
    }
    m_isBehind = !m_session.isCaughtUp();
    listLoops();
    makeReport();
    makeTrees();
    m_reportTime = m_sinceReport.restart();
}

void ProfileView::makeReport()
{
    m_sinceReport.start();
    m_report = std::make_unique<BlockingReport>(*m_profile, m_bar->threshold());
    m_judged = std::make_unique<Verdict>(*m_profile, *m_report);
    showReport();
}

void ProfileView::showReport()
{
    const ProfileTables tables(*m_profile, *m_text);
    m_contents->setVisible(m_profile->eventCount() > 0);
    m_empty->setVisible(m_profile->eventCount() == 0);
    m_verdict->setText(ProfilePage(*m_text).verdict(*m_judged, *m_profile, *m_report));
    m_blockerRows = tables.blockers(*m_report);
    m_blockersHead->setNote(tr("for %1 or longer, the most harmful first").arg(ProfileText::duration(m_report->threshold())));
    m_blockers->setTable(m_blockerRows.table);
    // An empty table would take the room of the pages below.
    m_reports->setVisible(!m_report->blockers().empty());
    m_nothingHeld->setVisible(m_report->blockers().empty());
    m_nothingHeld->setText(tr("Nothing held the loop for %1 or longer.").arg(ProfileText::duration(m_report->threshold())));
    showDetails();
}

void ProfileView::showDetails()
{
    const std::optional<std::size_t> row = m_blockers->currentRow();
    if (m_report == nullptr || !row || *row >= m_report->blockers().size())
        m_details->clear();
    else
        m_details->setHtml(ProfilePage(*m_text).details(m_report->blockers()[*row]));
}

void ProfileView::showFrame()
{
    const QWidget *page = m_pages->currentWidget();
    const FlameView &flame = page == m_comparison ? m_comparison->flame() : m_flame->shown();
    m_frame->setVisible(page == m_flame || (page == m_comparison && m_comparison->showsFlame()));
    if (!flame.current()) {
        m_frame->setText(
            tr("A click or an arrow key chooses a frame, which is told of here; the wheel zooms, Esc shows all. F1 lists the keys."));
        return;
    }
    QString facts = flame.accessibleDescription().toHtmlEscaped().replace(QLatin1Char('\n'), QStringLiteral(" · "));
    if (const SiteId site = flame.currentSite())
        facts += QStringLiteral(" · <a href=\"site:%1\" style=\"color:%2\">%3</a>")
                     .arg(site)
                     .arg(Theme::current().palette().link.name(), tr("Go to the source (Space)"));
    if (const std::optional<quint64> event = page == m_flame ? m_flame->currentEvent() : std::nullopt)
        facts += QStringLiteral(" · <a href=\"event:%1\" style=\"color:%2\">%3</a>")
                     .arg(*event)
                     .arg(Theme::current().palette().link.name(), tr("Go to the moment"));
    m_frame->setText(facts);
}

void ProfileView::makeTrees()
{
    const auto names = std::make_shared<const CallNames>(m_profile->callTree().nodes(), *m_text);
    const auto callers = std::make_shared<const CallNames>(m_profile->callTree().inverted().nodes(), *m_text);
    m_flame->setTree(names, m_profile->eventCount());
    for (const auto &[model, its] : {std::pair(m_callees, names), std::pair(m_callers, callers)})
        model->setTree(its->rows(), CallNames::texts(its));
    m_async->setTree(m_profile->asyncTree(), *m_text);
    m_asyncTree->expandToDepth(1);
    m_source->setCosts(sourceCosts(*m_profile, *m_session.reader()));
    const ProfileTables tables(*m_profile, *m_text);
    m_functionRows = tables.functions();
    m_functions->setTable(m_functionRows.table);
    m_awaitRows = tables.awaits();
    m_awaits->setTable(m_awaitRows.table);
    m_kindRows = tables.taskKinds();
    m_kinds->setTable(m_kindRows.table);
    m_phaseRows = tables.phases();
    m_phases->setTable(m_phaseRows.table);
    m_loop->setProfile(*m_profile, *m_report);
}

void ProfileView::applyTheme()
{
    const Theme &theme = Theme::current();
    m_verdict->setFont(theme.font(Theme::TextRole::Words));
    m_details->setFont(theme.font(Theme::TextRole::Words));
    m_frame->setFont(theme.font(Theme::TextRole::Fact));
    m_tabs->setFont(theme.font(Theme::TextRole::Words));
    if (m_report != nullptr)
        showReport();
}

} // namespace loopscope
