// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ServersBar.h"

#include "shell/TextButton.h"
#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QActionGroup>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace loopscope {

namespace {

QString explanationOf(Truth truth)
{
    switch (truth) {
    case Truth::Real:
        return ServersBar::tr("Real: processes, threads and sockets of this machine, measured");
    case Truth::Simulated:
        return ServersBar::tr("Simulated: the real script in virtual time, on a machine that you choose; the same in every run");
    case Truth::Modelled:
        return ServersBar::tr("Modelled: no script runs; the profile of its requests is scaled to any load");
    }
    return {};
}

} // namespace

ServersBar::ServersBar(QWidget *parent)
    : QWidget(parent)
    , m_preset(makeTextButton({}, tr("Preset: a scenario to begin with"), this))
    , m_presets(new QMenu(m_preset))
    , m_pace(makeTextButton({}, tr("Pace of the run"), this))
    , m_run(makeTextButton(tr("Run"), tr("Run the comparison (F5)"), this, "main"))
    , m_stop(makeTextButton(tr("Stop"), tr("End the run; what it told stays (Shift+F5)"), this))
    , m_sweep(makeTextButton(tr("Sweep…"), tr("Run with ever more clients, and see where each model bends and breaks"), this))
    , m_truthMenu(makeTextButton({}, tr("Kind of truth"), this))
{
    m_preset->setPopupMode(QToolButton::InstantPopup);
    m_preset->setMenu(m_presets);
    m_presets->setToolTipsVisible(true);
    m_pace->setPopupMode(QToolButton::InstantPopup);
    makePaces();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addStretch(1);
    for (QToolButton *button : {m_preset, m_run, m_stop, m_pace, m_sweep}) {
        button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        layout->addWidget(button);
    }
    auto *truths = new QHBoxLayout;
    auto *menu = new QMenu(m_truthMenu);
    truths->setSpacing(0);
    static constexpr const char *segments[] = {"first", "middle", "last"};
    for (const Truth truth : {Truth::Real, Truth::Simulated, Truth::Modelled}) {
        const auto index = static_cast<std::size_t>(truth);
        m_truths[index] = makeTextButton(nameOf(truth), explanationOf(truth), this);
        m_truths[index]->setProperty("segment", QString::fromLatin1(segments[index]));
        m_truths[index]->setCheckable(true);
        m_truths[index]->setProperty("truth", true);
        m_truths[index]->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        connect(m_truths[index], &QToolButton::clicked, this, [this, truth] {
            setTruth(truth);
            Q_EMIT truthChosen(truth);
        });
        connect(menu->addAction(nameOf(truth)), &QAction::triggered, m_truths[index], &QToolButton::click);
        truths->addWidget(m_truths[index]);
    }
    layout->addLayout(truths);
    layout->addWidget(m_truthMenu);
    m_truthMenu->setPopupMode(QToolButton::InstantPopup);
    m_truthMenu->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_truthMenu->setMenu(menu);
    m_truthMenu->hide();
    connect(m_run, &QToolButton::clicked, this, &ServersBar::runRequested);
    connect(m_stop, &QToolButton::clicked, this, &ServersBar::stopRequested);
    connect(m_sweep, &QToolButton::clicked, this, &ServersBar::sweepRequested);
    connect(&Theme::current(), &Theme::changed, this, &ServersBar::applyTheme);
    setTitle({});
    setRunning(false);
    setTruth(Truth::Simulated);
    applyTheme();
}

void ServersBar::makePaces()
{
    auto *menu = new QMenu(tr("P&ace"), m_pace);
    auto *group = new QActionGroup(menu);
    for (const double pace : {0.0, 0.01, 0.1, 0.5, 1.0, 2.0, 4.0, 10.0}) {
        QAction *action = menu->addAction(pace > 0 ? QLocale().toString(pace, 'g', 3) + u'×' : tr("As &fast as it goes"));
        action->setCheckable(true);
        action->setData(pace);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, pace] {
            setPace(pace);
            Q_EMIT paceChosen(pace);
        });
        if (pace == 0)
            menu->addSeparator();
    }
    m_pace->setMenu(menu);
    setPace(m_paceValue);
}

QMenu &ServersBar::paces() const { return *m_pace->menu(); }

void ServersBar::setPace(double pace)
{
    m_paceValue = pace;
    for (QAction *action : m_pace->menu()->actions())
        action->setChecked(action->data().isValid() && action->data().toDouble() == pace);
    const QString text = pace > 0 ? QLocale().toString(pace, 'g', 3) + u'×' : tr("max");
    m_pace->setText(text + QStringLiteral(" ▾"));
    m_pace->setAccessibleName(tr("Pace of the run: %1").arg(text));
    m_pace->setToolTip(pace > 0 ? tr("One second shows %1 s of virtual time. Servers never notice.").arg(QLocale().toString(pace, 'g', 3))
                                : tr("Virtual time goes as fast as it can. Servers never notice."));
}

void ServersBar::setTitle(const QString &title)
{
    m_title = title;
    fit();
}

void ServersBar::setRunning(bool isRunning)
{
    const bool hadKeyboard = m_run->hasFocus() || m_stop->hasFocus();
    QToolButton *shown = isRunning ? m_stop : m_run;
    shown->show();
    if (hadKeyboard) // one stands where the other stood
        shown->setFocus();
    (isRunning ? m_run : m_stop)->hide();
    m_sweep->setEnabled(!isRunning);
    for (QToolButton *truth : {m_truths[0], m_truths[1], m_truths[2], m_truthMenu})
        truth->setEnabled(!isRunning);
    fit();
}

void ServersBar::setTruth(Truth truth)
{
    m_truth = truth;
    m_truthMenu->setText(nameOf(truth) + QStringLiteral(" ▾"));
    m_truthMenu->setAccessibleName(tr("Kind of truth: %1").arg(nameOf(truth)));
    for (std::size_t index = 0; index < std::size(m_truths); ++index)
        m_truths[index]->setChecked(static_cast<std::size_t>(truth) == index);
    m_pace->setEnabled(truth != Truth::Real);
    m_pace->menu()->setEnabled(truth != Truth::Real);
}

void ServersBar::applyTheme()
{
    const Palette &p = Theme::current().palette();
    const int side = qRound(Theme::current().scaled(14));
    m_run->setIcon(commandIcon(QStringLiteral("run"), p.accentText, p.faint));
    m_stop->setIcon(commandIcon(QStringLiteral("stop"), p.text, p.faint));
    for (QToolButton *button : {m_run, m_stop})
        button->setIconSize({side, side});
    setTitle(m_title);
}

QSize ServersBar::minimumSizeHint() const
{
    // What never leaves; see fit().
    const int width = std::max(m_run->sizeHint().width(), m_stop->sizeHint().width()) + m_truthMenu->sizeHint().width();
    return {width + 2 * 8, QWidget::minimumSizeHint().height()};
}

void ServersBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void ServersBar::fit()
{
    if (layout() == nullptr)
        return;
    // What has no room leaves, the least needed first; the Lab menu still has it.
    const auto needed = [this] {
        int sum = 0;
        for (const QToolButton *button : findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly)) {
            if (!button->isHidden())
                sum += button->sizeHint().width() + (button->property("segment").isValid() ? 0 : 8);
        }
        return sum;
    };
    for (QToolButton *optional : {m_pace, m_sweep, m_preset, m_truths[0], m_truths[1], m_truths[2]})
        optional->show();
    m_truthMenu->hide();
    const int room = qRound(Theme::current().scaled(190));
    const QString title = QFontMetrics(m_preset->font()).elidedText(m_title.isEmpty() ? tr("choose") : m_title, Qt::ElideRight, room);
    m_preset->setText(tr("Preset: %1").arg(title) + QStringLiteral(" ▾"));
    if (needed() > width())
        m_preset->setText(tr("Preset") + QStringLiteral(" ▾"));
    if (needed() > width()) {
        for (QToolButton *truth : m_truths)
            truth->hide();
        m_truthMenu->show();
    }
    for (QToolButton *optional : {m_sweep, m_pace, m_preset}) {
        if (needed() <= width())
            break;
        optional->hide();
    }
}

} // namespace loopscope
