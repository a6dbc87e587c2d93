// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/MomentSearch.h"

#include "../analysis/RecordedScript.h"
#include "lessons/loader/LessonWords.h"

using namespace loopscope;

namespace {
const char script[] = R"(
const fs = require('fs');
setTimeout(function late() { console.log('late'); }, 20);
setTimeout(function soon() { console.log('soon'); }, 5);
const never = setTimeout(function never() {}, 8); clearTimeout(never);
setImmediate(function imm() {});
process.nextTick(function tick() {});
function made() { return new Promise(function run(ok) { setTimeout(function settle() { ok(); }, 2); }); }
async function load() { await made(); }
load();
fs.stat(__filename, function read() {});
console.log('end');
)";
} // namespace

class MomentSearchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("task");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("phase");
        QTest::addColumn<int>("nth");
        QTest::addColumn<QString>("is"); // the beginning of EventText's words; empty: there is no such moment
        const auto row = [](const char *label, const char *event, const char *task, const char *name, const char *phase, int nth,
                             const char *is) {
            QTest::newRow(label) << QString::fromLatin1(event) << QString::fromLatin1(task) << QString::fromLatin1(name)
                                 << QString::fromLatin1(phase) << nth << QString::fromLatin1(is);
        };
        row("created", "created", "", "tick", "", 1, "tick `tick` created");
        row("created by kind", "created", "timeout", "", "", 2, "timeout `soon` created");
        row("ready", "ready", "io", "read", "", 1, "I/O callback `read` of `stat script.js` ready");
        row("ready of another kind", "ready", "tick", "read", "", 1, "");
        row("begun", "begun", "", "soon", "", 1, "timeout `soon` begun");
        row("begun by kind", "begun", "timeout", "", "", 2, "timeout `soon` begun");
        row("begun with a pattern", "begun", "", "*t*k", "", 1, "tick `tick` begun");
        row("begun too often", "begun", "", "soon", "", 2, "");
        row("ended", "ended", "script", "", "", 1, "script `script.js` ended");
        row("ended by name", "ended", "immediate", "imm", "", 1, "immediate `imm` ended");
        row("cancelled", "cancelled", "", "never", "", 1, "timeout `never` cancelled");
        row("cancelled kind", "cancelled", "timeout", "", "", 1, "timeout `never` cancelled");
        row("not cancelled", "cancelled", "", "soon", "", 1, "");
        row("printed", "printed", "", "soon", "", 1, "stdout: soon");
        row("printed any", "printed", "", "", "", 2, "stdout: soon");
        row("printed none", "printed", "", "nothing", "", 1, "");
        row("settled in a function", "settled", "", "made", "", 1, "promise 8 (new Promise) fulfilled");
        row("settled async", "settled", "", "load", "", 1, "promise 7 of async function `load` fulfilled");
        row("suspended", "suspended", "", "load", "", 1, "promise 7 of async function `load` awaits promise 8");
        row("resumed", "resumed", "", "load", "", 1, "promise 7 of async function `load` goes on");
        row("submitted", "submitted", "", "stat*", "", 1, "file request `stat script.js` submitted");
        row("started", "started", "", "stat*", "", 1, "file request `stat script.js` started on pool thread");
        row("completed", "completed", "", "stat*", "", 1, "file request `stat script.js` completed");
        row("no such request", "completed", "", "open*", "", 1, "");
        row("entered", "entered", "", "made", "", 1, "`made` entered");
        row("entered a phase", "entered", "", "", "check", 1, "phase check entered");
        row("waits", "waits", "", "", "", 1, "poll waits");
        row("iteration", "iteration", "", "", "", 2, "iteration 2 started");
        row("run-ended", "run-ended", "", "", "", 1, "run ended");
    }
    void finds()
    {
        static const RecordedScript recorded(script);
        const MomentSearch search(recorded.reader, recorded.words);
        LessonMoment moment;
        QFETCH(QString, event);
        QFETCH(QString, is);
        moment.event = event;
        moment.task = *static_cast<QString *>(QTest::qData("task", QMetaType::QString));
        moment.name = *static_cast<QString *>(QTest::qData("name", QMetaType::QString));
        moment.phase = *static_cast<QString *>(QTest::qData("phase", QMetaType::QString));
        moment.nth = *static_cast<int *>(QTest::qData("nth", QMetaType::Int));
        const auto found = search.find(moment);
        QCOMPARE(found.has_value(), !is.isEmpty());
        if (found)
            QVERIFY2(recorded.words.what(*found).startsWith(is), qPrintable(recorded.words.what(*found)));
    }

    void everyEventHasARow()
    {
        for (const QString &event : MomentSearch::events()) {
            LessonMoment moment;
            moment.event = event;
            static const RecordedScript recorded(script);
            QVERIFY2(MomentSearch(recorded.reader, recorded.words).find(moment), qPrintable(event));
        }
    }
};

QTEST_GUILESS_MAIN(MomentSearchTest)
#include "MomentSearchTest.moc"
