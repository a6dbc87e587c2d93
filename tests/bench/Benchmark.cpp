// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures Loopscope beside Node.js in one run and prints a table in Markdown.
//   Benchmark [--short]     --short: small sizes, one repeat; shows that everything works, its numbers mean little
// Exit code 1 if something failed or a promise that does not depend on the machine is broken (bytes an event, memory).
#include "Measurement.h"

#include "recording/RecordingReader.h"
#include "recording/RecordingWriter.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cmath>
#include <cstdio>

using namespace loopscope;

namespace {

class Benchmark : private PeerBenchmark
{
public:
    explicit Benchmark(bool isShort)
        : PeerBenchmark(isShort)
    {
    }

    int run()
    {
        throughput();
        startup();
        marks();
        recorder();
        return exitCode();
    }

private:
    int repeats() const { return m_isShort ? 1 : 3; }

    TimedProgram ours(const QString &name, const QStringList &options) const
    {
        return {m_loopscope, QStringList{QStringLiteral("run")} + options + QStringList{program(name)}, m_folder.path()};
    }
    TimedProgram recordingOurs(const QString &name) const
    {
        return ours(name, {QStringLiteral("--record"), m_folder.filePath(QStringLiteral("run.lscope"))});
    }
    TimedProgram peer(const QString &name) const
    {
        return {m_node, {QStringLiteral("-r"), program(QStringLiteral("peer-hooks")), program(name)}, m_folder.path()};
    }

    void throughput()
    {
        struct Row
        {
            QString title;
            QString name;
            qint64 size;
        };
        const Row rows[] = {
            {QStringLiteral("promise jobs, one after the other"), QStringLiteral("promise-jobs"), 1'000'000},
            {QStringLiteral("promise jobs in chains of 100"), QStringLiteral("promise-chain"), 1'000'000},
            {QStringLiteral("awaits"), QStringLiteral("awaits"), 1'000'000},
            {QStringLiteral("immediates"), QStringLiteral("immediates"), 600'000},
            {QStringLiteral("timers"), QStringLiteral("timers"), 600'000},
            {QStringLiteral("ticks"), QStringLiteral("ticks"), 1'000'000},
        };
        std::printf("| callbacks a second, everything recorded | Loopscope | Node.js with async_hooks | ratio |\n|---|---|---|---|\n");
        for (const Row &row : rows) {
            const qint64 large = m_isShort ? 40'000 : row.size;
            const qint64 small = m_isShort ? 20'000 : row.size / 10;
            const double own = 1e9 / checked(recordingOurs(row.name).nanosecondsEach(small, large, repeats()));
            const double other = m_node.isEmpty() ? NAN : 1e9 / checked(peer(row.name).nanosecondsEach(small, large, repeats()));
            std::printf("| %s | %.2f M | %.2f M | **%.2f** |\n", qPrintable(row.title), own / 1e6, other / 1e6, own / other);
            std::fflush(stdout);
        }
        std::printf("\n");
    }

    void startup()
    {
        // Alternating, so that whatever else the machine does hits both.
        std::vector<double> own;
        std::vector<double> other;
        const TimedProgram ourHello = ours(QStringLiteral("hello"), {});
        const TimedProgram nodeHello{m_node, {program(QStringLiteral("hello"))}, m_folder.path()};
        for (int i = 0; i < (m_isShort ? 3 : 31); ++i) {
            own.push_back(checked(ourHello.seconds(-1)) * 1000);
            if (!m_node.isEmpty())
                other.push_back(checked(nodeHello.seconds(-1)) * 1000);
        }
        const double ownMedian = median(own);
        const double otherMedian = other.empty() ? NAN : median(other);
        std::printf("| start to end of `hello.js`, median | Loopscope | Node.js | ratio |\n|---|---|---|---|\n");
        std::printf("| wall time | %.1f ms | %.1f ms | **%.2f** |\n\n", ownMedian, otherMedian, ownMedian / otherMedian);
    }

    void marks()
    {
        const qint64 large = m_isShort ? 200'000 : 20'000'000;
        const QStringList tasks{QStringLiteral("--detail"), QStringLiteral("tasks")};
        const QStringList record{QStringLiteral("--detail"), QStringLiteral("statements"), QStringLiteral("--record"),
            m_folder.filePath(QStringLiteral("run.lscope"))};
        const double statements = checked(ours(QStringLiteral("statements"), tasks).nanosecondsEach(large / 10, large, repeats()));
        const double expressions = checked(ours(QStringLiteral("expressions"), tasks).nanosecondsEach(large / 10, large, repeats()));
        const qint64 recordedLarge = large / 2;
        const double recorded =
            checked(ours(QStringLiteral("statements"), record).nanosecondsEach(recordedLarge / 10, recordedLarge, repeats()));
        // Ten statements against one: nine marks more in ten units of work.
        std::printf("| statements | cost | aim |\n|---|---|---|\n");
        std::printf("| a statement mark | %.1f ns | 40 ns |\n", (statements - expressions) * 10 / 9);
        std::printf("| a statement that is recorded, more than one that is not | %.1f ns | 60 ns |\n\n", recorded - statements);
        std::fflush(stdout);
    }

    /// Anonymous memory of this process in KiB; pages of the mapped file can be dropped at any time and do not count.
    static qint64 ownMemory()
    {
        QFile status(QStringLiteral("/proc/self/status"));
        if (!status.open(QIODevice::ReadOnly))
            return 0;
        const QList<QByteArray> lines = status.readAll().split('\n');
        for (const QByteArray &line : lines) {
            if (line.startsWith("RssAnon:"))
                return line.mid(8).trimmed().split(' ').first().toLongLong();
        }
        return 0;
    }

    void recorder()
    {
        const QString path = m_folder.filePath(QStringLiteral("events.lscope"));
        const quint64 count = m_isShort ? 1'000'000 : 10'000'000;
        QString error;
        const std::unique_ptr<RecordingWriter> writer = RecordingWriter::create(path, &error);
        if (!writer)
            return fail(error);
        Event event;
        event.kind = EventKind::Statement;
        const auto append = [&](quint64 events) {
            for (quint64 i = 0; i < events; ++i) {
                event.time += 25;
                event.site = static_cast<SiteId>(i & 1023U);
                writer->append(event);
            }
        };
        append(count / 10);
        const qint64 before = ownMemory();
        QElapsedTimer timer;
        timer.start();
        append(count - count / 10);
        const double each = static_cast<double>(timer.nsecsElapsed()) / static_cast<double>(count - count / 10);
        const qint64 growth = ownMemory() - before;
        writer->finish();
        const double bytes = static_cast<double>(QFileInfo(path).size()) / static_cast<double>(count);
        std::printf("| %llu events into a file | measured | aim |\n|---|---|---|\n", static_cast<unsigned long long>(count));
        std::printf("| an event | %.1f ns | 60 ns |\n", each);
        std::printf("| bytes an event | %.2f | 32 |\n", bytes);
        std::printf("| growth of the process's own memory | %lld KiB | 0 |\n", static_cast<long long>(growth));
        if (bytes > 32.01)
            fail(QStringLiteral("an event takes more than 32 bytes"));
        if (growth > 4096)
            fail(QStringLiteral("recording makes the process grow"));
        RecordingReader reader;
        if (!reader.open(path) || reader.eventCount() != count)
            fail(QStringLiteral("what was recorded cannot be read"));
    }

    static double median(std::vector<double> values)
    {
        std::sort(values.begin(), values.end());
        return values[values.size() / 2];
    }

    QTemporaryDir m_folder;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    if (arguments.size() > 1 || (arguments.size() == 1 && arguments.first() != QLatin1String("--short"))) {
        std::fprintf(stderr, "usage: Benchmark [--short]\n");
        return 2;
    }
    return Benchmark(!arguments.isEmpty()).run();
}
