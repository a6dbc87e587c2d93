// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/RunMeasures.h"

#include "../analysis/RecordedScript.h"
#include "lessons/loader/Condition.h"

#include <map>
#include <memory>

using namespace loopscope;

namespace {

const char hold[] = "function hold(ms) { const start = Date.now(); while (Date.now() - start < ms); }\n";

const char printing[] = R"(
console.log('one'); console.error('two'); process.stdout.write('th'); process.stdout.write('ree\nfo'); process.stdout.write('ur');
console.log('\none'); setTimeout(() => console.log('took -12.5ms of 3'), 40);
)";

const char queues[] = R"(
setTimeout(function late() {}, 5); setTimeout(function soon() { process.nextTick(function inTimers() {}); }, 1);
setImmediate(function imm() {}); setImmediate(function imm2() {}); setImmediate(function imm3() {});
process.nextTick(function tick() {}); process.nextTick(function tick() {});
queueMicrotask(function micro() {}); Promise.resolve().then(function then() {});
const cancelled = setTimeout(function never() {}, 3); clearTimeout(cancelled);
)";

const char holding[] = R"(
setTimeout(function heavy() { hold(20); process.nextTick(function tail() { hold(15); }); }, 1);
setTimeout(function victim() {}, 1);
)";

const char awaiting[] = R"(
function step() {}
async function load(n) { step(); await new Promise((ok) => setTimeout(ok, n)); step(); await null; }
async function serial() { await load(1); await load(2); await load(3); }
async function together() { await Promise.all([load(1), load(2), load(3), load(4)]); }
(async function main() { await serial(); await together(); })();
)";

const char reading[] = R"(
const fs = require('fs');
for (let i = 0; i < 6; ++i) fs.readFile(__filename, function read() {});
fs.stat(__filename, function serial() { fs.stat(__filename, function end() {}); });
)";

const char leaking[] = R"(
const pending = [new Promise(() => {}), new Promise(() => {})];
setInterval(function beat() {}, 10); setTimeout(function later() {}, 1000).unref(); require('net').createServer().listen(8000);
setTimeout(() => process.exit(3), 25);
)";

const char failing[] = R"(
process.on('unhandledRejection', () => {}); Promise.reject(new Error('a')); Promise.reject(new Error('b'));
setTimeout(() => { throw new Error('c'); }, 5);
)";

const char serving[] = R"(
const http = require('http');
const server = http.createServer(function handle(request, response) { setTimeout(() => response.end(), request.url === '/slow' ? 30 : 3); }).listen(8000, async () => {
  for (const path of ['/', '/slow', '/']) await fetch('http://localhost:8000' + path).then((r) => r.text());
  server.close(); server.closeAllConnections();
});
)";

const char workers[] = R"(
const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  for (let i = 0; i < 2; ++i) new Worker(__filename).on('message', (text) => console.log(text));
} else { console.log('in worker'); parentPort.postMessage('hello'); }
)";

} // namespace

class RunMeasuresTest : public QObject
{
    Q_OBJECT

    /// Each script is run once.
    struct Measured
    {
        explicit Measured(const QByteArray &script)
            : recorded(script, {QStringLiteral("--max-time"), QStringLiteral("60")})
            , measures(recorded.reader)
        {
        }
        RecordedScript recorded;
        RunMeasures measures;
    };
    std::map<QByteArray, std::unique_ptr<Measured>> m_runs;

    const RunMeasures &measuresOf(const QByteArray &script)
    {
        auto &run = m_runs[script];
        if (!run)
            run = std::make_unique<Measured>(script);
        return run->measures;
    }

private Q_SLOTS:
    void holds_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("condition");
        const auto row = [](const QByteArray &script, const char *condition) {
            QTest::newRow(condition) << script << QString::fromLatin1(condition);
        };
        row(printing, "prints() == 6");
        row(printing, "prints('one') == 2 and prints('t*') == 3 and prints('five') == 0");
        row(printing, "printed('two') and printed('three') and printed('four') and not printed('fo')");
        row(printing, "printedInOrder('one', 'two', 'four', 'took*') and not printedInOrder('two', 'one')");
        row(printing, "not printedInOrder('one', 'five') and not printedInOrder('five', 'one') and not printedInOrder('one', 'one')");
        row(printing, "printedAt('took*') >= 40ms and printedAt('took*') < 41ms and printedAt('one') < 1ms and printedAt('five') > 100s");
        row(printing, "number('took *ms*') == -12.5 and number('took*of *') == -12.5 and number('five*') == 0 and number('one') == 0");
        row(printing, "exitCode() == 0 and ended('finished') and not ended('exited')");
        row(printing, "duration() >= 40ms and duration() < 42ms and busy() > 0ms and busy() < 2ms");
        row("const a = 1;", "iterations() == 0 and prints() == 0 and calls('script.js') == 1");
        row("setImmediate(function a() { setImmediate(function b() { }); });", "iterations() == 2");

        row(queues, "callbacks('timeout') == 2 and callbacks('immediate') == 3 and callbacks('tick') == 3 and callbacks('script') == 1");
        row(queues, "callbacks('microtask') == 1 and callbacks('reaction') == 1 and callbacks('io') == 0 and callbacks('interval') == 0");
        row(queues, "callbacks('tick', 'tick') == 2 and callbacks('immediate', 'imm*') == 3 and callbacks('timeout', 'imm') == 0");
        row(queues, "mostWaiting('timers') == 3 and mostWaiting('immediates') == 3 and mostWaiting('ticks') == 2");
        row(queues, "mostWaiting('microtasks') == 2 and mostWaiting('poll') == 0 and mostWaiting('closing') == 0");
        row(queues, "ranIn('late', 'timers') and ranIn('imm', 'check') and ranIn('tick', 'none') and ranIn('inTimers', 'timers')");
        row(queues, "not ranIn('late', 'check') and not ranIn('never', 'timers')");
        row(queues,
            "ranBefore('soon', 'late') and not ranBefore('late', 'soon') and ranBefore('tick', 'micro') and ranBefore('micro', 'then')");
        row(queues, "not ranBefore('soon', 'never') and not ranBefore('never', 'soon')");
        row(queues, "calls('tick') == 2 and calls('imm*') == 3 and calls('never') == 0 and freeChoices() == 1");
        row("setTimeout(function a() {}, 20);", "freeChoices() == 0");

        row(QByteArray(hold) + holding, "longestHold() > 34ms and longestHold() < 36ms");
        row(QByteArray(hold) + holding,
            "longestCallback() > 19ms and longestCallback() < 21ms and longestCallback('heavy') == longestCallback()");
        row(QByteArray(hold) + holding, "longestCallback('tail') > 14ms and longestCallback('tail') < 16ms and longestCallback('x') == 0s");
        row(QByteArray(hold) + holding, "longestWait('timeout') > 34ms and longestWait('timeout') < 36ms");
        row(QByteArray(hold) + holding,
            "longestWait('timeout', 'heavy') < 1ms and longestWait('timeout', 'victim') == longestWait('timeout')");
        row(QByteArray(hold) + holding, "busy() > 34ms and busy() < 37ms and calls('hold') == 2");
        row(QByteArray(hold) + holding, "finding('cpu-bound') and not finding('serial-awaits')");
        row("", "not finding('cpu-bound')");

        row(awaiting, "atOnce('load') == 4 and atOnce('serial') == 1 and atOnce('step') == 0 and atOnce('*') == 6");
        row(awaiting, "calls('load') == 7 and calls('step') == 14 and awaits() == 20");
        row(awaiting, "pendingPromises() == 0 and mostWaiting('promises') >= 10 and mostWaiting('promises') < 30");
        row("const a = [1, 2, 3].map(() => new Promise(() => {}));", "mostWaiting('promises') == 3 and pendingPromises() == 3");

        row(reading, "requests('readFile *') == 6 and requests('stat *') == 2 and requests('*') == 8 and requests('write*') == 0");
        row(reading, "requestsAtOnce('readFile *') == 6 and requestsAtOnce('stat *') == 1 and requestsAtOnce('*') == 7");
        row(reading, "poolThreads() == 4 and mostWaiting('pool') == 3 and mostWaiting('poll') == 7");
        row("require('fs').stat(__filename, function one() {});",
            "poolThreads() == 1 and mostWaiting('pool') == 0 and ranIn('one', 'poll')");
        row("", "poolThreads() == 0");

        row(leaking, "pendingPromises() == 2 and setTimers() == 2 and openHandles() == 1 and exitCode() == 3 and ended('exited')");
        row("setTimeout(() => {}, 5);", "setTimers() == 0 and openHandles() == 0 and pendingPromises() == 0");
        row("setInterval(() => {}, 1000);", "ended('limit') and not ended('finished') and callbacks('interval') > 50");

        row(failing, "unhandledRejections() == 2 and uncaughtErrors() == 1 and exitCode() == 1 and ended('uncaught') and prints() == 0");
        row(failing, "finding('unhandled-rejections') and finding('uncaught-errors') and not finding('promise-leak')");
        row("", "unhandledRejections() == 0 and uncaughtErrors() == 0");

        row(serving, "answers() == 3 and slowestAnswer() >= 30ms and slowestAnswer() < 35ms");
        row("", "answers() == 0 and slowestAnswer() == 0s");

        row(workers, "workers() == 2 and children() == 0 and messages() == 6 and prints('in worker') == 2 and prints('hello') == 2");
        row("if (process.argv[2]) process.send('x'); else require('child_process').fork(__filename, ['c']).on('message', console.log);",
            "children() == 1 and workers() == 0 and messages() == 2 and printed('x*')");
        row("", "workers() == 0 and messages() == 0");
    }
    void holds()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, condition);
        ConditionProblem problem;
        const auto parsed = Condition::parse(condition, MeasureSet::Run, &problem);
        QVERIFY2(parsed, qPrintable(problem.sentence));
        const RunMeasures &measures = measuresOf(script);
        for (const Condition::Part &part : parsed->parts(measures))
            QVERIFY2(part.holds, qPrintable(part.text + QStringLiteral(": ") + part.measured.join(QLatin1String(", "))));
        QVERIFY(parsed->holds(measures));
    }

    /// Values are of the types that conditions were checked with, whatever is asked.
    void typesAreThoseOfTheForms()
    {
        const RunMeasures &measures = measuresOf(queues);
        for (const MeasureForm &form : MeasureForm::all()) {
            QStringList arguments;
            for (const MeasureArgument argument : form.arguments)
                arguments.append(MeasureForm::words(argument).value(0, QStringLiteral("*")));
            QVERIFY2(measures.measure(form.id, arguments).type == form.gives, qPrintable(form.name));
            if (form.needed < arguments.size())
                QVERIFY2(measures.measure(form.id, arguments.mid(0, form.needed)).type == form.gives, qPrintable(form.name));
        }
    }

    void runThatHasNotEndedHasNoExitCode()
    {
        QTemporaryDir folder;
        RecordedScript whole("setTimeout(() => {}, 5);");
        QFile from(whole.path);
        QVERIFY(from.open(QIODevice::ReadOnly));
        const QByteArray bytes = from.readAll();
        QFile to(folder.filePath(QStringLiteral("cut.lscope")));
        QVERIFY(to.open(QIODevice::WriteOnly));
        to.write(bytes.left(static_cast<qsizetype>(whole.reader.bytes()) - 64));
        to.close();
        RecordingReader reader;
        QVERIFY(reader.open(to.fileName()));
        QVERIFY(!reader.isComplete());
        ConditionProblem problem;
        QVERIFY(!Condition::parse(QStringLiteral("exitCode() == 0 or exitCode() != 0 or ended('finished')"), MeasureSet::Run, &problem)
                     ->holds(RunMeasures(reader)));
    }
};

QTEST_GUILESS_MAIN(RunMeasuresTest)
#include "RunMeasuresTest.moc"
