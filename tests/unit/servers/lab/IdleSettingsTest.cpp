// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/IdleSettings.h"
#include "servers/lab/NearName.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace loopscope;

class IdleSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofScenarios_data();
    void ofScenarios();
    void ofRuns_data();
    void ofRuns();
    void nearNames_data();
    void nearNames();
};

namespace {

std::optional<Scenario> scenarioOf(const QByteArray &members)
{
    QString problem;
    const auto scenario =
        Scenario::fromJson(QJsonDocument::fromJson(R"({"script": "/a.js", )" + members + '}').object(), QStringLiteral("/"), &problem);
    if (!scenario)
        qWarning("%s", qPrintable(problem));
    return scenario;
}

QStringList membersOf(const std::vector<IdleSetting> &settings)
{
    QStringList members;
    for (const IdleSetting &setting : settings) {
        members.append(setting.member);
        if (setting.why.size() < 20 || setting.why.endsWith(QLatin1Char('.')))
            members.append(QStringLiteral("no half sentence: ") + setting.why);
    }
    return members;
}

QStringList words(const char *text) { return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

} // namespace

void IdleSettingsTest::ofScenarios_data()
{
    QTest::addColumn<QByteArray>("members"); // beside the script
    QTest::addColumn<QStringList>("idle");
    const auto add = [](const char *name, const QByteArray &members, const char *idle) { QTest::newRow(name) << members << words(idle); };
    // Every member of a load that depends on its kind, under every kind.
    const QByteArray all = R"("clients": 5, "rate": 5, "rateEnd": 6, "burstSize": 5, "burstSeconds": 5, "replayFile": "r",
        "thinkTime": "det:0", "keepAlive": false)";
    const auto load = [&all](const char *kind) { return QByteArray(R"("load": {)") + all + ", " + kind + "}"; };
    add("closed", load(R"("arrivals": "closed")"), "load.rate load.rateEnd load.burstSize load.burstSeconds load.replayFile");
    add("poisson", load(R"("arrivals": "poisson")"),
        "load.clients load.rateEnd load.burstSize load.burstSeconds load.replayFile load.thinkTime");
    add("ramp", load(R"("arrivals": "ramp")"), "load.clients load.burstSize load.burstSeconds load.replayFile load.thinkTime");
    add("bursts", load(R"("arrivals": "bursts")"), "load.clients load.rate load.rateEnd load.replayFile load.thinkTime");
    add("replay", load(R"("arrivals": "replay")"), "load.clients load.rate load.rateEnd load.burstSize load.burstSeconds load.thinkTime");
    add("websocket", load(R"("protocol": "websocket")"),
        "load.rateEnd load.burstSize load.burstSeconds load.replayFile load.thinkTime load.keepAlive");
    add("nothing is set", R"("seed": 1)", "");
    add("threads of models that are there",
        R"("models": ["thread-pool", "thread-per-request", "processes", "cluster", "workers"], "offload": ["f"],
           "machine": {"poolThreads": 3, "threadLimit": 3, "processes": 3, "loops": 3, "workers": 3, "keepAliveSeconds": 1})",
        "");
    add("threads of models that are not",
        R"("models": ["event-loop"], "offload": ["f"],
           "machine": {"poolThreads": 3, "threadLimit": 3, "processes": 3, "loops": 3, "workers": 3, "keepAliveSeconds": 1})",
        "machine.poolThreads machine.threadLimit machine.processes machine.loops machine.workers offload machine.keepAliveSeconds");
    add("what depends on the truth", R"("profile": "p.json", "latencyProfile": "l.json", "machine": {"cores": 7})", "");
    add("a queue of Node's own", R"("models": ["node"], "machine": {"backlog": 5})", "machine.backlog");
}

void IdleSettingsTest::ofScenarios()
{
    QFETCH(QByteArray, members);
    QFETCH(QStringList, idle);
    const auto scenario = scenarioOf(members);
    QVERIFY(scenario);
    QCOMPARE(membersOf(idleSettings(*scenario)), idle);
}

void IdleSettingsTest::ofRuns_data()
{
    QTest::addColumn<QByteArray>("members");
    QTest::addColumn<QString>("run"); // model, truth
    QTest::addColumn<QStringList>("set");
    QTest::addColumn<QStringList>("idle");
    const auto add = [](const char *run, const QByteArray &members, const char *set, const char *idle) {
        QTest::addRow("%s with %s", run, members.constData()) << members << QString::fromLatin1(run) << words(set) << words(idle);
    };
    const char *machine = "machine.cores machine.timeSliceMilliseconds machine.contextSwitchMicroseconds machine.threadStartMicroseconds "
                          "machine.wakeUpMicroseconds machine.clientWakeUpMicroseconds machine.stackBytes machine.memoryBytes";
    const char *costs = "machine.statementNanoseconds machine.requestMicroseconds machine.answeredMicroseconds latencyProfile";
    const QByteArray none = R"("seed": 1)";
    const QByteArray profile = R"("profile": "/p.json")";
    add("event-loop real", none, machine, machine);
    add("event-loop simulated", none, machine, "");
    add("event-loop modelled", none, machine, "");
    add("event-loop real", R"("seed": 2)", costs, costs);
    add("event-loop simulated", R"("seed": 2)", costs, "");
    add("event-loop modelled", R"("seed": 2)", costs, "");
    add("event-loop modelled", profile, costs, costs);
    add("event-loop modelled", R"("seed": 3, "profile": "/p.json")", "arguments profile", "arguments");
    add("event-loop simulated", profile, "arguments profile", "profile");
    add("event-loop simulated", R"("seed": 4)", "threads", "threads");
    add("node real", R"("seed": 4)", "threads", "threads");
    add("cluster simulated", R"("seed": 4)", "threads machine.keepAliveSeconds", "machine.keepAliveSeconds");
    add("processes simulated", R"("seed": 4)", "threads machine.keepAliveSeconds", "");
    add("event-loop simulated", R"("seed": 5)", "extra.ioMilliseconds extra.cpuMilliseconds load.clients", "");
}

void IdleSettingsTest::ofRuns()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, run);
    QFETCH(QStringList, set);
    QFETCH(QStringList, idle);
    const auto scenario = scenarioOf(members);
    QVERIFY(scenario);
    const LabRunName name{*serverModelOf(run.section(QLatin1Char(' '), 0, 0)), *truthOf(run.section(QLatin1Char(' '), 1))};
    QCOMPARE(membersOf(idleSettings(*scenario, {name}, set)), idle);
    // With a run in which it acts beside it, nothing is idle any more.
    const std::vector<LabRunName> more = {name, {ServerModel::ThreadPool, Truth::Simulated}, {ServerModel::EventLoop, Truth::Modelled}};
    if (scenario->profile.isEmpty())
        QCOMPARE(membersOf(idleSettings(*scenario, more, set)), QStringList());
}

void IdleSettingsTest::nearNames_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("near");
    const auto add = [](const char *written, const char *near) {
        QTest::newRow(written) << QString::fromLatin1(written) << QString::fromLatin1(near);
    };
    add("laod", "load");
    add("clinets", "clients");
    add("Clients", "clients");
    add("client", "clients");
    add("keepAlive", "keepAliveSeconds");
    add("iomilliseconds", "ioMilliseconds");
    add("rates", "rate");
    add("speed", "");
    add("x", "");
    add("", "");
    add("clientsclientsclientsclientsclientsclientsclientsclientsclientsclients", "");
}

void IdleSettingsTest::nearNames()
{
    QFETCH(QString, written);
    QFETCH(QString, near);
    QCOMPARE(nearName(written,
                 {QStringLiteral("load"), QStringLiteral("rate"), QStringLiteral("clients"), QStringLiteral("ioMilliseconds"),
                     QStringLiteral("keepAliveSeconds")}),
        near);
}

QTEST_GUILESS_MAIN(IdleSettingsTest)
#include "IdleSettingsTest.moc"
