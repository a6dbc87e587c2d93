// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"
#include "servers/profile/ProfileObserver.h"
#include "servers/profile/SimulatedCosts.h"
#include "servers/profile/WakeUps.h"

#include <QCoreApplication>
#include <QStringList>

#include <optional>

namespace loopscope {

/// `loopscope lab profile SCENARIO`: what the requests of a scenario need.
class LabProfileCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabProfileCommand)

public:
    /// `arguments`: what stands behind 'profile'. Gives the exit code.
    int run(const QStringList &arguments);

private:
    bool read(const QStringList &arguments);
    std::optional<ObservedProfile> observe(const Scenario &scenario, Truth truth, QString *problem, int requests) const;
    /// Nothing, with a sentence, where there are no simulated runs of this scenario to compare with.
    std::optional<SimulatedCosts> costsBeside(const ObservedProfile &real, QString *problem);
    /// Null, or the sentence that says which file cannot be written.
    QString save(const ObservedProfile &profile, const std::optional<SimulatedCosts> &costs) const;
    QByteArray json(const ObservedProfile &profile, const std::optional<SimulatedCosts> &costs) const;
    QString text(const ObservedProfile &profile, const std::optional<SimulatedCosts> &costs) const;

    QString saveScenario(const std::optional<SimulatedCosts> &costs) const;

    Scenario m_scenario;
    WakeUps m_wakeUps; ///< of a real profile
    std::optional<double> m_diskFactor; ///< diskFactor() of real and simulated runs; none where that is not known
    ProfilePlan m_plan;
    QString m_profileFile; ///< empty: none
    QString m_scenarioFile; ///< empty: none
    bool m_isJson = false;
    bool m_isHelp = false;
};

} // namespace loopscope
