// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabRunner.h"

#include "CommandLine.h"
#include "servers/session/LabTable.h"
#include "servers/session/MachineText.h"
#include "servers/session/Verdict.h"

#include <QJsonDocument>

#include <array>
#include <unistd.h>

namespace loopscope {

LabRunner::LabRunner(const LabRunOptions &options)
    : m_options(options)
    , m_session(QCoreApplication::applicationFilePath())
    , m_interrupts([this] { m_session.stop(); })
    , m_commands(STDIN_FILENO, QSocketNotifier::Read)
{
    m_commands.setEnabled(options.isStream);
    QObject::connect(&m_commands, &QSocketNotifier::activated, &m_session, [this] { readCommands(); });
    QObject::connect(
        &m_session, &LabSession::told, &m_session, [this](const LabMessage &message, const QByteArray &line) { take(message, line); });
    QObject::connect(&m_session, &LabSession::ended, &m_session, [this] { finish(); });
}

int LabRunner::perform()
{
    LabStart start;
    start.version = m_report.version = QStringLiteral(LOOPSCOPE_VERSION);
    start.machine = m_report.machine = machineText();
    start.scenario = m_report.scenario = m_options.plan.scenario;
    start.runs = m_options.plan.runs;
    m_report.date = QDateTime::currentDateTimeUtc().toString(Qt::ISODate);
    if (m_options.isStream)
        stream(LabJson::line(start));
    m_session.start(m_options.plan);
    return QCoreApplication::exec();
}

void LabRunner::readCommands()
{
    std::array<char, 65536> piece;
    const ssize_t count = ::read(STDIN_FILENO, piece.data(), piece.size());
    if (count <= 0)
        return m_commands.setEnabled(false);
    m_waiting.append(piece.data(), count);
    for (qsizetype end = m_waiting.indexOf('\n'); end >= 0; end = m_waiting.indexOf('\n')) {
        QString problem;
        if (const auto command = LabJson::command(m_waiting.left(end), &problem))
            m_session.send(*command);
        else
            complain(problem);
        m_waiting.remove(0, end + 1);
    }
}

void LabRunner::take(const LabMessage &message, const QByteArray &line)
{
    m_report.take(message, m_options.followed);
    if (m_options.isStream)
        return stream(line);
    const auto *sample = std::get_if<LabSample>(&message);
    if (sample && !m_options.isQuiet)
        m_progress.show(LabTable::line(*sample));
}

void LabRunner::stream(const QByteArray &line)
{
    m_output.writeText(QString::fromUtf8(line));
    m_output.flush();
    if (!m_output.isOpen() && !m_session.wasStopped())
        m_session.stop();
}

void LabRunner::finish()
{
    m_progress.clear();
    m_report.arrange(m_options.plan.runs);
    m_report.verdict = verdictOf(m_report);
    print();
    const QString problem = m_options.reportFile.isEmpty() ? QString() : m_report.write(m_options.reportFile);
    if (!problem.isEmpty())
        complain(problem);
    constexpr int noResultExitCode = 1;
    QCoreApplication::exit(m_session.wasStopped() ? Interrupts::exitCode
            : !problem.isEmpty()                  ? static_cast<int>(ExitCode::WrongUse)
            : m_report.problems.empty()           ? static_cast<int>(ExitCode::Success)
                                                  : noResultExitCode);
}

void LabRunner::print()
{
    if (m_options.isStream) {
        if (!m_report.verdict.sentence.isEmpty())
            stream(LabJson::line(m_report.verdict));
        stream(LabJson::line(LabEnd{m_session.wasStopped(), m_session.wallSeconds()}));
    } else if (m_options.isJson) {
        m_output.writeLine(QJsonDocument(m_report.toJson()).toJson().trimmed());
    } else {
        m_output.writeText(LabTable::text(m_report));
        for (const LabResult &result : m_report.results) {
            if (const QString threads = m_options.showsThreads ? LabTable::threads(result) : QString(); !threads.isEmpty())
                m_output.writeText(QLatin1Char('\n') + threads);
        }
        if (const QString way = LabTable::way(m_report, m_options.followed); !way.isEmpty())
            m_output.writeText(QLatin1Char('\n') + way);
    }
    m_output.flush();
}

} // namespace loopscope
