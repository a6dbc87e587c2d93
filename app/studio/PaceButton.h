// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/Pace.h"

#include <QToolButton>

class QAction;

namespace loopscope {

/// Chooses how fast Run goes: unpaced, or 0.1x to 100x of a pace by events or by run time.
class PaceButton : public QToolButton
{
    Q_OBJECT
public:
    explicit PaceButton(QWidget *parent = nullptr);

    const Pace &pace() const { return m_pace; }
    /// Shows this pace; says nothing.
    void setPace(const Pace &pace);
    /// The pace of the last start, from the settings; chosen anew if it is another one.
    void restore();
    void save() const;
    /// The next factor up or down; above the largest it goes unpaced.
    void faster() { change(1); }
    void slower() { change(-1); }

Q_SIGNALS:
    void paceChosen(const Pace &pace);

private:
    void makeMenu();
    void choose(const Pace &pace);
    void change(int by);

    Pace m_pace;
    Pace::Basis m_basis = Pace::Basis::Events; ///< of the paced ones
    QAction *m_unpaced = nullptr;
    QList<QAction *> m_factors; ///< in the order of the factors
    QAction *m_byEvents = nullptr;
    QAction *m_byRunTime = nullptr;
};

} // namespace loopscope
