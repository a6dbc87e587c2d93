// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabSession.h"

#include "servers/session/MachineText.h"

#include <QFileInfo>
#include <QProcess>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr int patienceMilliseconds = 3000; ///< of a run that was told to stop
constexpr qsizetype mostErrors = 4000; ///< bytes of a run's standard error that are kept: the last ones

} // namespace

QString recordingFile(const LabPlan &plan, LabRunName name)
{
    if (plan.recording.file.isEmpty() || name.truth != Truth::Simulated)
        return {};
    const auto simulated =
        std::count_if(plan.runs.begin(), plan.runs.end(), [](const LabRunName &each) { return each.truth == Truth::Simulated; });
    if (simulated == 1)
        return plan.recording.file;
    const QFileInfo info(plan.recording.file);
    const QString ending = info.suffix().isEmpty() ? QString() : QLatin1Char('.') + info.suffix();
    return info.path() + QLatin1Char('/') + info.completeBaseName() + QLatin1Char('-') + keyOf(name.model) + ending;
}

struct LabSession::Run
{
    enum class State : quint8 { Waiting, Running, Ended };

    LabRunName name;
    State state = State::Waiting;
    std::unique_ptr<QProcess> process;
    QByteArray waiting; ///< of a line that has not come whole
    QByteArray errors;
    bool isSettled = false; ///< its result or problem is told
    bool isTooLong = false;

    /// With all that it started.
    void kill() const
    {
        if (process && process->processId() > 0)
            ::kill(-static_cast<pid_t>(process->processId()), SIGKILL);
    }
};

LabSession::LabSession(const QString &program, QObject *parent)
    : QObject(parent)
    , m_program(program)
{
}

LabSession::~LabSession()
{
    for (const auto &run : m_runs) {
        if (!run->process || run->process->state() == QProcess::NotRunning)
            continue;
        run->process->disconnect(this);
        run->kill();
        run->process->waitForFinished(patienceMilliseconds);
    }
}

void LabSession::start(const LabPlan &plan)
{
    m_plan = plan;
    m_isStopping = false;
    m_clock.start();
    m_runs.clear();
    for (const LabRunName &name : plan.runs) {
        m_runs.push_back(std::make_unique<Run>());
        m_runs.back()->name = name;
    }
    startWaiting();
}

void LabSession::send(const LabCommand &command)
{
    const QByteArray line = LabJson::line(command);
    for (const auto &run : m_runs) {
        if (run->state == Run::State::Running && (!command.model || *command.model == run->name.model))
            run->process->write(line);
    }
    // What starts later begins with them.
    m_plan.knobs.settings.insert(m_plan.knobs.settings.end(), command.settings.begin(), command.settings.end());
    if (command.stop)
        stop();
}

void LabSession::stop()
{
    const bool isAgain = std::exchange(m_isStopping, true);
    LabCommand command;
    command.stop = true;
    for (const auto &run : m_runs) {
        if (run->state == Run::State::Running && isAgain)
            run->kill();
        else if (run->state == Run::State::Running)
            run->process->write(LabJson::line(command));
        else if (run->state == Run::State::Waiting)
            complain(*run, tr("stopped before it began."));
    }
    if (isAgain)
        return;
    QTimer::singleShot(patienceMilliseconds, this, [this] {
        for (const auto &run : m_runs)
            run->kill();
    });
    startWaiting();
}

/// Real runs have the machine for themselves.
bool LabSession::isRealTurn() const
{
    return std::none_of(m_runs.begin(), m_runs.end(), [](const auto &run) {
        return run->state == Run::State::Running || (run->state == Run::State::Waiting && run->name.truth != Truth::Real);
    });
}

void LabSession::startWaiting()
{
    for (const auto &run : m_runs) {
        if (run->state != Run::State::Waiting)
            continue;
        if (m_isStopping)
            run->state = Run::State::Ended;
        else if (run->name.truth != Truth::Real || isRealTurn())
            startRun(*run);
    }
    const auto isOver = [](const auto &run) { return run->state == Run::State::Ended; };
    if (std::all_of(m_runs.begin(), m_runs.end(), isOver))
        QTimer::singleShot(0, this, &LabSession::ended);
}

void LabSession::startRun(Run &run)
{
    run.state = Run::State::Running;
    run.process = std::make_unique<QProcess>();
    QProcess *process = run.process.get();
    // Ctrl+C is for the session; it ends its runs itself, each with all that it started.
    process->setChildProcessModifier([] { ::setpgid(0, 0); });
    connect(process, &QProcess::readyReadStandardOutput, this, [this, &run] { readLines(run); });
    connect(process, &QProcess::readyReadStandardError, this,
        [&run] { run.errors = (run.errors + run.process->readAllStandardError()).right(mostErrors); });
    connect(process, &QProcess::finished, this, [this, &run] { closeRun(run); });
    connect(process, &QProcess::errorOccurred, this, [this, &run](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            closeRun(run);
    });
    process->start(m_program, {QStringLiteral("lab"), QStringLiteral("--child")});
    LabStart begin;
    begin.version = QStringLiteral(LOOPSCOPE_VERSION);
    begin.scenario = m_plan.scenario;
    begin.runs = {run.name};
    begin.recording = {recordingFile(m_plan, run.name), m_plan.recording.mostEvents};
    process->write(LabJson::line(begin));
    process->write(LabJson::line(m_plan.knobs)); // also if there are none: the run waits for this line
    QTimer::singleShot(static_cast<int>(limitOf(run.name) * 1000), process, [this, &run] {
        run.isTooLong = true;
        LabCommand command;
        command.stop = true;
        run.process->write(LabJson::line(command));
        QTimer::singleShot(patienceMilliseconds, run.process.get(), [&run] { run.kill(); });
    });
}

/// A real run takes its time and what slow answers add; a virtual one as long as the computation takes, which nobody knows.
double LabSession::limitOf(const LabRunName &name) const
{
    if (m_plan.wallLimitSeconds > 0)
        return m_plan.wallLimitSeconds;
    const ScenarioLoad &load = m_plan.scenario.load;
    constexpr double startSeconds = 120; // a hundred processes on a busy machine
    constexpr double computeSeconds = 600;
    const double takes = load.warmupSeconds + load.seconds + load.timeoutSeconds;
    if (name.truth == Truth::Real)
        return takes + startSeconds;
    double pace = 0;
    for (const LabCommand::Setting &setting : m_plan.knobs.settings)
        pace = setting.knob == LabControls::Knob::Pace ? setting.value : pace;
    return computeSeconds + (pace > 0 ? takes / pace : 0);
}

void LabSession::readLines(Run &run)
{
    run.waiting += run.process->readAllStandardOutput();
    qsizetype begin = 0;
    for (qsizetype end = run.waiting.indexOf('\n'); end >= 0; end = run.waiting.indexOf('\n', begin)) {
        take(run, run.waiting.mid(begin, end + 1 - begin));
        begin = end + 1;
    }
    run.waiting.remove(0, begin);
}

void LabSession::take(Run &run, const QByteArray &line)
{
    QString problem;
    const std::optional<LabMessage> message = LabJson::message(line, &problem);
    if (!message)
        return complain(run, tr("the run told what is not understood: %1").arg(problem));
    if (run.isSettled)
        return;
    run.isSettled = std::holds_alternative<LabResult>(*message) || std::holds_alternative<LabProblem>(*message);
    Q_EMIT told(*message, line);
}

void LabSession::closeRun(Run &run)
{
    if (run.state == Run::State::Ended)
        return;
    readLines(run);
    run.kill(); // what it may have left behind
    run.state = Run::State::Ended;
    const QProcess &process = *run.process;
    QString tail = QString::fromUtf8(run.errors).trimmed();
    if (!tail.isEmpty())
        tail = tr(" Its last words: %1").arg(tail.right(1000));
    if (process.error() == QProcess::FailedToStart)
        complain(run, tr("'%1' cannot be started: %2.").arg(m_program, process.errorString()));
    else if (run.isTooLong)
        complain(run, tr("the run did not end within %1 s, nor when it was told to; it was killed.").arg(limitOf(run.name)));
    else if (m_isStopping && process.exitStatus() == QProcess::CrashExit)
        complain(run, tr("stopped; it had no result within %1 s.").arg(patienceMilliseconds / 1000));
    else if (process.exitStatus() == QProcess::CrashExit)
        complain(run,
            tr("the run was ended by signal %1 (%2).%3")
                .arg(process.exitCode())
                .arg(QString::fromLocal8Bit(::strsignal(process.exitCode())), tail));
    else
        complain(run, tr("the run ended without a result (exit code %1).%2").arg(process.exitCode()).arg(tail));
    startWaiting();
}

void LabSession::complain(const Run &run, const QString &sentence)
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&run](const auto &other) { return other.get() == &run; });
    if ((*found)->isSettled)
        return;
    (*found)->isSettled = true;
    const LabProblem problem{run.name.model, run.name.truth, sentence};
    Q_EMIT told(problem, LabJson::line(problem));
}

} // namespace loopscope
