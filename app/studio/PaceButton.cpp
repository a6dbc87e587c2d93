// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "PaceButton.h"

#include <QActionGroup>
#include <QLocale>
#include <QMenu>
#include <QSettings>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

constexpr std::array kFactors = {0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 100.0};

const QLatin1String kFactorKey("run/pace"); ///< 0: unpaced
const QLatin1String kByRunTimeKey("run/paceByRunTime");

QString factorText(double factor) { return QLocale().toString(factor, 'g', 3) + QStringLiteral("×"); }

} // namespace

PaceButton::PaceButton(QWidget *parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("paceButton"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    makeMenu();
    setPace({});
}

void PaceButton::makeMenu()
{
    auto *menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    auto *paces = new QActionGroup(menu);
    const auto addPace = [&](const QString &text) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        paces->addAction(action);
        return action;
    };
    m_unpaced = addPace(tr("As &fast as it goes"));
    connect(m_unpaced, &QAction::triggered, this, [this] { choose({Pace::Basis::Unpaced, m_pace.factor}); });
    menu->addSeparator();
    for (const double factor : kFactors) {
        QAction *action = addPace(factorText(factor));
        connect(action, &QAction::triggered, this, [this, factor] { choose({m_basis, factor}); });
        m_factors.append(action);
    }
    menu->addSeparator();
    auto *bases = new QActionGroup(menu);
    m_byEvents = menu->addAction(tr("By &events: 1× is ten a second"));
    m_byEvents->setToolTip(tr("Slow motion: every event is shown for as long, however little time it took"));
    m_byRunTime = menu->addAction(tr("By run &time: 1× is as long as the run took"));
    m_byRunTime->setToolTip(tr("Waits last as long as the script's clock says, times the factor"));
    for (QAction *action : {m_byEvents, m_byRunTime}) {
        action->setCheckable(true);
        bases->addAction(action);
    }
    connect(m_byEvents, &QAction::triggered, this, [this] { choose({Pace::Basis::Events, m_pace.factor}); });
    connect(m_byRunTime, &QAction::triggered, this, [this] { choose({Pace::Basis::RunTime, m_pace.factor}); });
    setMenu(menu);
}

void PaceButton::setPace(const Pace &pace)
{
    m_pace = pace;
    if (pace.isPaced())
        m_basis = pace.basis;
    m_unpaced->setChecked(!pace.isPaced());
    for (qsizetype i = 0; i < m_factors.size(); ++i)
        m_factors.at(i)->setChecked(pace.isPaced() && kFactors.at(static_cast<std::size_t>(i)) == pace.factor);
    m_byEvents->setChecked(m_basis == Pace::Basis::Events);
    m_byRunTime->setChecked(m_basis == Pace::Basis::RunTime);
    QString text = tr("max");
    QString tip = tr("Run goes as fast as it can. The script never notices how fast it is played.");
    if (pace.basis == Pace::Basis::Events) {
        text = factorText(pace.factor);
        tip = tr("Run shows %L1 events a second. The script never notices how fast it is played.").arg(pace.factor * Pace::eventsPerSecond);
    } else if (pace.basis == Pace::Basis::RunTime) {
        text = QStringLiteral("◷ ") + factorText(pace.factor);
        tip = tr("One second shows %L1 s of run time. The script never notices how fast it is played.").arg(pace.factor);
    }
    setText(text + QStringLiteral(" ▾"));
    setToolTip(tip);
    setAccessibleName(tr("Pace of Run: %1").arg(text));
}

void PaceButton::restore()
{
    const QSettings settings;
    const bool byRunTime = settings.value(kByRunTimeKey).toBool();
    m_basis = byRunTime ? Pace::Basis::RunTime : Pace::Basis::Events;
    const double factor = settings.value(kFactorKey).toDouble();
    const auto *known = std::find(kFactors.begin(), kFactors.end(), factor);
    if (known == kFactors.end()) // none, or another version's
        setPace({Pace::Basis::Unpaced, m_pace.factor});
    else
        choose({m_basis, factor});
}

void PaceButton::save() const
{
    QSettings settings;
    settings.setValue(kByRunTimeKey, m_basis == Pace::Basis::RunTime);
    settings.setValue(kFactorKey, m_pace.isPaced() ? m_pace.factor : 0);
}

void PaceButton::choose(const Pace &pace)
{
    setPace(pace);
    Q_EMIT paceChosen(pace);
}

void PaceButton::change(int by)
{
    constexpr auto count = static_cast<int>(kFactors.size());
    const auto at = static_cast<int>(std::lower_bound(kFactors.begin(), kFactors.end(), m_pace.factor) - kFactors.begin());
    const int place = (m_pace.isPaced() ? at : count) + by;
    if (place >= count)
        choose({Pace::Basis::Unpaced, kFactors.back()});
    else
        choose({m_basis, kFactors.at(static_cast<std::size_t>(std::max(place, 0)))});
}

} // namespace loopscope
