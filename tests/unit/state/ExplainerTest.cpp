// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Explainer.h"
#include "../../gui/SampleRecording.h"
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace loopscope {

using Topic = Explanation::Topic;

class ExplainerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        const QString path = m_folder.filePath(QStringLiteral("sample.lscope"));
        QVERIFY(SampleRecording::write(path));
        QVERIFY(m_reader.open(path));
        m_timeline = std::make_unique<StateTimeline>(m_reader);
        m_timeline->update();
        m_text = std::make_unique<EventText>(m_reader, m_timeline->index());
    }

    void theStartSaysWhatComes()
    {
        QCOMPARE(answer(0, Topic::JustNow), QStringLiteral("The recording starts here."));
        QCOMPARE(answer(0, Topic::Next), QStringLiteral("Run started."));
        QVERIFY(answer(0, Topic::Because).isEmpty());
    }

    void aCallbackTellsItsRuleAndWhoAsked()
    {
        const quint64 at = cursorOf(EventKind::TaskBegun, TaskKind::Timeout);
        QVERIFY(answer(at, Topic::JustNow).startsWith(QStringLiteral("Timeout `ping` begun")));
        QVERIFY(answer(at, Topic::Because).contains(QStringLiteral("timers phase")));
        const QString asked = answer(at, Topic::AskedBy);
        QVERIFY2(asked.startsWith(QStringLiteral("[Line 3](site:")), qPrintable(asked));
        QVERIFY2(asked.contains(QStringLiteral("script `sample.js`")) && asked.contains(QStringLiteral("ms ago")), qPrintable(asked));
    }

    void ticksComeBeforeMicrotasks()
    {
        const QString next = answer(SampleRecording::afterScript() - 1, Topic::Next);
        QVERIFY2(next.contains(QStringLiteral("`tick` runs: the nextTick queue comes first")), qPrintable(next));
        const QString later = answer(cursorOf(EventKind::TaskBegun, TaskKind::Tick), Topic::Next);
        QVERIFY2(later.contains(QStringLiteral("`react` runs: microtasks come before the loop goes on")), qPrintable(later));
    }

    void whatWaitsSaysForWhat()
    {
        const QString waiting = answer(SampleRecording::afterScript(), Topic::Waiting);
        QVERIFY2(waiting.contains(QStringLiteral("its time comes at 20.0 ms, ")), qPrintable(waiting));
        QVERIFY2(waiting.contains(QStringLiteral("`readFile lobby.json` is not done")), qPrintable(waiting));
        QVERIFY2(waiting.contains(QStringLiteral("check phase")), qPrintable(waiting));
        // What runs at once is no waiting.
        QVERIFY(!waiting.contains(QStringLiteral("`react`")));
    }

    void pollSaysWhyItWaits()
    {
        QVERIFY(answer(cursorOf(EventKind::PollWaitStarted), Topic::Because).contains(QStringLiteral("next timer is due")));
    }

    void oneItemIsExplained()
    {
        const Explainer explainer(m_reader, m_timeline->index(), *m_text);
        const LoopState &state = m_timeline->stateAt(SampleRecording::afterScript());
        const SubjectId ping = state.waiting(LoopQueue::Timers).front().id;
        const auto answers = explainer.explainItem(ping, state);
        QCOMPARE(answers.front().topic, Topic::Item);
        QVERIFY2(answers.front().text.startsWith(QStringLiteral("Timeout `ping`, [line 3]")), qPrintable(answers.front().text));
        const auto has = [&](Topic topic) {
            return std::any_of(answers.begin(), answers.end(), [topic](const Explanation &each) { return each.topic == topic; });
        };
        QVERIFY(has(Topic::AskedBy) && has(Topic::Waiting) && has(Topic::Because));
        QVERIFY(explainer.explainItem(ping, m_timeline->newest()).empty());
    }

    void theEndIsTheEnd()
    {
        const quint64 end = SampleRecording::eventCount();
        QCOMPARE(answer(end, Topic::Next), QStringLiteral("Nothing: the run is over."));
        QCOMPARE(answer(end, Topic::Because), QStringLiteral("Nothing keeps the loop alive any more."));
    }

    void everyMomentHasSentences()
    {
        const Explainer explainer(m_reader, m_timeline->index(), *m_text);
        for (quint64 cursor = 0; cursor <= SampleRecording::eventCount(); ++cursor) {
            const auto answers = explainer.explain(m_timeline->stateAt(cursor));
            QVERIFY(!answers.empty());
            for (const Explanation &each : answers) {
                QVERIFY2(each.text.endsWith(QLatin1Char('.')), qPrintable(each.text));
                QVERIFY2(!each.text.contains(QStringLiteral("%1")), qPrintable(each.text));
            }
        }
    }

private:
    quint64 cursorOf(EventKind kind, std::optional<TaskKind> task = {}) const
    {
        return m_timeline
            ->nextOf(0, [&](const Event &event) { return event.kind == kind && (!task || event.detail == static_cast<quint8>(*task)); })
            .value();
    }

    /// All answers of a topic, in one text.
    QString answer(quint64 cursor, Topic topic)
    {
        const Explainer explainer(m_reader, m_timeline->index(), *m_text);
        QStringList texts;
        for (const Explanation &each : explainer.explain(m_timeline->stateAt(cursor))) {
            if (each.topic == topic)
                texts.append(each.text);
        }
        return texts.join(QLatin1Char('\n'));
    }

    QTemporaryDir m_folder;
    RecordingReader m_reader;
    std::unique_ptr<StateTimeline> m_timeline;
    std::unique_ptr<EventText> m_text;
};

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::ExplainerTest)
#include "ExplainerTest.moc"
