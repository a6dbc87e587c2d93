// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what recording costs the script that is recorded, and prints a table in Markdown.
//   RecordingCostBenchmark [--short]     --short: small sizes, one repeat; shows that everything works, its numbers mean little
#include "Measurement.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstdio>

using namespace loopscope;

namespace {

class RecordingCostBenchmark : private PeerBenchmark
{
public:
    explicit RecordingCostBenchmark(bool isShort)
        : PeerBenchmark(isShort)
    {
    }

    int run()
    {
        std::printf("| a round | not recorded | recorded | ratio | aim | every call recorded | ratio |\n|---|---|---|---|---|---|---|\n");
        measure("heavy-calls", 100, 1.5);
        measure("heavy-objects", 20, 1.5);
        measure("heavy-pixels", 30, 1.5);
        measure("awaits", 60'000, 0);
        measure("timers", 20'000, 0);
        return exitCode();
    }

private:
    /// `rounds` take about a tenth of a second. `aim` 0: there is none.
    void measure(const char *name, qint64 rounds, double aim)
    {
        const QStringList alone{QStringLiteral("run"), QStringLiteral("--max-events"), QStringLiteral("0"), program(QLatin1String(name))};
        QStringList recorded = alone;
        recorded.insert(1, QStringLiteral("--record"));
        recorded.insert(2, m_folder.filePath(QStringLiteral("run.lscope")));
        QStringList everyCall = recorded;
        everyCall.insert(1, QStringLiteral("--callback-cap"));
        everyCall.insert(2, QStringLiteral("0"));
        std::vector<double> each;
        for (const QStringList &arguments : {alone, recorded, everyCall}) {
            const TimedProgram timed{m_loopscope, arguments, m_folder.path()};
            each.push_back(checked(timed.nanosecondsEach(rounds, rounds * (m_isShort ? 3 : 11), m_isShort ? 1 : 5)));
        }
        std::printf("| `%s.js` | %.1f µs | %.1f µs | **%.2f** | %s | %.1f µs | %.2f |\n", name, each[0] / 1000, each[1] / 1000,
            each[1] / each[0], aim > 0 ? qPrintable(QString::number(aim, 'f', 2)) : "", each[2] / 1000, each[2] / each[0]);
        std::fflush(stdout);
    }

    QTemporaryDir m_folder;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    return RecordingCostBenchmark(QCoreApplication::arguments().contains(QStringLiteral("--short"))).run();
}
