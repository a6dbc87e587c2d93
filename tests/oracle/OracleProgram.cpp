// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "OracleProgram.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int TimeLimit = 60'000; // ms; generous, sanitizers are slow

/// Takes out of standard error what differs between two right implementations.
QStringList comparableErrorLines(const QString &text)
{
    static const QRegularExpression nodeFrame(QStringLiteral(R"(^\s+at (?:.*\()?node:.*?\)?( \{)?$)"));
    static const QRegularExpression ownFrame(QStringLiteral(R"(^(\s+at .*:\d+):\d+(\)?(?: \{)?)$)"));
    static const QRegularExpression nodePlace(QStringLiteral(R"(^node:\S+:\d+$)"));
    static const QRegularExpression caret(QStringLiteral(R"(^\s*\^+\s*$)"));
    static const QRegularExpression version(QStringLiteral(R"(^Node\.js v20\.\S+$)"));
    static const QRegularExpression processNumber(QStringLiteral(R"(\(node:\d+\))"));
    QStringList lines;
    const QStringList given = text.split(u'\n');
    for (QString line : given) {
        line.replace(processNumber, QStringLiteral("(node:<pid>)"));
        if (const auto match = nodeFrame.match(line); match.hasMatch()) {
            if (match.hasCaptured(1) && !lines.isEmpty())
                lines.last() += QStringLiteral(" {");
            continue;
        }
        if (const auto match = ownFrame.match(line); match.hasMatch())
            line = match.captured(1) + match.captured(2);
        else if (nodePlace.match(line).hasMatch())
            line = QStringLiteral("node:<place>");
        else if (caret.match(line).hasMatch())
            line = QStringLiteral("^");
        else if (version.match(line).hasMatch())
            line = QStringLiteral("Node.js v20");
        lines.append(line);
    }
    return lines;
}

QString firstDifference(const QString &what, const QStringList &actual, const QStringList &expected)
{
    for (qsizetype i = 0; i < std::max(actual.size(), expected.size()); ++i) {
        const QString have = i < actual.size() ? actual[i] : QStringLiteral("(end)");
        const QString want = i < expected.size() ? expected[i] : QStringLiteral("(end)");
        if (have != want || (i < actual.size()) != (i < expected.size()))
            return QStringLiteral("%1, line %2:\n  expected: %3\n  actual:   %4").arg(what).arg(i + 1).arg(want, have);
    }
    return {};
}

QString joinedLines(const QJsonValue &lines)
{
    QStringList texts;
    const QJsonArray array = lines.toArray();
    for (const auto &line : array)
        texts.append(line.toString());
    return texts.join(u'\n');
}

void readDirectives(OracleProgram &program)
{
    QFile file(program.path);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QList<QByteArray> lines = file.read(1000).split('\n');
    for (const QByteArray &line : lines.first(std::min<qsizetype>(6, lines.size()))) {
        const auto value = [&line](const QByteArray &name) {
            const QByteArray start = "// oracle: " + name;
            return line.startsWith(start) ? QString::fromUtf8(line.mid(start.size() + 1)) : QString();
        };
        if (line.startsWith("// oracle: ignore-stderr"))
            program.comparesStandardError = false;
        else if (line.startsWith("// oracle: not-sanitized"))
            program.isForSanitizers = false;
        else if (line.startsWith("// oracle: outlived"))
            program.isOutlived = true;
        else if (const QString arguments = value("args"); !arguments.isEmpty())
            program.arguments = arguments.split(u' ', Qt::SkipEmptyParts);
        else if (const QString input = value("stdin"); !input.isEmpty())
            program.standardInput = QString(input).replace(QStringLiteral("\\n"), QStringLiteral("\n")).toUtf8();
    }
}

} // namespace

QString Outcome::differenceFrom(const Outcome &expected, bool withStandardError) const
{
    if (!problem.isEmpty())
        return problem + u'\n' + standardError.right(2000);
    QString difference = firstDifference(QStringLiteral("stdout"), standardOutput.split(u'\n'), expected.standardOutput.split(u'\n'));
    if (difference.isEmpty() && exitCode != expected.exitCode)
        difference = QStringLiteral("exit code: expected %1, actual %2").arg(expected.exitCode).arg(exitCode);
    if (difference.isEmpty() && withStandardError)
        difference =
            firstDifference(QStringLiteral("stderr"), comparableErrorLines(standardError), comparableErrorLines(expected.standardError));
    if (!difference.isEmpty() && !difference.startsWith(QStringLiteral("stderr")) && standardError != expected.standardError)
        difference += QStringLiteral("\n  its stderr ends: ") + standardError.trimmed().right(600);
    return difference;
}

std::vector<OracleProgram> OracleProgram::all(const QString &oracle)
{
    std::vector<OracleProgram> programs;
    const QStringList folders = QDir(oracle).entryList({QStringLiteral("programs*")}, QDir::Dirs, QDir::Name);
    for (const QString &folder : folders) {
        const QStringList patterns{
            QStringLiteral("*.js"), QStringLiteral("*.mjs"), QStringLiteral("*.cjs"), QStringLiteral("*.ts"), QStringLiteral("*.mts")};
        const QFileInfoList files = QDir(oracle + u'/' + folder).entryInfoList(patterns, QDir::Files, QDir::Name);
        for (const QFileInfo &file : files) {
            OracleProgram program;
            program.name = folder + u'/' + file.fileName();
            program.path = file.absoluteFilePath();
            readDirectives(program);
            programs.push_back(program);
        }
    }
    return programs;
}

std::vector<OracleProgram> OracleProgram::ownShare(const QString &oracle)
{
    const int every = std::max(1, qEnvironmentVariableIntValue("LOOPSCOPE_ORACLE_EVERY"));
    const int first = qEnvironmentVariableIntValue("LOOPSCOPE_ORACLE_FIRST");
    std::vector<OracleProgram> share;
    const std::vector<OracleProgram> programs = all(oracle);
    for (size_t i = static_cast<size_t>(first); i < programs.size(); i += static_cast<size_t>(every))
        share.push_back(programs[i]);
    return share;
}

Outcome OracleProgram::fixture(const QString &oracle) const
{
    Outcome outcome;
    QFile file(oracle + QStringLiteral("/expected/") + name + QStringLiteral(".json"));
    if (!file.open(QIODevice::ReadOnly)) {
        outcome.problem = QStringLiteral("there is no fixture; record it with scripts/record-oracle ") + name;
        return outcome;
    }
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    outcome.exitCode = object[QStringLiteral("exitCode")].toInt(-1);
    outcome.standardOutput = joinedLines(object[QStringLiteral("stdout")]);
    outcome.standardError = joinedLines(object[QStringLiteral("stderr")]);
    return outcome;
}

Outcome OracleProgram::run(const QString &oracle, const QString &program, const QStringList &programArguments) const
{
    QStringList command = QStringList{program} + programArguments + QStringList{path} + arguments;
    if (isOutlived) // what comes through the pipe ends with the last of them
        command = QStringList{QStringLiteral("bash"), QStringLiteral("-c"), QStringLiteral("set -o pipefail; \"$@\" | cat"),
                      QStringLiteral("bash")}
            + command;
    Outcome outcome = runProcess(command.first(), command.mid(1), QFileInfo(path).absolutePath(), standardInput);
    // As scripts/record-oracle writes it: fixtures hold no absolute paths.
    const QString folder = QDir(oracle).absolutePath();
    outcome.standardOutput.replace(folder, QStringLiteral("<dir>"));
    outcome.standardError.replace(folder, QStringLiteral("<dir>"));
    // inspect() broke a list with a path by the real path's length.
    static const QRegularExpression brokenList(QStringLiteral(R"(\[\n +('<dir>[^\n]*')\n *\])"));
    outcome.standardError.replace(brokenList, QStringLiteral("[ \\1 ]"));
    return outcome;
}

QString OracleProgram::differenceInLoopscope(const QString &oracle) const
{
    const Outcome expected = fixture(oracle);
    if (!expected.problem.isEmpty())
        return expected.problem;
    QStringList options{QStringLiteral("run")};
    if (name.startsWith(QLatin1String("programs-real/")))
        options << QStringLiteral("--io") << QStringLiteral("real") << QStringLiteral("--allow-all");
    return run(oracle, loopscopeProgram(), options).differenceFrom(expected, comparesStandardError);
}

QString OracleProgram::differenceInNode(const QString &oracle, const QString &node) const
{
    QString difference;
    for (int attempt = 0; attempt < 5; ++attempt) {
        difference = run(oracle, node, {}).differenceFrom(fixture(oracle), comparesStandardError);
        if (difference.isEmpty())
            break;
    }
    return difference;
}

QJsonObject knownDifferences(const QString &oracle)
{
    QFile file(oracle + QStringLiteral("/known-differences.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

Outcome runProcess(const QString &program, const QStringList &arguments, const QString &folder, const QByteArray &standardInput)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : {"NODE_OPTIONS", "NODE_DEBUG", "NODE_PATH", "NO_COLOR", "FORCE_COLOR", "LANG"})
        environment.remove(QString::fromLatin1(name));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    // Programs make files there, and with Loopscope's fixed process number they all choose the same names.
    const QTemporaryDir temporary;
    environment.insert(QStringLiteral("TMPDIR"), temporary.path());

    QProcess process;
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    Outcome outcome;
    process.start(program, arguments);
    if (!process.waitForStarted()) {
        outcome.problem = QStringLiteral("%1 does not start: %2").arg(program, process.errorString());
        return outcome;
    }
    process.write(standardInput);
    process.closeWriteChannel();
    if (!process.waitForFinished(TimeLimit)) {
        outcome.problem = QStringLiteral("did not end within %1 s").arg(TimeLimit / 1000);
        process.kill();
        process.waitForFinished();
    } else if (process.exitStatus() == QProcess::CrashExit) {
        outcome.problem = QStringLiteral("crashed");
    } else {
        outcome.exitCode = process.exitCode();
    }
    outcome.standardOutput = QString::fromUtf8(process.readAllStandardOutput());
    outcome.standardError = QString::fromUtf8(process.readAllStandardError());
    return outcome;
}

QString findNode20()
{
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    if (node.isEmpty())
        return {};
    const Outcome outcome = runProcess(node, {QStringLiteral("--version")}, QDir::tempPath());
    return outcome.standardOutput.startsWith(QStringLiteral("v20.")) ? node : QString();
}

QString loopscopeProgram() { return qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"); }

} // namespace loopscope
