// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonTrial.h"

#include "lessons/loader/FolderCopy.h"
#include "recording/RecordingReader.h"

#include <QDir>
#include <QEventLoop>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace loopscope {

namespace {

/// What a script was refused for: "SyntaxError: Unexpected token ';' (script.js:2)". As Node, the runner says the place in the first line.
QString refusalOf(const QString &errors)
{
    static const QRegularExpression place(QStringLiteral("^(.*):(\\d+)$"), QRegularExpression::MultilineOption);
    static const QRegularExpression error(QStringLiteral("^\\w*Error\\b.*$"), QRegularExpression::MultilineOption);
    const auto where = place.match(errors);
    const QString what = error.match(errors).captured().trimmed();
    if (!where.hasMatch() || what.isEmpty())
        return errors.trimmed().left(500);
    return QStringLiteral("%1 (%2:%3)").arg(what, QFileInfo(where.captured(1)).fileName(), where.captured(2));
}

/// The last event of this kind, near the end of a recording.
std::optional<Event> lastOf(const RecordingReader &reader, EventKind kind)
{
    constexpr quint64 most = 100;
    const quint64 count = reader.eventCount();
    for (quint64 back = 1; back <= std::min(count, most); ++back) {
        const Event event = reader.event(count - back);
        if (event.kind == kind)
            return event;
    }
    return std::nullopt;
}

void append(QByteArray *text, const QByteArray &more) { text->append(more.left(LessonTrial::mostOutput - text->size())); }

} // namespace

LessonTrial::LessonTrial(QObject *parent)
    : QObject(parent)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        if (!m_process) // it could not be prepared
            return finish();
        m_tookTooLong = true;
        m_process->kill();
    });
}

LessonTrial::~LessonTrial() { end(); }

void LessonTrial::end()
{
    m_limit.stop();
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_process->kill();
    constexpr int milliseconds = 2000; // of a killed process; without it QProcess would complain, and wait longer
    m_process->waitForFinished(milliseconds);
    m_process.reset();
}

void LessonTrial::start(const Setup &setup)
{
    end();
    m_folder = std::make_shared<QTemporaryDir>();
    m_wallSeconds = setup.wallSeconds;
    m_isLab = !setup.scenario.isEmpty();
    m_isRunning = true;
    m_tookTooLong = m_wasCancelled = false;
    m_failure.clear();
    m_notice.clear();
    m_recording.clear();
    m_output.clear();
    m_errors.clear();
    m_exitCode = 0;
    QStringList arguments;
    if (!prepare(setup, &arguments)) {
        m_limit.start(0);
        return;
    }
    m_process = std::make_unique<QProcess>();
    m_process->setStandardInputFile(QProcess::nullDevice());
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &LessonTrial::collect);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &LessonTrial::collect);
    connect(m_process.get(), &QProcess::finished, this, [this] { handleEnd(QProcess::UnknownError); });
    // Told within start() on some systems. Of all other errors finished() tells.
    const auto failed = [this, process = m_process.get()](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart && m_process.get() == process)
            handleEnd(error);
    };
    connect(m_process.get(), &QProcess::errorOccurred, this, failed, Qt::QueuedConnection);
    constexpr double millisecondsPerSecond = 1000;
    m_limit.start(static_cast<int>(setup.wallSeconds * millisecondsPerSecond));
    m_process->start(setup.runner, arguments);
}

bool LessonTrial::prepare(const Setup &setup, QStringList *arguments)
{
    if (!m_folder->isValid()) {
        m_failure = tr("There is no place for the run: %1. Make room on the disk.").arg(m_folder->errorString());
        return false;
    }
    QString script = setup.script;
    if (m_isLab || !setup.text.isNull()) {
        script = QDir(m_folder->filePath(QStringLiteral("lesson"))).filePath(QDir(setup.folder).relativeFilePath(setup.script));
        m_failure = QDir(m_folder->path()).mkdir(QStringLiteral("lesson"))
            ? FolderCopy::copy(setup.folder, m_folder->filePath(QStringLiteral("lesson")))
            : tr("No folder can be made in '%1'.").arg(m_folder->path());
        if (m_failure.isEmpty() && !setup.text.isNull())
            m_failure = FolderCopy::write(script, setup.text);
        if (!m_failure.isEmpty())
            return false;
    }
    if (m_isLab) {
        QString scenario;
        if (!prepareScenario(setup, script, &scenario))
            return false;
        *arguments = {QStringLiteral("lab"), scenario, QStringLiteral("--json"), QStringLiteral("--quiet"), QStringLiteral("--truth"),
            QStringLiteral("simulated"), QStringLiteral("--model"), setup.models.join(QLatin1Char(','))};
        return true;
    }
    *arguments = QStringList{QStringLiteral("run"), QStringLiteral("--record"), m_folder->filePath(QStringLiteral("run.lscope")),
                     QStringLiteral("--clock"), QStringLiteral("virtual"), QStringLiteral("--io"), QStringLiteral("simulated"),
                     QStringLiteral("--max-time"), QString::number(mostSeconds), QStringLiteral("--max-events"),
                     QString::number(mostEvents), QStringLiteral("--max-memory"), QString::number(mostMegabytes)}
        + setup.run.options + QStringList{QStringLiteral("--"), script} + setup.run.arguments;
    return true;
}

bool LessonTrial::prepareScenario(const Setup &setup, const QString &script, QString *scenario)
{
    *scenario = QDir(m_folder->filePath(QStringLiteral("lesson"))).filePath(QDir(setup.folder).relativeFilePath(setup.scenario));
    QFile file(*scenario);
    QJsonParseError error;
    QJsonDocument document;
    if (file.open(QIODevice::ReadOnly))
        document = QJsonDocument::fromJson(file.readAll(), &error);
    file.close();
    if (!document.isObject()) {
        m_failure = tr("The scenario '%1' cannot be read; 'loopscope lessons check' says what is wrong with it.").arg(setup.scenario);
        return false;
    }
    QJsonObject object = document.object();
    object.insert(QStringLiteral("script"), script);
    m_failure = FolderCopy::write(*scenario, QJsonDocument(object).toJson());
    return m_failure.isEmpty();
}

void LessonTrial::cancel()
{
    if (!m_isRunning || m_wasCancelled)
        return;
    m_wasCancelled = true;
    if (m_process)
        m_process->kill();
}

bool LessonTrial::wait()
{
    if (m_isRunning) {
        QEventLoop loop;
        connect(this, &LessonTrial::finished, &loop, &QEventLoop::quit);
        loop.exec();
    }
    return m_failure.isEmpty() && !m_wasCancelled;
}

void LessonTrial::collect()
{
    append(&m_output, m_process->readAllStandardOutput());
    append(&m_errors, m_process->readAllStandardError());
}

void LessonTrial::handleEnd(QProcess::ProcessError error)
{
    m_limit.stop();
    collect();
    m_exitCode = m_process->exitCode();
    const bool hasCrashed = m_process->exitStatus() == QProcess::CrashExit;
    if (error == QProcess::FailedToStart)
        m_failure =
            tr("The runner '%1' cannot be started: %2. Is Loopscope installed whole?").arg(m_process->program(), m_process->errorString());
    else if (m_wasCancelled)
        m_failure = tr("The run was cancelled.");
    else if (m_tookTooLong)
        m_failure = tr("The run was ended after %1 s, as it never came to an end. Look for a loop that goes on for ever without giving "
                       "the event loop a turn.")
                        .arg(m_wallSeconds);
    else if (hasCrashed)
        m_failure = tr("The runner crashed. That is a fault of Loopscope, not of the script; please report it with the script.");
    else if (m_isLab)
        judgeReport();
    else
        judgeRecording();
    // Not deleted here: its signal is under way.
    m_process.release()->deleteLater();
    finish();
}

void LessonTrial::judgeRecording()
{
    const QString path = m_folder->filePath(QStringLiteral("run.lscope"));
    const QString errors = QString::fromUtf8(m_errors);
    RecordingReader reader;
    if (!QFileInfo::exists(path) || !reader.open(path)) {
        m_failure = tr("The script was not run: %1").arg(errors.trimmed().left(500));
        return;
    }
    m_recording = path;
    const std::optional<Event> ended = lastOf(reader, EventKind::RunEnded);
    const auto ending = ended ? static_cast<RunEnding>(ended->detail) : RunEnding::Stopped;
    if (ending == RunEnding::Refused) {
        m_failure = tr("The script cannot be run as it is written: %1. Mend it there, and try again.").arg(refusalOf(errors));
    } else if (ending == RunEnding::Limit) {
        const std::optional<Event> limit = lastOf(reader, EventKind::LimitReached);
        const auto kind = limit ? static_cast<LimitKind>(limit->detail) : LimitKind::Time;
        m_notice = kind == LimitKind::Events ? tr("The run was ended after the events that it may have. Does something repeat for ever?")
            : kind == LimitKind::Memory
            ? tr("The run was ended when it took all the memory that it may have. Does something grow for ever?")
            : kind == LimitKind::Idle ? tr("The run was ended as only handles were left that nothing can reach. Is something left open?")
                                      : tr("The run was ended after the virtual time that it may take. Does a timer repeat for ever?");
    }
}

void LessonTrial::judgeReport()
{
    constexpr int usageError = 2;
    if (m_exitCode == usageError || m_output.isEmpty())
        m_failure = tr("The server lab did not run the script: %1").arg(QString::fromUtf8(m_errors).trimmed().left(500));
}

void LessonTrial::finish()
{
    m_isRunning = false;
    Q_EMIT finished();
}

} // namespace loopscope
