// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Holds many connections, sends many requests, and prints tables in Markdown.
//   LoadBenchmark [--short]     --short: few of everything; shows that it works
// Exit code 1 if a connection is lost, a request is not answered, the server's memory grows, or virtual time takes too long.
#include "LoadClients.h"
#include "Measurement.h"

#include "../clients/TestedServer.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>
#include <sys/resource.h>

using namespace loopscope;

namespace {

/// Resident memory of a process in MiB.
double residentMemory(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

class LoadBenchmark : private PeerBenchmark
{
public:
    explicit LoadBenchmark(bool isShort)
        : PeerBenchmark(isShort)
    {
    }

    int run()
    {
        manyConnections();
        manyRequests();
        virtualTime();
        return exitCode();
    }

private:
    QStringList serverArguments() const
    {
        return {QStringLiteral("run"), QStringLiteral("--io"), QStringLiteral("real"), program(QStringLiteral("load-server"))};
    }

    void manyConnections()
    {
        const int idle = m_isShort ? 500 : 10'000;
        const int active = m_isShort ? 50 : 1'000;
        std::printf(
            "| %d idle connections and %d active ones | held | requests a second | latency p50 / p99 | memory (RSS) |\n", idle, active);
        std::printf("|---|---|---|---|---|\n");
        hold("Loopscope", m_loopscope, serverArguments(), idle, active);
        if (!m_node.isEmpty())
            hold("Node.js", m_node, {program(QStringLiteral("load-server"))}, idle, active);
        std::printf("\n");
    }

    void hold(const char *name, const QString &program, const QStringList &arguments, int idle, int active)
    {
        TestedServer server(program, arguments);
        if (!server.problem().isEmpty())
            return fail(server.problem());
        LoadClients clients(server.port(QStringLiteral("plain")));
        // Each of the idle ones was of use once.
        const int opened = clients.open(idle);
        const LoadClients::Result first = clients.ask(0, opened, opened);
        clients.open(active);
        const LoadClients::Result load = clients.ask(opened, active, m_isShort ? 1'000 : 100'000);
        const LoadClients::Result after = clients.ask(0, opened, opened);
        std::printf("| %s | %lld | %.0f | %.1f / %.1f ms | %.0f MiB |\n", name,
            static_cast<long long>(after.answered + active - load.failed), static_cast<double>(load.answered) / load.seconds, load.middle,
            load.late, residentMemory(server.processId()));
        std::fflush(stdout);
        if (opened < idle || first.failed + load.failed + after.failed > 0)
            fail(QStringLiteral("connections were lost: %1 opened, %2, %3 and %4 failed")
                     .arg(opened)
                     .arg(first.failed)
                     .arg(load.failed)
                     .arg(after.failed));
    }

    void manyRequests()
    {
        constexpr int connections = 64;
        constexpr int rounds = 10;
        const qint64 each = m_isShort ? 2'000 : 100'000;
        TestedServer server(m_loopscope, serverArguments());
        if (!server.problem().isEmpty())
            return fail(server.problem());
        LoadClients clients(server.port(QStringLiteral("plain")));
        clients.open(connections);
        std::printf("| after requests | memory of the server (RSS) | requests a second |\n|---|---|---|\n");
        double early = 0;
        double last = 0;
        for (int round = 1; round <= rounds; ++round) {
            const LoadClients::Result load = clients.ask(0, connections, each);
            last = residentMemory(server.processId());
            early = round == 2 ? last : early;
            std::printf("| %lld | %.1f MiB | %.0f |\n", static_cast<long long>(round * each), last,
                static_cast<double>(load.answered) / load.seconds);
            std::fflush(stdout);
            if (load.failed > 0)
                fail(QStringLiteral("%1 requests were not answered").arg(load.failed));
        }
        std::printf("\n");
        if (!m_isShort && last > early * 1.05 + 1) // a short run is over before the heap has its size
            fail(QStringLiteral("the server grew from %1 to %2 MiB").arg(early).arg(last));
    }

    void virtualTime()
    {
        const qint64 many = m_isShort ? 200 : 10'000;
        const qint64 requests = m_isShort ? 1'000 : 100'000;
        constexpr double mostSeconds = 60;
        const QStringList run{QStringLiteral("run"), QStringLiteral("--allow-read")};
        const TimedProgram sockets{m_loopscope, run + QStringList{program(QStringLiteral("simulated-sockets"))}, QStringLiteral(".")};
        const TimedProgram express{
            m_loopscope, run + QStringList{program(QStringLiteral("express-clients")), QString::number(many)}, QStringLiteral(".")};
        std::printf("| in virtual time | measured | aim |\n|---|---|---|\n");
        std::printf("| %lld sockets of an echo server, all open at once | %.1f s | |\n", static_cast<long long>(many),
            checked(sockets.seconds(many)));
        std::fflush(stdout);
        const double taken = checked(express.seconds(requests));
        std::printf("| %lld requests of %lld clients to an express app | %.1f s | %.0f s |\n", static_cast<long long>(requests),
            static_cast<long long>(many), taken, mostSeconds);
        if (taken > mostSeconds)
            fail(QStringLiteral("virtual time took too long"));
    }
};

/// As many descriptors as this process may have; the servers inherit that.
void raiseDescriptorLimit()
{
    rlimit limit = {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    raiseDescriptorLimit();
    return LoadBenchmark(QCoreApplication::arguments().contains(QStringLiteral("--short"))).run();
}
