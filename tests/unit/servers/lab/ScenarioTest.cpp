// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/Scenario.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

QJsonObject parsed(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }

bool write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
}

} // namespace

class ScenarioTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid() && write(m_folder.filePath(QStringLiteral("server.js")), "0;\n")); }
    void everyMemberComesBack();
    void whatIsNotThereHasItsDefault();
    void wrongValues_data();
    void wrongValues();
    void absurdValues_data();
    void absurdValues();
    void misspeltMembers_data();
    void misspeltMembers();
    void wrongFiles_data();
    void wrongFiles();
    void pathsAreRelativeToTheFile();
    void messagesComeAtARate();
    void valuesSetInCodeAreChecked();

private:
    QTemporaryDir m_folder;
};

void ScenarioTest::everyMemberComesBack()
{
    const QByteArray text =
        R"({"title": "T", "description": "D", "lookFor": "L", "script": "/s/server.js", "arguments": ["--fast", "x"], "offload": ["hash"],
        "models": ["cluster", "node"], "truth": "modelled", "latencyProfile": "/s/slow.json", "profile": "/s/profile.json", "seed": 9007199254740991,
        "load": {"arrivals": "replay", "protocol": "websocket", "clients": 7, "rate": 0.25, "rateEnd": 12.5, "burstSize": 3, "burstSeconds": 0.5,
            "replayFile": "/s/moments.txt", "thinkTime": "det:0", "keepAlive": false, "idleConnections": 100000, "seconds": 2.5,
            "warmupSeconds": 0, "requests": 77, "timeoutSeconds": 1.5,
            "routes": [{"method": "POST", "path": "/a?b=c", "weight": 0.5, "headers": ["X-A: b", "Empty:"], "body": "B", "bodyBytes": 1000}]},
        "machine": {"cores": 3, "timeSliceMilliseconds": 4.5, "contextSwitchMicroseconds": 1.5, "threadStartMicroseconds": 20,
            "statementNanoseconds": 55.5, "requestMicroseconds": 120, "answeredMicroseconds": 20, "wakeUpMicroseconds": 90,
            "clientWakeUpMicroseconds": 45.5,
            "stackBytes": 65536, "memoryBytes": 1073741824, "poolThreads": 5, "threadLimit": 6, "processes": 7, "loops": 8, "workers": 9,
            "backlog": 10, "keepAliveSeconds": 2.5},
        "extra": {"ioMilliseconds": 1.25, "cpuMilliseconds": 2.5}})";
    const QJsonObject object = parsed(text);
    QVERIFY(!object.isEmpty());
    QString problem;
    const auto scenario = Scenario::fromJson(object, QStringLiteral("/"), &problem);
    QVERIFY2(scenario, qPrintable(problem));
    QCOMPARE(scenario->toJson(), object);
    QCOMPARE(scenario->models, (std::vector{ServerModel::Cluster, ServerModel::Node}));
    QCOMPARE(scenario->load.arrivals, ScenarioLoad::Arrivals::Replay);
    QCOMPARE(scenario->seed, 9007199254740991ULL);
    QCOMPARE(scenario->load.routes.front().headers.size(), 2);
}

void ScenarioTest::whatIsNotThereHasItsDefault()
{
    QString problem;
    const auto scenario =
        Scenario::fromJson(parsed(R"({"script": "/a.js", "load": {"routes": [{"path": "/x"}]}})"), QStringLiteral("/"), &problem);
    QVERIFY2(scenario, qPrintable(problem));
    Scenario expected;
    expected.script = QStringLiteral("/a.js");
    expected.load.routes.front().path = QStringLiteral("/x");
    QCOMPARE(scenario->toJson(), expected.toJson());
}

void ScenarioTest::wrongValues_data()
{
    QTest::addColumn<QByteArray>("members"); // beside the script
    QTest::addColumn<QString>("sentence");
    const auto add = [](const char *name, const QByteArray &members, const char *sentence) {
        QTest::newRow(name) << members << QString::fromUtf8(sentence);
    };
    add("unknown member", R"("lode": {})",
        "there is no member 'lode'; members are title, description, lookFor, script, arguments, offload, models, "
        "truth, load, machine, extra, latencyProfile, profile, seed.");
    add("unknown inner member", R"("extra": {"io": 1})", "'extra' has no member 'io'; it has ioMilliseconds, cpuMilliseconds.");
    add("number for an object", R"("load": 5)", "'load' has to be an object, not 5.");
    add("object for a number", R"("load": {"clients": {"a": [1]}})",
        R"('load.clients' has to be a whole number from 1 to 10000000, not {"a":[1]}.)");
    add("no threads", R"("machine": {"poolThreads": 0})", "'machine.poolThreads' has to be a whole number from 1 to 100000, not 0.");
    add("fraction of a client", R"("load": {"clients": 1.5})", "'load.clients' has to be a whole number from 1 to 10000000, not 1.5.");
    add("absurd rate", R"("load": {"rate": 1e300})", "'load.rate' has to be a number from 0.001 to 10000000, not 1e+300.");
    add("negative time", R"("load": {"seconds": -1})", "'load.seconds' has to be a number from 0.01 to 3600, not -1.");
    add("text for a number", R"("seed": "1")", R"('seed' has to be a whole number from 0 to 9007199254740991, not "1".)");
    add("null", R"("title": null)", "'title' has to be a text, not null.");
    add("text for a flag", R"("load": {"keepAlive": "yes"})", R"('load.keepAlive' has to be true or false, not "yes".)");
    add("model", R"("models": ["event-loop", "threads"])",
        "'models' has to be one of event-loop, workers, cluster, thread-per-request, thread-pool, processes, node, not \"threads\".");
    add("near model", R"("models": ["eventloop"])",
        "'models' has to be one of event-loop, workers, cluster, thread-per-request, thread-pool, processes, node, not \"eventloop\". "
        "Did you mean 'event-loop'?");
    add("no function", R"("offload": ["a b"])", "'offload' has to be names of functions of the script, not 'a b'.");
    add("model twice", R"("models": ["cluster", "cluster"])", "'models' names 'cluster' twice.");
    add("no model", R"("models": [])",
        "'models' is empty: name at least one of event-loop, workers, cluster, thread-per-request, thread-pool, processes, node.");
    add("truth", R"("truth": "guessed")", R"('truth' has to be one of real, simulated, modelled, not "guessed".)");
    add("arguments", R"("arguments": ["a", 1])", R"('arguments' has to be an array of texts, not ["a",1].)");
    add("no route", R"("load": {"routes": []})", "'load.routes' is empty: name at least one.");
    add("route is no object", R"("load": {"routes": [{}, "/"]})", R"('load.routes[1]' has to be an object, not "/".)");
    add("weight", R"("load": {"routes": [{"weight": 0}]})", "'load.routes': one of them has to have a weight above 0.");
    add("path", R"("load": {"routes": [{"path": "/a b"}]})",
        "'load.routes[0].path' has to be a path that begins with '/' and has no spaces (escape others than ASCII), not '/a b'.");
    add("second request in a header", R"("load": {"routes": [{"headers": ["A: b\r\n\r\nGET / HTTP/1.1"]}]})",
        "'load.routes[0].headers' has to be lines 'Name: value' of ASCII, not 'A: b\r\n\r\nGET / HTTP/1.1'.");
    add("method", R"("load": {"routes": [{"method": "GET /"}]})", "'load.routes[0].method' has to be a method such as GET, not 'GET /'.");
    add("replay", R"("load": {"arrivals": "replay"})", "'load.replayFile' is missing: 'load.arrivals' is \"replay\".");
    add("long value", R"("title": [")" + QByteArray(1000, 'x') + R"("])",
        "'title' has to be a text, not [\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx....");
}

void ScenarioTest::wrongValues()
{
    QFETCH(QByteArray, members);
    QFETCH(QString, sentence);
    const QJsonObject object = parsed(R"({"script": "/a.js", )" + members + '}');
    QVERIFY(!object.isEmpty());
    QString problem;
    QVERIFY(!Scenario::fromJson(object, QStringLiteral("/"), &problem));
    QCOMPARE(problem, sentence);
}

namespace {

/// Adds a row for each member of the object and of those in it: its path and the value that it has.
void addRows(const QJsonObject &object, const QString &place = QString())
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString path = place + member.key();
        QTest::newRow(qPrintable(path)) << path << QJsonValue(*member);
        if (member->isObject())
            addRows(member->toObject(), path + QLatin1Char('.'));
    }
}

QJsonObject with(QJsonObject object, const QString &path, const QJsonValue &value)
{
    const QString first = path.section(QLatin1Char('.'), 0, 0);
    const QString rest = path.section(QLatin1Char('.'), 1);
    object[first] = rest.isEmpty() ? value : with(object[first].toObject(), rest, value);
    return object;
}

QJsonObject everything()
{
    Scenario scenario;
    scenario.script = QStringLiteral("/a.js");
    return scenario.toJson();
}

} // namespace

void ScenarioTest::absurdValues_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QJsonValue>("usual");
    addRows(everything());
}

/// Whatever is absurd for a member's type is refused, in a sentence that names the member.
void ScenarioTest::absurdValues()
{
    QFETCH(QString, path);
    QFETCH(QJsonValue, usual);
    QJsonArray absurd = {QJsonValue::Null, QJsonObject{{QStringLiteral("a"), 1}}, QJsonArray{QJsonArray()}};
    if (usual.isDouble()) {
        for (const double number : {-1.0, -1e308, 1e308, 1e19})
            absurd.append(number);
        for (const char *text : {"7", "", "NaN", "1e3"})
            absurd.append(QLatin1String(text));
    } else if (usual.isString()) {
        absurd.append(5);
    } else {
        absurd.append(QStringLiteral("yes"));
        absurd.append(0);
    }
    if (!usual.isBool())
        absurd.append(true);
    for (const QJsonValue &value : absurd) {
        QString problem;
        QVERIFY2(!Scenario::fromJson(with(everything(), path, value), QStringLiteral("/"), &problem),
            QJsonDocument(QJsonArray{value}).toJson().constData());
        QVERIFY2(problem.startsWith(QLatin1Char('\'') + path) && problem.contains(QLatin1String("' has ")), qPrintable(problem));
    }
}

void ScenarioTest::misspeltMembers_data() { absurdValues_data(); }

void ScenarioTest::misspeltMembers()
{
    QFETCH(QString, path);
    QFETCH(QJsonValue, usual);
    const QString name = path.section(QLatin1Char('.'), -1);
    QString written = name;
    std::swap(written[written.size() - 2], written.back()); // which are never alike
    QString problem;
    const QString wrongPath = path.chopped(name.size()) + written;
    QVERIFY(!Scenario::fromJson(with(everything(), wrongPath, usual), QStringLiteral("/"), &problem));
    QVERIFY2(problem.contains(QLatin1String(" member '") + written) && problem.endsWith(QStringLiteral(" Did you mean '%1'?").arg(name)),
        qPrintable(problem));
}

void ScenarioTest::wrongFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("sentence"); // %1: the folder
    QTest::newRow("empty") << QByteArray() << QStringLiteral("it is empty.");
    QTest::newRow("cut off") << QByteArray("{\n\"script\": \"server.js\",\n")
                             << QStringLiteral("it is no JSON, line 3: unterminated object.");
    QTest::newRow("array") << QByteArray("[]") << QStringLiteral("it has to be a JSON object.");
    QTest::newRow("binary") << QByteArray("\0\xff\xfe{", 4) << QStringLiteral("it is no JSON, line 1: illegal value.");
    QTest::newRow("deep") << QByteArray(100000, '[') << QStringLiteral("it is no JSON, line 1: too deeply nested document.");
    QTest::newRow("huge") << QByteArray(5 << 20, ' ') << QStringLiteral("it has more than 4 MB; that is no scenario.");
    QTest::newRow("no script") << QByteArray("{}") << QStringLiteral("'script' is missing: name the JavaScript file of the server.");
    QTest::newRow("script not there") << QByteArray(R"({"script": "gone.js"})")
                                      << QStringLiteral("'script': there is no file '%1/gone.js'.");
    QTest::newRow("script is a folder") << QByteArray(R"({"script": "."})") << QStringLiteral("'script': '%1' is not a file.");
    QTest::newRow("profile not there") << QByteArray(R"({"script": "server.js", "profile": "gone.json"})")
                                       << QStringLiteral("'profile': there is no file '%1/gone.json'.");
    QTest::newRow("latency profile not there") << QByteArray(R"({"script": "server.js", "latencyProfile": "gone.json"})")
                                               << QStringLiteral("'latencyProfile': there is no file '%1/gone.json'.");
    QTest::newRow("moments not there") << QByteArray(R"({"script": "server.js", "load": {"arrivals": "replay", "replayFile": "m.txt"}})")
                                       << QStringLiteral("'load.replayFile': there is no file '%1/m.txt'.");
}

void ScenarioTest::wrongFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, sentence);
    const QString path = m_folder.filePath(QStringLiteral("scenario.json"));
    QVERIFY(write(path, text));
    if (sentence.contains(QLatin1String("%1")))
        sentence = sentence.arg(QDir(m_folder.path()).absolutePath());
    QString problem;
    QVERIFY(!Scenario::read(path, &problem));
    QCOMPARE(problem, QStringLiteral("the scenario '%1': %2").arg(path, sentence));
    QVERIFY(!Scenario::read(QStringLiteral("/gone/scenario.json"), &problem));
    QCOMPARE(problem, QStringLiteral("the scenario '/gone/scenario.json': there is no such file."));
    QVERIFY(!Scenario::read(m_folder.path(), &problem));
    QCOMPARE(problem, QStringLiteral("the scenario '%1': it is a folder, not a file.").arg(m_folder.path()));
}

/// Clients that stay connected have no answers to wait for.
void ScenarioTest::messagesComeAtARate()
{
    QString problem;
    for (const char *arrivals : {"", R"("arrivals": "closed", )", R"("arrivals": "poisson", )"}) {
        const QByteArray text = QByteArray(R"({"script": "server.js", "load": {)") + arrivals + R"("protocol": "websocket"}})";
        const auto scenario = Scenario::fromJson(QJsonDocument::fromJson(text).object(), m_folder.path(), &problem);
        QVERIFY2(scenario, qPrintable(problem));
        QCOMPARE(scenario->load.arrivals, ScenarioLoad::Arrivals::Poisson);
    }
}

void ScenarioTest::pathsAreRelativeToTheFile()
{
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("sub")));
    QVERIFY(write(m_folder.filePath(QStringLiteral("slow.json")), "{}") && write(m_folder.filePath(QStringLiteral("sub/m.txt")), "0\n"));
    const QString path = m_folder.filePath(QStringLiteral("sub/s.json"));
    QVERIFY(write(
        path, R"({"script": "../server.js", "latencyProfile": "./../slow.json", "load": {"arrivals": "replay", "replayFile": "m.txt"}})"));
    QString problem;
    const auto scenario = Scenario::read(path, &problem);
    QVERIFY2(scenario, qPrintable(problem));
    const QString folder = QDir(m_folder.path()).absolutePath();
    QCOMPARE(scenario->script, folder + QStringLiteral("/server.js"));
    QCOMPARE(scenario->latencyProfile, folder + QStringLiteral("/slow.json"));
    QCOMPARE(scenario->load.replayFile, folder + QStringLiteral("/sub/m.txt"));
}

void ScenarioTest::valuesSetInCodeAreChecked()
{
    Scenario scenario;
    scenario.script = m_folder.filePath(QStringLiteral("server.js"));
    QCOMPARE(scenario.problem(), QString());
    scenario.load.rate = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(scenario.problem(), QStringLiteral("'load.rate' has to be a number from 0.001 to 10000000, not null."));
    scenario.load.rate = 1;
    scenario.machine.cores = 100000;
    QCOMPARE(scenario.problem(), QStringLiteral("'machine.cores' has to be a whole number from 1 to 1024, not 100000."));
}

QTEST_GUILESS_MAIN(ScenarioTest)
#include "ScenarioTest.moc"
