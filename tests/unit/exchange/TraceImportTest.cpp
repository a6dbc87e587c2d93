// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of foreign traces, and what is said of those that make no sense.
#include "exchange/TraceImport.h"
#include "exchange/TraceOpening.h"
#include "state/EventText.h"

#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

class TraceImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsOfTraces_data();
    void eventsOfTraces();
    void bothFormsAreTheSame();
    void manyThreadsAreCounted();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
    void damageIsTold_data();
    void damageIsTold();

private:
    QString written(const QByteArray &content) const
    {
        const QString path = m_folder.filePath(QStringLiteral("a.json"));
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? path : QString();
    }
    /// Time in µs and text of each event.
    static QByteArrayList lines(const RecordingReader &reader)
    {
        RecordingIndex index;
        index.update(reader);
        const EventText text(reader, index);
        QByteArrayList lines;
        for (quint64 i = 0; i < reader.eventCount(); ++i)
            lines.append(QByteArray::number(reader.event(i).time / 1000) + ' ' + text.what(i).toUtf8());
        return lines;
    }

    QTemporaryDir m_folder;
};

void TraceImportTest::eventsOfTraces_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArrayList>("expected");

    const QByteArray call =
        R"("pid":1,"tid":1,"cat":"devtools.timeline","name":"FunctionCall","args":{"data":{"functionName":"NAME","url":"/a.js","lineNumber":3,"columnNumber":4}}})";
    const QByteArray outer = QByteArray(call).replace("NAME", "outer");
    const QByteArray inner = QByteArray(call).replace("NAME", "inner");
    const QByteArrayList nested = {"0 run started", "0 I/O callback `outer` created", "0 I/O callback 2 is named `FunctionCall`",
        "0 I/O callback `FunctionCall` begun", "10 `inner` entered", "30 `inner` left", "50 I/O callback `FunctionCall` ended",
        "50 run ended: finished, exit code 0"};
    QByteArrayList told = nested;
    told[1] = "0 I/O callback `FunctionCall` created";
    QTest::newRow("complete, the inner one told first")
        << "[{\"ph\":\"X\",\"ts\":110,\"dur\":20," + inner + ",{\"ph\":\"X\",\"ts\":100,\"dur\":50," + outer + "]" << told;
    QTest::newRow("begin and end") << "[{\"ph\":\"B\",\"ts\":100," + outer + ",{\"ph\":\"B\",\"ts\":110," + inner
            + R"(,{"ph":"E","ts":130,"pid":1,"tid":1},{"ph":"E","ts":150,"pid":1,"tid":1}])"
                                   << told;
    QTest::newRow("same beginning") << "[{\"ph\":\"X\",\"ts\":100,\"dur\":20," + inner + ",{\"ph\":\"X\",\"ts\":100,\"dur\":50," + outer
            + "]" << QByteArrayList{told[0], told[1], told[2], told[3], "0 `inner` entered", "20 `inner` left", told[6], told[7]};
    QTest::newRow("the inner one is cut") << "[{\"ph\":\"X\",\"ts\":110,\"dur\":200," + inner + ",{\"ph\":\"X\",\"ts\":100,\"dur\":50,"
            + outer + "]" << QByteArrayList{told[0], told[1], told[2], told[3], told[4], "50 `inner` left", told[6], told[7]};
    QTest::newRow("never ended") << "[{\"ph\":\"B\",\"ts\":-5," + outer
                                 << QByteArrayList{told[0], told[1], told[2], told[3], "0 I/O callback `FunctionCall` ended",
                                        "0 run ended: finished, exit code 0"};
    QTest::newRow("request, instant, counter") << QByteArray(
        R"({"traceEvents":[{"ph":"b","ts":1,"pid":1,"tid":1,"cat":"node.fs","name":"open","id":"0x1"},
            {"ph":"I","ts":2.5,"pid":1,"tid":1,"name":"loopStart"},{"ph":"C","ts":3,"pid":1,"tid":1,"name":"heap","args":{"used":7}},
            {"ph":"e","ts":4,"pid":1,"tid":1,"cat":"node.fs","name":"open","id":"0x1"}]})")
                                               << QByteArrayList{"0 run started", "0 file request `open` submitted", "1 mark `loopStart`",
                                                      "2 mark `heap used=7`", "3 file request `open` completed",
                                                      "3 run ended: finished, exit code 0"};
    const QByteArray profile = R"json({"ph":"P","ts":101,"pid":1,"tid":1,"id":"0x1","name":"Profile","args":{"data":{"startTime":100}}},
            {"ph":"P","ts":300,"pid":1,"tid":9,"id":"0x1","name":"ProfileChunk","args":{"data":{"cpuProfile":{"nodes":[
            {"id":1,"callFrame":{"functionName":"(root)"}},{"id":2,"parent":1,"callFrame":{"functionName":"(program)"}},
            {"id":3,"parent":1,"callFrame":{"functionName":"tick","url":"file:///a.js","lineNumber":2,"columnNumber":3}},
            {"id":4,"parent":3,"callFrame":{"functionName":"work","url":"file:///a.js","lineNumber":7,"columnNumber":0}},
            {"id":5,"parent":4,"callFrame":{"functionName":"leaf","url":"file:///a.js","lineNumber":8,"columnNumber":0}},
            {"id":6,"parent":1,"callFrame":{"functionName":"(garbage collector)"}}],"samples":[3,5,6]},"timeDeltas":[25,5,10]}}},
            {"ph":"P","ts":310,"pid":1,"tid":9,"id":"0x1","name":"ProfileChunk","args":{"data":{"cpuProfile":{"nodes":[
            {"id":7,"parent":1,"callFrame":{"functionName":"(idle)"}}],"samples":[5,4,2,7,5]},"timeDeltas":[10,10,10,60,100]}}},
            {"ph":"P","ts":320,"pid":1,"tid":1,"id":"0x1","name":"ProfileChunk","args":{"data":{"endTime":400}}})json";
    QTest::newRow("profile inside of DevTools' spans")
        << "[{\"ph\":\"X\",\"ts\":120,\"dur\":80," + QByteArray(call).replace("NAME", "tick").replace("/a.js", "file:///a.js")
            + R"(,{"ph":"X","ts":145,"dur":2,"pid":1,"tid":1,"cat":"v8","name":"V8.GC"},)" + profile + "]"
        << QByteArrayList{"0 run started", "0 I/O callback `FunctionCall` created", "0 I/O callback 2 is named `FunctionCall`",
               "0 I/O callback `FunctionCall` begun", "10 `work` seen by a sample", "10 `leaf` seen by a sample",
               "20 `(garbage collector)` seen by a sample", "25 `V8.GC` entered", "27 `V8.GC` left", "30 `(garbage collector)` left",
               "40 `leaf` left", "50 `work` left", "80 I/O callback `FunctionCall` ended", "80 run ended: finished, exit code 0"};
    QTest::newRow("profile alone") << '[' + profile + ']'
                                   << QByteArrayList{"0 run started", "0 I/O callback `tick` created", "0 I/O callback 2 is named `tick`",
                                          "0 I/O callback `tick` begun", "5 `work` seen by a sample", "5 `leaf` seen by a sample",
                                          "15 `(garbage collector)` seen by a sample", "25 `(garbage collector)` left", "35 `leaf` left",
                                          "45 `work` left", "45 I/O callback `tick` ended", "105 poll waits without limit",
                                          "205 poll waited 0.100 ms", "205 I/O callback `tick` created",
                                          "205 I/O callback 3 is named `tick`", "205 I/O callback `tick` begun",
                                          "205 `work` seen by a sample", "205 `leaf` seen by a sample", "205 `leaf` left",
                                          "205 `work` left", "205 I/O callback `tick` ended", "205 run ended: finished, exit code 0"};
    QTest::newRow("profile") << QByteArray(R"json({"nodes":[{"id":1,"callFrame":{"functionName":"(root)"},"children":[2,3]},
            {"id":2,"callFrame":{"functionName":"(idle)"}},
            {"id":3,"callFrame":{"functionName":"processTimers","url":"node:internal/timers","lineNumber":5,"columnNumber":2},"children":[4]},
            {"id":4,"callFrame":{"functionName":"ping","url":"file:///a.js","lineNumber":1,"columnNumber":0}}],
            "startTime":100,"endTime":150,"samples":[2,3,4,4,2],"timeDeltas":[0,10,10,10,10]})json")
                             << QByteArrayList{"0 run started", "0 poll waits without limit", "10 poll waited 0.010 ms",
                                    "10 timeout `processTimers` created", "10 timeout 1 is named `processTimers`",
                                    "10 timeout `processTimers` begun", "20 `ping` seen by a sample", "40 `ping` left",
                                    "40 timeout `processTimers` ended", "40 poll waits without limit", "50 poll waited 0.010 ms",
                                    "50 run ended: finished, exit code 0"};
}

void TraceImportTest::eventsOfTraces()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArrayList, expected);
    RecordingReader reader;
    QString problem;
    QString notice;
    QVERIFY2(openRecordingOrTrace(written(content), reader, &problem, &notice), qPrintable(problem));
    QCOMPARE(lines(reader), expected);
    QCOMPARE(reader.metadata()[QLatin1String("truth")].toString(), QStringLiteral("real"));
    QCOMPARE(reader.metadata()[QLatin1String("importedFrom")][QLatin1String("file")].toString(), QStringLiteral("a.json"));
    QCOMPARE(reader.incompleteness(), QString());
}

void TraceImportTest::bothFormsAreTheSame()
{
    // Larger than a piece, with what looks like the end of an event inside of strings and lists.
    QByteArray events;
    for (int i = 0; i < 40000; ++i) {
        events += i == 0 ? "" : ",\n";
        events += R"({"args":{"list":[{"a":1},{"b":"},{"}],"text":"\"},{\\"},"ph":"X","dur":1,"pid":1,"tid":1,"cat":"c","name":"n)"
            + QByteArray::number(i % 7) + "\",\"ts\":" + QByteArray::number(i * 3) + "}";
    }
    QVERIFY(events.size() > 4 << 20);
    const QList<QByteArray> forms = {'[' + events + ']', '[' + events,
        "{\"metadata\":{\"a\":[1,\"}\"]},\"traceEvents\":[" + events + "],\"z\":{}}", "\xef\xbb\xbf [" + events + ",\n"};
    for (const QByteArray &form : forms) {
        RecordingReader reader;
        QString problem;
        QString notice;
        QVERIFY2(openRecordingOrTrace(written(form), reader, &problem, &notice), qPrintable(problem));
        QCOMPARE(notice, QString());
        QCOMPARE(reader.eventCount(), quint64{40000 * 4 + 2});
    }
}

void TraceImportTest::manyThreadsAreCounted()
{
    QByteArray events = "[";
    for (int i = 0; i < 1000; ++i)
        events += R"({"ph":"X","dur":1,"pid":1,"name":"n","ts":1,"tid":)" + QByteArray::number(i) + "},";
    RecordingReader reader;
    QString problem;
    QString notice;
    QVERIFY(openRecordingOrTrace(written(events), reader, &problem, &notice));
    QCOMPARE(notice, QStringLiteral("872 events are of threads beyond the first 128 and were left out."));
}

void TraceImportTest::nonsenseIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("message");
    const QString unknown =
        QStringLiteral("'%1' is neither a recording nor a trace: read are recordings of Loopscope, Chrome's trace events "
                       "(JSON) and CPU profiles of V8.");
    QTest::newRow("other object") << QByteArray("{\"a\":1}") << unknown;
    QTest::newRow("half a key") << QByteArray("{\"traceEv") << unknown;
    QTest::newRow("no events") << QByteArray("[]") << QStringLiteral("'%1' holds no events.");
    QTest::newRow("half an event") << QByteArray(
        "[{\"ph\":") << QStringLiteral("'%1' is damaged at byte 1: it ends in the middle of an event. What is before that was read.");
    QTest::newRow("profile without nodes")
        << QByteArray("{\"nodes\":[],\"samples\":[]}")
        << QStringLiteral("'%1' is no CPU profile of V8: it has no 'nodes'; profiles of V8 before 2016 are not read.");
    QTest::newRow("profile without samples") << QByteArray("{\"nodes\":[{\"id\":1,\"callFrame\":{}}]}")
                                             << QStringLiteral("'%1' is no CPU profile of V8: it has no 'samples' or no 'timeDeltas'.");
    QTest::newRow("profile beyond time") << QByteArray("{\"nodes\":[{\"id\":1,\"callFrame\":{}}],\"samples\":[1],\"timeDeltas\":[1e300]}")
                                         << QStringLiteral("'%1' is no CPU profile of V8: the time of sample 0 is beyond a hundred years.");
}

void TraceImportTest::nonsenseIsRefused()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, message);
    const QString path = written(content);
    RecordingReader reader;
    QString problem;
    QString notice;
    QVERIFY(!openRecordingOrTrace(path, reader, &problem, &notice));
    QCOMPARE(problem, message.arg(path));
}

void TraceImportTest::damageIsTold_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("message");
    const QByteArray good = R"([{"ph":"X","ts":1,"dur":1,"pid":1,"tid":1,"name":"a"},)";
    const QString damaged = QStringLiteral("'%1' is damaged at byte 54: %2. What is before that was read.");
    QTest::newRow("not a number") << good + R"({"ph":"X","ts":NaN}])"
                                  << damaged.arg(QStringLiteral("%1"), QStringLiteral("this is no JSON"));
    QTest::newRow("cut") << good + R"({"ph":"X","ts)"
                         << damaged.arg(QStringLiteral("%1"), QStringLiteral("it ends in the middle of an event"));
    QTest::newRow("too deep") << good + QByteArray(5000, '[') + QByteArray(5000, ']') + "]"
                              << damaged.arg(QStringLiteral("%1"), QStringLiteral("an event is nested too deep"));
    QTest::newRow("no sense") << good + R"(5,{},{"ph":"X"},{"ph":"X","ts":1,"dur":-1},{"ph":"X","ts":1e200}])"
                              << QStringLiteral("5 events make no sense and were left out.");
}

void TraceImportTest::damageIsTold()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, message);
    const QString path = written(content);
    RecordingReader reader;
    QString problem;
    QString notice;
    QVERIFY2(openRecordingOrTrace(path, reader, &problem, &notice), qPrintable(problem));
    QCOMPARE(notice, message.contains(QLatin1String("%1")) ? message.arg(path) : message);
    QCOMPARE(reader.eventCount(), quint64{6});
}

QTEST_GUILESS_MAIN(TraceImportTest)
#include "TraceImportTest.moc"
