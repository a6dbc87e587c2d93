// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabOptions.h"

#include "servers/lab/IdleSettings.h"
#include "servers/lab/NearName.h"
#include "servers/presets/LabPresets.h"
#include "servers/queueing/Distribution.h"
#include "servers/session/RunMaker.h"

#include <QFileInfo>

namespace loopscope {

namespace {

constexpr double mostExact = 9007199254740991; // the largest whole number of a double

} // namespace

LabOptions::LabOptions(const QString &command, const std::vector<Option> &options)
    : m_command(command)
{
    for (const Option &option : options) {
        const QString name = QLatin1String(option.name);
        m_names.append(QLatin1String(name.size() > 1 ? "--" : "-") + name);
        m_parser.addOption(option.takesValue ? QCommandLineOption(name, QString(), name) : QCommandLineOption(name));
    }
}

bool LabOptions::parse(const QStringList &arguments)
{
    // The parser takes the first for the program's name.
    if (m_parser.parse(QStringList(QString()) + arguments))
        return true;
    const QStringList unknown = m_parser.unknownOptionNames();
    if (!unknown.isEmpty()) {
        const QString written = QLatin1String(unknown.first().size() > 1 ? "--" : "-") + unknown.first();
        return fail(tr("'%1' has no option '%2'; 'loopscope %1 --help' lists those it has.").arg(m_command, written)
            + nearNameQuestion(written, m_names));
    }
    return fail(m_parser.errorText());
}

bool LabOptions::readNumber(const char *name, double least, double most, double *value) const
{
    if (!has(name))
        return true;
    bool isNumber = false;
    const double read = this->value(name).toDouble(&isNumber);
    if (!isNumber || !(read >= least && read <= most))
        return fail(tr("the option '--%1' takes a number from %2 to %3, not '%4'.")
                        .arg(QLatin1String(name), QString::number(least, 'g', 16), QString::number(most, 'g', 16), this->value(name)));
    *value = read;
    return true;
}

bool LabOptions::readTarget(const char *name, const QStringList &inputs, QString *file) const
{
    if (!has(name))
        return true;
    const QString option = QLatin1String(qstrlen(name) == 1 ? "-" : "--") + QLatin1String(name);
    const QString target = value(name);
    if (target.isEmpty())
        return fail(tr("the option '%1' needs the name of a file.").arg(option));
    const QFileInfo info(target);
    if (info.isDir())
        return fail(tr("the option '%1': '%2' is a folder; name a file in it.").arg(option, target));
    const QFileInfo folder(info.absolutePath());
    if (!folder.isDir())
        return fail(tr("the option '%1': there is no folder '%2' for '%3'.").arg(option, info.path(), info.fileName()));
    if (info.exists() ? !info.isWritable() : !folder.isWritable())
        return fail(tr("the option '%1': '%2' may not be written.").arg(option, target));
    for (const QString &input : inputs) {
        if (info.exists() && info.canonicalFilePath() == QFileInfo(input).canonicalFilePath())
            return fail(tr("the option '%1' would write over '%2', which is read: name another file.").arg(option, input));
    }
    *file = target;
    return true;
}

QStringList LabOptions::inputsOf(const Scenario &scenario) const
{
    QStringList inputs = operands();
    for (const QString &file : {scenario.script, scenario.latencyProfile, scenario.profile, scenario.load.replayFile}) {
        if (!file.isEmpty())
            inputs.append(file);
    }
    return inputs;
}

std::vector<LabOptions::Option> LabOptions::scenarioOptions()
{
    return {{"model", true}, {"truth", true}, {"peer", true}, {"set", true}, {"seconds", true}, {"seed", true}};
}

bool LabOptions::findScenario(Scenario *scenario) const
{
    const QStringList names = operands();
    if (names.isEmpty())
        return fail(tr("which scenario? Write 'loopscope %1 SCENARIO.json'; 'loopscope lab --list' lists the presets.").arg(m_command));
    if (names.size() > 1)
        return fail(tr("one scenario is enough: '%1' is too many.").arg(names[1]));
    QString file = names.first();
    QString problem;
    if (!QFileInfo::exists(file)) {
        QStringList presets;
        for (const LabPreset &preset : labPresets())
            presets.append(preset.name);
        if (!presets.contains(file))
            return fail(
                tr("there is no file '%1', and no preset of that name; presets are %2.").arg(file, presets.join(QLatin1String(", ")))
                + nearNameQuestion(file, presets));
        const std::optional<QString> placed = placeLabPreset(file, labPresetFolder(), &problem);
        if (!placed)
            return fail(problem);
        file = *placed;
    }
    const std::optional<Scenario> read = Scenario::read(file, &problem);
    if (!read)
        return fail(problem);
    *scenario = *read;
    return true;
}

bool LabOptions::readScenario(Scenario *scenario, std::vector<LabRunName> *runs) const
{
    auto seed = 0.0;
    if (!findScenario(scenario) || !readNumber("seconds", 0.01, 3600, &scenario->load.seconds) || !readNumber("seed", 0, mostExact, &seed))
        return false;
    if (has("seed"))
        scenario->seed = static_cast<quint64>(seed);
    const Scenario written = *scenario;
    if (!readRuns(scenario, runs)) // before what is set: 'threads' are those of the models
        return false;
    std::vector<LabCommand::Setting> settings;
    if (!readSettings(scenario, &settings))
        return false;
    QString problem = scenario->problem();
    if (problem.isEmpty() && scenario->load.arrivals == ScenarioLoad::Arrivals::Closed
        && !Distribution::parse(scenario->load.thinkTime, &problem))
        problem = tr("load.thinkTime: %1").arg(problem);
    if (!problem.isEmpty())
        return fail(problem);
    tellIdleSettings(written, *scenario, *runs, settings);
    return true;
}

bool LabOptions::readSettings(Scenario *scenario, std::vector<LabCommand::Setting> *settings) const
{
    const QStringList texts = values("set");
    for (const QString &text : texts) {
        QString problem;
        const std::optional<LabCommand::Setting> setting = LabJson::setting(text, &problem);
        if (!setting)
            return fail(tr("the option '--set': %1").arg(problem));
        if (!setting->applyTo(*scenario))
            return fail(tr("the option '--set': '%1' is for runs that go on, not for a scenario.").arg(LabControls::keyOf(setting->knob)));
        settings->push_back(*setting);
    }
    return true;
}

/// What the file sets is for its own models and for any truth; what the command line sets, for the runs that are asked for.
void LabOptions::tellIdleSettings(const Scenario &written, const Scenario &scenario, const std::vector<LabRunName> &runs,
    const std::vector<LabCommand::Setting> &settings)
{
    QStringList knobs;
    for (const LabCommand::Setting &setting : settings)
        knobs.append(LabControls::memberOf(setting.knob));
    Scenario all = written;
    all.models.insert(all.models.end(), scenario.models.begin(), scenario.models.end());
    for (const IdleSetting &idle : idleSettings(all)) {
        if (!knobs.contains(idle.member))
            complain(tr("the scenario's '%1' changes nothing: %2.").arg(idle.member, idle.why));
    }
    for (const IdleSetting &idle : idleSettings(scenario, runs, knobs)) {
        const auto isOf = [&idle](const LabCommand::Setting &setting) { return LabControls::memberOf(setting.knob) == idle.member; };
        const auto setting = std::find_if(settings.begin(), settings.end(), isOf);
        complain(tr("the option '--set %1' changes nothing: %2.").arg(LabControls::keyOf(setting->knob), idle.why));
    }
}

bool LabOptions::readRuns(Scenario *scenario, std::vector<LabRunName> *runs) const
{
    if (value("model") == QLatin1String("all"))
        scenario->models.assign(serverModels.begin(), serverModels.end());
    else if (!readKinds("model", serverModelOf, &scenario->models))
        return false;
    std::vector<Truth> truths = {scenario->truth};
    if (!readKinds("truth", truthOf, &truths))
        return false;
    scenario->truth = truths.front();
    if (has("peer") && value("peer") != QLatin1String("node"))
        return fail(tr("the option '--peer' takes 'node', not '%1'.").arg(value("peer")));
    if (has("peer") && std::find(scenario->models.begin(), scenario->models.end(), ServerModel::Node) == scenario->models.end())
        scenario->models.push_back(ServerModel::Node);
    for (const Truth truth : truths) {
        for (const ServerModel model : scenario->models) {
            if (model != ServerModel::Node || truth == Truth::Real)
                runs->push_back({model, truth});
        }
    }
    return !runs->empty() || fail(runProblem({ServerModel::Node, truths.front()}));
}

} // namespace loopscope
