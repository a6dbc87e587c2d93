// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Measures modelled servers with up to a million connections, and prints tables in Markdown.
//   ModelledBenchmark [--short] [--plot FILE]
//     --short       few connections; shows that everything works, its numbers mean little
//     --plot FILE   draws processor time over connections as SVG, beside a line of n log n
#include "servers/modelled/ModelledRun.h"
#include "servers/session/SvgChart.h"

#include <QCoreApplication>
#include <QFile>

#include <cmath>
#include <cstdio>
#include <ctime>

namespace loopscope {

namespace {

class Silence final : public LabSink
{
public:
    void sample(const LabSample &) override { }
    void lanes(const LabLanes &) override { }
    void request(const LabRequest &) override { }
};

/// Most memory that this process has had resident, in MiB; negative if the system does not tell.
double peakMemory()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').value(0).toDouble() / 1024;
    }
    return -1;
}

/// A request that computes, asks a database, and computes again.
RequestProfile profile()
{
    RequestProfile profile;
    profile.addRoute({QStringLiteral("GET /"), 0, 0, 0, 0, {}});
    for (int i = 0; i < 200; ++i)
        profile.addSample({{ProfileStage::Kind::Cpu, 4'000 + i * 10, 0}, {ProfileStage::Kind::Wait, 2'000'000 + i * 20'000, 0},
            {ProfileStage::Kind::Cpu, 3'000, 0}});
    return profile;
}

/// Clients that each ask every ten seconds.
Scenario scenarioOf(int clients)
{
    Scenario scenario;
    scenario.script = QStringLiteral("none");
    scenario.load.clients = clients;
    scenario.load.thinkTime = QStringLiteral("exp:0.1");
    scenario.load.seconds = 60;
    scenario.load.warmupSeconds = 0;
    scenario.machine.memoryBytes = 64LL << 30;
    scenario.machine.cores = 2;
    return scenario;
}

/// What n log n would cost, through the last point of a line: growth that is steeper lies below it on the left.
SvgChart::Line beside(const SvgChart::Line &measured)
{
    SvgChart::Line line;
    line.name = QStringLiteral("n log n");
    line.run.model = ServerModel::Node; // whose colour is grey
    const auto cost = [](double n) { return n * std::log(n); };
    const QPointF last = measured.points.back();
    for (const QPointF &point : measured.points)
        line.points.emplace_back(point.x(), last.y() * cost(point.x()) / cost(last.x()));
    return line;
}

bool draw(const std::vector<SvgChart::Line> &lines, const QString &path)
{
    SvgChart chart;
    chart.title = QStringLiteral("What modelled servers cost");
    chart.xTitle = QStringLiteral("connections (each asks once in 10 s)");
    chart.yTitle = QStringLiteral("processor seconds for 60 virtual seconds");
    chart.isXLogarithmic = chart.isYLogarithmic = true;
    chart.lines = lines;
    chart.lines.push_back(beside(lines.front()));
    QFile file(path);
    const QByteArray svg = SvgChart::svg({chart}).toUtf8();
    return file.open(QIODevice::WriteOnly) && file.write(svg) == svg.size();
}

bool isPowerOfTen(int number)
{
    while (number % 10 == 0)
        number /= 10;
    return number == 1;
}

int measure(bool isShort, const QString &plot)
{
    constexpr double mostSeconds = 30;
    constexpr double mostMemory = 400;
    bool isGood = true;
    std::printf("| connections | model | requests in 60 virtual seconds | p50 / p99 | processor time | wall time | a request | memory "
                "(RSS, the largest so "
                "far) |\n|---|---|---|---|---|---|---|---|\n");
    const std::vector<ServerModel> models = {
        ServerModel::EventLoop, ServerModel::Cluster, ServerModel::ThreadPool, ServerModel::ThreadPerRequest};
    std::vector<SvgChart::Line> lines;
    for (const ServerModel model : models)
        lines.push_back({nameOf(model), {model, Truth::Modelled}, {}, false});
    for (const int clients : {1'000, 2'000, 5'000, 10'000, 20'000, 50'000, 100'000, 200'000, 500'000, 1'000'000}) {
        const bool isOfTable = isPowerOfTen(clients); // the others are for the picture
        for (std::size_t index = 0; index < models.size() && (isOfTable || !plot.isEmpty()); ++index) {
            const ServerModel model = models[index];
            const int count = isShort ? clients / 100 : clients;
            Scenario scenario = scenarioOf(count);
            scenario.machine.poolThreads = 4096;
            scenario.machine.threadLimit = 10'000;
            const LabControls controls(scenario, model);
            Silence silence;
            QString problem;
            const std::clock_t before = std::clock();
            const auto result = makeModelledRun(scenario, model, profile())->run(silence, controls, &problem);
            if (!result) {
                std::fprintf(stderr, "error: %s\n", qPrintable(problem));
                return 1;
            }
            const double spent = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
            const double memory = peakMemory();
            lines[index].points.emplace_back(count, spent);
            if (!isOfTable)
                continue;
            std::printf("| %d | %s | %lld | %.2f / %.2f ms | %.2f s | %.2f s | %.0f ns | %.0f MiB |\n", count, qPrintable(nameOf(model)),
                static_cast<long long>(result->completed), result->latency.p50 * 1e3, result->latency.p99 * 1e3, spent, result->wallSeconds,
                spent * 1e9 / static_cast<double>(std::max<qint64>(result->arrivals, 1)), memory);
            std::fflush(stdout);
            // Other programs on the machine do not count.
            isGood = isGood && spent <= mostSeconds && memory <= mostMemory && result->littleDifference < 0.005;
        }
    }
    std::printf("\nAt most %.0f s of processor time and %.0f MiB.\n", mostSeconds, mostMemory);
    if (!plot.isEmpty() && !draw(lines, plot)) {
        std::fprintf(stderr, "error: '%s' cannot be written\n", qPrintable(plot));
        return 1;
    }
    return isGood || isShort ? 0 : 1;
}

} // namespace

} // namespace loopscope

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const qsizetype plot = arguments.indexOf(QStringLiteral("--plot"));
    return loopscope::measure(arguments.contains(QStringLiteral("--short")), plot < 0 ? QString() : arguments.value(plot + 1));
}
