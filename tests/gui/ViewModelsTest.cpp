// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The models between a recording and its views.
#include "SampleRecording.h"
#include "console/ConsoleModel.h"
#include "events/EventListModel.h"
#include "loopview/LoopContentsBuilder.h"
#include "recording/RecordingReader.h"
#include "session/SourcePath.h"
#include "shell/Format.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "theme/Palette.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

namespace loopscope {

class ViewModelsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void eventListGrowsAndTells();
    void eventListIsFilteredByTextAndKind();
    void filteredListGrows();
    void everyEventHasItsGroup();
    void consoleFollowsTheCursorBothWays();
    void consoleKeepsExtraLinesLast();
    void contentsShowWhatWaits();
    void contentsShowWhatRuns();
    void linesAreNoted();
    void timesAndSizesAreShort();
    void sourcesAreKnownByPathAndUrl();
    void textsCanBeRead();

private:
    QTemporaryDir m_folder;
    RecordingReader m_reader;
    std::unique_ptr<StateTimeline> m_timeline;
    std::unique_ptr<EventText> m_text;
};

void ViewModelsTest::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(path));
    QVERIFY(m_reader.open(path));
    m_timeline = std::make_unique<StateTimeline>(m_reader);
    m_timeline->update();
    m_text = std::make_unique<EventText>(m_reader, m_timeline->index());
    QCOMPARE(m_timeline->eventCount(), SampleRecording::eventCount());
}

void ViewModelsTest::eventListGrowsAndTells()
{
    EventListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSource(&m_reader, m_text.get());
    QCOMPARE(model.rowCount(), 0);
    model.grow(10);
    QCOMPARE(model.rowCount(), 10);
    model.grow(SampleRecording::eventCount());
    QCOMPARE(model.rowCount(), static_cast<int>(SampleRecording::eventCount()));
    QCOMPARE(model.index(4, EventListModel::Number).data().toString(), QStringLiteral("5"));
    QVERIFY(model.index(5, EventListModel::What).data().toString().contains(QStringLiteral("ping")));
    QCOMPARE(model.index(5, 0).data(EventListModel::KindRole).toInt(), static_cast<int>(EventKind::TaskCreated));
    model.setCursor(6);
    QVERIFY(model.index(5, EventListModel::What).data(Qt::FontRole).value<QFont>().bold());
    model.setSource(nullptr, nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void ViewModelsTest::eventListIsFilteredByTextAndKind()
{
    EventListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setSource(&m_reader, m_text.get());
    model.grow(SampleRecording::eventCount());
    model.setFilter({EventGroup::Console, {}});
    QTRY_VERIFY(!model.hits().isLooking());
    QCOMPARE(model.rowCount(), 3);
    model.setFilter({EventGroup::All, QStringLiteral("PING")});
    QTRY_VERIFY(!model.hits().isLooking());
    QVERIFY(model.rowCount() > 3);
    for (int row = 0; row < model.rowCount(); ++row) {
        QVERIFY(m_text->what(model.eventOf(row)).contains(QStringLiteral("ping")));
        QCOMPARE(model.rowUpTo(model.eventOf(row)), row);
    }
    QCOMPARE(model.rowUpTo(0), -1);
    model.setFilter({});
    QCOMPARE(model.rowCount(), static_cast<int>(SampleRecording::eventCount()));
}

void ViewModelsTest::filteredListGrows()
{
    EventListModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setFilter({EventGroup::Console, {}});
    model.setSource(&m_reader, m_text.get());
    model.grow(SampleRecording::afterScript());
    QTRY_VERIFY(!model.hits().isLooking());
    QCOMPARE(model.rowCount(), 1);
    model.grow(SampleRecording::eventCount());
    QTRY_VERIFY(!model.hits().isLooking());
    QCOMPARE(model.rowCount(), 3);
}

void ViewModelsTest::everyEventHasItsGroup()
{
    for (quint64 i = 0; i < m_reader.eventCount(); ++i) {
        const Event event = m_reader.event(i);
        int groups = 0;
        for (int group = 1; group < eventGroupCount; ++group)
            groups += isInGroup(event, static_cast<EventGroup>(group)) ? 1 : 0;
        QVERIFY2(groups == 1 || event.kind == EventKind::SubjectNamed, qPrintable(m_text->what(i)));
    }
}

void ViewModelsTest::consoleFollowsTheCursorBothWays()
{
    ConsoleModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setReader(&m_reader);
    model.grow(m_timeline->index().landmarks(Landmark::ConsoleText));
    QCOMPARE(model.rowCount(), 0);
    model.setCursor(SampleRecording::eventCount());
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(2).data().toString(), QStringLiteral("ping"));
    model.setCursor(SampleRecording::afterScript());
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("end of script"));
    QVERIFY(model.index(0).data(ConsoleModel::FactRole).toString().startsWith(QStringLiteral("line 12 · ")));
    QCOMPARE(model.index(0).data(ConsoleModel::EventRole).value<quint64>(), m_timeline->index().landmarks(Landmark::ConsoleText).front());
    QVERIFY(!model.index(0).data(ConsoleModel::IsErrorRole).toBool());
    model.setCursor(0);
    QCOMPARE(model.rowCount(), 0);
}

void ViewModelsTest::consoleKeepsExtraLinesLast()
{
    ConsoleModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setReader(&m_reader);
    model.setExtra(QStringLiteral("one\ntwo\n"));
    QCOMPARE(model.rowCount(), 2);
    model.grow(m_timeline->index().landmarks(Landmark::ConsoleText));
    model.setCursor(SampleRecording::eventCount());
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.index(4).data().toString(), QStringLiteral("two"));
    QVERIFY(model.index(4).data(ConsoleModel::IsErrorRole).toBool());
    model.setExtra({});
    QCOMPARE(model.rowCount(), 3);
}

void ViewModelsTest::contentsShowWhatWaits()
{
    const LoopContentsBuilder builder(m_reader, *m_text);
    const LoopContents shown = builder.build(m_timeline->stateAt(SampleRecording::afterScript()));
    QCOMPARE(shown.stations.at(0).queue.items.front().name, QStringLiteral("ping"));
    QVERIFY(shown.stations.at(0).queue.items.front().fact.startsWith(QStringLiteral(":3 · in 19.")));
    QCOMPARE(shown.stations.at(0).note, QStringLiteral("1 waits"));
    QCOMPARE(shown.stations.at(3).queue.items.front().name, QStringLiteral("show"));
    QCOMPARE(shown.stations.at(4).queue.items.front().name, QStringLiteral("later"));
    QCOMPARE(shown.ticks.total, 1);
    QCOMPARE(shown.microtasks.items.front().fact, QStringLiteral(":11 · then"));
    QCOMPARE(shown.threads.size(), std::size_t(4));
    QVERIFY(shown.threads.at(0).work.startsWith(QStringLiteral("readFile lobby.json")));
    QCOMPARE(shown.threads.at(1).subject, SubjectId(0));
    QVERIFY(shown.frames.empty());
    for (const LoopStation &station : shown.stations)
        QVERIFY(!station.current);
}

void ViewModelsTest::contentsShowWhatRuns()
{
    const LoopContentsBuilder builder(m_reader, *m_text);
    const quint64 printed = m_timeline->index().landmarks(Landmark::ConsoleText).back();
    const LoopContents shown = builder.build(m_timeline->stateAt(printed + 1));
    QCOMPARE(shown.iteration, quint64(3));
    QVERIFY(shown.stations.at(0).current);
    QVERIFY(!shown.stations.at(3).current);
    QCOMPARE(shown.frames.size(), std::size_t(2));
    QCOMPARE(shown.frames.front().name, QStringLiteral("ping"));
    QCOMPARE(shown.frames.front().fact, QStringLiteral(":4"));
    QVERIFY(shown.frames.front().current);
    QCOMPARE(shown.frames.back().name, QStringLiteral("timeout"));
    QVERIFY(shown.stations.at(0).queue.isEmpty());
}

void ViewModelsTest::linesAreNoted()
{
    const LoopContentsBuilder builder(m_reader, *m_text);
    const auto notes = builder.lineNotes(m_timeline->stateAt(SampleRecording::afterScript()), QStringLiteral("/tmp/sample.js"));
    QVERIFY(notes.value(3).startsWith(QStringLiteral("◷ in 19.")));
    QCOMPARE(notes.value(9), QStringLiteral("◌ 1 waits"));
    QVERIFY(!notes.contains(12));
    QVERIFY(builder.lineNotes(m_timeline->newest(), QStringLiteral("/tmp/other.js")).isEmpty());
}

void ViewModelsTest::timesAndSizesAreShort()
{
    QLocale::setDefault(QLocale::c());
    QCOMPARE(formatTime(quint64(20'000)), QStringLiteral("0.02 ms"));
    QCOMPARE(formatTime(quint64(12'408'000)), QStringLiteral("12.4 ms"));
    QCOMPARE(formatTime(quint64(1'250'000'000)), QStringLiteral("1.25 s"));
    QCOMPARE(formatTime(qint64(-7'600'000)), QStringLiteral("-7.6 ms"));
    QCOMPARE(formatClock(12'408'000), QStringLiteral("12.408 ms"));
    QCOMPARE(formatBytes(812), QStringLiteral("812 B"));
    QCOMPARE(formatBytes(2'100), QStringLiteral("2.1 KB"));
    QCOMPARE(formatBytes(14'200'000'000), QStringLiteral("14.2 GB"));
}

void ViewModelsTest::sourcesAreKnownByPathAndUrl()
{
    QVERIFY(isSameSource(QStringLiteral("file:///tmp/a%20b.mjs"), QStringLiteral("/tmp/a b.mjs")));
    QVERIFY(isSameSource(QStringLiteral("/tmp/x/../a.js"), QStringLiteral("/tmp/a.js")));
    QVERIFY(!isSameSource(QStringLiteral("/tmp/a.js"), QStringLiteral("/home/a.js")));
}

void ViewModelsTest::textsCanBeRead()
{
    // WCAG's contrast, at least 4.5 for text.
    const auto luminance = [](const QColor &colour) {
        const auto linear = [](qreal c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
    };
    const auto contrast = [&](const QColor &one, const QColor &other) {
        const qreal a = luminance(one);
        const qreal b = luminance(other);
        return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
    };
    for (const Palette *p : {&Palette::dark(), &Palette::light()}) {
        for (const Hue hue : {Hue::Timers, Hue::Poll, Hue::Check, Hue::Closing, Hue::Tick, Hue::Microtask, Hue::Script})
            QVERIFY2(contrast(p->hueText(hue), p->card) >= 4.5,
                qPrintable(QStringLiteral("hue %1 %2").arg(static_cast<int>(hue)).arg(p->isDark)));
        for (const QColor &text : {p->text, p->dim, p->error, p->link, p->keyword, p->stringLiteral, p->numberLiteral, p->functionName})
            QVERIFY2(contrast(text, p->window) >= 4.5, qPrintable(text.name()));
        QVERIFY(contrast(p->dim, p->chip) >= 4.5);
        QVERIFY(contrast(p->text, p->nowFill) >= 4.5);
        QVERIFY(contrast(p->error, p->errorFill) >= 4.5);
        QVERIFY(contrast(p->caution, p->cautionFill) >= 4.5);
    }
}

} // namespace loopscope

QTEST_MAIN(loopscope::ViewModelsTest)
#include "ViewModelsTest.moc"
