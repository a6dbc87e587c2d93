// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Puts the load generator beside wrk: the same server, the same cores, in turns. Prints a table in Markdown.
//   GeneratorBenchmark [--short]     --short: few of everything; shows that it works
// Exit code 1 if a request fails, or the generator makes fewer requests than wrk.
#include "Measurement.h"

#include "../clients/TestedServer.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStandardPaths>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sched.h>
#include <sys/resource.h>
#include <vector>

using namespace loopscope;

namespace {

/// What a generator did.
struct Run
{
    double perSecond = 0;
    double middle = 0; ///< of the latencies, us
    double late = 0; ///< p99, us
    double cost = 0; ///< of its processor for each request, us
};

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? std::nan("") : values[values.size() / 2];
}

double processorSecondsOfChildren()
{
    rusage usage{};
    getrusage(RUSAGE_CHILDREN, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/// What wrk writes: "612.00us", "1.02ms", "2.10s".
double microseconds(const QString &text)
{
    const qsizetype unit = text.indexOf(QRegularExpression(QStringLiteral("[a-z]")));
    const double value = text.left(unit).toDouble();
    return text.endsWith(QLatin1String("us")) ? value : text.endsWith(QLatin1String("ms")) ? value * 1e3 : value * 1e6;
}

class GeneratorBenchmark : private PeerBenchmark
{
public:
    explicit GeneratorBenchmark(bool isShort)
        : PeerBenchmark(isShort)
        , m_wrk(QStandardPaths::findExecutable(QStringLiteral("wrk")))
        , m_seconds(isShort ? QStringLiteral("1") : QStringLiteral("3"))
    {
    }

    int run()
    {
        if (m_wrk.isEmpty())
            std::fprintf(stderr, "wrk is not installed: nothing to compare with.\n");
        std::printf(
            "| connections | Loopscope | wrk | ratio | processor, us a request: Loopscope / wrk | p50 / p99, us: Loopscope | wrk |\n");
        std::printf("|---|---|---|---|---|---|---|\n");
        for (const int connections : m_isShort ? std::vector<int>{16} : std::vector<int>{1, 16, 64, 256, 1000})
            measure(connections);
        return exitCode();
    }

private:
    void measure(int connections)
    {
        TestedServer server(QCoreApplication::applicationDirPath() + QStringLiteral("/EpollServer"), {});
        if (!server.problem().isEmpty())
            return fail(server.problem());
        pin(static_cast<pid_t>(server.processId()), 0);
        const QString url = QStringLiteral("http://127.0.0.1:%1/").arg(server.port(QStringLiteral("plain")));
        std::vector<Run> ours;
        std::vector<Run> theirs;
        std::vector<double> ratios;
        for (int i = 0; i < (m_isShort ? 1 : 9); ++i) {
            ours.push_back(runOurs(url, connections));
            if (m_wrk.isEmpty())
                continue;
            theirs.push_back(runWrk(url, connections));
            ratios.push_back(ours.back().perSecond / theirs.back().perSecond);
        }
        const auto middle = [](const std::vector<Run> &runs, double Run::*member) {
            std::vector<double> values;
            for (const Run &run : runs)
                values.push_back(run.*member);
            return median(values);
        };
        std::printf("| %d | %.0f | %.0f | %.2f x | %.2f / %.2f | %.0f / %.0f | %.0f / %.0f |\n", connections, middle(ours, &Run::perSecond),
            middle(theirs, &Run::perSecond), median(ratios), middle(ours, &Run::cost), middle(theirs, &Run::cost),
            middle(ours, &Run::middle), middle(ours, &Run::late), middle(theirs, &Run::middle), middle(theirs, &Run::late));
        std::fflush(stdout);
        if (!m_isShort && median(ratios) < 1)
            fail(QStringLiteral("fewer requests than wrk with %1 connections").arg(connections));
    }

    /// To one core, if there are several: the server has the first, generators the second.
    static void pin(pid_t process, int core)
    {
        cpu_set_t cores;
        CPU_ZERO(&cores);
        CPU_SET(core, &cores);
        sched_setaffinity(process, sizeof cores, &cores);
    }

    /// Its output; `spent` in seconds of its processor.
    QByteArray output(const QString &program, const QStringList &arguments, double *spent)
    {
        QProcess process;
        process.setChildProcessModifier([] { pin(0, 1); });
        const double before = processorSecondsOfChildren();
        process.start(program, arguments);
        if (!process.waitForFinished(60'000) || process.exitCode() != 0)
            fail(QStringLiteral("%1 failed: %2").arg(program, QString::fromUtf8(process.readAllStandardError())));
        *spent = processorSecondsOfChildren() - before;
        return process.readAllStandardOutput();
    }

    Run runOurs(const QString &url, int connections)
    {
        double spent = 0;
        const QByteArray text = output(m_loopscope,
            {QStringLiteral("lab"), QStringLiteral("load"), url, QStringLiteral("--clients"), QString::number(connections),
                QStringLiteral("--duration"), m_seconds, QStringLiteral("--json")},
            &spent);
        const QJsonObject result = QJsonDocument::fromJson(text).object();
        const double completed = result[QStringLiteral("completed")].toDouble();
        if (completed == 0 || completed < result[QStringLiteral("arrivals")].toDouble())
            fail(QStringLiteral("requests failed: %1").arg(QString::fromUtf8(text)));
        const QJsonObject latency = result[QStringLiteral("uncorrectedLatency")].toObject();
        return {result[QStringLiteral("throughput")].toDouble(), latency[QStringLiteral("p50")].toDouble() * 1e6,
            latency[QStringLiteral("p99")].toDouble() * 1e6, spent * 1e6 / completed};
    }

    Run runWrk(const QString &url, int connections)
    {
        double spent = 0;
        const QString text = QString::fromUtf8(output(m_wrk,
            {QStringLiteral("--threads=1"), QStringLiteral("--connections=%1").arg(connections), QStringLiteral("--duration=") + m_seconds,
                QStringLiteral("--latency"), url},
            &spent));
        const auto found = [&](const char *pattern) { return QRegularExpression(QLatin1String(pattern)).match(text).captured(1); };
        const double requests = found("(\\d+) requests in").toDouble();
        if (requests == 0)
            fail(QStringLiteral("wrk said: %1").arg(text));
        return {found("Requests/sec:\\s+([\\d.]+)").toDouble(), microseconds(found("50%\\s+(\\S+)")), microseconds(found("99%\\s+(\\S+)")),
            spent * 1e6 / requests};
    }

    const QString m_wrk;
    const QString m_seconds;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    return GeneratorBenchmark(QCoreApplication::arguments().contains(QLatin1String("--short"))).run();
}
