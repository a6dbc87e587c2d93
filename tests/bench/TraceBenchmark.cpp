// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures how fast Chrome's trace events are read, the recording that they make is opened, and traces are written, and prints a table in
// Markdown.
//   TraceBenchmark [--short]
//     --short       a file of 20 MB instead of 1 GB; shows that everything works, its numbers mean little
#include "exchange/ExportFormats.h"
#include "exchange/TraceImport.h"
#include "recording/RecordingReader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <sys/resource.h>

namespace loopscope {
namespace {

constexpr double megabyte = 1e6;

[[noreturn]] void fail(const QString &problem)
{
    std::fprintf(stderr, "%s\n", qPrintable(problem));
    std::exit(1);
}

double peakMegabytes()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) * 1024 / megabyte;
}

/// As DevTools has them: calls that are nested four deep and told from the inside out, on three threads, with requests beside them.
void generate(const QString &path, qint64 size)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        fail(file.errorString());
    std::mt19937 random(1);
    TextSink sink(file);
    sink << "{\"traceEvents\":[\n";
    quint64 time = 1'000'000;
    constexpr quint64 depth = 4;
    constexpr quint64 requestEvery = 20;
    for (quint64 task = 0; file.size() < size; ++task) {
        const quint64 duration = 10 + random() % 900;
        for (quint64 level = depth; level-- > 0;) {
            const quint64 function = random() % 2000;
            sink << "{\"pid\":77,\"tid\":" << 77 + task % 3 << ",\"ts\":" << time + level << ",\"dur\":" << duration - 2 * level
                 << R"(,"ph":"X","cat":"devtools.timeline","name":"FunctionCall","args":{"data":{"functionName":"fn)" << function
                 << R"(","url":"file:///app/src/m)" << function % 40 << R"(.js","lineNumber":)" << function % 500 + 1
                 << ",\"columnNumber\":" << function % 80 + 1 << ",\"frame\":\"A" << function << "\"}}},\n";
        }
        time += duration + 10;
        if (task % requestEvery == 0)
            sink << R"({"pid":77,"tid":77,"ph":"b","cat":"net","name":"fetch","id":)" << task << ",\"ts\":" << time
                 << R"(},{"pid":77,"tid":77,"ph":"e","cat":"net","name":"fetch","id":)" << task << ",\"ts\":" << time + 500 << "},\n";
    }
    sink << R"({"pid":77,"tid":77,"ph":"I","name":"end","ts":)" << time << "}\n]}\n";
}

void row(const char *what, const QString &path, qint64 nanoseconds, const char *aim)
{
    const double size = static_cast<double>(QFile(path).size()) / megabyte;
    const double seconds = static_cast<double>(nanoseconds) / 1e9;
    std::printf("| %s | %.0f MB | %.2f s | %.0f MB/s | %.0f MB | %s |\n", what, size, seconds, size / seconds, peakMegabytes(), aim);
    std::fflush(stdout);
}

void write(const ExportNames &names, const char *format, const QString &path)
{
    QElapsedTimer timer;
    timer.start();
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        fail(file.errorString());
    {
        TextSink sink(file);
        ExportFormat::named(QLatin1String(format))->write(names, sink);
    }
    row(qPrintable(QStringLiteral("written as `%1`").arg(QLatin1String(format))), path, timer.nsecsElapsed(), "");
    file.remove();
}

void measure(bool isShort)
{
    const QTemporaryDir folder;
    const QString trace = folder.filePath(QStringLiteral("a.json"));
    const QString recording = folder.filePath(QStringLiteral("a.lscope"));
    generate(trace, isShort ? 20'000'000 : 1'000'000'000);
    std::printf("| | file | time | speed | memory so far at most (RSS) | aim |\n|---|---|---|---|---|---|\n");

    QElapsedTimer timer;
    timer.start();
    QString problem;
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::create(recording, &problem);
    if (!writer || !TraceImport().toRecording(trace, *writer, &problem))
        fail(problem);
    writer->finish();
    row("trace read into a recording", trace, timer.nsecsElapsed(), "200 MB/s; 1.5 x the recording's size");

    timer.start();
    RecordingReader reader;
    if (!reader.open(recording))
        fail(reader.problem());
    row("the recording opened", recording, timer.nsecsElapsed(), "");
    const ExportNames names(reader);
    row("and all its events indexed", recording, timer.nsecsElapsed(), "1 s for 10 million events");

    write(names, "chrome", folder.filePath(QStringLiteral("b.trace")));
    write(names, "perfetto", folder.filePath(QStringLiteral("b.perfetto-trace")));
    std::printf("\nThe recording has %.1f million events in %.0f MB.\n", static_cast<double>(reader.eventCount()) / megabyte,
        static_cast<double>(reader.bytes()) / megabyte);
}

} // namespace
} // namespace loopscope

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    loopscope::measure(QCoreApplication::arguments().contains(QStringLiteral("--short")));
    return 0;
}
