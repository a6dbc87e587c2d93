// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabSweepCommand.h"

#include "CommandLine.h"
#include "Interrupts.h"
#include "LabHelp.h"
#include "servers/lab/IdleSettings.h"
#include "servers/lab/NearName.h"
#include "servers/session/LabSweep.h"
#include "servers/session/MachineText.h"
#include "servers/session/SweepTable.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QRegularExpression>

#include <cmath>

namespace loopscope {

namespace {

constexpr double mostSteps = 1000;

} // namespace

int LabSweepCommand::sweep(const QStringList &arguments)
{
    if (arguments.contains(QLatin1String("--help")) || arguments.contains(QLatin1String("-h"))) {
        Output().writeText(LabHelp::sweep());
        return static_cast<int>(ExitCode::Success);
    }
    std::vector<LabOptions::Option> names = LabOptions::scenarioOptions();
    names.insert(names.end(),
        {{"over", true}, {"from", true}, {"to", true}, {"steps", true}, {"factor", true}, {"shard", true}, {"limit", true}, {"o", true},
            {"resume", true}, {"json", false}, {"quiet", false}});
    LabOptions options(QStringLiteral("lab sweep"), names);
    return options.parse(arguments) && read(options) ? perform() : static_cast<int>(ExitCode::WrongUse);
}

bool LabSweepCommand::read(const LabOptions &options)
{
    m_isJson = options.has("json");
    m_isQuiet = options.has("quiet");
    if (options.has("resume"))
        return readResumed(options);
    if (!options.readScenario(&m_report.scenario, &m_report.runs) || !readValues(options) || !readShard(options)
        || !options.readNumber("limit", 0.1, 1e6, &m_limitSeconds)
        || !options.readTarget("o", options.inputsOf(m_report.scenario), &m_file))
        return false;
    if (const QString problem = m_report.problem(); !problem.isEmpty())
        return LabOptions::fail(problem);
    m_report.version = QStringLiteral(LOOPSCOPE_VERSION);
    m_report.machine = machineText();
    m_report.date = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    return true;
}

/// A sweep that was stopped: what it has is kept, what gave no result is tried again.
bool LabSweepCommand::readResumed(const LabOptions &options)
{
    for (const char *name : {"over", "from", "to", "steps", "factor", "shard", "model", "truth", "set", "seconds", "seed"}) {
        if (options.has(name))
            return LabOptions::fail(
                tr("the option '--%1' does not go with '--resume': the report says what is swept.").arg(QLatin1String(name)));
    }
    if (!options.operands().isEmpty())
        return LabOptions::fail(tr("'--resume' takes the scenario out of the report; '%1' is too many.").arg(options.operands().front()));
    const QString file = options.value("resume");
    QString problem;
    std::optional<SweepReport> report = SweepReport::read(file, &problem);
    if (report)
        problem = report->problem();
    if (!problem.isEmpty())
        return LabOptions::fail(problem);
    if (!options.readNumber("limit", 0.1, 1e6, &m_limitSeconds) || !options.readTarget("o", options.inputsOf(report->scenario), &m_file))
        return false;
    m_report = *report;
    m_report.problems.clear();
    m_report.date = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    if (m_report.machine != machineText() || m_report.version != QStringLiteral(LOOPSCOPE_VERSION))
        complain(tr("the sweep was begun on another machine, or by another Loopscope: %1, %2.").arg(m_report.machine, m_report.version));
    m_file = m_file.isEmpty() ? file : m_file;
    return true;
}

bool LabSweepCommand::readValues(const LabOptions &options)
{
    const QString over = options.value("over");
    const QStringList knobs = LabControls::keysOfScenario();
    if (!knobs.contains(over))
        return LabOptions::fail(
            tr("'lab sweep' needs --over with one of %1.").arg(knobs.join(QLatin1String(", "))) + nearNameQuestion(over, knobs));
    m_report.over = *LabControls::knobOf(over);
    for (const QString &setting : options.values("set")) {
        if (setting.section(QLatin1Char('='), 0, 0) == over)
            return LabOptions::fail(tr("the options '--set %1' and '--over %1' set the same: leave one of them out.").arg(over));
    }
    const QStringList members(LabControls::memberOf(m_report.over));
    for (const IdleSetting &idle : idleSettings(m_report.scenario, m_report.runs, members))
        return LabOptions::fail(tr("the option '--over %1' would change nothing: %2.").arg(over, idle.why));
    double from = 0;
    double to = 0;
    double steps = 10;
    double factor = 0;
    if (!options.has("from") || !options.has("to"))
        return LabOptions::fail(tr("'lab sweep' needs --from and --to, as in --over clients --from 1 --to 10000."));
    if (!readBound(options, "from", &from) || !readBound(options, "to", &to) || !options.readNumber("steps", 1, mostSteps, &steps)
        || !options.readNumber("factor", 1.001, 1e6, &factor))
        return false;
    if (from > to)
        return LabOptions::fail(tr("the option '--from' (%1) is above '--to' (%2).").arg(from).arg(to));
    if (options.has("steps") && options.has("factor"))
        return LabOptions::fail(tr("the options '--steps' and '--factor' say the same in two ways: take one of them."));
    if (factor > 0 && from == 0 && to > 0)
        return LabOptions::fail(tr("the option '--factor' leads nowhere from 0: take '--steps', which are equal then."));
    if (factor > 0 && to > from)
        steps = std::min(std::round(std::log(to / from) / std::log(factor)) + 1, mostSteps);
    m_report.values = SweepReport::geometric(from, to, from == to ? 1 : static_cast<int>(steps), LabControls::isWhole(m_report.over));
    return true;
}

bool LabSweepCommand::readBound(const LabOptions &options, const char *name, double *value) const
{
    QString problem;
    const QString text = LabControls::keyOf(m_report.over) + QLatin1Char('=') + options.value(name);
    const std::optional<LabCommand::Setting> setting = LabJson::setting(text, &problem);
    if (!setting)
        return LabOptions::fail(tr("the option '--%1': %2").arg(QLatin1String(name), problem));
    *value = setting->value;
    return true;
}

bool LabSweepCommand::readShard(const LabOptions &options)
{
    if (!options.has("shard"))
        return true;
    static const QRegularExpression shape(QRegularExpression::anchoredPattern(QStringLiteral("([0-9]{1,6})/([0-9]{1,6})")));
    const QRegularExpressionMatch match = shape.match(options.value("shard"));
    m_report.shard = match.captured(1).toInt();
    m_report.shards = match.captured(2).toInt();
    if (m_report.shard < 1 || m_report.shard > m_report.shards)
        return LabOptions::fail(tr("the option '--shard' takes I/N, part I of N, as in 1/8, not '%1'.").arg(options.value("shard")));
    return true;
}

int LabSweepCommand::perform()
{
    ProgressLine progress;
    LabSweep sweep(QCoreApplication::applicationFilePath());
    const Interrupts interrupts([&sweep] { sweep.stop(); });
    QObject::connect(&sweep, &LabSweep::ended, &sweep, [] { QCoreApplication::quit(); });
    QElapsedTimer sinceWritten;
    QObject::connect(&sweep, &LabSweep::progressed, &sweep, [&](int done, int all, const QString &line) {
        // What there is so far: to be looked at meanwhile, and kept if this process is ended from outside.
        constexpr int pauseMilliseconds = 500;
        if (!m_file.isEmpty() && (!sinceWritten.isValid() || sinceWritten.elapsed() >= pauseMilliseconds)) {
            m_report.write(m_file);
            sinceWritten.start();
        }
        if (!m_isQuiet)
            progress.show(QStringLiteral("%1/%2 %3").arg(done).arg(all).arg(line));
    });
    sweep.start(&m_report, m_limitSeconds);
    QCoreApplication::exec();
    progress.clear();
    if (!finish())
        return static_cast<int>(ExitCode::WrongUse);
    constexpr int noResultExitCode = 1;
    return sweep.wasStopped() ? Interrupts::exitCode : m_report.problems.empty() ? static_cast<int>(ExitCode::Success) : noResultExitCode;
}

bool LabSweepCommand::finish() const
{
    const QString problem = m_file.isEmpty() ? QString() : m_report.write(m_file);
    if (!problem.isEmpty())
        complain(problem);
    Output output;
    if (m_isJson)
        output.writeLine(QJsonDocument(m_report.toJson()).toJson().trimmed());
    else if (!m_isQuiet || m_file.isEmpty())
        output.writeText(SweepTable::text(m_report));
    return problem.isEmpty();
}

int LabSweepCommand::merge(const QStringList &arguments)
{
    if (arguments.contains(QLatin1String("--help")) || arguments.contains(QLatin1String("-h"))) {
        Output().writeText(LabHelp::sweep());
        return static_cast<int>(ExitCode::Success);
    }
    LabOptions options(QStringLiteral("lab merge"), {{"o", true}, {"json", false}, {"quiet", false}});
    if (!options.parse(arguments) || !options.readTarget("o", options.operands(), &m_file))
        return static_cast<int>(ExitCode::WrongUse);
    m_isJson = options.has("json");
    m_isQuiet = options.has("quiet");
    const QStringList files = options.operands();
    std::vector<SweepReport> parts;
    QString problem = files.isEmpty() ? tr("which parts? Write 'loopscope lab merge PART.json... -o ALL.json'.") : QString();
    for (const QString &file : files) {
        std::optional<SweepReport> part = problem.isEmpty() ? SweepReport::read(file, &problem) : std::nullopt;
        if (part)
            parts.push_back(*part);
    }
    const std::optional<SweepReport> merged = problem.isEmpty() ? SweepReport::merged(parts, files, &problem) : std::nullopt;
    if (!merged) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    m_report = *merged;
    return static_cast<int>(finish() ? ExitCode::Success : ExitCode::WrongUse);
}

} // namespace loopscope
