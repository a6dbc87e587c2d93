// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/modelled/SharedProfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>

using namespace loopscope;

namespace {

bool writeFile(const QString &path, const QByteArray &text, QIODevice::OpenMode mode = QIODevice::WriteOnly)
{
    QFile file(path);
    return file.open(mode) && file.write(text) == text.size();
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Scenario scenarioIn(const QString &folder)
{
    Scenario scenario;
    scenario.script = folder + QStringLiteral("/server.js");
    return scenario;
}

ObservedProfile profileOf(double seconds, const QString &name = QStringLiteral("GET /"))
{
    ObservedProfile profile;
    ObservedRoute route;
    route.route = name;
    route.requests.push_back({{{LabStep::Kind::Running, seconds, QString()}}});
    profile.routes.push_back(route);
    return profile;
}

bool goesOn() { return false; }

/// What the test starts several times: shares the profile of the scenario in `folder`, writes a line when it makes it, which takes `pause`.
int shareInProcess(const QString &folder, int pause)
{
    const auto make = [&] {
        writeFile(
            folder + QStringLiteral("/../made.txt"), QByteArray::number(QCoreApplication::applicationPid()) + '\n', QIODevice::Append);
        QThread::msleep(static_cast<unsigned long>(pause));
        return std::optional(profileOf(static_cast<double>(QCoreApplication::applicationPid())));
    };
    const auto profile = sharedProfile(scenarioIn(folder), make, goesOn);
    std::printf("%s\n", profile ? QJsonDocument(profile->toJson()).toJson(QJsonDocument::Compact).constData() : "none");
    return 0;
}

} // namespace

class SharedProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isMadeOnce();
    void whatItDependsOnMakesItAnew_data();
    void whatItDependsOnMakesItAnew();
    void whatItDoesNotDependOnLeavesIt_data();
    void whatItDoesNotDependOnLeavesIt();
    void anotherProgramMakesItAnew();
    void damagedFilesAreIgnored_data();
    void damagedFilesAreIgnored();
    void processesAtOnceMakeItOnce();
    void nobodyWaitsForTheDead();
    void whoeverIsStoppedWaitsNoLonger();
    void folderThatCannotBeWritten();
    void noProfileIsNotKept();

private:
    /// How often the profile was made when it was asked for.
    int madeFor(const Scenario &scenario, std::optional<ObservedProfile> *profile = nullptr)
    {
        int made = 0;
        const auto found = sharedProfile(
            scenario,
            [&] {
                ++made;
                return std::optional(profileOf(0.25, routeName(scenario.load.routes.front())));
            },
            goesOn);
        if (profile)
            *profile = found;
        return made;
    }
    QString scriptFolder() const { return m_folder->filePath(QStringLiteral("scripts")); }
    /// Beside the scripts: in their folder it would make another key.
    QString madeFile() const { return m_folder->filePath(QStringLiteral("made.txt")); }
    QDir cache() const { return QDir(m_folder->filePath(QStringLiteral("cache/loopscope/profiles"))); }
    std::unique_ptr<QProcess> start(int pause) const
    {
        auto process = std::make_unique<QProcess>();
        process->start(QCoreApplication::applicationFilePath(), {QStringLiteral("--share"), scriptFolder(), QString::number(pause)});
        return process;
    }

    std::unique_ptr<QTemporaryDir> m_folder; ///< of one test
};

void SharedProfileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid() && QDir().mkpath(scriptFolder() + QStringLiteral("/node_modules/express")));
    QVERIFY(qputenv("XDG_CACHE_HOME", m_folder->filePath(QStringLiteral("cache")).toUtf8()));
    QVERIFY(writeFile(scriptFolder() + QStringLiteral("/server.js"), "listen();\n"));
    QVERIFY(writeFile(scriptFolder() + QStringLiteral("/data.json"), "[]"));
    QVERIFY(writeFile(m_folder->filePath(QStringLiteral("slow.json")), "{}"));
}

void SharedProfileTest::isMadeOnce()
{
    const Scenario scenario = scenarioIn(scriptFolder());
    std::optional<ObservedProfile> made;
    std::optional<ObservedProfile> kept;
    QCOMPARE(madeFor(scenario, &made), 1);
    QCOMPARE(madeFor(scenario, &kept), 0);
    QVERIFY(made && kept);
    QCOMPARE(kept->toJson(), made->toJson());
}

using Change = std::function<void(Scenario &scenario, const QString &folder)>;

void SharedProfileTest::whatItDependsOnMakesItAnew_data()
{
    QTest::addColumn<Change>("change");
    const auto add = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
    add("script", [](Scenario &, const QString &folder) { writeFile(folder + QStringLiteral("/server.js"), "listen(1);\n"); });
    add("script, as long as before", [](Scenario &scenario, const QString &) {
        QTest::qSleep(20); // file systems count milliseconds, some of them several at a time
        writeFile(scenario.script, "lisTen();\n");
    });
    add("file beside it", [](Scenario &, const QString &folder) { writeFile(folder + QStringLiteral("/data.json"), "[1]"); });
    add("new file", [](Scenario &, const QString &folder) { writeFile(folder + QStringLiteral("/more.js"), ""); });
    add("package", [](Scenario &, const QString &folder) { QDir().mkpath(folder + QStringLiteral("/node_modules/koa")); });
    add("route", [](Scenario &scenario, const QString &) { scenario.load.routes.front().path = QStringLiteral("/users"); });
    add("arguments", [](Scenario &scenario, const QString &) { scenario.arguments.append(QStringLiteral("--fast")); });
    add("offload", [](Scenario &scenario, const QString &) { scenario.offload.append(QStringLiteral("f")); });
    add("costs", [](Scenario &scenario, const QString &) { scenario.machine.statementNanoseconds = 100; });
    add("seed", [](Scenario &scenario, const QString &) { scenario.seed = 2; });
    add("latency profile",
        [](Scenario &scenario, const QString &folder) { scenario.latencyProfile = folder + QStringLiteral("/../slow.json"); });
}

void SharedProfileTest::whatItDependsOnMakesItAnew()
{
    QFETCH(Change, change);
    Scenario scenario = scenarioIn(scriptFolder());
    QCOMPARE(madeFor(scenario), 1);
    change(scenario, scriptFolder());
    std::optional<ObservedProfile> profile;
    QCOMPARE(madeFor(scenario, &profile), 1);
    QVERIFY(profile);
    QCOMPARE(madeFor(scenario), 0);
}

void SharedProfileTest::whatItDoesNotDependOnLeavesIt_data()
{
    QTest::addColumn<Change>("change");
    const auto add = [](const char *name, const Change &change) { QTest::newRow(name) << change; };
    add("clients", [](Scenario &scenario, const QString &) { scenario.load.clients = 7; });
    add("rate", [](Scenario &scenario, const QString &) { scenario.load.rate = 7; });
    add("length", [](Scenario &scenario, const QString &) { scenario.load.seconds = 7; });
    add("threads", [](Scenario &scenario, const QString &) { scenario.machine.poolThreads = 7; });
    add("models", [](Scenario &scenario, const QString &) { scenario.models = {ServerModel::Cluster}; });
    add("title", [](Scenario &scenario, const QString &) { scenario.title = QStringLiteral("Another"); });
    add("file in a package",
        [](Scenario &, const QString &folder) { writeFile(folder + QStringLiteral("/node_modules/express/index.js"), "1;\n"); });
}

void SharedProfileTest::whatItDoesNotDependOnLeavesIt()
{
    QFETCH(Change, change);
    // A change in the folder of a package changes the time of that folder, but not what is in node_modules.
    QVERIFY(writeFile(scriptFolder() + QStringLiteral("/node_modules/express/index.js"), ""));
    Scenario scenario = scenarioIn(scriptFolder());
    QCOMPARE(madeFor(scenario), 1);
    change(scenario, scriptFolder());
    QCOMPARE(madeFor(scenario), 0);
}

void SharedProfileTest::anotherProgramMakesItAnew()
{
    const Scenario scenario = scenarioIn(scriptFolder());
    const QString before = profileKey(scenario);
    const std::filesystem::path program(QCoreApplication::applicationFilePath().toStdString());
    const auto time = std::filesystem::last_write_time(program);
    std::filesystem::last_write_time(program, time + std::chrono::seconds(5)); // as if it had been built anew
    const QString after = profileKey(scenario);
    std::filesystem::last_write_time(program, time);
    QVERIFY(after != before);
    QCOMPARE(profileKey(scenario), before);
}

void SharedProfileTest::damagedFilesAreIgnored_data()
{
    QTest::addColumn<QByteArray>("content"); // "...": what is there, cut off there
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("\0\xff\xfe{", 4);
    QTest::newRow("cut off") << QByteArray("...");
    QTest::newRow("array") << QByteArray("[]");
    QTest::newRow("another object") << QByteArray(R"({"a": 1})");
    QTest::newRow("no routes") << QByteArray(R"({"script": "/a.js", "truth": "simulated", "routes": []})");
    QTest::newRow("other routes") << QByteArray(
        R"({"script": "/a.js", "truth": "simulated", "routes": [{"route": "GET /x", "requests": [{"phases": []}]}]})");
    QTest::newRow("route without requests") << QByteArray(R"({"routes": [{"route": "GET /", "requests": []}]})");
}

void SharedProfileTest::damagedFilesAreIgnored()
{
    QFETCH(QByteArray, content);
    const Scenario scenario = scenarioIn(scriptFolder());
    QCOMPARE(madeFor(scenario), 1);
    const QStringList files = cache().entryList({QStringLiteral("*.json")}, QDir::Files);
    QCOMPARE(files, QStringList(profileKey(scenario) + QStringLiteral(".json")));
    const QString file = cache().filePath(files.front());
    const QByteArray whole = readFile(file);
    QVERIFY(writeFile(file, content == "..." ? whole.left(whole.size() / 2) : content));
    std::optional<ObservedProfile> profile;
    QCOMPARE(madeFor(scenario, &profile), 1);
    QCOMPARE(readFile(file), whole); // in place of the damaged one
    QCOMPARE(madeFor(scenario), 0);
}

void SharedProfileTest::processesAtOnceMakeItOnce()
{
    constexpr int many = 4;
    std::vector<std::unique_ptr<QProcess>> processes;
    for (int index = 0; index < many; ++index)
        processes.push_back(start(500));
    QSet<QByteArray> outputs;
    for (const auto &process : processes) {
        QVERIFY(process->waitForFinished(20000));
        outputs.insert(process->readAllStandardOutput());
    }
    QCOMPARE(readFile(madeFile()).count('\n'), 1);
    QCOMPARE(outputs.size(), 1);
    QVERIFY2(outputs.begin()->contains("\"requests\""), outputs.begin()->constData());
}

void SharedProfileTest::nobodyWaitsForTheDead()
{
    const auto first = start(60000);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(madeFile()), 10000);
    ::kill(static_cast<pid_t>(first->processId()), SIGKILL);
    QVERIFY(first->waitForFinished(5000));
    const auto second = start(0);
    QVERIFY(second->waitForFinished(10000));
    QVERIFY(second->readAllStandardOutput().contains("\"requests\""));
}

void SharedProfileTest::whoeverIsStoppedWaitsNoLonger()
{
    const auto maker = start(60000);
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(madeFile()), 10000);
    QElapsedTimer clock;
    clock.start();
    const auto profile = sharedProfile(
        scenarioIn(scriptFolder()), [] { return std::optional<ObservedProfile>(); }, [&clock] { return clock.elapsed() > 200; });
    QVERIFY(!profile);
    QVERIFY2(clock.elapsed() >= 200 && clock.elapsed() < 5000, qPrintable(QString::number(clock.elapsed())));
    maker->kill();
    QVERIFY(maker->waitForFinished(5000));
}

void SharedProfileTest::folderThatCannotBeWritten()
{
    QVERIFY(writeFile(m_folder->filePath(QStringLiteral("cache")), "no folder"));
    const Scenario scenario = scenarioIn(scriptFolder());
    std::optional<ObservedProfile> profile;
    QCOMPARE(madeFor(scenario, &profile), 1);
    QVERIFY(profile);
    QCOMPARE(madeFor(scenario), 1); // each makes its own
}

void SharedProfileTest::noProfileIsNotKept()
{
    const Scenario scenario = scenarioIn(scriptFolder());
    QVERIFY(!sharedProfile(
        scenario, [] { return std::optional<ObservedProfile>(); }, goesOn));
    // Whoever is stopped has seen too little.
    QVERIFY(sharedProfile(
        scenario, [] { return std::optional(profileOf(1)); }, [] { return true; }));
    QCOMPARE(madeFor(scenario), 1);
}

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QLatin1String("--share"))
        return shareInProcess(arguments.value(2), arguments.value(3).toInt());
    SharedProfileTest test;
    return QTest::qExec(&test, arguments);
}

#include "SharedProfileTest.moc"
