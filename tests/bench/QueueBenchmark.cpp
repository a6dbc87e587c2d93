// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures the discrete-event core, beside SimPy, and prints tables in Markdown.
//   QueueBenchmark [--short]
//     --short       few customers; shows that everything works, its numbers mean little. Without SimPy it measures Loopscope alone
#include "Measurement.h"

#include <QCoreApplication>
#include <QFile>

#include <array>
#include <cmath>
#include <cstdio>

namespace loopscope {

class QueueBenchmark : public PeerBenchmark
{
public:
    explicit QueueBenchmark(bool isShort)
        : PeerBenchmark(isShort)
    {
    }

    int run()
    {
        besideSimPy();
        kinds();
        return exitCode();
    }

private:
    /// Customers a second, both sizes timed from outside.
    double rateOf(const TimedProgram &program, qint64 small, qint64 large)
    {
        const double nanoseconds = program.nanosecondsEach(small, large, m_isShort ? 1 : 3);
        // In the short form the difference may drown in noise: that is no failure.
        return m_isShort && std::isnan(nanoseconds) ? nanoseconds : 1e9 / checked(nanoseconds);
    }

    TimedProgram queue(const QString &options) const
    {
        return {m_loopscope,
            QStringLiteral("lab queue --json --warmup 0 %1 --customers").arg(options).split(QLatin1Char(' '), Qt::SkipEmptyParts), {}};
    }

    void besideSimPy()
    {
        // Debian's package belongs to Debian's Python, whatever else is in the PATH.
        const TimedProgram simPy{
            QStringLiteral("/usr/bin/python3"), {QStringLiteral(LOOPSCOPE_BENCH_FOLDER "/programs/simpy-queue.py")}, {}};
        const QString module = QStringLiteral("/usr/lib/python3/dist-packages/simpy/__init__.py");
        if (!QFile::exists(module)) {
            if (!m_isShort)
                fail(QStringLiteral("SimPy is not installed (package python3-simpy3)."));
            return;
        }
        constexpr double aim = 100;
        const qint64 ours = m_isShort ? 200'000 : 20'000'000;
        const qint64 theirs = m_isShort ? 500 : 50'000;
        const double rate = rateOf(queue(QStringLiteral("--arrivals poisson:3.6 --service exp:1 --servers 4")), ours / 10, ours);
        const double peer = rateOf(simPy, theirs / 10, theirs);
        std::printf("| M/M/4, load 0.9 | Loopscope | SimPy | ratio | aim |\n|---|---|---|---|---|\n");
        std::printf("| customers a second | %.2f M | %.4f M | **%.0f** | %.0f |\n\n", rate / 1e6, peer / 1e6, rate / peer, aim);
        if (!m_isShort && !(rate >= aim * peer))
            fail(QStringLiteral("the core is less than %1 times as fast as SimPy.").arg(aim));
    }

    void kinds()
    {
        struct Row
        {
            const char *name;
            const char *options;
        };
        constexpr std::array rows = {
            Row{"M/M/1, load 0.8", "--arrivals poisson:0.8 --service exp:1"},
            Row{"M/M/4, load 0.9", "--arrivals poisson:3.6 --service exp:1 --servers 4"},
            Row{"M/M/4/12, load 0.9", "--arrivals poisson:3.6 --service exp:1 --servers 4 --capacity 12"},
            Row{"M/M/1000, load 0.9", "--arrivals poisson:900 --service exp:1 --servers 1000"},
            Row{"M/D/1, load 0.8", "--arrivals poisson:0.8 --service det:1"},
            Row{"M/G/1, lognormal, load 0.8", "--arrivals poisson:0.8 --service lognormal:-0.5:1"},
            Row{"M/M/1-PS, load 0.8", "--arrivals poisson:0.8 --service exp:1 --discipline ps"},
        };
        std::printf("| queue | customers a second |\n|---|---|\n");
        for (const Row &row : rows) {
            const qint64 large = m_isShort ? 100'000 : 10'000'000;
            std::printf("| %s | %.2f M |\n", row.name, rateOf(queue(QLatin1String(row.options)), large / 10, large) / 1e6);
            std::fflush(stdout);
        }
    }
};

} // namespace loopscope

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    return loopscope::QueueBenchmark(QCoreApplication::arguments().contains(QStringLiteral("--short"))).run();
}
