// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabRunCommand.h"

#include "CommandLine.h"
#include "LabOptions.h"
#include "servers/presets/LabPresets.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace loopscope {

int LabRunCommand::run(const QStringList &arguments)
{
    if (!read(arguments))
        return static_cast<int>(ExitCode::WrongUse);
    if (!m_isList)
        return LabRunner(m_options).perform();
    listPresets(m_options.isJson);
    return static_cast<int>(ExitCode::Success);
}

bool LabRunCommand::read(const QStringList &arguments)
{
    std::vector<LabOptions::Option> names = LabOptions::scenarioOptions();
    names.insert(names.end(),
        {{"follow", true}, {"pace", true}, {"limit", true}, {"o", true}, {"json", false}, {"stream", false}, {"quiet", false},
            {"list", false}, {"threads", false}, {"record", true}, {"max-events", true}});
    LabOptions options(QStringLiteral("lab"), names);
    if (!options.parse(arguments))
        return false;
    m_options.isJson = options.has("json");
    m_options.isStream = options.has("stream");
    m_options.showsThreads = options.has("threads");
    m_options.isQuiet = options.has("quiet");
    m_isList = options.has("list");
    if (m_isList)
        return true;
    double followed = 0;
    double pace = 0;
    if (!options.readScenario(&m_options.plan.scenario, &m_options.plan.runs) || !options.readNumber("follow", 1, 1e15, &followed)
        || !options.readNumber("pace", 0, 1e6, &pace) || !options.readNumber("limit", 0.1, 1e6, &m_options.plan.wallLimitSeconds)
        || !options.readTarget("o", options.inputsOf(m_options.plan.scenario), &m_options.reportFile))
        return false;
    if (m_options.isJson && m_options.isStream)
        return LabOptions::fail(tr("'--json' and '--stream' both print to standard output: take one of them."));
    if (!readRecording(options))
        return false;
    m_options.followed = static_cast<qint64>(followed);
    if (followed > 0)
        m_options.plan.knobs.settings.push_back({LabControls::Knob::Follow, followed});
    if (pace > 0)
        m_options.plan.knobs.settings.push_back({LabControls::Knob::Pace, pace});
    return true;
}

bool LabRunCommand::readRecording(const LabOptions &options)
{
    LabPlan &plan = m_options.plan;
    double mostEvents = plan.recording.mostEvents;
    if (!options.readTarget("record", options.inputsOf(plan.scenario), &plan.recording.file)
        || !options.readNumber("max-events", 0, 1e9, &mostEvents))
        return false;
    if (plan.recording.file.isEmpty())
        return !options.has("max-events") || LabOptions::fail(tr("'--max-events' bounds a recording: name its file with '--record FILE'."));
    plan.recording.mostEvents = static_cast<int>(mostEvents);
    const auto isSimulated = [](const LabRunName &name) { return name.truth == Truth::Simulated; };
    if (std::any_of(plan.runs.begin(), plan.runs.end(), isSimulated))
        return true;
    return LabOptions::fail(tr("'--record' keeps simulated runs only, and there is none: add '--truth simulated'."));
}

void LabRunCommand::listPresets(bool isJson)
{
    Output output;
    QJsonArray array;
    for (const LabPreset &preset : labPresets()) {
        constexpr int width = 16;
        if (!isJson)
            output.writeText(QStringLiteral("%1 %2\n").arg(preset.name, -width).arg(preset.title));
        array.append(QJsonObject{{QStringLiteral("name"), preset.name}, {QStringLiteral("title"), preset.title},
            {QStringLiteral("description"), preset.description}, {QStringLiteral("lookFor"), preset.lookFor}});
    }
    if (isJson)
        output.writeLine(QJsonDocument(array).toJson().trimmed());
}

} // namespace loopscope
