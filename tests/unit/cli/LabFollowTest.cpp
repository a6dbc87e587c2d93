// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// `loopscope lab --record`, and `loopscope lab follow`, as a person uses and misuses them.
class LabFollowTest : public QObject
{
    Q_OBJECT

private:
    struct Outcome
    {
        int exitCode = -1;
        QByteArray output;
        QByteArray errors;
    };
    Outcome run(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), arguments);
        if (!process.waitForFinished(60000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    static QStringList words(const char *text) { return QString::fromUtf8(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }
    void write(const char *name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        write("server.js", "require('http').createServer((q, r) => setTimeout(() => r.end(), 3)).listen(8080);\n");
        write("served.json",
            R"({"script": "server.js", "truth": "simulated", "load": {"clients": 5, "thinkTime": "exp:50", "seconds": 0.5, "warmupSeconds": 0.1}})");
        write("plain.js", "setTimeout(() => console.log('done'), 1);\n");
        const Outcome recorded = run(words("lab served.json --model thread-pool,event-loop --quiet --record kept.lscope"));
        QVERIFY2(recorded.exitCode == 0, recorded.errors.constData());
    }

    void severalModelsHaveAFileEach()
    {
        for (const char *name : {"kept-thread-pool.lscope", "kept-event-loop.lscope"}) {
            const Outcome listed = run({QStringLiteral("events"), QLatin1String(name), QStringLiteral("--json")});
            QCOMPARE(listed.exitCode, 0);
            for (const char *kind : {"RequestSent", "RequestStepped", "RequestAnswered", "RequestEnded", "ThreadChanged", "TaskServes"})
                QVERIFY2(listed.output.contains(QByteArray("\"event\":\"") + kind + '"'), kind);
        }
        QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("kept.lscope"))));
    }

    void theSlowestAreListed()
    {
        const Outcome listed = run(words("lab follow kept-thread-pool.lscope --most 3 --json"));
        QCOMPARE(listed.exitCode, 0);
        const QJsonArray requests = QJsonDocument::fromJson(listed.output).array();
        QCOMPARE(requests.size(), 3);
        double last = 1e300;
        for (const QJsonValue &each : requests) {
            const double latency = each[QLatin1String("latency")].toDouble();
            QVERIFY((latency < 0 ? 1e300 : latency) <= last);
            last = latency < 0 ? 1e300 : latency;
        }
    }

    void aRequestIsFollowed()
    {
        const Outcome followed = run(words("lab follow kept-thread-pool.lscope 10 11 --json"));
        QCOMPARE(followed.exitCode, 0);
        const QJsonArray requests = QJsonDocument::fromJson(followed.output).array();
        QCOMPARE(requests.size(), 2);
        QCOMPARE(requests[0][QLatin1String("number")].toInt(), 10);
        QCOMPARE(requests[0][QLatin1String("model")].toString(), QStringLiteral("thread-pool"));
        QVERIFY(requests[0][QLatin1String("latency")].toDouble() > 0.003); // the timer alone takes that
        const Outcome shown = run(words("lab follow kept-event-loop.lscope 10"));
        QCOMPARE(shown.exitCode, 0);
        QVERIFY2(shown.output.contains("Request 10,") && shown.output.contains("waiting"), shown.output.constData());
    }

    void wrongUse_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("sentence"); // a part of it
        const auto add = [](const char *arguments, int exitCode, const QByteArray &sentence) {
            QTest::newRow(arguments) << words(arguments) << exitCode << sentence;
        };
        add("lab follow", 2, "which recording?");
        add("lab follow gone.lscope", 2, "gone.lscope");
        add("lab follow server.js", 2, "server.js");
        add("lab follow kept-thread-pool.lscope x", 2, "'x' is no number of a request");
        add("lab follow kept-thread-pool.lscope 0", 2, "'0' is no number of a request");
        add("lab follow kept-thread-pool.lscope 99999999", 1, "no request 99999999; the last one is ");
        add("lab follow kept-thread-pool.lscope --most 0", 2, "--most");
        add("lab served.json --truth modelled --record m.lscope", 2, "--truth simulated");
        add("lab served.json --max-events 10", 2, "--record FILE");
        add("lab served.json --record .", 2, "is a folder");
        add("lab served.json --record nowhere/a.lscope", 2, "no folder");
        add("lab served.json --record server.js", 2, "would write over");
    }
    void wrongUse()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, sentence);
        const Outcome outcome = run(arguments);
        QVERIFY2(outcome.exitCode == exitCode, outcome.errors.constData());
        QVERIFY2(outcome.errors.contains(sentence), outcome.errors.constData());
    }

    void aRecordingOfNoServerIsSaid()
    {
        QCOMPARE(run(words("run plain.js --record plain.lscope")).exitCode, 0);
        const Outcome outcome = run(words("lab follow plain.lscope"));
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.errors.contains("no recording of a server"), outcome.errors.constData());
    }

    void aDamagedRecordingIsFollowedAsFarAsItGoes()
    {
        QFile file(m_folder.filePath(QStringLiteral("kept-thread-pool.lscope")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        write("cut.lscope", file.readAll().left(file.size() / 2));
        const Outcome outcome = run(words("lab follow cut.lscope 3"));
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(!outcome.errors.isEmpty());
    }
};

QTEST_GUILESS_MAIN(LabFollowTest)
#include "LabFollowTest.moc"
