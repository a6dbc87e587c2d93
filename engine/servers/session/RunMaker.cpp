// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/RunMaker.h"

namespace loopscope {

namespace {

using MakeRun = std::unique_ptr<LabRun> (*)(const Scenario &scenario, ServerModel model, const LabRecording &recording);

/// Null where this program was built without.
MakeRun makerOf(Truth truth)
{
    switch (truth) {
    case Truth::Real:
#ifdef LOOPSCOPE_HAS_RealRun
        return [](const Scenario &scenario, ServerModel model, const LabRecording &) { return makeRealRun(scenario, model); };
#else
        break;
#endif
    case Truth::Simulated:
#ifdef LOOPSCOPE_HAS_SimulatedRun
        return makeSimulatedRun;
#else
        break;
#endif
    case Truth::Modelled:
#ifdef LOOPSCOPE_HAS_ModelledRun
        return [](const Scenario &scenario, ServerModel model, const LabRecording &) { return makeModelledRun(scenario, model); };
#else
        break;
#endif
    }
    return nullptr;
}

} // namespace

QString runProblem(LabRunName name)
{
    if (name.model == ServerModel::Node && name.truth != Truth::Real)
        return QCoreApplication::translate("loopscope::LabSession", "Node itself runs in real time only: take the truth 'real' for it.");
    if (!makerOf(name.truth))
        return QCoreApplication::translate("loopscope::LabSession", "not supported by Loopscope: %1 runs of server models.")
            .arg(keyOf(name.truth));
    return {};
}

std::unique_ptr<LabRun> makeRun(const Scenario &scenario, LabRunName name, QString *problem, const LabRecording &recording)
{
    *problem = runProblem(name);
    if (problem->isEmpty() && !recording.file.isEmpty() && name.truth != Truth::Simulated)
        *problem = QCoreApplication::translate("loopscope::LabSession", "only simulated runs are recorded: take the truth 'simulated'.");
    return problem->isEmpty() ? makerOf(name.truth)(scenario, name.model, recording) : nullptr;
}

} // namespace loopscope
