// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures real I/O beside Node.js in one run and prints tables in Markdown.
//   IoBenchmark [--short]     --short: small sizes, one repeat; shows that everything works, its numbers mean little
// Exit code 1 if something failed.
#include "LoadClients.h"
#include "Measurement.h"

#include "../clients/TestedServer.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cmath>
#include <cstdio>

using namespace loopscope;

namespace {

class IoBenchmark : private PeerBenchmark
{
public:
    explicit IoBenchmark(bool isShort)
        : PeerBenchmark(isShort)
    {
    }

    int run()
    {
        server();
        files();
        return exitCode();
    }

private:
    QStringList realRun(const QStringList &options = {}) const
    {
        return QStringList{QStringLiteral("run"), QStringLiteral("--io"), QStringLiteral("real"), QStringLiteral("--allow-all")} + options;
    }

    void server()
    {
        const QString script = program(QStringLiteral("load-server"));
        const QString recording = m_folder.filePath(QStringLiteral("run.lscope"));
        std::printf("| hello world, %d connections | Loopscope | Node.js | ratio | aim |\n|---|---|---|---|---|\n", connections);
        serverRow("nothing recorded", realRun() + QStringList{script}, {script}, "0.60");
        serverRow("recorded; Node.js with async_hooks", realRun({QStringLiteral("--record"), recording}) + QStringList{script},
            {QStringLiteral("-r"), program(QStringLiteral("peer-hooks")), script}, "1.00");
        std::printf("\n");
    }

    /// Rounds of both in turns, so that whatever else the machine does hits both; the best of each counts.
    void serverRow(const char *title, const QStringList &ownArguments, const QStringList &peerArguments, const char *aim)
    {
        double own = 0;
        double other = NAN;
        for (int round = 0; round < (m_isShort ? 1 : 5); ++round) {
            own = std::max(own, requestsEachSecond(m_loopscope, ownArguments));
            if (!m_node.isEmpty())
                other = std::fmax(other, requestsEachSecond(m_node, peerArguments));
        }
        std::printf("| %s | %.0f requests/s | %.0f requests/s | **%.2f** | %s |\n", title, own, other, own / other, aim);
        std::fflush(stdout);
    }

    double requestsEachSecond(const QString &program, const QStringList &arguments)
    {
        TestedServer server(program, arguments);
        if (!server.problem().isEmpty()) {
            fail(server.problem());
            return 0;
        }
        LoadClients clients(server.port(QStringLiteral("plain")));
        clients.open(connections);
        clients.ask(0, connections, m_isShort ? 500 : 20'000); // warms up what is compiled while it runs
        const LoadClients::Result load = clients.ask(0, connections, m_isShort ? 1'000 : 100'000);
        if (load.failed > 0)
            fail(QStringLiteral("%1 requests were not answered").arg(load.failed));
        return static_cast<double>(load.answered) / load.seconds;
    }

    void files()
    {
        std::printf("| files | Loopscope | Node.js | ratio | aim |\n|---|---|---|---|---|\n");
        const qint64 reads = m_isShort ? 400 : 10'000;
        const auto [ownRead, otherRead] = microsecondsEach(QStringLiteral("read-files"), reads, reads * 10);
        std::printf("| `fs.readFile` of 4 KiB, 64 at once | %.0f/s | %.0f/s | **%.2f** | 1.00 |\n", 1e6 / ownRead, 1e6 / otherRead,
            otherRead / ownRead);
        std::fflush(stdout);
        const qint64 size = m_isShort ? 4 : 1024;
        const auto [ownCopy, otherCopy] = microsecondsEach(QStringLiteral("copy-stream"), size / 4, size);
        std::printf("| copy of %lld MiB through streams, in pieces of 64 KiB | %.0f MiB/s | %.0f MiB/s | **%.2f** | 0.70 |\n",
            static_cast<long long>(size), 1e6 / ownCopy, 1e6 / otherCopy, otherCopy / ownCopy);
    }

    /// Of one unit of work, for both programs.
    std::pair<double, double> microsecondsEach(const QString &name, qint64 small, qint64 large)
    {
        const int repeats = m_isShort ? 1 : 5;
        const TimedProgram own{m_loopscope, realRun() + QStringList{program(name)}, m_folder.path()};
        const TimedProgram peer{m_node, {program(name)}, m_folder.path()};
        const double each = checked(own.nanosecondsEach(small, large, repeats)) / 1000;
        return {each, m_node.isEmpty() ? NAN : peer.nanosecondsEach(small, large, repeats) / 1000};
    }

    static constexpr int connections = 64;
    QTemporaryDir m_folder;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    return IoBenchmark(QCoreApplication::arguments().contains(QStringLiteral("--short"))).run();
}
