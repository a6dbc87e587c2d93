// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures what `loopscope node` costs the program that it records, beside async_hooks alone, and prints a table in Markdown.
//   RealNodeBenchmark [--short]     --short: small sizes, one repeat; shows that everything works, its numbers mean little
#include "Measurement.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace loopscope;

namespace {

class RealNodeBenchmark : private PeerBenchmark
{
public:
    explicit RealNodeBenchmark(bool isShort)
        : PeerBenchmark(isShort)
    {
    }

    int run()
    {
        if (m_node.isEmpty()) {
            fail(QStringLiteral("there is no node on the PATH"));
            return exitCode();
        }
        std::printf("| ns each | node alone | with an empty hook | `loopscope node` | `--stacks tasks` | ratio to the hook | aim |\n"
                    "|---|---|---|---|---|---|---|\n");
        for (const char *name : {"promise-jobs", "promise-chain", "awaits"})
            measure(QLatin1String(name));
        return exitCode();
    }

private:
    void measure(const QString &name)
    {
        const QString script = program(name);
        const QStringList record{
            QStringLiteral("node"), script, QStringLiteral("--record"), m_folder.filePath(QStringLiteral("run.lscope"))};
        const std::vector<TimedProgram> programs = {{m_node, {script}, m_folder.path()},
            {m_node, {QStringLiteral("-r"), program(QStringLiteral("empty-hooks")), script}, m_folder.path()},
            {m_loopscope, record, m_folder.path()},
            {m_loopscope, record + QStringList{QStringLiteral("--stacks"), QStringLiteral("tasks")}, m_folder.path()}};
        const qint64 large = m_isShort ? 60'000 : 1'000'000;
        const qint64 small = large / 10;
        std::vector<double> each;
        for (const TimedProgram &timed : programs)
            each.push_back(checked(timed.nanosecondsEach(small, large, m_isShort ? 1 : 5)));
        std::printf("| `%s.js` | %.0f | %.0f | %.0f | %.0f | **%.2f** | 1.30 |\n", qPrintable(name), each[0], each[1], each[2], each[3],
            each[2] / each[1]);
        std::fflush(stdout);
    }

    QTemporaryDir m_folder;
};

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    return RealNodeBenchmark(QCoreApplication::arguments().contains(QStringLiteral("--short"))).run();
}
