// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The promise graph of real scripts, recorded by the runner: what hangs on what, which microtasks it took, and what looks wrong.
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/Explainer.h"
#include "state/LoopState.h"
#include "state/PromiseWarnings.h"
#include "state/RecordingIndex.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace loopscope {

namespace {

using Kind = PromiseLink::Kind;

/// A script that was run, and its graph at the end.
class Recorded
{
public:
    bool run(const QString &folder, const QByteArray &script)
    {
        QFile file(folder + QStringLiteral("/s.js"));
        if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
            return false;
        file.close();
        QProcess runner;
        runner.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
            {QStringLiteral("run"), file.fileName(), QStringLiteral("--record"), folder + QStringLiteral("/s.lscope")});
        if (!runner.waitForFinished(60'000) || !reader.open(folder + QStringLiteral("/s.lscope")))
            return false;
        index.update(reader);
        for (quint64 i = 0; i < reader.eventCount(); ++i) {
            const Event event = reader.event(i);
            graph.add(event);
            state.apply(event);
        }
        return reader.isComplete();
    }

    /// The promise whose label is this function's, or whose origin is this.
    const PromiseNode *find(PromiseOrigin origin, const QString &handler = {}) const
    {
        for (quint32 i = 0; i < graph.nodes().size(); ++i) {
            const PromiseNode &node = graph.nodes()[i];
            bool fits = node.origin == origin && !node.isInner;
            if (fits && !handler.isEmpty()) {
                fits = reader.place(node.function).functionName() == handler;
                graph.visitIn(
                    i, neverHappens, [&](const PromiseLink &link) { fits = fits || reader.place(link.site).functionName() == handler; });
            }
            if (fits)
                return &node;
        }
        return nullptr;
    }
    std::vector<PromiseLink> into(const PromiseNode *node) const
    {
        std::vector<PromiseLink> links;
        graph.visitIn(*graph.find(node->id), neverHappens, [&](const PromiseLink &link) { links.insert(links.begin(), link); });
        return links;
    }
    const PromiseNode &node(quint32 number) const { return graph.nodes()[number]; }

    RecordingReader reader;
    RecordingIndex index;
    EventText text{reader, index};
    PromiseGraph graph;
    LoopState state;
};

constexpr auto kSleep = "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n";

} // namespace

class PromiseRecordingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void chain();
    void returnedPromiseTakesTwoJobsMore();
    void awaits();
    void asyncGeneratorAwaits();
    void combinators_data();
    void combinators();
    void finallyIsOnePromise();
    void warnings_data();
    void warnings();
    void warningsSayWho();
    void explainsPromises();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Recorded> m_run;
};

void PromiseRecordingTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_run = std::make_unique<Recorded>();
}

void PromiseRecordingTest::chain()
{
    QVERIFY(m_run->run(m_folder->path(), "Promise.resolve(1).then(function a() {}).then(function b() {}).catch(function c() {});\n"));
    const PromiseNode *first = m_run->find(PromiseOrigin::Resolve);
    const PromiseNode *a = m_run->find(PromiseOrigin::Then, QStringLiteral("a"));
    const PromiseNode *b = m_run->find(PromiseOrigin::Then, QStringLiteral("b"));
    const PromiseNode *c = m_run->find(PromiseOrigin::Catch, QStringLiteral("c"));
    QVERIFY(first && a && b && c);
    QCOMPARE(m_run->node(a->derivedFrom).id, first->id);
    QCOMPARE(m_run->node(b->derivedFrom).id, a->id);
    const std::vector<PromiseLink> links = m_run->into(c);
    QCOMPARE(links.size(), size_t(1));
    QCOMPARE(links.front().kind, Kind::Catch);
    const PromiseJob job = m_run->into(b).front().reaction;
    // The reaction is queued right when what it waits for is settled, and settles what it answers with.
    QVERIFY(a->settled < job.queued && job.queued < job.begun && job.begun < b->settled && b->settled < job.ended);
    QCOMPARE(b->settledBy, job.task);
    QVERIFY(a->isUndefined);
    QVERIFY(!first->isUndefined);
}

void PromiseRecordingTest::returnedPromiseTakesTwoJobsMore()
{
    QVERIFY(m_run->run(m_folder->path(), "Promise.resolve(1).then(function a() { return Promise.resolve(2); });\n"));
    const PromiseNode *a = m_run->find(PromiseOrigin::Then, QStringLiteral("a"));
    QVERIFY(a);
    const std::vector<PromiseLink> links = m_run->into(a);
    QCOMPARE(links.size(), size_t(2));
    const PromiseLink &adoption = links.back();
    QCOMPARE(adoption.kind, Kind::Adopt);
    QCOMPARE(m_run->node(adoption.from).origin, PromiseOrigin::Resolve);
    QVERIFY(links.front().reaction.ended < adoption.thenable.begun);
    QVERIFY(adoption.thenable.queued < adoption.thenable.begun);
    QVERIFY(adoption.thenable.begun < adoption.reaction.queued && adoption.reaction.begun < a->settled);
    QCOMPARE(a->settledBy, adoption.reaction.task);
    // What is between the two is nobody's promise.
    const auto inner =
        std::count_if(m_run->graph.nodes().begin(), m_run->graph.nodes().end(), [](const auto &node) { return node.isInner; });
    QCOMPARE(inner, 1);
}

void PromiseRecordingTest::awaits()
{
    QVERIFY(m_run->run(m_folder->path(),
        QByteArray(kSleep)
            + "async function load() { await null; await sleep(3); return 1; }\n"
              "async function main() { return await load(); }\nmain();\n"));
    const PromiseNode *load = m_run->find(PromiseOrigin::AsyncFunction, QStringLiteral("load"));
    const PromiseNode *main = m_run->find(PromiseOrigin::AsyncFunction, QStringLiteral("main"));
    QVERIFY(load && main);
    QCOMPARE(m_run->node(load->maker).id, main->id);
    const std::vector<PromiseLink> links = m_run->into(load);
    QCOMPARE(links.size(), size_t(2));
    QVERIFY(m_run->node(links.at(0).from).isInner); // around null
    const PromiseLink &sleeps = links.at(1);
    QCOMPARE(sleeps.kind, Kind::Await);
    const PromiseNode &slept = m_run->node(sleeps.from);
    QCOMPARE(slept.origin, PromiseOrigin::Constructor);
    QCOMPARE(m_run->node(slept.maker).id, load->id);
    QVERIFY(slept.settled < sleeps.reaction.queued && sleeps.reaction.begun < sleeps.ended && sleeps.ended < load->settled);
    QCOMPARE(m_run->node(m_run->into(main).front().from).id, load->id);
}

void PromiseRecordingTest::asyncGeneratorAwaits()
{
    QVERIFY(m_run->run(m_folder->path(),
        QByteArray(kSleep) + "async function* give() { await sleep(2); yield 1; }\ngive().next().then(function got() {});\n"));
    const PromiseNode *request = m_run->find(PromiseOrigin::AsyncGenerator);
    QVERIFY(request);
    const std::vector<PromiseLink> links = m_run->into(request);
    QVERIFY(!links.empty());
    QCOMPARE(links.front().kind, Kind::Await);
    QCOMPARE(m_run->node(links.front().from).origin, PromiseOrigin::Constructor);
    QVERIFY(links.front().reaction.task != 0);
}

void PromiseRecordingTest::combinators_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<PromiseOrigin>("origin");
    QTest::addRow("all") << QByteArray("all") << PromiseOrigin::All;
    QTest::addRow("race") << QByteArray("race") << PromiseOrigin::Race;
    QTest::addRow("any") << QByteArray("any") << PromiseOrigin::Any;
    QTest::addRow("allSettled") << QByteArray("allSettled") << PromiseOrigin::AllSettled;
}

void PromiseRecordingTest::combinators()
{
    QFETCH(const QByteArray, name);
    QFETCH(const PromiseOrigin, origin);
    QVERIFY(m_run->run(m_folder->path(), QByteArray(kSleep) + "Promise." + name + "([sleep(1), sleep(2), 3]).then(function done() {});\n"));
    const PromiseNode *combined = m_run->find(origin);
    QVERIFY(combined);
    const std::vector<PromiseLink> links = m_run->into(combined);
    QCOMPARE(links.size(), size_t(3));
    for (const PromiseLink &link : links) {
        QCOMPARE(link.kind, Kind::Combine);
        QVERIFY(link.reaction.task != 0);
        QVERIFY(m_run->node(link.from).settled < link.reaction.begun);
    }
    QVERIFY(m_run->node(links.at(2).from).isInner); // around 3
    // The last one that mattered settled it.
    const PromiseLink &decisive = origin == PromiseOrigin::Race || origin == PromiseOrigin::Any ? links.at(2) : links.at(1);
    QCOMPARE(combined->settledBy, decisive.reaction.task);
}

void PromiseRecordingTest::finallyIsOnePromise()
{
    QVERIFY(m_run->run(m_folder->path(), "Promise.resolve(1).finally(function f() {}).then(function t() {});\n"));
    const PromiseNode *f = m_run->find(PromiseOrigin::Finally, QStringLiteral("f"));
    QVERIFY(f);
    QCOMPARE(m_run->into(f).front().kind, Kind::Finally);
    const auto shown =
        std::count_if(m_run->graph.nodes().begin(), m_run->graph.nodes().end(), [](const auto &node) { return !node.isInner; });
    QCOMPARE(shown, 3);
}

void PromiseRecordingTest::warnings_data()
{
    using Warning = PromiseWarning::Kind;
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QList<PromiseWarning::Kind>>("expected");
    const auto row = [](const char *name, const QByteArray &script, const QList<Warning> &expected = {}) {
        QTest::newRow(name) << kSleep + script << expected;
    };
    row("nothing wrong",
        "sleep(1).then(() => sleep(2)).catch(() => {}).finally(() => {});\n"
        "(async () => { for await (const x of [sleep(1), 2]) x; await Promise.all([sleep(1), 1]); })();\n");
    row("never settled", "const p = new Promise(() => {}); p.then(() => {}); (async () => { await p; })();\n", {Warning::NeverSettled});
    row("race of nothing", "Promise.race([]).then(() => {});\n", {Warning::NeverSettled});
    row("cut off", "new Promise(() => {}); process.exit(0);\n");
    row("unhandled", "process.on('unhandledRejection', () => {}); Promise.reject(new Error('x'));\n", {Warning::Unhandled});
    row("handled late",
        "process.on('unhandledRejection', () => {}); const p = Promise.reject(1); setTimeout(() => p.catch(() => {}), 5);\n");
    row("settled twice", "new Promise((yes, no) => { yes(1); yes(2); no(3); });\n", {Warning::SettledTwice, Warning::SettledTwice});
    row("thrown after resolve", "new Promise((yes) => { yes(1); throw new Error('lost'); });\n", {Warning::SettledTwice});
    row("losers of a race", "Promise.race([sleep(1), sleep(2)]); Promise.any([sleep(1), sleep(2)]);\n");
    row("missing return", "sleep(1).then(function b() { sleep(5).then(() => {}); }).then(() => {});\n", {Warning::MissingReturn});
    row("missing return in catch", "Promise.reject(1).catch(function b() { sleep(5); });\n", {Warning::MissingReturn});
    row("returned", "sleep(1).then(function b() { return sleep(5).then(() => {}); }).then(() => {});\n");
    row("another value returned", "sleep(1).then(() => { sleep(5).then(() => {}); return 1; });\n");
    row("started and settled", "sleep(1).then(function b() { Promise.resolve(1); });\n");
    row("started and used later", "let p; sleep(1).then(function b() { p = sleep(5); }); setTimeout(() => p.then(() => {}), 3);\n");
    row("floating", "async function save() { await sleep(9); }\nasync function main() { save(); await sleep(1); }\nmain();\n",
        {Warning::Floating});
    row("floating chain", "async function main() { sleep(9).then(() => {}); }\nmain();\n", {Warning::Floating});
    row("awaited", "async function save() { await sleep(9); }\nasync function main() { await save(); }\nmain();\n");
    row("returned by async", "async function save() { await sleep(9); }\nasync function main() { return save(); }\nmain();\n");
    row("awaited by the caller",
        "async function start() { return { p: sleep(9) }; }\n(async () => { const { p } = await start(); await p; })();\n");
    row("settled before the end", "async function main() { sleep(1); await sleep(5); }\nmain();\n");
}

void PromiseRecordingTest::warnings()
{
    QFETCH(const QByteArray, script);
    QFETCH(const QList<PromiseWarning::Kind>, expected);
    QVERIFY(m_run->run(m_folder->path(), script));
    const PromiseWarnings warnings(m_run->graph, m_run->reader, m_run->text);
    QStringList found;
    for (const PromiseWarning &warning : warnings.at(m_run->graph.end()))
        found.append(warnings.sentence(warning, m_run->graph.end()));
    QVERIFY2(found.size() == expected.size(), qPrintable(found.join(QLatin1Char('\n'))));
    const auto all = warnings.at(m_run->graph.end());
    for (qsizetype i = 0; i < expected.size(); ++i)
        QCOMPARE(all.at(static_cast<size_t>(i)).kind, expected.at(i));
    // Each holds from the event that proves it, and not before.
    for (const PromiseWarning &warning : all) {
        const auto isSame = [&](const PromiseWarning &other) { return other.kind == warning.kind && other.event == warning.event; };
        const auto before = warnings.at(warning.event);
        const auto then = warnings.at(warning.event + 1);
        QVERIFY(std::none_of(before.begin(), before.end(), isSame));
        QVERIFY(std::any_of(then.begin(), then.end(), isSame));
    }
}

void PromiseRecordingTest::warningsSayWho()
{
    QVERIFY(
        m_run->run(m_folder->path(), QByteArray(kSleep) + "sleep(1).then(function b() { sleep(5).then(() => {}); }).then(() => {});\n"));
    const PromiseWarnings warnings(m_run->graph, m_run->reader, m_run->text);
    const auto all = warnings.at(m_run->graph.end());
    QCOMPARE(all.size(), size_t(1));
    const QString sentence = warnings.sentence(all.front(), m_run->graph.end());
    QVERIFY2(sentence.contains(QStringLiteral("`b`")) && sentence.contains(QStringLiteral("s.js:2")), qPrintable(sentence));
}

void PromiseRecordingTest::explainsPromises()
{
    QVERIFY(m_run->run(m_folder->path(), QByteArray(kSleep) + "async function load() { await sleep(3); }\nload();\n"));
    const PromiseNode *load = m_run->find(PromiseOrigin::AsyncFunction, QStringLiteral("load"));
    QVERIFY(load);
    const Explainer explainer(m_run->reader, m_run->index, m_run->text);
    const auto said = [&](quint64 cursor) {
        LoopState state;
        for (quint64 i = 0; i < cursor; ++i)
            state.apply(m_run->reader.event(i));
        QString text;
        for (const Explanation &answer : explainer.explainItem(load->id, state))
            text += answer.text + QLatin1Char('\n');
        return text;
    };
    QVERIFY(said(load->created).isEmpty());
    const QString waiting = said(m_run->into(load).front().made + 1);
    QVERIFY2(waiting.contains(QStringLiteral("its function stands at"), Qt::CaseInsensitive), qPrintable(waiting));
    QVERIFY2(waiting.contains(QStringLiteral("it is settled [3.0 ms later]")), qPrintable(waiting));
    const QString over = said(load->settled + 1);
    QVERIFY2(over.contains(QStringLiteral("was fulfilled")), qPrintable(over));
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::PromiseRecordingTest)
#include "PromiseRecordingTest.moc"
