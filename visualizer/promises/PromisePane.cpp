// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promises/PromisePane.h"

#include "promises/PromiseGraphView.h"
#include "session/RunSession.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"

#include <QActionGroup>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

/// Pictures that cost more ns than this are made less often while a run goes on, so that they take at most a quarter of the time.
constexpr qint64 kCostly = 4'000'000;

} // namespace

PromisePane::PromisePane(QWidget *parent)
    : StepView(parent)
    , m_words(new QLineEdit(this))
    , m_menuButton(new QToolButton(this))
    , m_view(new PromiseGraphView(m_model, this))
    , m_remark(new QLabel(this))
    , m_next(new QToolButton(this))
{
    setObjectName(QStringLiteral("promisePane"));
    m_words->setPlaceholderText(tr("Filter promises"));
    m_words->setAccessibleName(tr("Filter promises by text"));
    m_words->setToolTip(tr("Shows only promises whose function, kind, place or reason holds this"));
    m_words->setClearButtonEnabled(true);
    m_words->installEventFilter(this);
    makeMenu();
    m_remark->setObjectName(QStringLiteral("promiseRemark"));
    m_remark->setWordWrap(true);
    m_remark->setTextFormat(Qt::PlainText);
    m_remark->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_next->setProperty("plain", true);
    m_next->setToolTip(tr("Shows the next promise that something looks wrong with (W)"));
    m_next->setFocusPolicy(Qt::TabFocus);
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_words, 1);
    bar->addWidget(m_menuButton);
    auto *below = new QHBoxLayout;
    below->addWidget(m_remark, 1);
    below->addWidget(m_next, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_view, 1);
    layout->addLayout(below);
    m_later.setSingleShot(true);
    connectView();
    applyTheme();
    sayHint();
    sayRemark();
}

void PromisePane::connectView()
{
    m_view->viewport()->installEventFilter(this);
    connect(&m_later, &QTimer::timeout, this, &PromisePane::refreshNow);
    connect(m_words, &QLineEdit::textChanged, this, &PromisePane::refreshNow);
    connect(m_next, &QToolButton::clicked, this, &PromisePane::nextWarning);
    connect(m_view, &PromiseGraphView::selectionChanged, this, [this](SubjectId promise) {
        sayRemark();
        Q_EMIT itemSelected(promise);
    });
    connect(m_view, &PromiseGraphView::siteActivated, this, &StepView::siteActivated);
    connect(m_view, &PromiseGraphView::cursorChosen, this, &StepView::cursorChosen);
    connect(m_view, &PromiseGraphView::focusWanted, this, &PromisePane::setFocusOn);
    connect(m_view, &PromiseGraphView::alikeWanted, this, &PromisePane::setAlike);
    connect(m_view, &PromiseGraphView::nextWarningWanted, this, &PromisePane::nextWarning);
    connect(&Theme::current(), &Theme::changed, this, &PromisePane::applyTheme);
}

QString PromisePane::onlyName(PromiseChoice::Only only)
{
    switch (only) {
    case PromiseChoice::Only::All:
        return tr("All");
    case PromiseChoice::Only::Pending:
        return tr("Pending");
    case PromiseChoice::Only::Rejected:
        return tr("Rejected");
    case PromiseChoice::Only::Warned:
        return tr("With a warning");
    }
    return {};
}

void PromisePane::makeMenu()
{
    using Only = PromiseChoice::Only;
    using Grouping = PromiseChoice::Grouping;
    auto *menu = new QMenu(m_menuButton);
    auto *states = new QActionGroup(menu);
    for (const Only only : {Only::All, Only::Pending, Only::Rejected, Only::Warned}) {
        QAction *action = menu->addAction(onlyName(only), this, [this, only] { setOnly(only); });
        action->setCheckable(true);
        action->setChecked(only == m_choice.only);
        action->setData(static_cast<int>(only));
        states->addAction(action);
    }
    menu->addSeparator();
    auto *groups = new QActionGroup(menu);
    const std::pair<Grouping, QString> groupings[] = {{Grouping::Many, tr("Group alike ones if there are many")},
        {Grouping::Always, tr("Group alike ones always")}, {Grouping::Never, tr("Show each promise")}};
    for (const auto &[grouping, name] : groupings) {
        QAction *action = menu->addAction(name, this, [this, grouping = grouping] { setGrouping(grouping); });
        action->setCheckable(true);
        action->setChecked(grouping == m_choice.grouping);
        groups->addAction(action);
    }
    menu->addSeparator();
    QAction *inner = menu->addAction(tr("Show promises that Node makes for itself"), this, [this](bool shows) { setShowsInner(shows); });
    inner->setCheckable(true);
    menu->addSeparator();
    menu->addAction(tr("Only the selected one and its relatives\tF"), this, [this] { setFocusOn(m_view->selected()); });
    menu->addAction(tr("Fit into the view\t0"), m_view, &PromiseGraphView::zoomToFit);
    menu->addAction(tr("Normal size\t1"), m_view, [this] { m_view->setZoom(1); });
    m_menuButton->setMenu(menu);
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menuButton->setFocusPolicy(Qt::TabFocus);
    m_menuButton->setText(onlyName(m_choice.only) + QStringLiteral(" ▾"));
    m_menuButton->setToolTip(tr("Which promises are shown, and how"));
    m_menuButton->setAccessibleName(tr("Which promises are shown"));
}

void PromisePane::applyTheme()
{
    const auto pixels = [](qreal length) { return qRound(Theme::current().scaled(length)); };
    QLayoutItem *bar = layout()->itemAt(0);
    bar->layout()->setContentsMargins(pixels(10), pixels(2), pixels(10), pixels(4));
    bar->layout()->setSpacing(pixels(6));
    layout()->itemAt(2)->layout()->setContentsMargins(pixels(12), pixels(3), pixels(10), pixels(6));
    m_remark->setFont(Theme::current().font(Theme::TextRole::Fact));
    sayRemark();
    limitRemark();
}

/// The graph comes first: where there is little room, the remark is short (its tooltip is not).
void PromisePane::limitRemark()
{
    const int lines = std::clamp(qRound(height() / Theme::current().scaled(75)), 1, 4);
    m_remark->setMaximumHeight(QFontMetrics(m_remark->font()).lineSpacing() * lines + 2);
}

void PromisePane::resizeEvent(QResizeEvent *event)
{
    StepView::resizeEvent(event);
    limitRemark();
}

// --- following the cursor ------------------------------------------------------------------------------------------------------------

void PromisePane::setSession(const RunSession &session)
{
    m_session = &session;
    const StateTimeline *timeline = session.timeline();
    m_model.setSource(session.reader(), timeline != nullptr ? &timeline->index() : nullptr, session.text());
    m_choice.focus = 0;
    m_choice.alike = 0;
    m_cursor = 0;
    m_warning = 0;
    m_view->setPicture({}, 0);
    sayHint();
    sayRemark();
    Q_EMIT noteChanged({});
}

void PromisePane::showMoment(quint64 cursor, const LoopState &state, bool byStep)
{
    m_cursor = cursor;
    // Behind another tab it is visible by name only.
    if (!isVisible() || visibleRegion().isEmpty()) {
        m_isStale = true;
        return;
    }
    if (m_later.isActive())
        return;
    if (!byStep && m_cost > kCostly)
        m_later.start(static_cast<int>(m_cost * 3 / 1'000'000));
    else
        show(state, byStep);
}

void PromisePane::showEvent(QShowEvent *event)
{
    StepView::showEvent(event);
    if (m_isStale)
        refreshNow();
}

void PromisePane::refreshNow()
{
    if (m_session != nullptr && m_session->timeline() != nullptr)
        show(m_session->timeline()->stateAt(m_cursor), false);
    else
        sayHint();
}

void PromisePane::show(const LoopState &state, bool byStep)
{
    QElapsedTimer timer;
    timer.start();
    m_isStale = false;
    m_model.moveTo(state);
    PromisePicture picture = m_model.picture(state, m_choice, m_words->text(), true);
    // What goes on comes into sight when the cursor moves, but only a step's changes are pointed out.
    const quint32 revealed = m_view->cursor() != state.cursor ? picture.liveliest() : noItem;
    if (!byStep)
        picture.clearChanges();
    const bool isAll = picture.shown + picture.leftOut == picture.total;
    QStringList note{isAll ? QStringLiteral("%L1").arg(picture.total) : tr("%L1 of %L2").arg(picture.shown).arg(picture.total)};
    if (picture.pending > 0)
        note.append(tr("%L1 pending").arg(picture.pending));
    if (!picture.warnings.empty())
        note.append(tr("⚠ %L1").arg(picture.warnings.size()));
    m_view->setPicture(std::move(picture), state.cursor, revealed);
    m_cost = timer.nsecsElapsed();
    sayHint();
    sayRemark();
    Q_EMIT noteChanged(m_view->picture().total > 0 ? note.join(QStringLiteral(" · ")) : QString());
}

void PromisePane::setSelectedItem(SubjectId item)
{
    m_view->setSelected(item);
    sayRemark();
}

// --- what is shown -------------------------------------------------------------------------------------------------------------------

void PromisePane::setOnly(PromiseChoice::Only only)
{
    m_choice.only = only;
    for (QAction *action : m_menuButton->menu()->actions()) {
        if (action->data().isValid())
            action->setChecked(action->data().toInt() == static_cast<int>(only));
    }
    m_menuButton->setText(onlyName(only) + QStringLiteral(" ▾"));
    refreshNow();
}

void PromisePane::setGrouping(PromiseChoice::Grouping grouping)
{
    m_choice.grouping = grouping;
    refreshNow();
}

void PromisePane::setShowsInner(bool shows)
{
    m_choice.showsInner = shows;
    refreshNow();
}

void PromisePane::setFocusOn(SubjectId promise)
{
    if (m_choice.focus == promise && m_choice.alike == 0)
        return;
    m_choice.focus = promise;
    m_choice.alike = 0;
    refreshNow();
}

void PromisePane::setAlike(SubjectId promise)
{
    m_choice.alike = promise;
    m_choice.focus = 0;
    refreshNow();
}

void PromisePane::nextWarning()
{
    const std::vector<PromiseWarning> &warnings = m_view->picture().warnings;
    if (warnings.empty())
        return;
    const quint32 node = warnings[m_warning++ % warnings.size()].node;
    const SubjectId promise = m_model.graph().nodes()[node].id;
    if (m_view->picture().find(node) == noItem) { // nothing may hide it
        m_words->clear();
        m_choice.focus = 0;
        m_choice.alike = 0;
        setOnly(PromiseChoice::Only::All);
    }
    m_view->setSelected(promise);
    sayRemark();
    Q_EMIT itemSelected(promise);
}

void PromisePane::sayHint()
{
    const bool isFiltered =
        !m_words->text().trimmed().isEmpty() || m_choice.only != PromiseChoice::Only::All || m_choice.focus != 0 || m_choice.alike != 0;
    m_view->setEmptyHint(isFiltered && m_view->picture().total > 0 ? tr("No promise fits. Esc in the field shows all.")
                                                                   : tr("Promises appear here as the script makes them."));
}

QString PromisePane::remark() const { return m_remark->text(); }

void PromisePane::sayRemark()
{
    const PromisePicture &picture = m_view->picture();
    const auto selected = m_view->selected() != 0 ? m_model.graph().find(m_view->selected()) : std::nullopt;
    QStringList lines;
    for (const PromiseWarning &warning : picture.warnings) {
        if (selected ? warning.node == *selected : lines.isEmpty())
            lines.append(QStringLiteral("⚠ ") + m_model.warningText(warning, m_cursor));
    }
    if (selected && lines.isEmpty() && m_model.graph().nodes()[*selected].isThere(m_cursor)) {
        const quint32 item = picture.find(*selected);
        const bool isGroup = item != noItem && picture.items[item].isGroup();
        lines.append(isGroup ? m_model.describe(picture.items[item], m_cursor) : m_model.describe(*selected, m_cursor));
    }
    if (lines.isEmpty() && m_choice.focus != 0)
        lines.append(tr("Only one promise and its relatives are shown. Esc shows all."));
    if (lines.isEmpty() && m_choice.alike != 0)
        lines.append(tr("Only promises of one place are shown, each by itself. Esc shows all."));
    if (lines.isEmpty() && picture.leftOut > 0)
        lines.append(tr("%L1 older settled promises are left out.").arg(picture.leftOut));
    else if (lines.isEmpty() && m_model.stretchBegins() > 0)
        lines.append(tr("Settled promises from before event %L1 are left out.").arg(m_model.stretchBegins()));
    m_remark->setText(lines.join(QLatin1Char('\n')));
    m_remark->setToolTip(m_remark->text());
    m_remark->setVisible(!lines.isEmpty());
    m_next->setVisible(picture.warnings.size() > 1);
    m_next->setText(tr("next ⚠"));
}

bool PromisePane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Paint && m_isStale)
        m_later.start(0); // its tab came to the front
    if (watched != m_words || event->type() != QEvent::KeyPress)
        return StepView::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        m_words->clear();
        m_choice.focus = 0;
        m_choice.alike = 0;
        setOnly(PromiseChoice::Only::All);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Down:
        m_view->setFocus(Qt::TabFocusReason);
        return true;
    default:
        return StepView::eventFilter(watched, event);
    }
}

} // namespace loopscope
