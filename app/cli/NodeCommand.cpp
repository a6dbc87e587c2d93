// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "EventList.h"
#include "NodeProcess.h"
#include "Output.h"
#include "RecordingTarget.h"
#include "exchange/node/NodePreload.h"
#include "exchange/node/NodeRecorder.h"
#include "exchange/node/NodeTraceReader.h"
#include "script/ScriptCompiler.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QUrl>

#include <cerrno>
#include <unistd.h>

namespace loopscope {

namespace {

/// Gives texts with the sites that our own runs would have.
class SourceFiles
{
public:
    std::unique_ptr<SourceText> find(const QString &path)
    {
        const bool isUrl = path.startsWith(QLatin1String("file:"));
        QFile file(isUrl ? QUrl(path).toLocalFile() : path);
        if (!file.open(QIODevice::ReadOnly))
            return nullptr;
        CompiledScript script = m_compiler.compile(path, file.readAll(), isUrl ? ScriptKind::Module : ScriptKind::CommonJs, 1);
        return std::make_unique<SourceText>(std::move(script.source));
    }

private:
    ScriptCompiler m_compiler;
};

void writeThrough(int descriptor, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count = ::write(descriptor, bytes.data(), static_cast<size_t>(bytes.size()));
        if (count < 0 && errno != EINTR && errno != EAGAIN)
            return; // nobody reads it
        bytes = bytes.sliced(std::max<ssize_t>(count, 0));
    }
}

QJsonObject metadataOf(const CommandLine &line)
{
    QJsonObject metadata = {{QStringLiteral("program"), QStringLiteral("node")}, {QStringLiteral("file"), line.file},
        {QStringLiteral("arguments"), QJsonArray::fromStringList(line.run.arguments)}, {QStringLiteral("clock"), QStringLiteral("wall")},
        {QStringLiteral("io"), QStringLiteral("real")}, {QStringLiteral("truth"), QStringLiteral("real")},
        {QStringLiteral("detail"), QStringLiteral("tasks")}};
    if (!line.run.title.isEmpty())
        metadata.insert(QStringLiteral("title"), line.run.title);
    return metadata;
}

/// The folder with the recorder's JavaScript, in which it leaves the streams of workers, and node's command line that starts with it.
class Preload
{
public:
    bool write(NodePreloadSettings settings, int descriptor)
    {
        settings.parent = ::getpid();
        settings.descriptor = descriptor;
        settings.folder = m_folder.path();
        const QByteArray text = nodePreload(settings);
        return m_folder.isValid() && m_file.open(QIODevice::WriteOnly) && m_file.write(text) == text.size() && m_file.flush();
    }
    QString folder() const { return m_folder.path(); }
    QByteArrayList arguments(const CommandLine &line) const
    {
        QByteArrayList arguments = {"--require", QFile::encodeName(m_file.fileName()), QFile::encodeName(line.file)};
        for (const QString &argument : line.run.arguments)
            arguments.append(argument.toLocal8Bit());
        return arguments;
    }

private:
    QTemporaryDir m_folder{QDir::tempPath() + QLatin1String("/loopscope-XXXXXX")};
    QFile m_file{m_folder.filePath(QStringLiteral("recorder.cjs"))};
};

/// Why a node that has ended told nothing; empty if that is no wonder.
QString silenceOf(const QString &node)
{
    QProcess process;
    process.start(node, {QStringLiteral("--version")}, QIODevice::ReadOnly);
    process.waitForFinished();
    const QString version = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    constexpr int oldest = 16;
    if (version.mid(1).section(u'.', 0, 0).toInt() < oldest) {
        return QCoreApplication::translate("loopscope::Commands", "'%1' is node %2, which is too old to be recorded; install Node.js 20.")
            .arg(node, version.isEmpty() ? QStringLiteral("?") : version);
    }
    return {};
}

/// The log that a node has written of itself.
QString readTrace(const CommandLine &line)
{
    RecordingTarget recording;
    if (const QString problem = recording.prepare(line); !problem.isEmpty())
        return problem;
    NodeTraceReader trace;
    const bool isRead = trace.read(line.file, *recording.writer);
    recording.writer->finish();
    if (isRead && line.printEvents) {
        recording.reader.refresh();
        printEventList(recording.reader, false);
    }
    return trace.problem();
}

} // namespace

int Commands::node(const CommandLine &line)
{
    if (NodeTraceReader::isTraceFile(line.file)) {
        const QString trouble = readTrace(line);
        if (!trouble.isEmpty())
            complain(trouble);
        return static_cast<int>(trouble.isEmpty() ? ExitCode::Success : ExitCode::WrongUse);
    }
    QString problem = fileProblem(line.file);
    const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
    if (problem.isEmpty() && node.isEmpty())
        problem = tr("there is no 'node' on the PATH to record; install Node.js 20, or use 'loopscope run', which needs none.");
    if (problem.isEmpty() && line.recordingPath.isEmpty() && !line.printEvents)
        problem = tr("nothing of it would be kept: add '--record OUT.lscope' or '--events', or run 'node %1' itself.").arg(line.file);
    RecordingTarget recording;
    if (problem.isEmpty())
        problem = recording.prepare(line);
    NodeProcess process;
    Preload preload;
    if (problem.isEmpty() && !process.open())
        problem = process.problem();
    if (problem.isEmpty() && !preload.write(line.preload, process.pipeDescriptor()))
        problem = tr("no temporary file can be made in '%1'.").arg(QDir::tempPath());
    if (problem.isEmpty() && !process.start(QFile::encodeName(node), preload.arguments(line)))
        problem = process.problem();
    if (!problem.isEmpty()) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    SourceFiles sources;
    NodeRecorder recorder(
        *recording.writer, [&sources](const QString &path) { return sources.find(path); }, metadataOf(line), preload.folder());
    const auto take = [&](int descriptor, QByteArrayView bytes) {
        if (descriptor == 0) {
            recorder.takeStream(bytes);
            return;
        }
        recorder.takeOutput(descriptor, bytes);
        if (!line.printEvents)
            writeThrough(descriptor, bytes);
    };
    const bool isInTime = process.follow(
        take, [] {}, line.run.maxSeconds);
    constexpr int outOfTime = 124; // as of run
    const int exitCode = isInTime ? process.exitCode() : outOfTime;
    recorder.finish(!isInTime ? RunEnding::Limit : process.signal() != 0 ? RunEnding::Stopped : RunEnding::Finished, exitCode);
    problem = recorder.problem();
    if (problem.isEmpty() && recorder.nodeVersion().isEmpty())
        problem = silenceOf(node);
    if (problem.isEmpty() && recording.writer->failed())
        problem = recording.writer->failure();
    recording.writer->finish();
    if (!problem.isEmpty())
        complain(problem);
    if (line.printEvents) {
        recording.reader.refresh();
        printEventList(recording.reader, false);
    }
    return exitCode;
}

} // namespace loopscope
