// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SimulatedRuns.h"

#include "recording/RecordingFormat.h"
#include "recording/RecordingReader.h"
#include "recording/RecordingWriter.h"
#include "servers/simulated/RecordedRequests.h"

#include <QTemporaryDir>
#include <QtTest>

#include <map>
#include <set>

using namespace loopscope;

namespace {

/// Reads, waits, computes and answers.
const char *const mixed = "const fs = require('fs/promises');\n"
                          "require('http').createServer(async (req, res) => {\n"
                          "  await fs.readFile(__filename);\n"
                          "  for (let i = 0; i < 2000; i++) ;\n"
                          "  setTimeout(() => res.end('done'), 2);\n"
                          "}).listen(3000);";
/// 10,000 rounds; of 500 ns each they take 5 ms.
const char *const counts =
    "require('http').createServer(function serve(req, res) { for (let i = 0; i < 10000; i++) ; res.end('done'); }).listen(3000);";

} // namespace

/// The recording of a simulated server: it tells what the run itself told, and changes nothing.
class SimulatedRecordingTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_files = 0;

    QString newFile(const QString &ending) { return m_folder.filePath(QStringLiteral("file%1.%2").arg(++m_files).arg(ending)); }

    Scenario scenarioOf(const char *script)
    {
        Scenario scenario;
        scenario.script = newFile(QStringLiteral("js"));
        QFile file(scenario.script);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(script);
        scenario.load.clients = 12;
        scenario.load.thinkTime = QStringLiteral("exp:100");
        scenario.load.seconds = 0.4;
        scenario.load.warmupSeconds = 0.2;
        return scenario;
    }

    std::optional<LabResult> run(const Scenario &scenario, ServerModel model, Told &told, const LabRecording &recording = {})
    {
        const LabControls controls(scenario, model);
        QString problem;
        const auto result = runOnThread(scenario, model, told, controls, &problem, recording);
        if (!result)
            qWarning("%s", qPrintable(problem));
        return result;
    }

    static void eachModel()
    {
        QTest::addColumn<ServerModel>("model");
        for (const ServerModel model : serverModels) {
            if (model != ServerModel::Workers)
                QTest::newRow(qPrintable(keyOf(model))) << model;
        }
    }

    /// What a thread did, put together from pieces that follow each other.
    struct Span
    {
        ThreadState state;
        qint64 request;
        double from;
        double to;
        bool operator==(const Span &other) const
        {
            return state == other.state && request == other.request && qAbs(from - other.from) < 1e-9 && qAbs(to - other.to) < 1e-9;
        }
    };
    using Lanes = std::map<int, std::vector<Span>>;

    static void add(Lanes &lanes, int thread, const Span &span)
    {
        if (span.to <= span.from)
            return;
        std::vector<Span> &spans = lanes[thread];
        const bool goesOn = !spans.empty() && spans.back().state == span.state && spans.back().request == span.request
            && qAbs(spans.back().to - span.from) < 1e-9;
        if (goesOn)
            spans.back().to = span.to;
        else
            spans.push_back(span);
    }

    static Lanes lanesOf(const Told &told)
    {
        Lanes lanes;
        for (const LabSpan &span : told.spans) {
            if (span.state != ThreadState::Gone)
                add(lanes, span.thread, {span.state, span.request, std::max(span.from, 0.0), span.to});
        }
        return lanes;
    }

    /// Of the recording, up to a moment in seconds since the measured part began; what was before that is left out.
    static Lanes lanesOf(const RecordingReader &reader, double end)
    {
        struct Open
        {
            int thread;
            ThreadState state;
            qint64 request;
            double from;
        };
        quint64 origin = 0;
        for (quint64 index = 0; index < reader.eventCount(); ++index) {
            const Event event = reader.event(index);
            if (event.kind == EventKind::Mark && event.detail == format::measuredMark)
                origin = event.time;
        }
        std::map<SubjectId, int> numbers;
        std::map<SubjectId, Open> open;
        Lanes lanes;
        const auto close = [&](SubjectId thread, double now) {
            if (const auto found = open.extract(thread); !found.empty()) {
                const Open &span = found.mapped();
                add(lanes, span.thread, {span.state, span.request, std::max(span.from, 0.0), std::min(now, end)});
            }
        };
        for (quint64 index = 0; index < reader.eventCount(); ++index) {
            const Event event = reader.event(index);
            const double now = (static_cast<double>(event.time) - static_cast<double>(origin)) / 1e9;
            if (event.kind == EventKind::ThreadStarted) {
                numbers[event.subject] = static_cast<int>(event.value);
            } else if (event.kind == EventKind::ThreadChanged || event.kind == EventKind::ThreadEnded) {
                close(event.subject, now);
                if (event.kind == EventKind::ThreadChanged)
                    open[event.subject] = {numbers[event.subject], static_cast<ThreadState>(event.detail), event.value, now};
            }
        }
        while (!open.empty())
            close(open.begin()->first, end);
        return lanes;
    }

private Q_SLOTS:
    void isNoticedByNobody_data() { eachModel(); }
    void isNoticedByNobody()
    {
        QFETCH(ServerModel, model);
        const Scenario scenario = scenarioOf(mixed);
        Told alone;
        Told recorded;
        const auto withoutIt = run(scenario, model, alone);
        const auto withIt = run(scenario, model, recorded, {newFile(QStringLiteral("lscope"))});
        QVERIFY(withoutIt && withIt);
        QVERIFY(alone.requests.size() > 20);
        QCOMPARE(recorded.all, alone.all);
        QCOMPARE(withIt->completed, withoutIt->completed);
        QCOMPARE(withIt->latency.p99, withoutIt->latency.p99);
    }

    void hasTheSameBytesTwice_data() { eachModel(); }
    void hasTheSameBytesTwice()
    {
        QFETCH(ServerModel, model);
        const Scenario scenario = scenarioOf(mixed);
        QByteArray contents[2];
        for (QByteArray &content : contents) {
            Told told;
            const QString file = newFile(QStringLiteral("lscope"));
            QVERIFY(run(scenario, model, told, {file}));
            QFile recording(file);
            QVERIFY(recording.open(QIODevice::ReadOnly));
            content = recording.readAll();
        }
        QVERIFY(contents[0].size() > 100'000);
        QVERIFY(contents[0] == contents[1]);
    }

    void followsEachRequestAsTheRunDid_data() { eachModel(); }
    void followsEachRequestAsTheRunDid()
    {
        QFETCH(ServerModel, model);
        const Scenario scenario = scenarioOf(mixed);
        Told told;
        const QString file = newFile(QStringLiteral("lscope"));
        const auto result = run(scenario, model, told, {file});
        QVERIFY(result);
        RecordingReader reader;
        QVERIFY(reader.open(file));
        QVERIFY(reader.isComplete());
        QString problem;
        const auto requests = RecordedRequests::read(reader, &problem);
        QVERIFY2(requests, qPrintable(problem));
        QVERIFY(static_cast<qint64>(requests->size()) >= result->arrivals);
        QVERIFY(told.requests.size() > 20);
        for (const LabRequest &live : told.requests) {
            const auto found = std::find_if(
                requests->begin(), requests->end(), [&live](const LabRequest &request) { return request.number == live.number; });
            QVERIFY(found != requests->end());
            QCOMPARE(LabJson::line(LabMessage(*found)), LabJson::line(LabMessage(live)));
        }
    }

    void showsThreadsAsTheRunDid_data() { eachModel(); }
    void showsThreadsAsTheRunDid()
    {
        QFETCH(ServerModel, model);
        const Scenario scenario = scenarioOf(mixed);
        Told told;
        const QString file = newFile(QStringLiteral("lscope"));
        QVERIFY(run(scenario, model, told, {file}));
        RecordingReader reader;
        QVERIFY(reader.open(file));
        const Lanes live = lanesOf(told);
        const Lanes recorded = lanesOf(reader, told.samples.back().time);
        QVERIFY(!live.empty());
        for (const auto &[thread, spans] : live) {
            const auto found = recorded.find(thread);
            QVERIFY2(found != recorded.end(), qPrintable(QStringLiteral("thread %1").arg(thread)));
            QVERIFY2(found->second == spans,
                qPrintable(QStringLiteral("thread %1: %2 and %3").arg(thread).arg(found->second.size()).arg(spans.size())));
        }
    }

    /// Callbacks of a thread run in its lane, while it runs, one at a time, and time never goes back.
    void runsCallbacksOnTheirThreads_data() { eachModel(); }
    void runsCallbacksOnTheirThreads()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf(mixed);
        scenario.machine.timeSliceMilliseconds = 0.2; // less than a burst
        Told told;
        const QString file = newFile(QStringLiteral("lscope"));
        QVERIFY(run(scenario, model, told, {file}));
        RecordingReader reader;
        QVERIFY(reader.open(file));
        std::map<SubjectId, int> numbers;
        std::map<int, ThreadActivity> states;
        std::map<int, std::vector<SubjectId>> running;
        std::set<SubjectId> served;
        quint64 last = 0;
        bool hasBegun = false;
        for (quint64 index = 0; index < reader.eventCount(); ++index) {
            const Event event = reader.event(index);
            QVERIFY2(event.time >= last, qPrintable(QStringLiteral("event %1").arg(index)));
            last = event.time;
            const int thread = event.loop() + 1;
            hasBegun = hasBegun || event.kind == EventKind::RequestSent;
            if (event.kind == EventKind::ThreadStarted)
                numbers[event.subject] = static_cast<int>(event.value);
            else if (event.kind == EventKind::ThreadChanged)
                states[numbers[event.subject]] = static_cast<ThreadActivity>(event.detail);
            else if (event.kind == EventKind::TaskServes)
                served.insert(event.subject);
            if (event.kind == EventKind::TaskBegun) {
                // The start of a process' script takes no time of its cores.
                const bool isStart = event.detail == static_cast<quint8>(TaskKind::Script) || !hasBegun;
                if (!isStart && running[thread].empty() && event.detail == static_cast<quint8>(TaskKind::IoCallback))
                    QVERIFY2(states[thread] == ThreadActivity::Running, qPrintable(QStringLiteral("event %1").arg(index)));
                running[thread].push_back(event.subject);
            } else if (event.kind == EventKind::TaskEnded) {
                QVERIFY(!running[thread].empty());
                QCOMPARE(running[thread].back(), event.subject);
                running[thread].pop_back();
            }
        }
        QVERIFY(served.size() > 100);
    }

    /// Threads that share a core take turns within their callbacks, which V4 itself runs one after the other.
    void showsCallbacksInterrupted()
    {
        Scenario scenario = scenarioOf(counts);
        scenario.machine.cores = 1;
        scenario.machine.timeSliceMilliseconds = 1;
        scenario.machine.statementNanoseconds = 500;
        scenario.machine.poolThreads = 4;
        scenario.load.clients = 4;
        Told told;
        const QString file = newFile(QStringLiteral("lscope"));
        QVERIFY(run(scenario, ServerModel::ThreadPool, told, {file}));
        RecordingReader reader;
        QVERIFY(reader.open(file));
        std::map<quint16, quint64> since; ///< by loop: when its callback began
        qint64 longest = 0;
        std::size_t together = 0;
        for (quint64 index = 0; index < reader.eventCount(); ++index) {
            const Event event = reader.event(index);
            if (event.loop() == 0 || event.detail != static_cast<quint8>(TaskKind::IoCallback))
                continue;
            if (event.kind == EventKind::TaskBegun) {
                since[event.loop()] = event.time;
                together = std::max(together, since.size());
            } else if (event.kind == EventKind::TaskEnded && since.contains(event.loop())) {
                longest = std::max(longest, static_cast<qint64>(event.time - since[event.loop()]));
                since.erase(event.loop());
            }
        }
        QCOMPARE(together, std::size_t(4));
        QVERIFY2(longest > 15'000'000 && longest < 25'000'000, qPrintable(QString::number(longest))); // 5 ms of a core that four share
    }

    void endsAtItsLimitWhileTheRunGoesOn()
    {
        const Scenario scenario = scenarioOf(mixed);
        Told alone;
        Told told;
        const QString file = newFile(QStringLiteral("lscope"));
        const auto withoutIt = run(scenario, ServerModel::ThreadPool, alone);
        const auto result = run(scenario, ServerModel::ThreadPool, told, {file, 5000});
        QVERIFY(result && withoutIt);
        QCOMPARE(told.all, alone.all);
        QVERIFY2(
            result->notes.join(QLatin1Char(' ')).contains(QLatin1String("--max-events")), qPrintable(result->notes.join(QLatin1Char(' '))));
        RecordingReader reader;
        QVERIFY(reader.open(file));
        QVERIFY(reader.isComplete());
        QVERIFY(reader.eventCount() >= 5000);
        const Event last = reader.event(reader.eventCount() - 1);
        QCOMPARE(last.kind, EventKind::RunEnded);
        QCOMPARE(last.detail, static_cast<quint8>(RunEnding::Limit));
        QString problem;
        QVERIFY(RecordedRequests::read(reader, &problem));
    }

    void refusesWhatCannotBeWritten()
    {
        const Scenario scenario = scenarioOf(mixed);
        const LabControls controls(scenario, ServerModel::ThreadPool);
        Told told;
        QString problem;
        QVERIFY(!runOnThread(scenario, ServerModel::ThreadPool, told, controls, &problem, {QStringLiteral("/nowhere/at/all.lscope")}));
        QVERIFY2(problem.contains(QLatin1String("/nowhere/at/all.lscope")), qPrintable(problem));
        QVERIFY(told.all.isEmpty());
    }

    void knowsARecordingOfNoServer()
    {
        const QString file = newFile(QStringLiteral("lscope"));
        QString problem;
        RecordingWriter::create(file, &problem)->defineMetadata({{QStringLiteral("seed"), 1}});
        RecordingReader reader;
        QVERIFY(reader.open(file));
        QVERIFY(!RecordedRequests::read(reader, &problem));
        QVERIFY(problem.contains(QLatin1String("--record")));
    }
};

QTEST_GUILESS_MAIN(SimulatedRecordingTest)
#include "SimulatedRecordingTest.moc"
