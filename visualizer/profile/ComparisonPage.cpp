// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ComparisonPage.h"

#include "analysis/RecordingComparison.h"
#include "profile/ProfilePage.h"
#include "profile/ProfileTable.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "shell/Format.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace loopscope {

namespace {

QLabel *makeLine(const QString &accessibleName)
{
    auto *label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextBrowserInteraction);
    label->setAccessibleName(accessibleName);
    return label;
}

QVariant milliseconds(quint64 nanoseconds) { return static_cast<double>(nanoseconds) / 1e6; }

void addFigures(FigureTable::Row &row, BeforeAfter time)
{
    row.insert(row.end(), {milliseconds(time.before), milliseconds(time.after), static_cast<double>(time.change()) / 1e6});
}

void addCounts(FigureTable::Row &row, BeforeAfter count)
{
    row.insert(row.end(), {static_cast<qint64>(count.before), static_cast<qint64>(count.after)});
}

} // namespace

ComparisonPage::ComparisonPage(RunPair &pair, QWidget *parent)
    : QWidget(parent)
    , m_pair(pair)
    , m_none(new QWidget(this))
    , m_contents(new QWidget(this))
{
    setObjectName(QStringLiteral("profileComparison"));
    auto *text = new QLabel(tr("Put another recording beside this run to see what got faster and what got slower. It is the run before, "
                               "this one is the run after."));
    text->setObjectName(QStringLiteral("labEmpty"));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    auto *none = new QVBoxLayout(m_none);
    none->addStretch(1);
    none->addWidget(text);
    none->addStretch(1);
    auto *inside = new QVBoxLayout(m_contents);
    inside->setContentsMargins(0, 0, 0, 0);
    inside->setSpacing(4);
    buildHead(*inside);
    inside->addWidget(m_views, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_none);
    layout->addWidget(m_contents);
    connect(&m_pair, &RunPair::changed, this, &ComparisonPage::refresh);
    connect(&m_pair, &RunPair::compared, this, [this] {
        showParting();
        refresh(); // a live run may stand now
    });
    connect(&m_comparer, &ProfileComparer::compared, this, &ComparisonPage::showCompared);
    connect(&m_comparer, &ProfileComparer::failed, this, [this](const QString &sentence) { m_summary->setText(sentence.toHtmlEscaped()); });
    connect(&Theme::current(), &Theme::changed, this, &ComparisonPage::applyTheme);
    setView(View::Flame);
    setWidths(DifferenceFlame::Widths::After);
    applyTheme();
    refresh();
}

QToolButton *ComparisonPage::makeSwitch(const QString &text, const QString &tip, const char *segment)
{
    QToolButton *button = makeTextButton(text, tip, this, "compact");
    button->setCheckable(true);
    button->setProperty("segment", QString::fromLatin1(segment));
    return button;
}

void ComparisonPage::buildHead(QVBoxLayout &layout)
{
    m_summary = makeLine(tr("What changed"));
    m_parting = makeLine(tr("Where they first differ"));
    m_names = new QLabel;
    m_names->setObjectName(QStringLiteral("labFact"));
    connect(m_parting, &QLabel::linkActivated, this, [this](const QString &link) {
        if (const auto event = ProfilePage::targetOf(link).event)
            Q_EMIT eventChosen(*event);
    });
    m_flame = new FlameView;
    m_flame->setObjectName(QStringLiteral("differenceFlame"));
    m_flame->setAccessibleName(tr("Difference flame graph"));
    connect(m_flame, &FlameView::siteActivated, this, &ComparisonPage::siteActivated);
    connect(m_flame, &FlameView::currentChanged, this, &ComparisonPage::currentChanged);
    m_functions = new ProfileTable(tr("Functions before and after"));
    m_awaits = new ProfileTable(tr("Awaits before and after"));
    connect(m_functions, &ProfileTable::rowActivated, this, [this](std::size_t row) { openRow(m_functionRows, row); });
    connect(m_awaits, &ProfileTable::rowActivated, this, [this](std::size_t row) { openRow(m_awaitRows, row); });
    m_views = new QStackedWidget;
    auto *head = new QHBoxLayout;
    head->setSpacing(0);
    const std::pair<QString, QWidget *> pages[] = {
        {tr("difference flame graph"), m_flame}, {tr("functions"), m_functions}, {tr("awaits"), m_awaits}};
    static constexpr const char *segments[] = {"first", "middle", "last"};
    for (int i = 0; i < 3; ++i) {
        m_views->addWidget(pages[i].second);
        m_viewSwitches[i] = makeSwitch(pages[i].first, tr("Show: %1").arg(pages[i].first), segments[i]);
        connect(m_viewSwitches[i], &QToolButton::clicked, this, [this, i] { setView(static_cast<View>(i)); });
        head->addWidget(m_viewSwitches[i]);
    }
    m_ofFlame = new QWidget;
    auto *ofFlame = new QHBoxLayout(m_ofFlame);
    ofFlame->setContentsMargins(16, 0, 0, 0);
    ofFlame->setSpacing(0);
    m_wide = new QLabel(tr("as wide as"));
    m_wide->setObjectName(QStringLiteral("labFact"));
    ofFlame->addWidget(m_wide);
    ofFlame->addSpacing(6);
    m_widthSwitches[0] = makeSwitch(tr("before"), tr("Frames are as wide as they took before; what is new is not to be seen"), "first");
    m_widthSwitches[1] = makeSwitch(tr("after"), tr("Frames are as wide as they took after; what is gone is not to be seen"), "last");
    for (int i = 0; i < 2; ++i) {
        connect(m_widthSwitches[i], &QToolButton::clicked, this, [this, i] { setWidths(static_cast<DifferenceFlame::Widths>(i)); });
        ofFlame->addWidget(m_widthSwitches[i]);
    }
    auto *legend = new ColourLegend;
    legend->setEntries(DifferenceFlame::legend());
    ofFlame->addSpacing(16);
    ofFlame->addWidget(legend, 1);
    head->addWidget(m_ofFlame, 1);
    QToolButton *swapped = makeTextButton(tr("Swap"), tr("What was before is after, and the other way round"), this, "compact");
    connect(swapped, &QToolButton::clicked, this, &ComparisonPage::swap);
    QToolButton *close = makeTextButton(tr("Close"), tr("Forget the other recording"), this, "compact");
    connect(close, &QToolButton::clicked, this, [this] { m_pair.close(); });
    auto *names = new QHBoxLayout;
    names->addWidget(m_names, 1);
    names->addWidget(swapped);
    names->addWidget(close);
    layout.addLayout(names);
    layout.addWidget(m_summary);
    layout.addWidget(m_parting);
    layout.addLayout(head);
}

void ComparisonPage::addCommand(QAction *command)
{
    auto *button = new QPushButton(command->text(), m_none);
    button->setToolTip(command->toolTip());
    button->setEnabled(command->isEnabled());
    connect(button, &QPushButton::clicked, command, &QAction::trigger);
    connect(command, &QAction::changed, button, [button, command] { button->setEnabled(command->isEnabled()); });
    auto *layout = static_cast<QVBoxLayout *>(m_none->layout());
    layout->insertWidget(layout->count() - 1, button, 0, Qt::AlignHCenter);
}

void ComparisonPage::setView(View view)
{
    const int index = static_cast<int>(view);
    m_views->setCurrentIndex(index);
    for (int i = 0; i < 3; ++i)
        m_viewSwitches[i]->setChecked(i == index);
    m_ofFlame->setEnabled(view == View::Flame);
    setFocusProxy(m_views->currentWidget());
    Q_EMIT currentChanged();
}

void ComparisonPage::setWidths(DifferenceFlame::Widths widths)
{
    m_widths = widths;
    for (int i = 0; i < 2; ++i)
        m_widthSwitches[i]->setChecked(i == static_cast<int>(widths));
    showFlame();
}

void ComparisonPage::setLoop(quint16 loop)
{
    m_loop = loop;
    refresh();
}

void ComparisonPage::setThreshold(quint64 nanoseconds)
{
    m_threshold = nanoseconds;
    refresh();
}

void ComparisonPage::setSearch(const QString &text) { m_flame->setSearch(text); }

void ComparisonPage::swap()
{
    m_isSwapped = !m_isSwapped;
    refresh();
    showParting();
}

bool ComparisonPage::showsAfter() const { return m_pair.showsSecond() != m_isSwapped; }

bool ComparisonPage::isBehind() const
{
    return isVisible() && m_pair.isOpen() && (m_comparer.isBusy() || !m_pair.first().isCaughtUp() || !m_pair.second().isCaughtUp());
}

bool ComparisonPage::showsFlame() const { return m_pair.isOpen() && m_views->currentWidget() == m_flame; }

QList<QWidget *> ComparisonPage::views() const { return {m_summary, m_parting, m_views->currentWidget()}; }

void ComparisonPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void ComparisonPage::refresh()
{
    m_none->setVisible(!m_pair.isOpen());
    m_contents->setVisible(m_pair.isOpen());
    if (!m_pair.isOpen()) {
        m_comparer.cancel();
        m_request = {};
        m_profiles.reset();
        m_isSwapped = false;
        showFlame();
        Q_EMIT currentChanged();
        return;
    }
    const RunSession *before = &m_pair.first();
    const RunSession *after = &m_pair.second();
    QString nameBefore = m_pair.nameOfFirst();
    QString nameAfter = m_pair.nameOfSecond();
    if (m_isSwapped) {
        std::swap(before, after);
        std::swap(nameBefore, nameAfter);
    }
    m_names->setText(tr("before: %1 · after: %2").arg(nameBefore, nameAfter));
    const auto stands = [](const RunSession &run) {
        return run.reader() != nullptr && run.isCaughtUp() && run.state() != RunSession::State::Running
            && run.state() != RunSession::State::Starting;
    };
    if (!isVisible())
        return;
    if (!stands(*before) || !stands(*after)) {
        m_summary->setText(tr("What changed is told when both runs have ended or are paused."));
        return;
    }
    const ComparedProfiles::Request request{
        before->recordingPath(), after->recordingPath(), before->eventCount(), after->eventCount(), m_loop, m_threshold};
    if (request == m_request) {
        if (m_profiles != nullptr && std::exchange(m_showedAfter, showsAfter()) != showsAfter()) // the other one is shown now
            showCompared(m_profiles);
        return showParting();
    }
    m_request = request;
    m_profiles.reset();
    m_summary->setText(tr("Comparing…"));
    showFlame();
    Q_EMIT currentChanged();
    m_comparer.start(request);
    showParting();
}

void ComparisonPage::showCompared(const std::shared_ptr<ComparedProfiles> &profiles)
{
    m_profiles = profiles;
    m_showedAfter = showsAfter();
    m_summary->setText(QStringLiteral("<span style=\"font-weight:600\">%1</span>")
                           .arg(ProfilePage::html(m_profiles->words().summary(m_profiles->comparison()))));
    m_summary->setToolTip(m_summary->text()); // it may be cut where there is little room
    showTables();
    showFlame();
}

void ComparisonPage::showParting()
{
    const RecordingComparison *comparison = m_pair.comparison();
    if (comparison == nullptr)
        return m_parting->clear();
    if (m_pair.isComparing() && !comparison->parting())
        return m_parting->setText(tr("Looking for where they first differ…"));
    if (!comparison->parting()) {
        const auto late = comparison->firstOtherTime();
        m_parting->setText(late ? tr("They do the same in the same order, at other times from %1 on.")
                                      .arg(formatTime(m_pair.first().reader()->event(late->left).time))
                                : tr("They are the same, event by event."));
        return;
    }
    const auto tell = [](const RunSession &run, quint32 event) {
        return event == RecordingComparison::none
            ? tr("nothing more")
            : ProfilePage::html(run.text()->what(event)).trimmed() + QStringLiteral(" ") + run.text()->where(event).toHtmlEscaped();
    };
    QString before = tell(m_pair.first(), comparison->parting()->left);
    QString after = tell(m_pair.second(), comparison->parting()->right);
    if (m_isSwapped)
        std::swap(before, after);
    const quint32 here = m_pair.showsSecond() ? comparison->parting()->right : comparison->parting()->left;
    m_parting->setText(
        tr("They first differ after %L1 equal events; before: %2; after: %3.").arg(comparison->equalEvents()).arg(before, after)
        + (here == RecordingComparison::none ? QString() : QLatin1Char(' ') + ProfilePage::eventLink(here, tr("Go there"))));
}

void ComparisonPage::showFlame()
{
    if (m_profiles == nullptr)
        m_flame->setGraph(std::make_shared<FlameGraph>(), {}, false);
    else
        m_flame->setGraph(std::make_shared<FlameGraph>(DifferenceFlame::graph(m_profiles->comparison(), m_widths)),
            DifferenceFlame::look(m_profiles, showsAfter()), false);
}

void ComparisonPage::showTables()
{
    const ProfileComparison &comparison = m_profiles->comparison();
    const ProfileComparisonText &words = m_profiles->words();
    m_functionRows = {};
    m_functionRows.table = {tr("Functions before and after"),
        {tr("Function"), tr("Line"), tr("Self before (ms)"), tr("after (ms)"), tr("change (ms)"), tr("Total before (ms)"), tr("after (ms)"),
            tr("change (ms)"), tr("Calls before"), tr("after")},
        {}};
    for (const FunctionChange &change : comparison.functions()) {
        FigureTable::Row row{words.function(change), words.place(change.before, change.after)};
        addFigures(row, change.self);
        addFigures(row, change.total);
        addCounts(row, change.calls);
        m_functionRows.table.rows.push_back(std::move(row));
        m_functionRows.targets.push_back(targetOf(change.before, change.after));
    }
    m_awaitRows = {};
    m_awaitRows.table = {tr("Awaits before and after"),
        {tr("Function"), tr("Line"), tr("Waited before (ms)"), tr("after (ms)"), tr("change (ms)"), tr("Times before"), tr("after")}, {}};
    for (const AwaitChange &change : comparison.awaits()) {
        FigureTable::Row row{words.await(change), words.place(change.before, change.after)};
        addFigures(row, change.total);
        addCounts(row, change.count);
        m_awaitRows.table.rows.push_back(std::move(row));
        m_awaitRows.targets.push_back(targetOf(change.before, change.after));
    }
    m_functions->setTable(m_functionRows.table);
    m_awaits->setTable(m_awaitRows.table);
}

ProfileTarget ComparisonPage::targetOf(SiteId before, SiteId after) const { return {showsAfter() ? after : before, std::nullopt}; }

void ComparisonPage::openRow(const ProfileRows &rows, std::size_t row)
{
    if (row < rows.targets.size() && rows.targets[row].site != 0)
        Q_EMIT siteActivated(rows.targets[row].site);
}

void ComparisonPage::applyTheme()
{
    m_summary->setFont(Theme::current().font(Theme::TextRole::Words));
    m_parting->setFont(Theme::current().font(Theme::TextRole::Words));
    for (QLabel *fact : {m_names, m_wide})
        fact->setFont(Theme::current().font(Theme::TextRole::Fact));
    if (m_pair.isOpen())
        showParting();
}

} // namespace loopscope
