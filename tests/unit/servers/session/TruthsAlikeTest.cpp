// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/presets/LabPresets.h"
#include "servers/session/RunMaker.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace loopscope;

namespace {

constexpr std::array truths = {Truth::Simulated, Truth::Modelled, Truth::Real};

bool hasThreads(ServerModel model)
{
    return model == ServerModel::ThreadPerRequest || model == ServerModel::ThreadPool || model == ServerModel::Processes;
}

/// Keeps the last sample.
class LastSample final : public LabSink
{
public:
    void sample(const LabSample &sample) override { last = sample; }
    void lanes(const LabLanes &lanes) override { Q_UNUSED(lanes) }
    void request(const LabRequest &request) override { Q_UNUSED(request) }

    LabSample last;
};

} // namespace

/// What real, simulated and modelled runs of the same scenario have to count alike.
class TruthsAlikeTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    Scenario preset(const char *name)
    {
        QString problem;
        const std::optional<QString> path = placeLabPreset(QLatin1String(name), m_folder.filePath(QStringLiteral("presets")), &problem);
        const std::optional<Scenario> scenario = path ? Scenario::read(*path, &problem) : std::nullopt;
        if (!scenario)
            qFatal("%s", qPrintable(problem));
        return *scenario;
    }

    static LabResult run(const Scenario &scenario, ServerModel model, Truth truth, LabSample *last = nullptr)
    {
        QString problem;
        LastSample sink;
        std::optional<LabResult> result;
        const std::unique_ptr<QThread> thread(QThread::create([&] {
            if (const std::unique_ptr<LabRun> made = makeRun(scenario, {model, truth}, &problem))
                result = made->run(sink, LabControls(scenario, model), &problem);
        }));
        constexpr uint stackSize = 256U << 20U; // there is one engine a thread, with the stack that it is used to
        thread->setStackSize(stackSize);
        thread->start();
        thread->wait();
        if (!result)
            qWarning("%s", qPrintable(problem));
        if (last)
            *last = sink.last;
        return result.value_or(LabResult{});
    }

    static void eachModel()
    {
        QTest::addColumn<ServerModel>("model");
        for (const ServerModel model : serverModels) {
            if (model != ServerModel::Workers)
                QTest::newRow(qPrintable(keyOf(model))) << model;
        }
    }

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_CACHE_HOME", m_folder.filePath(QStringLiteral("cache")).toLocal8Bit()); }

    /// The one that accepts is none of them.
    void countTheSameThreads_data() { eachModel(); }
    void countTheSameThreads()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = preset("slow-backend");
        scenario.load.clients = 20;
        scenario.load.seconds = 1;
        scenario.load.warmupSeconds = 0.5;
        scenario.machine.poolThreads = scenario.machine.processes = 3;
        scenario.machine.threadLimit = 4;
        scenario.machine.loops = 2;
        const int threads = model == ServerModel::EventLoop ? 1
            : model == ServerModel::Cluster                 ? 2
            : model == ServerModel::ThreadPerRequest        ? 4
                                                            : 3;
        for (const Truth truth : truths) {
            LabSample last;
            const LabResult result = run(scenario, model, truth, &last);
            QCOMPARE(result.mostThreads, threads);
            QCOMPARE(last.threads[0] + last.threads[1] + last.threads[2] + last.threads[3], threads);
        }
    }

    /// Connections of WebSocket have a thread each until they end.
    void holdTheSameSockets_data() { eachModel(); }
    void holdTheSameSockets()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = preset("chat");
        scenario.load.clients = 6;
        scenario.load.rate = 20;
        scenario.load.seconds = 1;
        scenario.load.warmupSeconds = 0.5;
        scenario.machine.poolThreads = 9;
        scenario.machine.threadLimit = 4;
        scenario.machine.processes = 7;
        const int held = !hasThreads(model) ? 0 : model == ServerModel::ThreadPerRequest ? 4 : 6;
        for (const Truth truth : truths) {
            LabSample last;
            const LabResult result = run(scenario, model, truth, &last);
            QVERIFY(result.completed > 5);
            QCOMPARE(result.failures.total(), 0);
            if (held > 0) // one may run at that moment
                QCOMPARE(result.mostThreads - last.threads[static_cast<std::size_t>(ThreadState::Idle)], held);
            else
                QCOMPARE(last.threads[static_cast<std::size_t>(ThreadState::Blocked)], 0);
        }
    }

    /// A request whose handler dies has failed, as have those that die with it, and none that come later.
    void failTheSameWithWhoDies_data() { eachModel(); }
    void failTheSameWithWhoDies()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = preset("crash");
        const bool endsAll = model == ServerModel::EventLoop;
        scenario.load.routes[0].weight = endsAll ? 30 : 9;
        scenario.machine.poolThreads = scenario.machine.processes = scenario.machine.threadLimit = 6;
        scenario.load.seconds = 2;
        scenario.load.warmupSeconds = endsAll ? 0 : 0.5;
        std::array<LabResult, truths.size()> results;
        for (std::size_t i = 0; i < truths.size(); ++i) {
            results[i] = run(scenario, model, truths[i]);
            QCOMPARE(results[i].death.isEmpty(), !endsAll);
            QCOMPARE(results[i].failures.total(), results[i].failures.reset);
            QVERIFY(results[i].failures.reset >= 1);
            QCOMPARE(results[i].lostToDeath, results[i].failures.reset);
        }
        const qint64 reference = results[0].failures.reset;
        // Of a loop those die, too, that wait for something at that moment; when that is, differs by a file's reading.
        const qint64 tolerance = hasThreads(model) ? 1 : endsAll ? 4 : reference / 2;
        for (const LabResult &result : results) {
            const qint64 more = result.failures.reset - reference;
            // A real process takes its time to die, and gets further requests meanwhile; and its time to start again, in which fewer die.
            const bool isReal = result.truth == Truth::Real;
            const bool isSlow = isReal && !hasThreads(model);
            const qint64 late = isReal ? reference / 3 : 0;
            QVERIFY2(more >= -tolerance - late && (more <= tolerance || isSlow),
                qPrintable(QStringLiteral("%1: %2, not %3").arg(keyOf(result.truth)).arg(result.failures.reset).arg(reference)));
        }
    }

    /// Whoever finds the queue in front of threads full loses the connection; nobody is refused.
    void loseTheSameToFullQueues_data() { eachModel(); }
    void loseTheSameToFullQueues()
    {
        QFETCH(ServerModel, model);
        if (!hasThreads(model))
            QSKIP("a loop takes all");
        Scenario scenario = preset("slow-backend");
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.rate = 200;
        scenario.load.seconds = 2;
        scenario.load.warmupSeconds = 0.5;
        scenario.machine.poolThreads = scenario.machine.processes = scenario.machine.threadLimit = 2;
        scenario.machine.backlog = 3;
        for (const Truth truth : truths) {
            const LabResult result = run(scenario, model, truth);
            QCOMPARE(result.failures.total(), result.failures.reset);
            // 40 a second are served by threads that wait 50 ms.
            QVERIFY2(result.failures.reset > 250 && result.failures.reset < 400, qPrintable(QString::number(result.failures.reset)));
            QCOMPARE(result.mostQueued >= 3, true);
        }
    }

    /// 40 clients who ask again at once are all told by each tick; a pool's threads tell as many as they are.
    void tellTheSameTicks()
    {
        Scenario scenario = preset("stocks");
        scenario.load.clients = 40;
        scenario.load.seconds = 2;
        scenario.machine.poolThreads = 8;
        for (const auto &[model, told] : {std::pair{ServerModel::EventLoop, 40}, std::pair{ServerModel::ThreadPool, 8}}) {
            for (const Truth truth : {Truth::Simulated, Truth::Modelled}) {
                const LabResult result = run(scenario, model, truth);
                QVERIFY2(std::abs(result.throughput - 10 * told) <= told / 2.0, qPrintable(QString::number(result.throughput)));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TruthsAlikeTest)
#include "TruthsAlikeTest.moc"
