// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What real runs call the things that run: by the name of their function, by its code, or by what they do.
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace loopscope {

class NamesRecordingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everythingHasItsName_data();
    void everythingHasItsName();
    void nodesOwnWorkIsNamed();

private:
    /// All rows of the event list of a script.
    QStringList rows(const QByteArray &script, const QString &name);

    QTemporaryDir m_folder;
};

QStringList NamesRecordingTest::rows(const QByteArray &script, const QString &name)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
        return {};
    file.close();
    const QString recording = m_folder.filePath(QStringLiteral("names.lscope"));
    QProcess runner;
    runner.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("run"), file.fileName(), QStringLiteral("--record"), recording});
    RecordingReader reader;
    if (!runner.waitForFinished(60'000) || !reader.open(recording))
        return {};
    RecordingIndex index;
    index.update(reader);
    const EventText text(reader, index);
    QStringList found;
    for (quint64 event = 0; event < reader.eventCount(); ++event)
        found.append(text.what(event));
    return found;
}

void NamesRecordingTest::everythingHasItsName_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("row");
    QTest::addRow("function without a name") << QByteArray("function ready() {}\nsetTimeout(() => ready(), 1);\n")
                                             << QStringLiteral("timeout `() => ready()` begun");
    QTest::addRow("of several lines") << QByteArray("setImmediate(async function () {\n  await 1;\n});\n")
                                      << QStringLiteral("immediate `async function () {…}` begun");
    QTest::addRow("finally") << QByteArray("Promise.resolve(1).finally(function tidy() {});\n")
                             << QStringLiteral("promise reaction `tidy` begun");
    QTest::addRow("behind finally") << QByteArray("Promise.resolve(1).finally(function tidy() {});\n")
                                    << QStringLiteral("promise reaction `pass on` begun");
    QTest::addRow("no handler") << QByteArray("Promise.resolve(1).catch(function never() {});\n")
                                << QStringLiteral("promise reaction `pass on` begun");
    QTest::addRow("job that adopts") << QByteArray("async function load() { return Promise.resolve(1); }\nload();\n")
                                     << QStringLiteral("thenable job `adopt a promise` begun");
    QTest::addRow("its reaction") << QByteArray("async function load() { return Promise.resolve(1); }\nload();\n")
                                  << QStringLiteral("adoption added to promise 3 (Promise.resolve)");
    QTest::addRow("what an executor is given") << QByteArray("new Promise((done) => setTimeout(done, 1));\n")
                                               << QStringLiteral("timeout `resolve` begun");
    QTest::addRow("function of Node's") << QByteArray("Promise.resolve('x').then(console.log);\n")
                                        << QStringLiteral("promise reaction `log` begun");
    QTest::addRow("then of the script's own") << QByteArray("Promise.resolve({ then: function own(done) { done(1); } });\n")
                                              << QStringLiteral("thenable job `own` begun");
    QTest::addRow("handed on by the script") // a `then` that the script calls itself is no adoption
        << QByteArray("const p = Promise.resolve(1);\nPromise.resolve({ then(a, b) { p.then(a, b); } });\n")
        << QStringLiteral("then added to promise 2 (Promise.resolve)");
}

void NamesRecordingTest::everythingHasItsName()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, row);
    const QStringList found = rows(script, QStringLiteral("names.js"));
    QVERIFY2(found.contains(row), qPrintable(found.join(QLatin1Char('\n'))));
    for (const QString &each : found)
        QVERIFY2(!each.contains(QStringLiteral("(anonymous)")), qPrintable(each));
}

void NamesRecordingTest::nodesOwnWorkIsNamed()
{
    const QStringList found = rows("await 1;\nconsole.log(await import('node:fs'));\n", QStringLiteral("names.mjs"));
    QVERIFY(found.contains(QStringLiteral("await continuation `link` of Node's own begun")));
    QVERIFY(found.contains(QStringLiteral("await continuation `getModuleJob` of Node's own begun")));
    QVERIFY(found.contains(QStringLiteral("await continuation `names.mjs` begun"))); // the module's own top level
    QVERIFY(std::any_of(found.begin(), found.end(),
        [](const QString &row) { return row.contains(QStringLiteral("of async function `names.mjs` awaits promise")); }));
    for (const QString &each : found)
        QVERIFY2(!each.contains(QStringLiteral("(anonymous)")), qPrintable(each));
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::NamesRecordingTest)
#include "NamesRecordingTest.moc"
