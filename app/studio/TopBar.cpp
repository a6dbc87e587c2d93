// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "TopBar.h"

#include "PaceButton.h"
#include "StudioActions.h"
#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QAction>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenuBar>
#include <QScopedValueRollback>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace loopscope {

TopBar::TopBar(const StudioActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_fileName(new QLabel(this))
    , m_menuBar(new QMenuBar(this))
    , m_presenting(new QLabel(tr("presenting · F2 ends it"), this))
    , m_back(button(actions.playBack, nullptr))
    , m_run(button(actions.run, nullptr))
    , m_pause(button(actions.pause, nullptr))
    , m_stop(button(actions.stop, nullptr))
    , m_pace(new PaceButton(this))
    , m_clock(new QLabel(this))
    , m_truth(new QToolButton(this))
{
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    m_fileName->setObjectName(QStringLiteral("fileName"));
    m_clock->setObjectName(QStringLiteral("timeLabel"));
    m_clock->setAccessibleName(tr("Time at the cursor"));
    m_clock->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_truth->setObjectName(QStringLiteral("truthLabel"));
    m_truth->setFocusPolicy(Qt::TabFocus);
    connect(m_truth, &QToolButton::clicked, actions.chooseRun, &QAction::trigger);
    m_presenting->setObjectName(QStringLiteral("badge"));
    m_presenting->hide();
    m_menuBar->setNativeMenuBar(false);
    actions.fillMenus(*m_menuBar);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 7, 12, 7);
    layout->setSpacing(8);
    layout->addWidget(m_fileName);
    layout->addWidget(m_menuBar);
    layout->addWidget(m_presenting, 0, Qt::AlignVCenter);
    addWorkspaces(actions, layout);
    layout->addStretch(1);
    addSteps(actions, layout);
    layout->addWidget(m_back);
    layout->addWidget(m_run);
    layout->addWidget(m_pause);
    layout->addWidget(m_stop);
    layout->addWidget(m_pace);
    layout->addWidget(m_clock);
    layout->addWidget(m_truth, 0, Qt::AlignVCenter);
    connect(&Theme::current(), &Theme::changed, this, &TopBar::applyTheme);
    applyTheme();
    setRunning(false);
    setTruth({}, {});
}

QToolButton *TopBar::button(QAction *action, const char *segment)
{
    auto *made = new QToolButton(this);
    made->setDefaultAction(action);
    m_withIcons.append(made);
    made->setFocusPolicy(Qt::TabFocus);
    made->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    made->setAccessibleName(action->toolTip());
    if (segment != nullptr)
        made->setProperty("segment", QString::fromLatin1(segment));
    return made;
}

void TopBar::addWorkspaces(const StudioActions &actions, QHBoxLayout *layout)
{
    auto *group = new QHBoxLayout;
    group->setSpacing(0);
    for (const auto &[action, segment] : {std::pair(actions.stepWorkspace, "first"), std::pair(actions.serversWorkspace, "middle"),
             std::pair(actions.profileWorkspace, "middle"), std::pair(actions.lessonsWorkspace, "last")}) {
        auto *made = new QToolButton(this);
        made->setDefaultAction(action);
        made->setText(action->iconText());
        made->setFocusPolicy(Qt::TabFocus);
        made->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        made->setAccessibleName(action->toolTip());
        made->setProperty("segment", QString::fromLatin1(segment));
        made->setProperty("workspace", true);
        group->addWidget(made);
        m_workspaces.append(made);
    }
    layout->addLayout(group);
}

void TopBar::addWorkspaceBar(QWidget &bar)
{
    qobject_cast<QHBoxLayout *>(layout())->addWidget(&bar, 1000); // all that is left
    bar.hide();
}

void TopBar::showWorkspaceBar(QWidget *bar)
{
    if (m_shownBar != nullptr)
        m_shownBar->hide();
    m_shownBar = bar;
    if (bar != nullptr) {
        bar->show();
    } else {
        for (QToolButton *each : std::as_const(m_withIcons))
            each->show();
        m_truth->setVisible(!m_truth->text().isEmpty());
        setRunning(m_isRunning);
    }
    fit();
}

void TopBar::fitWorkspaceBar()
{
    for (QToolButton *each : std::as_const(m_withIcons))
        each->hide();
    for (QWidget *each : {static_cast<QWidget *>(m_pace), static_cast<QWidget *>(m_clock), static_cast<QWidget *>(m_truth)})
        each->hide();
    m_fileName->setVisible(width() > Theme::current().scaled(1150));
    // Menus that have no room are behind the menu bar's arrow: the workspace's own commands come first.
    const QMargins margins = layout()->contentsMargins();
    int taken = margins.left() + margins.right() + m_shownBar->minimumSizeHint().width() + 3 * layout()->spacing();
    for (const QWidget *each : std::as_const(m_workspaces))
        taken += each->sizeHint().width();
    for (const QLabel *each : {m_fileName, m_presenting})
        taken += each->isHidden() ? 0 : each->sizeHint().width() + layout()->spacing();
    const int room = std::max(width() - taken, qRound(Theme::current().scaled(40)));
    m_menuBar->setMaximumWidth(room < m_menuBar->sizeHint().width() ? room : QWIDGETSIZE_MAX);
}

void TopBar::addSteps(const StudioActions &actions, QHBoxLayout *layout)
{
    auto *group = new QHBoxLayout;
    group->setSpacing(0);
    QToolButton *previousIteration = button(actions.previousIteration, "first");
    QToolButton *previous = button(actions.previousEvent, "middle");
    QToolButton *next = button(actions.nextEvent, "middle");
    QToolButton *callback = button(actions.nextCallback, "middle");
    QToolButton *phase = button(actions.nextPhase, "middle");
    QToolButton *nextIteration = button(actions.nextIteration, "last");
    next->setProperty("main", true);
    m_main = next;
    connect(actions.nextEvent, &QAction::changed, this, &TopBar::applyMainIcon);
    for (QToolButton *each : {previousIteration, previous, next, callback, phase, nextIteration})
        group->addWidget(each);
    layout->addLayout(group);
    m_wordsLeave = {previousIteration, previous, nextIteration, phase, m_stop, m_back, callback, m_run, m_pause};
    m_optional = {previousIteration, phase, nextIteration, m_clock, m_back, m_pace, m_fileName, callback};
}

void TopBar::applyTheme()
{
    const Theme &theme = Theme::current();
    m_clock->setFont(theme.font(Theme::TextRole::Code));
    m_clock->setMinimumWidth(QFontMetrics(m_clock->font()).horizontalAdvance(QStringLiteral("1234.567 ms")));
    const int side = qRound(theme.scaled(14));
    for (QToolButton *each : std::as_const(m_withIcons))
        each->setIconSize({side, side});
    applyMainIcon();
    fit();
}

void TopBar::applyMainIcon()
{
    // Its ground is another than that of the buttons beside it.
    const Palette &p = Theme::current().palette();
    m_main->setIcon(commandIcon(QStringLiteral("next-event"), p.accentText, p.faint));
}

void TopBar::setPresenting(bool isPresenting)
{
    m_presenting->setVisible(isPresenting);
    fit();
}

void TopBar::setFileName(const QString &name, bool isModified, const QString &toolTip)
{
    const int room = qRound(Theme::current().scaled(150));
    const QString shown = QFontMetrics(Theme::current().font(Theme::TextRole::Strong)).elidedText(name, Qt::ElideMiddle, room);
    m_fileName->setText(isModified ? tr("%1 •").arg(shown) : shown);
    fit();
    m_fileName->setAccessibleName(tr("File: %1").arg(name));
    m_fileName->setToolTip(isModified ? tr("%1\nhas unsaved changes").arg(toolTip) : toolTip);
}

void TopBar::setClock(const QString &text) { m_clock->setText(text); }

void TopBar::setTruth(const QString &word, const QString &explanation)
{
    m_truth->setText(word);
    m_truth->setToolTip(explanation);
    m_truth->setAccessibleName(tr("Kind of truth: %1").arg(word));
    if (m_shownBar == nullptr && m_truth->isHidden() != word.isEmpty()) {
        m_truth->setVisible(!word.isEmpty());
        fit();
    }
}

QPoint TopBar::cornerOfTruth() const { return mapToGlobal(QPoint(width() - 8, height())); }

void TopBar::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    if (m_shownBar != nullptr)
        return;
    m_run->setVisible(!isRunning);
    m_pause->setVisible(isRunning);
    fit();
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

QSize TopBar::minimumSizeHint() const
{
    // What does not fit leaves; the window may be narrower than all of it.
    return {400, QWidget::minimumSizeHint().height()};
}

void TopBar::fit()
{
    // Showing and hiding lays out anew, which may come back here.
    if (m_isFitting)
        return;
    const QScopedValueRollback<bool> guard(m_isFitting, true);
    for (QToolButton *each : std::as_const(m_workspaces))
        each->show();
    if (m_shownBar != nullptr) {
        fitWorkspaceBar();
        return;
    }
    m_menuBar->setMaximumWidth(QWIDGETSIZE_MAX);
    // In a narrow window first the words leave the icons, the least needed first, then such parts the bar; menus and keys still have them.
    for (QToolButton *each : std::as_const(m_withIcons))
        each->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    int needed = neededWidth();
    for (QToolButton *each : std::as_const(m_wordsLeave)) {
        if (needed <= width())
            break;
        each->setToolButtonStyle(Qt::ToolButtonIconOnly);
        needed = neededWidth();
    }
    for (QWidget *each : std::as_const(m_optional)) {
        // The step that is meant most often keeps its word longer than what is rarely meant keeps its place.
        if (each == m_clock && needed > width()) {
            needed -= roomOf(*m_main);
            m_main->setToolButtonStyle(Qt::ToolButtonIconOnly);
            needed += roomOf(*m_main);
        }
        if (each == m_optional.constLast() && needed > width()) { // menus that have no room are behind an arrow
            const int menus =
                std::max(m_menuBar->sizeHint().width() - (needed - width()) - layout()->spacing(), qRound(Theme::current().scaled(40)));
            needed -= m_menuBar->sizeHint().width() - menus;
            m_menuBar->setMaximumWidth(menus);
        }
        const bool fits = needed <= width();
        if (!fits)
            needed -= roomOf(*each);
        if (each->isHidden() == fits)
            each->setVisible(fits);
    }
    // With the largest text the workspace that is shown stays; keys and menus have the others.
    for (QToolButton *each : std::as_const(m_workspaces)) {
        if (needed <= width() || each->isChecked())
            continue;
        each->hide();
        needed -= roomOf(*each);
    }
}

int TopBar::roomOf(const QWidget &part) const
{
    const bool isSegment = part.property("segment").isValid();
    return std::max(part.sizeHint().width(), part.minimumWidth()) + (isSegment ? 0 : layout()->spacing());
}

int TopBar::neededWidth() const
{
    // Counted by hand: nested layouts know their new sizes only after the next pass of the event loop.
    const QMargins margins = layout()->contentsMargins();
    int needed = margins.left() + margins.right(); // and the steps as a whole have a space, the last part has none
    for (const QWidget *part : findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!part->isWindow() && (!part->isHidden() || m_optional.contains(part)))
            needed += roomOf(*part);
    }
    return needed;
}

} // namespace loopscope
