// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonTrial.h"

#include "lessons/loader/LabMeasures.h"
#include "lessons/loader/RunMeasures.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

class LessonTrialTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_lesson;

    void write(const char *name, const QByteArray &content)
    {
        const QString path = m_lesson.filePath(QLatin1String(name));
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    LessonTrial::Setup setup(const QByteArray &text = {}) const
    {
        LessonTrial::Setup setup;
        setup.runner = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
        setup.folder = m_lesson.path();
        setup.script = m_lesson.filePath(QStringLiteral("script.js"));
        setup.text = text;
        return setup;
    }

private Q_SLOTS:
    void initTestCase()
    {
        write("script.js", "console.log('as it is', require('./parts/help').two, process.argv[2]);\n");
        write("parts/help.js", "exports.two = 2;\n");
        write("server.js", "console.log('no server');\n");
        write("scenario.json", R"({"title": "x", "script": "server.js", "models": ["event-loop"],
            "load": {"arrivals": "closed", "clients": 10, "seconds": 1, "warmupSeconds": 0.1, "thinkTime": "det:0"}})");
    }

    void runsTheFileAsItIs()
    {
        LessonTrial trial;
        QSignalSpy finished(&trial, &LessonTrial::finished);
        LessonTrial::Setup asked = setup();
        asked.run.arguments = QStringList{QStringLiteral("--seed")};
        trial.start(asked);
        QVERIFY(trial.isRunning());
        QCOMPARE(finished.count(), 0);
        QVERIFY2(trial.wait(), qPrintable(trial.failure()));
        QCOMPARE(finished.count(), 1);
        QVERIFY(!trial.isRunning());
        QCOMPARE(trial.output(), QByteArray("as it is 2 --seed\n"));
        QCOMPARE(trial.exitCode(), 0);
        QVERIFY(trial.notice().isEmpty());
        RecordingReader reader;
        QVERIFY(reader.open(trial.recordingPath()));
        QVERIFY(RunMeasures(reader).measure(MeasureId::Printed, {QStringLiteral("as it is*")}).isTrue());
    }

    void triesATextInItsPlace()
    {
        LessonTrial trial;
        trial.start(setup("console.log('tried', require('./parts/help').two); process.exit(3);"));
        QVERIFY2(trial.wait(), qPrintable(trial.failure()));
        QCOMPARE(trial.output(), QByteArray("tried 2\n"));
        QCOMPARE(trial.exitCode(), 3);
        QFile file(m_lesson.filePath(QStringLiteral("script.js")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("as it is"));
    }

    void recordingStaysAsLongAsItsFolderIsHeld()
    {
        std::shared_ptr<QTemporaryDir> folder;
        QString path;
        {
            LessonTrial trial;
            trial.start(setup());
            QVERIFY(trial.wait());
            folder = trial.folder();
            path = trial.recordingPath();
        }
        QVERIFY(QFile::exists(path));
        folder.reset();
        QVERIFY(!QFile::exists(path));
    }

    void failures_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("says");
        QTest::newRow("refused") << QByteArray("let a = 1;\nlet b = ;\n") << QString()
                                 << QStringLiteral("Unexpected token ';' (script.js:2)");
        QTest::newRow("refused module") << QByteArray("import x from 'fs';\nlet a = {;\n") << QString() << QStringLiteral("(script.js:2)");
        QTest::newRow("never ends") << QByteArray("for (;;);") << QString() << QStringLiteral("after 2 s");
        QTest::newRow("bad option") << QByteArray("1") << QStringLiteral("--detail=all") << QStringLiteral("--detail");
    }
    void failures()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, option);
        QFETCH(QString, says);
        LessonTrial trial;
        LessonTrial::Setup asked = setup(text);
        asked.wallSeconds = 2;
        if (!option.isEmpty())
            asked.run.options.append(option);
        trial.start(asked);
        QVERIFY(!trial.wait());
        QVERIFY2(trial.failure().contains(says), qPrintable(trial.failure()));
    }

    void limitsAreRunsWithANotice_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("time") << QByteArray("setInterval(() => {}, 1000);") << QStringLiteral("virtual time");
        QTest::newRow("events") << QByteArray("(function again() { setImmediate(again); })();") << QStringLiteral("events");
        QTest::newRow("idle") << QByteArray("require('net').createServer().listen(8000);") << QStringLiteral("left open");
    }
    void limitsAreRunsWithANotice()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        LessonTrial trial;
        trial.start(setup(text));
        QVERIFY2(trial.wait(), qPrintable(trial.failure()));
        QVERIFY2(trial.notice().contains(says), qPrintable(trial.notice()));
        RecordingReader reader;
        QVERIFY(reader.open(trial.recordingPath()));
        QVERIFY(RunMeasures(reader).measure(MeasureId::Ended, {QStringLiteral("limit")}).isTrue());
    }

    void errorsOfTheScriptAreRuns()
    {
        LessonTrial trial;
        trial.start(setup("setTimeout(() => { throw new Error('oh'); }, 5);"));
        QVERIFY2(trial.wait(), qPrintable(trial.failure()));
        QVERIFY(trial.errors().contains("Error: oh"));
        QCOMPARE(trial.exitCode(), 1);
    }

    void runnerThatIsNotThere()
    {
        LessonTrial trial;
        LessonTrial::Setup asked = setup();
        asked.runner = QStringLiteral("/nowhere/loopscope");
        trial.start(asked);
        QVERIFY(!trial.wait());
        QVERIFY2(trial.failure().contains(QLatin1String("/nowhere/loopscope")), qPrintable(trial.failure()));
    }

    void canBeCancelledAtOnce()
    {
        LessonTrial trial;
        QSignalSpy finished(&trial, &LessonTrial::finished);
        QElapsedTimer clock;
        clock.start();
        trial.start(setup("for (;;);"));
        trial.cancel();
        trial.cancel();
        QVERIFY(!trial.wait());
        QVERIFY(trial.wasCancelled());
        QCOMPARE(finished.count(), 1);
        QVERIFY(clock.elapsed() < 10'000);
    }

    void anotherStartReplacesTheFirst()
    {
        LessonTrial trial;
        QSignalSpy finished(&trial, &LessonTrial::finished);
        trial.start(setup("for (;;);"));
        QTest::qWait(100);
        trial.start(setup("console.log('second');"));
        QVERIFY2(trial.wait(), qPrintable(trial.failure()));
        QCOMPARE(trial.output(), QByteArray("second\n"));
        QCOMPARE(finished.count(), 1);
    }

    void destructionEndsTheRun()
    {
        QElapsedTimer clock;
        clock.start();
        QString folder;
        {
            LessonTrial trial;
            trial.start(setup("for (;;);"));
            folder = trial.folder()->path();
            QTest::qWait(100);
        }
        QVERIFY(clock.elapsed() < 10'000);
        QVERIFY(!QFile::exists(folder));
    }

    void floodsOfOutputAreCut()
    {
        LessonTrial trial;
        trial.start(setup("const line = 'x'.repeat(1 << 20); for (let i = 0; i < 20; ++i) console.log(line);"));
        QVERIFY2(trial.wait(), qPrintable(trial.failure()));
        QCOMPARE(trial.output().size(), LessonTrial::mostOutput);
    }

    void servesUnderTheServerLab()
    {
        LessonTrial trial;
        LessonTrial::Setup asked = setup("require('http').createServer((q, r) => setTimeout(() => r.end('ok'), 2)).listen(8080);");
        asked.script = m_lesson.filePath(QStringLiteral("server.js"));
        asked.scenario = m_lesson.filePath(QStringLiteral("scenario.json"));
        asked.models = QStringList{QStringLiteral("event-loop")};
        trial.start(asked);
        QVERIFY2(trial.wait(), qPrintable(trial.failure()));
        QVERIFY(trial.recordingPath().isEmpty());
        QString problem;
        const auto measures = LabMeasures::fromReport(trial.output(), asked.models, &problem);
        QVERIFY2(measures, qPrintable(problem));
        QVERIFY(measures->measure(MeasureId::Throughput, asked.models).number > 1000);
        QVERIFY(measures->measure(MeasureId::P50, asked.models).number >= 2e6);
    }

    void serverThatDoesNotServeHasNoResult()
    {
        LessonTrial trial;
        LessonTrial::Setup asked = setup();
        asked.script = m_lesson.filePath(QStringLiteral("server.js"));
        asked.scenario = m_lesson.filePath(QStringLiteral("scenario.json"));
        asked.models = QStringList{QStringLiteral("event-loop")};
        trial.start(asked);
        QString problem;
        const bool isWhole = trial.wait() && LabMeasures::fromReport(trial.output(), asked.models, &problem);
        QVERIFY(!isWhole);
        QVERIFY2(!trial.failure().isEmpty() || problem.contains(QLatin1String("event-loop")), qPrintable(trial.failure() + problem));
    }
};

QTEST_GUILESS_MAIN(LessonTrialTest)
#include "LessonTrialTest.moc"
