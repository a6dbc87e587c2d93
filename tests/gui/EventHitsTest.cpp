// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The search puts the words of events that are alike together once. It must find what a look at each event's own words finds.
#include "events/EventHits.h"
#include "recording/RecordingReader.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

namespace {

constexpr auto kScript = R"(const fs = require('fs');
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function sha256(number) {
  await null;
  if (number % 3 === 0) await fs.promises.stat(__filename);
  if (number % 5 === 0) throw new Error('broken ' + number);
  return Promise.resolve(number);
}
for (let i = 1; i <= 40; ++i) {
  sha256(i).catch((error) => console.log(error.message, i));
  pause(i % 7).then(function then12() { process.nextTick(() => {}); });
}
fs.readFile(__filename, function read77() { setImmediate(() => console.log('read')); });
const every = setInterval(() => { if (++every.count > 3) clearInterval(every); }, 2);
every.count = 0;
Promise.all([sha256(1), sha256(2)]).finally(() => {});
)";

} // namespace

class EventHitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void findsWhatEachEventSays_data();
    void findsWhatEachEventSays();

private:
    QTemporaryDir m_folder;
    RecordingReader m_reader;
    RecordingIndex m_index;
};

void EventHitsTest::initTestCase()
{
    QFile script(m_folder.filePath(QStringLiteral("run12.js")));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write(kScript);
    script.close();
    const QString recording = m_folder.filePath(QStringLiteral("run.lscope"));
    QProcess runner;
    runner.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("run"), script.fileName(), QStringLiteral("--record"), recording, QStringLiteral("--detail"),
            QStringLiteral("statements")});
    QVERIFY(runner.waitForFinished(60'000));
    QVERIFY(m_reader.open(recording));
    QVERIFY(m_reader.eventCount() > 1000);
    m_index.update(m_reader);
}

void EventHitsTest::findsWhatEachEventSays_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"promise", "promise 1", "promise 77", "1", "12", "12 ", " 12", ":12", "run12.js:5", "7", "77", "0", "then12",
             "sha256", "sha256 awaits promise 1", "256", "due at", "due at 1", "2.", ".0", "iteration 1", "iteration", "derived from",
             "derived from promise 2", "follows promise", "goes on after promise 3", "number", "timeout", "stdout: broken 5", "broken",
             "request", "read77", "statement", "error", "waited", "waits for promise", "nothing has this", "e"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void EventHitsTest::findsWhatEachEventSays()
{
    QFETCH(QString, text);
    const EventText words(m_reader, m_index);
    EventHits hits;
    hits.setSource(&m_reader, &words);
    const EventFilter filter{EventGroup::All, text};
    hits.setFilter(filter);
    hits.grow(m_reader.eventCount());
    QTRY_VERIFY(!hits.isLooking());
    std::vector<quint64> expected;
    for (quint64 index = 0; index < m_reader.eventCount(); ++index) {
        if (filter.accepts(m_reader.event(index), index, words))
            expected.push_back(index);
    }
    std::vector<quint64> found;
    for (int i = 0; i < hits.count(); ++i)
        found.push_back(hits.at(i));
    QCOMPARE(found, expected);
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::EventHitsTest)
#include "EventHitsTest.moc"
