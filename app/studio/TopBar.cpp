// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "TopBar.h"

#include "StudioActions.h"
#include "theme/Theme.h"

#include <QAction>
#include <QActionGroup>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QToolButton>

namespace loopscope {

TopBar::TopBar(const StudioActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_fileName(new QLabel(this))
    , m_menuBar(new QMenuBar(this))
    , m_run(button(actions.run, nullptr))
    , m_pause(button(actions.pause, nullptr))
    , m_speed(makeSpeedButton())
    , m_clock(new QLabel(this))
    , m_truth(new QLabel(this))
{
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    m_fileName->setObjectName(QStringLiteral("fileName"));
    m_clock->setObjectName(QStringLiteral("timeLabel"));
    m_clock->setAccessibleName(tr("Time at the cursor"));
    m_clock->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_truth->setObjectName(QStringLiteral("truthLabel"));
    m_menuBar->setNativeMenuBar(false);
    actions.fillMenus(*m_menuBar);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 7, 12, 7);
    layout->setSpacing(8);
    layout->addWidget(m_fileName);
    layout->addWidget(m_menuBar);
    layout->addStretch(1);
    addSteps(actions, layout);
    layout->addWidget(m_run);
    layout->addWidget(m_pause);
    layout->addWidget(button(actions.stop, nullptr));
    layout->addWidget(m_speed);
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
    made->setToolButtonStyle(Qt::ToolButtonTextOnly);
    made->setFocusPolicy(Qt::TabFocus);
    made->setAccessibleName(action->toolTip());
    if (segment != nullptr)
        made->setProperty("segment", QString::fromLatin1(segment));
    return made;
}

void TopBar::addSteps(const StudioActions &actions, QHBoxLayout *layout)
{
    auto *group = new QHBoxLayout;
    group->setSpacing(0);
    QToolButton *previousIteration = button(actions.previousIteration, "first");
    QToolButton *next = button(actions.nextEvent, "middle");
    next->setProperty("main", true);
    QToolButton *phase = button(actions.nextPhase, "middle");
    for (QToolButton *each : {previousIteration, button(actions.previousEvent, "middle"), next, button(actions.nextCallback, "middle"),
             phase, button(actions.nextIteration, "last")})
        group->addWidget(each);
    layout->addLayout(group);
    m_optional = {previousIteration, phase};
}

QToolButton *TopBar::makeSpeedButton()
{
    auto *made = new QToolButton(this);
    made->setPopupMode(QToolButton::InstantPopup);
    made->setToolTip(tr("How fast Run goes"));
    made->setAccessibleName(tr("Speed"));
    made->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(made);
    auto *group = new QActionGroup(menu);
    struct Speed
    {
        QString text;
        QString shortText;
        int eventsPerSecond;
    };
    const Speed speeds[] = {{tr("As fast as it goes"), tr("full speed"), 0}, {tr("200 events a second"), tr("200/s"), 200},
        {tr("50 events a second"), tr("50/s"), 50}, {tr("10 events a second"), tr("10/s"), 10}, {tr("2 events a second"), tr("2/s"), 2}};
    for (const Speed &speed : speeds) {
        QAction *action = menu->addAction(speed.text);
        action->setCheckable(true);
        action->setChecked(speed.eventsPerSecond == 0);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, made, speed] {
            made->setText(speed.shortText + QStringLiteral(" ▾"));
            Q_EMIT speedChosen(speed.eventsPerSecond);
        });
    }
    made->setMenu(menu);
    made->setText(speeds[0].shortText + QStringLiteral(" ▾"));
    return made;
}

void TopBar::applyTheme()
{
    const Theme &theme = Theme::current();
    m_clock->setFont(theme.font(Theme::TextRole::Code));
    m_clock->setMinimumWidth(QFontMetrics(m_clock->font()).horizontalAdvance(QStringLiteral("12345.678 ms")));
}

void TopBar::setFileName(const QString &name, bool isModified, const QString &toolTip)
{
    m_fileName->setText(isModified ? tr("%1 •").arg(name) : name);
    m_fileName->setToolTip(isModified ? tr("%1\nhas unsaved changes").arg(toolTip) : toolTip);
}

void TopBar::setClock(const QString &text) { m_clock->setText(text); }

void TopBar::setTruth(const QString &word, const QString &explanation)
{
    m_truth->setText(word);
    m_truth->setToolTip(explanation);
    m_truth->setVisible(!word.isEmpty());
}

void TopBar::setRunning(bool isRunning)
{
    m_run->setVisible(!isRunning);
    m_pause->setVisible(isRunning);
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // In a narrow window the least needed steps leave the bar; menus and keys still have them.
    for (QToolButton *each : m_optional)
        each->setVisible(width() >= Theme::current().scaled(1180));
}

} // namespace loopscope
