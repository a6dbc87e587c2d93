// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers from one start to the next.
#include "MainWindow.h"

#include "PaceButton.h"
#include "StepWorkspace.h"
#include "TopBar.h"
#include "loopview/LoopView.h"
#include "theme/Theme.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QActionGroup>
#include <QGuiApplication>
#include <QScreen>
#include <QSettings>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kLayoutVersion = 3; ///< raised when docks change, so that an old layout is not put on new ones

} // namespace

void MainWindow::restoreSettings()
{
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    // A large screen is not filled, a small one is, as the window's frame would hang over its edge otherwise.
    resize(std::clamp(screen.width() * 4 / 5, std::min(screen.width(), 1440), 2200),
        std::clamp(screen.height() * 4 / 5, std::min(screen.height(), 900), 1400));
    setMotion(static_cast<int>(LoopView::Motion::Normal));
    if (m_memory == Memory::Forget)
        return;
    if (screen.width() <= 1440 || screen.height() <= 950)
        setWindowState(windowState() | Qt::WindowMaximized);
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_actions.showNodesWork->setChecked(settings.value(QStringLiteral("view/nodesWork")).toBool());
    m_actions.heatOfWhole->setChecked(settings.value(QStringLiteral("view/heatOfWhole")).toBool());
    setMotion(settings.value(QStringLiteral("view/motion"), static_cast<int>(LoopView::Motion::Normal)).toInt());
    pace().restore();
    const bool tellsMechanism = settings.value(QStringLiteral("view/whyDepth")).toInt() == static_cast<int>(Explainer::Depth::Mechanism);
    m_workspace->whyPanel()->setDepth(tellsMechanism ? Explainer::Depth::Mechanism : Explainer::Depth::Rule);
    m_isPlaced = restoreState(settings.value(QStringLiteral("window/layout")).toByteArray(), kLayoutVersion);
}

/// `motion`: a LoopView::Motion, perhaps from settings of another version.
void MainWindow::setMotion(int motion)
{
    const QList<QAction *> motions = m_actions.motions->actions();
    const auto known = std::clamp<qsizetype>(motion, 0, motions.size() - 1);
    motions.at(known)->setChecked(true);
    m_workspace->loopView()->setMotion(static_cast<LoopView::Motion>(known));
}

void MainWindow::saveSettings() const
{
    if (m_memory == Memory::Forget)
        return;
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/layout"), saveState(kLayoutVersion));
    settings.setValue(QStringLiteral("view/theme"), static_cast<int>(Theme::current().choice()));
    settings.setValue(QStringLiteral("view/zoom"), Theme::current().zoom());
    settings.setValue(QStringLiteral("view/nodesWork"), m_actions.showNodesWork->isChecked());
    settings.setValue(QStringLiteral("view/heatOfWhole"), m_actions.heatOfWhole->isChecked());
    settings.setValue(QStringLiteral("view/motion"), static_cast<int>(m_workspace->loopView()->motion()));
    m_bar->pace().save();
    settings.setValue(QStringLiteral("view/whyDepth"), static_cast<int>(m_workspace->whyPanel()->depth()));
}

} // namespace loopscope
