// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where a callback makes more calls than are recorded one by one, its call stack is sampled: the same run, with and without the cap.
#include "RecordedScript.h"
#include "RecordingForm.h"
#include "analysis/profiler/Profile.h"
#include "state/StateTimeline.h"

#include <QTest>

using namespace loopscope;

namespace {
QString nameOf(const RecordingReader &reader, SiteId function)
{
    const auto place = reader.place(function);
    return place.isValid() ? place.site->name : QString();
}

QStringList cap(int calls) { return {QStringLiteral("--callback-cap"), QString::number(calls)}; }
} // namespace

class SampledCallsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAreThoseOfAllCalls_data();
    void timesAreThoseOfAllCalls();
    void stackIsRealWhereAnythingHappens();
    void longRunsStaySmall();
};

void SampledCallsTest::timesAreThoseOfAllCalls_data()
{
    QTest::addColumn<QByteArray>("script");
    const QByteArray spin = "function spin(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s; }\n";
    QTest::newRow("one phase after the other") << spin
            + "function first() { for (let i = 0; i < 20000; i++) spin(5); }\nfunction second() { for (let i = 0; i < 5000; i++) "
              "spin(100); }\n"
              "function last() { for (let i = 0; i < 40000; i++) spin(1); }\nsetTimeout(function all() { first(); second(); last(); }, "
              "1);\n";
    QTest::newRow("short calls of two functions in turns")
        << QByteArray("function short(n) { let s = 0; for (let i = 0; i < 10; i++) s += i * n; return s; }\n"
                      "function long(n) { let s = 0; for (let i = 0; i < 31; i++) s += i * n; return s; }\n"
                      "setTimeout(function all() { for (let i = 0; i < 60000; i++) { short(i); long(i); } }, 1);\n");
    QTest::newRow("deep recursion") << QByteArray(
        "function fibonacci(n) { return n < 2 ? leaf(n) : fibonacci(n - 1) + fibonacci(n - 2); }\n"
        "function leaf(n) { let s = 0; for (let i = 0; i < 4; i++) s += n; return s; }\n"
        "setTimeout(function all() { fibonacci(28); }, 1);\n");
}

void SampledCallsTest::timesAreThoseOfAllCalls()
{
    QFETCH(QByteArray, script);
    std::map<QString, FunctionCost> costs[2];
    quint64 calls[2] = {}; ///< recorded or left out
    quint64 run = 0;
    for (const int isSampled : {0, 1}) {
        const RecordedScript recorded(script, cap(isSampled == 1 ? 200 : 0));
        const RecordingReader &reader = recorded.reader;
        QVERIFY(reader.isComplete());
        const QString fault = RecordingForm(reader).firstFault();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        Profile profile;
        profile.update(reader);
        quint64 samples = 0;
        for (quint64 i = 0; i < reader.eventCount(); ++i)
            samples += reader.event(i).kind == EventKind::CallEntered && (reader.event(i).detail & CallSampled) != 0 ? 1 : 0;
        QCOMPARE(samples > 0, isSampled == 1);
        QVERIFY(isSampled == 0 || reader.eventCount() < 20'000);
        run = profile.metrics().busy();
        calls[isSampled] = profile.callTree().callsLeftOut();
        QCOMPARE(calls[isSampled] > 0, isSampled == 1);
        for (const FunctionCost &cost : profile.callTree().functions()) {
            costs[isSampled][nameOf(reader, cost.function)] = cost;
            calls[isSampled] += cost.calls;
        }
    }
    QCOMPARE(calls[1], calls[0]);
    const auto tolerance = static_cast<double>(run) * 0.04; // some hundred samples of 0.1 ms or more
    for (const auto &[name, exact] : costs[0]) {
        const FunctionCost &sampled = costs[1][name];
        for (const auto &[what, is, was] :
            {std::tuple("self", sampled.self, exact.self), std::tuple("total", sampled.total, exact.total)}) {
            QVERIFY2(std::abs(static_cast<double>(is) - static_cast<double>(was)) <= tolerance,
                qPrintable(QStringLiteral("%1 of %2: %3 ns instead of %4, of a run of %5")
                               .arg(QLatin1String(what), name)
                               .arg(is)
                               .arg(was)
                               .arg(run)));
        }
        QVERIFY(sampled.calls <= exact.calls);
    }
}

void SampledCallsTest::stackIsRealWhereAnythingHappens()
{
    const QByteArray script =
        "function quiet(n) { return n + 1; }\nfunction talk(n) { quiet(n); if (n % 97 === 0) console.log(n); return quiet(n); }\n"
        "function branch(n) { return n % 2 ? talk(n) : deeper(n); }\nfunction deeper(n) { process.emit('step', n); return talk(n); }\n"
        "process.on('step', function step(n) { for (let i = 0; i < 3; i++) quiet(n); if (n % 500 === 0) setImmediate(function late() {}); "
        "});\n"
        "setTimeout(function all() { for (let i = 0; i < 3000; i++) branch(i); new Promise(function start(go) { talk(97); go(); }); }, "
        "1);\n";
    QStringList stacks[2];
    for (const int isCapped : {0, 1}) {
        RecordedScript recorded(script, cap(isCapped == 1 ? 50 : 0));
        RecordingReader &reader = recorded.reader;
        QVERIFY(reader.isComplete());
        const QString fault = RecordingForm(reader).firstFault();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        StateTimeline timeline(reader);
        timeline.update();
        for (quint64 i = 0; i < reader.eventCount(); ++i) {
            const Event event = reader.event(i);
            if (event.kind != EventKind::ConsoleText && event.kind != EventKind::TaskCreated && event.kind != EventKind::PromiseCreated)
                continue;
            QString stack = QString::number(event.time) + u':';
            for (const CallFrame &frame : timeline.stateAt(i + 1).stack)
                stack += u' ' + nameOf(reader, frame.function);
            stacks[isCapped] += stack;
        }
    }
    QVERIFY(stacks[0].size() > 30);
    QCOMPARE(stacks[1], stacks[0]);
}

void SampledCallsTest::longRunsStaySmall()
{
    const auto events = [](const QByteArray &rounds) {
        const RecordedScript recorded(
            "function a() {}\nfunction b() { a(); }\nfor (let i = 0; i < " + rounds + "; i++) { a(); b(); }\n", cap(100));
        return recorded.reader.isComplete() ? recorded.reader.eventCount() : quint64(0);
    };
    const quint64 short1 = events("200000");
    const quint64 long10 = events("2000000");
    QVERIFY(short1 > 200);
    QVERIFY2(long10 < short1 * 10 && long10 < 20'000, qPrintable(QStringLiteral("%1, then %2").arg(short1).arg(long10)));
}

QTEST_GUILESS_MAIN(SampledCallsTest)
#include "SampledCallsTest.moc"
