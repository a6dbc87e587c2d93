// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts that do one thing wrong, and their mends: the verdict names the one and not the other.
#include "analysis/profiler/Verdict.h"
#include "ProfiledScript.h"
#include "analysis/profiler/ProfileText.h"

#include <QFileInfo>

#include <algorithm>

using namespace loopscope;

class VerdictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatIsWrong_data();
    void namesWhatIsWrong();
    void eachHasALesson();
};

void VerdictTest::namesWhatIsWrong_data()
{
    using Kind = ProfileFinding::Kind;
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("expected"); // -1: healthy
    QTest::addColumn<QString>("blamed"); // function of the finding
    const QByteArray interval = "const i = setInterval(function beat() {}, 5); setTimeout(() => clearInterval(i), 100);\n";
    const auto add = [](const char *name, const QByteArray &script, int kind, const char *blamed = "") {
        QTest::newRow(name) << script << kind << QString::fromLatin1(blamed);
    };
    add("an idle server's heartbeat", interval, -1);
    add("computing in a timer", interval + "setTimeout(function compute() { let s = 0; for (let i = 0; i < 1500000; i++) s += i; }, 20);\n",
        static_cast<int>(Kind::CpuBound), "compute");
    add("the same in pieces",
        interval
            + "let at = 0; function piece() { let s = 0; const end = at + 20000; for (; at < end; at++) s += at; if (at < 1500000) "
              "setImmediate(piece); }\nsetTimeout(piece, 20);\n",
        -1);
    add("microtasks without end",
        interval + "let n = 0; function more() { if (++n < 400000) Promise.resolve().then(more); }\nsetTimeout(more, 20);\n",
        static_cast<int>(Kind::StarvedByMicrotasks), "more");
    add("ticks without end", interval + "let n = 0; function more() { if (++n < 400000) process.nextTick(more); }\nsetTimeout(more, 20);\n",
        static_cast<int>(Kind::StarvedByTicks), "more");
    add("a pool that is too small",
        "const { pbkdf2 } = require('crypto'); for (let i = 0; i < 32; i++) pbkdf2('a', 'b', 100000, 64, 'sha512', () => {});\n",
        static_cast<int>(Kind::PoolSaturated));
    add("a pool that is enough",
        "const { pbkdf2 } = require('crypto'); for (let i = 0; i < 4; i++) pbkdf2('a', 'b', 100000, 64, 'sha512', () => {});\n", -1);
    const QByteArray three = "const { setTimeout: sleep } = require('timers/promises');\n";
    add("three waits, one after the other",
        three + "async function load() { await sleep(20); await sleep(30); await sleep(40); }\nload();\n",
        static_cast<int>(Kind::SerialAwaits), "load");
    add("three waits that need one another",
        three + "async function load() { const a = await sleep(20, 30); const b = await sleep(a, 40); await sleep(b); }\nload();\n", -1);
    add("page after page",
        three + "async function load() { let page = 1; do page = await sleep(20, page + 1); while (page < 5); }\nload();\n", -1);
    add("two chains of waits",
        three
            + "async function load() { const a = await sleep(20, 30); await sleep(a); const b = await sleep(20, 25); await sleep(b); "
              "}\nload();\n",
        static_cast<int>(Kind::SerialAwaits), "load");
    add("three waits together", three + "async function load() { await Promise.all([sleep(20), sleep(30), sleep(40)]); }\nload();\n", -1);
    add("three waits, started together and awaited one by one",
        three + "async function load() { const all = [sleep(20), sleep(30), sleep(40)]; for (const one of all) await one; }\nload();\n",
        -1);
    add("timers that fire all the time", "let n = 0; const i = setInterval(function again() { if (++n === 400) clearInterval(i); }, 1);\n",
        static_cast<int>(Kind::TimerStorm));
    add("a rejection that nobody handles", "process.on('unhandledRejection', () => {}); Promise.reject(new Error('no'));\n" + interval,
        static_cast<int>(Kind::UnhandledRejections));
    add("a rejection that is handled", "Promise.reject(new Error('no')).catch(() => {});\n" + interval, -1);
    add("an error that nobody catches", "setTimeout(() => { throw new Error('no'); }, 5);\n", static_cast<int>(Kind::UncaughtErrors));
    add("promises that pile up",
        "const all = []; let n = 0; const i = setInterval(() => { all.push(new Promise(() => {})); if (++n === 200) clearInterval(i); }, "
        "10);\n",
        static_cast<int>(Kind::PromiseLeak));
    add("promises that are settled",
        "let n = 0; const i = setInterval(() => { new Promise(r => setTimeout(r, 5)); if (++n === 200) clearInterval(i); }, 10);\n", -1);
    add("timers that pile up",
        "let n = 0; const i = setInterval(() => { setTimeout(() => {}, 60000).unref(); if (++n === 200) clearInterval(i); }, 10);\n",
        static_cast<int>(Kind::TimerLeak));
    add("reading byte by byte",
        "const fs = require('fs'); const file = fs.openSync(__filename); const byte = Buffer.alloc(1); let n = 0;\n"
        "(function next() { if (++n < 300) fs.read(file, byte, 0, 1, n, next); })();\n",
        static_cast<int>(Kind::ChattyIo));
}

void VerdictTest::namesWhatIsWrong()
{
    QFETCH(QByteArray, script);
    QFETCH(int, expected);
    QFETCH(QString, blamed);
    const ProfiledScript run(script);
    const BlockingReport blocking(run.profile);
    const Verdict verdict(run.profile, blocking);
    const QString told = run.text.verdict(verdict, run.profile, blocking);
    QVERIFY(!told.isEmpty());
    if (expected < 0) {
        QVERIFY2(verdict.isHealthy(), qPrintable(told));
        return;
    }
    const auto found = std::ranges::find(verdict.findings(), static_cast<ProfileFinding::Kind>(expected), &ProfileFinding::kind);
    QVERIFY2(found != verdict.findings().end(), qPrintable(told));
    if (!blamed.isEmpty())
        QCOMPARE(run.text.functionName(found->site), blamed);
    QVERIFY(!run.text.finding(*found).isEmpty());
    QVERIFY(!run.text.advice(*found).isEmpty());
    QVERIFY(found->event < run.reader.eventCount());
}

void VerdictTest::eachHasALesson()
{
    for (int kind = 0; kind <= static_cast<int>(ProfileFinding::Kind::ChattyIo); ++kind) {
        const QString lesson = ProfileText::lesson(static_cast<ProfileFinding::Kind>(kind));
        QVERIFY2(QFileInfo(QStringLiteral(COURSE "/%1/lesson.json").arg(lesson)).isFile(), qPrintable(lesson));
    }
}

QTEST_GUILESS_MAIN(VerdictTest)
#include "VerdictTest.moc"
