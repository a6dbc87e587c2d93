// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Explainer.h"
#include "../../gui/SampleRecording.h"
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"

#include <QRegularExpression>
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
        QCOMPARE(answer(0, Topic::Next), QString());
        QVERIFY(answer(0, Topic::Because).isEmpty());
    }

    void aCallbackTellsItsRuleAndWhoAsked()
    {
        const quint64 at = cursorOf(EventKind::TaskBegun, TaskKind::Timeout);
        QCOMPARE(answer(at, Topic::JustNow), QStringLiteral("The timeout `ping` runs now."));
        QVERIFY(answer(at, Topic::Because).contains(QStringLiteral("timers phase")));
        const QString asked = answer(at, Topic::AskedBy);
        QCOMPARE(asked, QStringLiteral("Line 3, while the script `sample.js` ran, 20.0 ms ago."));
    }

    void placesAndMomentsAreLinks()
    {
        const Explainer explainer(m_reader, m_timeline->index(), *m_text);
        const auto answers = explainer.explain(m_timeline->stateAt(cursorOf(EventKind::TaskBegun, TaskKind::Timeout)));
        const auto asked =
            std::find_if(answers.begin(), answers.end(), [](const Explanation &each) { return each.topic == Topic::AskedBy; });
        QVERIFY(asked != answers.end());
        const quint64 created = m_timeline->index()
                                    .history(m_reader.event(m_timeline->index().next(0, Landmark::TaskBegun).value() - 1).subject)
                                    .created.value();
        QVERIFY2(asked->text.startsWith(QStringLiteral("[Line 3](site:")), qPrintable(asked->text));
        static const QRegularExpression moment(QStringLiteral("ms ago\\]\\(event:(\\d+)\\)"));
        const auto match = moment.match(asked->text);
        QVERIFY2(match.hasMatch(), qPrintable(asked->text));
        QVERIFY(match.captured(1).toULongLong() > created); // the timer was made after the script
        QCOMPARE(m_reader.event(match.captured(1).toULongLong()).kind, EventKind::TaskCreated);
    }

    void mechanismIsToldOnDemand()
    {
        const quint64 at = cursorOf(EventKind::TaskBegun, TaskKind::Immediate);
        QVERIFY(answer(at, Topic::Mechanism).isEmpty());
        QVERIFY(answer(at, Topic::Mechanism, Explainer::Depth::Mechanism).contains(QStringLiteral("processImmediate")));
        QCOMPARE(answer(at, Topic::Because, Explainer::Depth::Mechanism), answer(at, Topic::Because));
    }

    void causesAreToldBackToTheScript()
    {
        const QStringList chain = answer(cursorOf(EventKind::TaskBegun, TaskKind::IoCallback), Topic::Chain).split(QLatin1Char('\n'));
        QCOMPARE(chain.size(), 3);
        QVERIFY2(chain[0].contains(QStringLiteral("the callback `show` waits for the request `readFile lobby.json`"), Qt::CaseInsensitive),
            qPrintable(chain[0]));
        QVERIFY2(chain[1].contains(QStringLiteral("handed to the system")), qPrintable(chain[1]));
        QVERIFY2(chain[2].contains(QStringLiteral("script `sample.js`")), qPrintable(chain[2]));
    }

    void ticksComeBeforeMicrotasks()
    {
        const QString next = answer(SampleRecording::afterScript() - 1, Topic::Next);
        QVERIFY2(next.contains(QStringLiteral("Then `tick` runs: the nextTick queue comes first")), qPrintable(next));
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
        QVERIFY2(answers.front().text.startsWith(QStringLiteral("The timeout [`ping`](site:")), qPrintable(answers.front().text));
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

    static QString withoutLinks(QString text)
    {
        static const QRegularExpression link(QStringLiteral("\\[([^\\]]*)\\]\\((?:site|event):\\d+\\)"));
        return text.replace(link, QStringLiteral("\\1"));
    }

    /// All answers of a topic, in one text, links as their words.
    QString answer(quint64 cursor, Topic topic, Explainer::Depth depth = Explainer::Depth::Rule)
    {
        const Explainer explainer(m_reader, m_timeline->index(), *m_text);
        QStringList texts;
        for (const Explanation &each : explainer.explain(m_timeline->stateAt(cursor), depth)) {
            if (each.topic == topic)
                texts.append(withoutLinks(each.text));
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
