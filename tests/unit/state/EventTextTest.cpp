// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/EventText.h"
#include "recording/RecordingReader.h"
#include "recording/RecordingWriter.h"
#include "state/Names.h"

#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

class EventTextTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<RecordingWriter> m_writer;
    RecordingReader m_reader;
    RecordingIndex m_index;
    QStringList m_expected; ///< what() of every event

    Event &say(Event &event, const QString &expected)
    {
        m_writer->append(event);
        m_expected.append(expected);
        return event;
    }

    void say(EventKind kind, SubjectId subject, quint8 detail, qint64 value, SiteId site, const QString &expected)
    {
        Event event;
        event.time = 1234567;
        event.kind = kind;
        event.subject = subject;
        event.detail = detail;
        event.value = value;
        event.site = site;
        event.setPhase(Phase::Timers);
        say(event, expected);
    }

    qint64 text(const char *string) { return m_writer->defineString(QString::fromUtf8(string)); }

private Q_SLOTS:
    void initTestCase()
    {
        const QString path = m_folder.filePath(QStringLiteral("text.lscope"));
        QString error;
        m_writer = RecordingWriter::create(path, &error);
        QVERIFY2(m_writer, qPrintable(error));
        SourceText source;
        source.path = QStringLiteral("/tmp/ping.js");
        source.text = "function ping() {\n  pong();\n}\nsetTimeout(ping);\n";
        source.sites = {{1, 1, 4, 18, 0, SiteKind::Function, {}}, {1, 1, 3, 2, 0, SiteKind::Function, QStringLiteral("ping")},
            {2, 3, 2, 10, 1, SiteKind::Statement, {}}, {4, 1, 4, 18, 0, SiteKind::Statement, {}}};
        m_writer->defineSource(source);
        const auto task = [](TaskKind kind) { return static_cast<quint8>(kind); };

        say(EventKind::RunStarted, 0, 0, 0, 0, QStringLiteral("run started"));
        say(EventKind::TaskBegun, 1, task(TaskKind::Script), 0, 1, QStringLiteral("script `ping.js` begun"));
        say(EventKind::Statement, 0, 0, 0, 4, QStringLiteral("statement `setTimeout(ping);`"));
        say(EventKind::TaskCreated, 2, task(TaskKind::Timeout), 4, 2, QStringLiteral("timeout `ping` created"));
        say(EventKind::TimerArmed, 2, 0, 12345678, 0, QStringLiteral("timeout `ping` due at 12.345 ms"));
        say(EventKind::IoSubmitted, 3, 1, text("read 100%1.txt"), 4, QStringLiteral("file request `read 100%1.txt` submitted"));
        say(EventKind::IoStarted, 3, 0, 2, 0, QStringLiteral("file request `read 100%1.txt` started on pool thread 2"));
        say(EventKind::TaskCreated, 4, task(TaskKind::IoCallback), 4, 0, QStringLiteral("I/O callback `readFile` created"));
        say(EventKind::SubjectNamed, 4, 0, text("readFile"), 0, QStringLiteral("I/O callback 4 is named `readFile`"));
        say(EventKind::TaskEnded, 1, task(TaskKind::Script), 0, 1, QStringLiteral("script `ping.js` ended"));
        say(EventKind::IterationStarted, 0, 0, 1, 0, QStringLiteral("iteration 1 started"));
        say(EventKind::PhaseEntered, 0, 0, 0, 0, QStringLiteral("phase timers entered"));
        say(EventKind::TaskReady, 2, 0, 0, 0, QStringLiteral("timeout `ping` ready"));
        say(EventKind::TaskBegun, 2, task(TaskKind::Timeout), 0, 2, QStringLiteral("timeout `ping` begun"));
        say(EventKind::CallEntered, 0, 0, 0, 2, QStringLiteral("`ping` entered"));
        say(EventKind::PromiseCreated, 5, 3, 2, 4, QStringLiteral("promise 5 of async function `ping` created"));
        say(EventKind::PromiseCreated, 6, 2, 5, 3, QStringLiteral("promise 6 (then) created, derived from promise 5"));
        say(EventKind::AwaitSuspended, 5, 0, 6, 3, QStringLiteral("promise 5 of async function `ping` awaits promise 6"));
        say(EventKind::AwaitSuspended, 0, 0, 6, 3, QStringLiteral("top level awaits promise 6"));
        say(EventKind::PromiseRejected, 6, 0, text("Error: no\n    at ping"), 3, QStringLiteral("promise 6 (then) rejected: Error: no…"));
        say(EventKind::ConsoleText, 0, 2, text("careful\n"), 3, QStringLiteral("stderr: careful"));
        say(EventKind::ConsoleText, 0, 1, text("\x1b[1;31mred\x1b[0m\tand\x07 \x1b]8;;x\x1b\\plain\n"), 3,
            QStringLiteral("stdout: red and plain"));
        say(EventKind::StatementsCapped, 0, 0, 9, 3, QStringLiteral("9 statements more, not recorded one by one"));
        say(EventKind::StatementsCapped, 0, 1, 8, 3, QStringLiteral("8 calls more, not recorded one by one"));
        say(EventKind::CallEntered, 0, CallResumes, 0, 2, QStringLiteral("`ping` resumed"));
        say(EventKind::CallEntered, 0, CallSampled, 0, 2, QStringLiteral("`ping` seen by a sample"));
        say(EventKind::CallEntered, 0, CallSampled | CallResumes, 0, 2, QStringLiteral("`ping` seen by a sample"));
        say(EventKind::PollWaitStarted, 0, 0, -1, 0, QStringLiteral("poll waits without limit"));
        say(EventKind::PollWaitStarted, 0, 0, 2000000, 0, QStringLiteral("poll waits for at most 2.000 ms"));
        say(EventKind::FreeChoice, 0, 1, 1, 0, QStringLiteral("free choice: timeout before immediate"));
        say(EventKind::ErrorThrown, 0, 1, text("Error: boom"), 3, QStringLiteral("error not caught: Error: boom"));
        say(EventKind::TaskEnded, 2, task(TaskKind::Timeout), 1, 2, QStringLiteral("timeout `ping` ended by an error"));
        say(EventKind::Mark, 0, 1, 0, 0, QStringLiteral("measured from here on"));
        say(EventKind::ThreadStarted, 7, 0, 3, 0, QStringLiteral("thread 3 started"));
        say(EventKind::ThreadChanged, 7, static_cast<quint8>(ThreadActivity::Blocked), 0, 0, QStringLiteral("thread 3 is blocked"));
        say(EventKind::RequestSent, 8, 0, 17, 0, QStringLiteral("a client sent request 17, `GET /a`"));
        say(EventKind::SubjectNamed, 8, 0, text("GET /a"), 0, QStringLiteral("client's request 17 is named `GET /a`"));
        say(EventKind::RequestDue, 8, 0, 5, 0, QStringLiteral("client's request 17 was meant to be sent at 5 ns"));
        say(EventKind::RequestStepped, 8, static_cast<quint8>(RequestActivity::Waiting), text("readFile a"), 0,
            QStringLiteral("client's request 17 is waiting, `readFile a`"));
        say(EventKind::RequestAnswered, 8, 0, 0, 0, QStringLiteral("the answer to client's request 17 is on its way"));
        say(EventKind::RequestEnded, 8, 0, 200, 0, QStringLiteral("client's request 17 got its answer, status 200"));
        say(EventKind::ThreadEnded, 7, 0, 0, 0, QStringLiteral("thread 3 ended"));
        say(EventKind::RunEnded, 0, 2, 1, 0, QStringLiteral("run ended: uncaught error, exit code 1"));
        m_writer->finish();
        QVERIFY(m_reader.open(path));
        m_index.update(m_reader);
        QCOMPARE(m_index.eventCount(), static_cast<quint64>(m_expected.size()));
    }

    void saysWhatHappened()
    {
        const EventText text(m_reader, m_index);
        for (qsizetype i = 0; i < m_expected.size(); ++i)
            QCOMPARE(text.what(static_cast<quint64>(i)), m_expected[i]);
    }

    void saysWhere()
    {
        const EventText text(m_reader, m_index);
        QCOMPARE(text.where(2), QStringLiteral("ping.js:4"));
        QCOMPARE(text.where(12), QStringLiteral("ping.js:1")); // the ready timer's function
        QCOMPARE(text.where(7), QStringLiteral("ping.js:4")); // its function is Node's own: where it was scheduled
        QCOMPARE(text.where(10), QString());
    }

    void printsRows()
    {
        const EventText text(m_reader, m_index);
        QCOMPARE(text.line(13), QStringLiteral("       1.234      1  timers             timeout `ping` begun  ping.js:1"));
        QCOMPARE(text.line(0), QStringLiteral("       1.234      0  timers             run started"));
    }

    void printsJson()
    {
        const EventText text(m_reader, m_index);
        const QJsonObject begun = text.toJson(13);
        QCOMPARE(begun.value(QStringLiteral("event")).toString(), QStringLiteral("TaskBegun"));
        QCOMPARE(begun.value(QStringLiteral("kind")).toString(), QStringLiteral("Timeout"));
        QCOMPARE(begun.value(QStringLiteral("phase")).toString(), QStringLiteral("Timers"));
        QCOMPARE(begun.value(QStringLiteral("name")).toString(), QStringLiteral("ping"));
        QCOMPARE(begun.value(QStringLiteral("subject")).toInt(), 2);
        QCOMPARE(begun.value(QStringLiteral("time")).toInteger(), 1234567);
        QCOMPARE(begun.value(QStringLiteral("iteration")).toInt(), 1);
        QCOMPARE(begun.value(QStringLiteral("place")).toObject().value(QStringLiteral("line")).toInt(), 1);
        QCOMPARE(text.toJson(3).value(QStringLiteral("scheduledAt")).toObject().value(QStringLiteral("line")).toInt(), 4);
        QCOMPARE(text.toJson(20).value(QStringLiteral("text")).toString(), QStringLiteral("careful\n"));
    }

    void namesEveryKindItKnows()
    {
        for (int kind = 0; kind < 256; ++kind) {
            const QLatin1String key = eventKindKey(static_cast<EventKind>(kind));
            QVERIFY(!key.isEmpty());
        }
        for (quint8 kind = 1; kind <= static_cast<quint8>(TaskKind::Internal); ++kind)
            QVERIFY(taskKindName(static_cast<TaskKind>(kind)) != QStringLiteral("?"));
        QCOMPARE(taskKindName(static_cast<TaskKind>(200)), QStringLiteral("?"));
        QCOMPARE(milliseconds(0), QStringLiteral("0.000"));
        QCOMPARE(milliseconds(1999999), QStringLiteral("1.999"));
    }
};

QTEST_GUILESS_MAIN(EventTextTest)
#include "EventTextTest.moc"
