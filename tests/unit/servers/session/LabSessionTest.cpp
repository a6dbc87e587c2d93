// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabSession.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>

using namespace loopscope;

namespace {

/// A run that does what the scenario's title says, and gives no figures but what it was asked for.
const char *const fakeRun = R"sh(#!/bin/sh
read -r start
read -r knobs
case $start in *'"model":"cluster"'*) name='"model":"cluster","truth":"simulated"' ;; *'"truth":"real"'*) name='"model":"event-loop","truth":"real"' ;;
    *) name='"model":"event-loop","truth":"simulated"' ;; esac
result() { echo '{"type":"result",'"$name"',"completed":'"$1"',"wasStopped":'"$2"'}'; }
echo "begin $name $(date +%s%N)" >> "$0.log"
case $start in
    *'"title":"crash"'*) echo 'last words' >&2; kill -SEGV $$ ;;
    *'"title":"silent"'*) exit 3 ;;
    *'"title":"garbage"'*) echo 'hello'; result 1 false ;;
    *'"title":"deaf"'*) sleep 60 & echo $! > "$0.pid"; wait ;;
    *'"title":"listens"'*)
        [ "$knobs" = '{}' ] || echo '{"type":"sample",'"$name"',"arrivals":'"${#knobs}"'}'
        while read -r command; do
            case $command in
                *'"stop":true'*) result 2 true; exit ;;
                *) echo '{"type":"sample",'"$name"',"arrivals":'"${#command}"'}' ;;
            esac
        done ;;
    *'"title":"knobs"'*) case $knobs in *'"rate":7'*) result 7 false ;; *) result 0 false ;; esac ;;
    *) sleep 0.2; result 1 false; echo '{"type":"problem",'"$name"',"text":"too late"}' ;;
esac
echo "end $name $(date +%s%N)" >> "$0.log"
)sh";

} // namespace

class LabSessionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void resultsComeOnce();
    void realRunsHaveTheMachineForThemselves();
    void whatGoesWrongIsAProblem_data();
    void whatGoesWrongIsAProblem();
    void oneCrashTakesOneRun();
    void commandsReachTheRuns();
    void knobsComeBeforeTheRun();
    void stopGivesWhatThereIs();
    void stopTwiceKillsAtOnceWithAllChildren();
    void tooLongIsEnded();
    void aProgramThatIsNotThere();

private:
    LabPlan plan(const char *title, const std::vector<LabRunName> &runs) const
    {
        LabPlan plan;
        plan.scenario.title = QLatin1String(title);
        plan.scenario.script = QStringLiteral("/a.js");
        plan.runs = runs;
        return plan;
    }
    /// Runs to the end; what was told.
    std::vector<LabMessage> performed(LabSession &session, const LabPlan &plan) const
    {
        std::vector<LabMessage> messages;
        connect(&session, &LabSession::told, &session, [&messages](const LabMessage &message) { messages.push_back(message); });
        QSignalSpy ended(&session, &LabSession::ended);
        session.start(plan);
        if (!ended.wait(10000))
            qWarning("the session did not end");
        return messages;
    }
    QByteArrayList log() const
    {
        QFile file(m_program + QStringLiteral(".log"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QByteArrayList();
    }

    const LabRunName m_loop{ServerModel::EventLoop, Truth::Simulated};
    const LabRunName m_cluster{ServerModel::Cluster, Truth::Simulated};
    const LabRunName m_real{ServerModel::EventLoop, Truth::Real};
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_program;
};

void LabSessionTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_program = m_folder->filePath(QStringLiteral("run"));
    QFile file(m_program);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(fakeRun) > 0);
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
}

void LabSessionTest::resultsComeOnce()
{
    LabSession session(m_program);
    const auto messages = performed(session, plan("fine", {m_loop, m_cluster}));
    QCOMPARE(messages.size(), 2U); // not what was told after the result
    QVERIFY(std::holds_alternative<LabResult>(messages[0]) && std::holds_alternative<LabResult>(messages[1]));
    QVERIFY(!session.wasStopped());
}

void LabSessionTest::realRunsHaveTheMachineForThemselves()
{
    LabSession session(m_program);
    QCOMPARE(performed(session, plan("fine", {m_real, m_loop, m_cluster})).size(), 3U);
    const QByteArrayList lines = log();
    QCOMPARE(lines.size(), 6);
    QVERIFY(lines[0].startsWith("begin") && lines[1].startsWith("begin")); // beside each other
    QVERIFY(lines[4].startsWith("begin") && lines[4].contains("real"));
}

void LabSessionTest::whatGoesWrongIsAProblem_data()
{
    QTest::addColumn<QByteArray>("title");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("crash") << QByteArray("crash")
                           << QStringLiteral("the run was ended by signal 11 (Segmentation fault). Its last words: last words");
    QTest::newRow("silent") << QByteArray("silent") << QStringLiteral("the run ended without a result (exit code 3).");
    QTest::newRow("garbage") << QByteArray("garbage")
                             << QStringLiteral("the run told what is not understood: a line is no JSON: illegal value.");
}

void LabSessionTest::whatGoesWrongIsAProblem()
{
    QFETCH(QByteArray, title);
    QFETCH(QString, sentence);
    LabSession session(m_program);
    const auto messages = performed(session, plan(title.constData(), {m_loop}));
    QCOMPARE(messages.size(), 1U);
    QCOMPARE(std::get<LabProblem>(messages.front()).text, sentence);
}

void LabSessionTest::oneCrashTakesOneRun()
{
    QFile file(m_program);
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner) && file.open(QIODevice::WriteOnly));
    QVERIFY(file.write(QByteArray(fakeRun).replace("case $start in\n", "case $start in\n    *cluster*) kill -KILL $$ ;;\n")) > 0);
    file.close();
    LabSession session(m_program);
    const auto messages = performed(session, plan("fine", {m_loop, m_cluster}));
    QCOMPARE(messages.size(), 2U);
    QCOMPARE(std::get<LabProblem>(messages[0]).model, ServerModel::Cluster);
    QCOMPARE(std::get<LabResult>(messages[1]).model, ServerModel::EventLoop);
}

void LabSessionTest::commandsReachTheRuns()
{
    LabSession session(m_program);
    LabPlan plan = this->plan("listens", {m_loop, m_cluster});
    plan.knobs.settings = {{LabControls::Knob::Rate, 5}};
    std::vector<LabSample> samples;
    connect(&session, &LabSession::told, &session, [&](const LabMessage &message) {
        const auto *sample = std::get_if<LabSample>(&message);
        if (!sample)
            return;
        samples.push_back(*sample);
        LabCommand command;
        if (samples.size() == 2) { // both have their first knobs
            command.model = ServerModel::Cluster;
            command.settings = {{LabControls::Knob::Threads, 3}};
        } else if (samples.size() == 3) {
            command.stop = true;
        } else {
            return;
        }
        session.send(command);
    });
    QSignalSpy ended(&session, &LabSession::ended);
    session.start(plan);
    QVERIFY(ended.wait(10000));
    QCOMPARE(samples.size(), 3U);
    QCOMPARE(samples[0].arrivals, QByteArray(R"({"set":{"rate":5}})").size());
    QCOMPARE(samples[2].model, ServerModel::Cluster);
    QVERIFY(session.wasStopped());
}

void LabSessionTest::knobsComeBeforeTheRun()
{
    for (const bool isSet : {true, false}) {
        LabSession session(m_program);
        LabPlan set = plan("knobs", {{ServerModel::EventLoop, Truth::Simulated}});
        if (isSet)
            set.knobs.settings.push_back({LabControls::Knob::Rate, 7});
        const auto messages = performed(session, set);
        const auto *result = std::get_if<LabResult>(&messages.front());
        QVERIFY(result != nullptr);
        QCOMPARE(result->completed, isSet ? 7 : 0);
    }
}

void LabSessionTest::stopGivesWhatThereIs()
{
    LabSession session(m_program);
    QTimer::singleShot(200, &session, [&session] { session.stop(); });
    const auto messages = performed(session, plan("listens", {m_loop, m_real}));
    QCOMPARE(messages.size(), 2U);
    QCOMPARE(std::get<LabProblem>(messages[0]).text, QStringLiteral("stopped before it began."));
    QVERIFY(std::get<LabResult>(messages[1]).wasStopped);
}

void LabSessionTest::stopTwiceKillsAtOnceWithAllChildren()
{
    LabSession session(m_program);
    const QString pidFile = m_program + QStringLiteral(".pid");
    QTimer poll;
    connect(&poll, &QTimer::timeout, &session, [&] {
        if (QFile(pidFile).size() <= 0)
            return;
        poll.stop();
        session.stop();
        session.stop();
    });
    poll.start(10);
    QElapsedTimer clock;
    clock.start();
    const auto messages = performed(session, plan("deaf", {m_loop}));
    QVERIFY(clock.elapsed() < 2500); // less than the patience of one stop()
    QVERIFY(std::get<LabProblem>(messages.at(0)).text.startsWith(QLatin1String("stopped; ")));
    QFile file(pidFile);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto sleeper = static_cast<pid_t>(file.readAll().trimmed().toInt());
    QTRY_VERIFY(::kill(sleeper, 0) != 0 || QFile::symLinkTarget(QStringLiteral("/proc/%1/exe").arg(sleeper)).isEmpty());
}

void LabSessionTest::tooLongIsEnded()
{
    LabSession session(m_program);
    LabPlan plan = this->plan("listens", {m_loop});
    plan.wallLimitSeconds = 0.3;
    const auto messages = performed(session, plan);
    QCOMPARE(messages.size(), 1U);
    QVERIFY(std::get<LabResult>(messages[0]).wasStopped);
    QVERIFY(!session.wasStopped());
}

void LabSessionTest::aProgramThatIsNotThere()
{
    LabSession session(QStringLiteral("/gone/loopscope"));
    const auto messages = performed(session, plan("fine", {m_loop, m_cluster}));
    QCOMPARE(messages.size(), 2U);
    QVERIFY(std::get<LabProblem>(messages[0]).text.startsWith(QLatin1String("'/gone/loopscope' cannot be started: ")));
}

QTEST_GUILESS_MAIN(LabSessionTest)
#include "LabSessionTest.moc"
