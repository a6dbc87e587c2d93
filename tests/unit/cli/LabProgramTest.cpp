// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

/// `loopscope lab` as a person uses it, and misuses it.
class LabProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wrongUse_data();
    void wrongUse();
    void whatChangesNothingIsTold_data();
    void whatChangesNothingIsTold();
    void scriptsThatDoNotServe_data();
    void scriptsThatDoNotServe();
    void interruptShowsWhatThereIs();
    void truthsAgreeOnCrashes();
    void presetsAreListed();
    void helpIsThere();
    void whatCannotBeWrittenIsSaid();

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
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), QStringList(QStringLiteral("lab")) + arguments);
        if (!process.waitForFinished(30000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }
    bool write(const char *name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    }

    QTemporaryDir m_folder;
};

void LabProgramTest::initTestCase()
{
    QVERIFY(write("server.js", "require('http').createServer((q, r) => r.end()).listen(8080);\n"));
    QVERIFY(write("good.json", R"({"script": "server.js"})"));
    QVERIFY(write("open.json", R"({"script": "server.js", "load": {"arrivals": "poisson", "rate": 50}})"));
    QVERIFY(write("idle.json",
        R"({"script": "server.js", "models": ["event-loop"], "load": {"rate": 50, "requests": 20}, "machine": {"poolThreads": 9}})"));
    QVERIFY(write("empty.json", "\n"));
    QVERIFY(write("broken.json", "{\"script\": \"server.js\",\n"));
    QVERIFY(write("no-script.json", R"({"script": "gone.js"})"));
    QVERIFY(write("no-threads.json", R"({"script": "server.js", "machine": {"poolThreads": 0}})"));
    QVERIFY(write("huge.json", R"({"script": "server.js", "load": {"clients": 1e12}})"));
    QVERIFY(write("misspelt.json", R"({"script": "server.js", "laod": {}})"));
    QVERIFY(write("no-thought.json", R"({"script": "server.js", "load": {"thinkTime": "now and then"}})"));
}

void LabProgramTest::wrongUse_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence"); // a part of it
    const auto add = [](const char *arguments, const QByteArray &sentence) {
        QTest::newRow(arguments) << QString::fromUtf8(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts) << sentence;
    };
    add("", "which scenario? Write 'loopscope lab SCENARIO.json'");
    add("gone.json", "there is no file 'gone.json', and no preset of that name; presets are ");
    add(".", "it is a folder, not a file.");
    add("good.json good.json", "one scenario is enough: 'good.json' is too many.");
    add("broken.json", "the scenario 'broken.json': it is no JSON, line 2: ");
    add("no-script.json", "'script': there is no file '");
    add("no-threads.json", "'machine.poolThreads' has to be a whole number from 1 to 100000, not 0.");
    add("huge.json", "'load.clients' has to be a whole number from 1 to 10000000, not 1000000000000.");
    add("no-thought.json", "load.thinkTime: ");
    add("misspelt.json", "there is no member 'laod'; members are ");
    add("good.json --fast", "'lab' has no option '--fast'; 'loopscope lab --help' lists those it has.");
    add("good.json --model threads", "the option '--model' does not know 'threads'");
    add("good.json --truth guessed", "the option '--truth' does not know 'guessed'");
    add("good.json --peer deno", "the option '--peer' takes 'node', not 'deno'.");
    add("good.json --model node --truth modelled", "Node itself runs in real time only");
    add("good.json --set threads=0", "the option '--set': 'threads' has to be a whole number from 1 to 10000000, not 0.");
    add("good.json --set threads", "the option '--set': 'threads' has to be a whole number from 1 to 10000000, not \"\".");
    add("good.json --set speed=1", "the option '--set': there is no member 'speed'");
    add("good.json --set cleints=1", "keepAliveSeconds, pace. Did you mean 'clients'?");
    add("good.json --set rate=nan", "the option '--set': 'rate' has to be a number from 0.001 to 10000000, not \"nan\".");
    add("good.json --set rate=-inf", "'rate' has to be a number from 0.001 to 10000000, not \"-inf\".");
    add("good.json --set clients=1e308", "'clients' has to be a whole number from 1 to 10000000, not 1e+308.");
    add("good.json --set clients=0x10", "not \"0x10\".");
    add("good.json --set keepAliveSeconds=-1", "'keepAliveSeconds' has to be a number from 0 to 1000000, not -1.");
    add("good.json --model thread-pool --set threads=100001",
        "'machine.poolThreads' has to be a whole number from 1 to 100000, not 100001.");
    add("good.json --modle cluster", "'lab' has no option '--modle'; 'loopscope lab --help' lists those it has. Did you mean '--model'?");
    add("crahs", "stocks, iot. Did you mean 'crash'?");
    add("good.json --set pace=1", "'pace' is for runs that go on");
    add("good.json --set poolThreads=1", "there is no member 'poolThreads'");
    add("good.json --seconds 0", "the option '--seconds' takes a number from 0.01 to 3600, not '0'.");
    add("good.json --seconds nan", "the option '--seconds' takes a number from 0.01 to 3600, not 'nan'.");
    add("good.json --seed -1", "the option '--seed' takes a number from 0 to");
    add("good.json --follow 0", "the option '--follow' takes a number from 1 to");
    add("sweep", "which scenario? Write 'loopscope lab sweep SCENARIO.json'");
    add("sweep good.json", "'lab sweep' needs --over with one of rate, clients,");
    add("sweep good.json --over pace --from 1 --to 2", "'lab sweep' needs --over with one of rate, clients,");
    add("sweep open.json --over rate", "'lab sweep' needs --from and --to");
    add("sweep open.json --over rate --from 10 --to 1", "the option '--from' (10) is above '--to' (1).");
    add("sweep open.json --over rate --from 1 --to x", "the option '--to': 'rate' has to be a number from 0.001 to 10000000, not \"x\".");
    add("sweep open.json --over rates --from 1 --to 2", "threads, cores, keepAliveSeconds. Did you mean 'rate'?");
    add("sweep open.json --over rate --from 0 --to 2", "the option '--from': 'rate' has to be a number from 0.001 to 10000000, not 0.");
    add("sweep open.json --over ioMilliseconds --from 0 --to 2 --factor 2", "the option '--factor' leads nowhere from 0");
    add("sweep good.json --over rate --from 1 --to 2", "the option '--over rate' would change nothing: only 'load.arrivals' ");
    add("sweep open.json --over clients --from 1 --to 2", "the option '--over clients' would change nothing: in an open load ");
    add("sweep good.json --over threads --model event-loop --from 1 --to 2", "the option '--over threads' would change nothing: ");
    add("sweep good.json --over cores --truth real --from 1 --to 2", "the option '--over cores' would change nothing: ");
    add("sweep open.json --over rate --set rate=3 --from 1 --to 2", "'--set rate' and '--over rate' set the same");
    add("sweep open.json --over rate --from 1 --to 9 --steps 3 --factor 2", "say the same in two ways");
    add("sweep open.json --over rate --from 1 --to 9 --steps 1001", "the option '--steps' takes a number from 1 to 1000, not '1001'.");
    add("sweep good.json --over cores --from 1 --to 9999", "the option '--to': 'cores' has to be a whole number from 1 to 1024, not 9999.");
    add("sweep open.json --over rate --from 1 --to 9 --shard 3/2", "the option '--shard' takes I/N, part I of N, as in 1/8, not '3/2'.");
    add("sweep open.json --over rate --from 1 --to 9 --shard 0/2", "not '0/2'.");
    add("export", "which report? Write 'loopscope lab export REPORT.json");
    add("export gone.json --format csv", "the file 'gone.json' cannot be read: ");
    add("export good.json --format csv", "'good.json' is no report of the server lab: ");
    add("compare good.json", "which two reports? Write 'loopscope lab compare A.json B.json'");
    add("compare good.json gone.json", "'good.json' is no report of the server lab: ");
    add("merge", "which parts? Write 'loopscope lab merge PART.json... -o ALL.json'.");
    add("merge gone.json", "the file 'gone.json' cannot be read: ");
    add("merge good.json", "'good.json' is no sweep of the server lab: 'scenario' is missing.");
    add("server.js", "it is a script; a scenario is a JSON file that names one: {\"script\": \"server.js\"}.");
    add("empty.json", "the scenario 'empty.json': it is empty.");
    add("good.json -o .", "the option '-o': '.' is a folder; name a file in it.");
    add("good.json -o gone/report.json", "the option '-o': there is no folder 'gone' for 'report.json'.");
    add("good.json -o good.json", "the option '-o' would write over 'good.json', which is read: name another file.");
    add("good.json -o server.js", "the option '-o' would write over '");
    add("sweep open.json --over rate --from 1 --to 9 -o ./server.js", "the option '-o' would write over '");
    add("merge good.json -o good.json", "the option '-o' would write over 'good.json'");
    add("profile good.json -o good.json", "the option '-o' would write over 'good.json'");
    add("profile good.json -o new.json --scenario good.json", "the option '--scenario' would write over 'good.json'");
    add("good.json --json --stream", "'--json' and '--stream' both print to standard output");
}

void LabProgramTest::wrongUse()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.exitCode, 2);
    QCOMPARE(outcome.output, QByteArray());
    QVERIFY2(outcome.errors.startsWith("loopscope: ") && outcome.errors.contains(sentence), outcome.errors.constData());
    QCOMPARE(outcome.errors.count('\n'), 1);
}

void LabProgramTest::whatChangesNothingIsTold_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QList<QByteArray>>("sentences"); // how they begin
    const auto add = [](const char *arguments, const QList<QByteArray> &sentences) {
        QTest::newRow(arguments) << QString::fromUtf8(arguments).split(QLatin1Char(' ')) << sentences;
    };
    add("open.json --set rate=60", {});
    add("open.json --set clients=60", {"the option '--set clients' changes nothing: in an open load "});
    add("idle.json", {"the scenario's 'load.rate' changes nothing: ", "the scenario's 'machine.poolThreads' changes nothing: "});
    add("idle.json --set rate=1000 --model thread-pool", {"the option '--set rate' changes nothing: "});
    add("good.json --set threads=3 --model event-loop", {"the option '--set threads' changes nothing: "});
    add("good.json --set threads=3 --model event-loop,cluster", {});
    add("good.json --set keepAliveSeconds=3 --model event-loop,cluster", {"the option '--set keepAliveSeconds' changes nothing: "});
}

void LabProgramTest::whatChangesNothingIsTold()
{
    QFETCH(QStringList, arguments);
    QFETCH(QList<QByteArray>, sentences);
    const Outcome outcome = run(arguments + QStringList{QStringLiteral("--seconds"), QStringLiteral("0.1"), QStringLiteral("--quiet")});
    QCOMPARE(outcome.exitCode, 0);
    const QList<QByteArray> lines = outcome.errors.trimmed().split('\n');
    QCOMPARE(outcome.errors.isEmpty() ? 0 : lines.size(), sentences.size());
    for (qsizetype index = 0; index < sentences.size(); ++index)
        QVERIFY2(lines[index].startsWith("loopscope: " + sentences[index]), lines[index].constData());
}

void LabProgramTest::scriptsThatDoNotServe_data()
{
    QTest::addColumn<QString>("truth");
    for (const char *truth : {"real", "simulated", "modelled"})
        QTest::newRow(truth) << QString::fromLatin1(truth);
}

void LabProgramTest::scriptsThatDoNotServe()
{
    QFETCH(QString, truth);
    QVERIFY(write("throws.js", "throw new Error('boo');\n"));
    QVERIFY(write("throws.json", R"({"script": "throws.js", "models": ["event-loop", "thread-pool"]})"));
    const Outcome outcome = run({QStringLiteral("throws.json"), QStringLiteral("--truth"), truth});
    QCOMPARE(outcome.exitCode, 1);
    QCOMPARE(outcome.output.count("gave no result: the script '"), 2);
    QCOMPARE(outcome.output.simplified().count("Error: boo"), 2);
}

void LabProgramTest::interruptShowsWhatThereIs()
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("lab"), QStringLiteral("good.json"), QStringLiteral("--truth"), QStringLiteral("real"), QStringLiteral("--model"),
            QStringLiteral("event-loop,cluster"), QStringLiteral("--seconds"), QStringLiteral("600")});
    process.setReadChannel(QProcess::StandardError);
    QByteArray errors;
    while (!errors.contains(" s: ")) { // the first line of progress
        QVERIFY2(process.waitForReadyRead(60000), errors.constData());
        errors += process.readAllStandardError();
    }
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 130);
    const QByteArray output = process.readAllStandardOutput();
    QVERIFY2(
        output.contains("Event loop (real) was stopped ") && output.contains("Cluster (real) gave no result: stopped before it began."),
        output.constData());
}

/// Request k is the same in all three: the same requests kill, and take the same with them, give or take what happens to be under way.
void LabProgramTest::truthsAgreeOnCrashes()
{
    QVERIFY(write("crash.js",
        "const { setTimeout: wait } = require('timers');\n"
        "require('http').createServer((q, r) => {\n"
        "  wait(() => { if (q.url === '/broken') throw new Error('broken'); r.end('x'); }, 10);\n"
        "}).listen(8080);\n"));
    QVERIFY(write("crash.json", R"({"script": "crash.js", "load": {"arrivals": "poisson", "rate": 100, "seconds": 1.5, "warmupSeconds": 0,
        "routes": [{"path": "/", "weight": 49}, {"path": "/broken", "weight": 1}]}, "machine": {"poolThreads": 4, "processes": 4}})"));
    const auto resultsOf = [this](const QString &models, const QString &truths) {
        const Outcome outcome = run({QStringLiteral("crash.json"), QStringLiteral("--model"), models, QStringLiteral("--truth"), truths,
            QStringLiteral("--json"), QStringLiteral("--quiet")});
        return QJsonDocument::fromJson(outcome.output).object().value(QStringLiteral("results")).toArray();
    };
    QJsonArray results =
        resultsOf(QStringLiteral("event-loop,cluster,thread-pool,thread-per-request,processes"), QStringLiteral("simulated,modelled"));
    for (const QJsonValue &real : resultsOf(QStringLiteral("event-loop,thread-pool"), QStringLiteral("real")))
        results.append(real);
    QCOMPARE(results.size(), 12);
    QHash<QString, QJsonObject> simulated;
    for (const QJsonValue &value : results) {
        const QJsonObject result = value.toObject();
        const QString model = result.value(QStringLiteral("model")).toString();
        if (result.value(QStringLiteral("truth")).toString() == QLatin1String("simulated"))
            simulated.insert(model, result);
        const QJsonObject &first = simulated[model];
        const bool isDead = !result.value(QStringLiteral("death")).toString().isEmpty();
        QCOMPARE(isDead, model == QLatin1String("event-loop"));
        const auto lost = [](const QJsonObject &of) { return of.value(QStringLiteral("lostToDeath")).toInt(); };
        const auto reset = [](const QJsonObject &of) {
            return of.value(QStringLiteral("failures")).toObject().value(QStringLiteral("reset")).toInt();
        };
        // A loop has others under way when it dies, and on a busy machine a real one more; a thread only the one that kills it.
        const bool isReal = result.value(QStringLiteral("truth")).toString() == QLatin1String("real");
        const bool isLoop = model == QLatin1String("event-loop") || model == QLatin1String("cluster");
        const int tolerance = !isLoop ? 1 : isReal ? 100 : 3;
        const QByteArray figures = QJsonDocument(result).toJson(QJsonDocument::Compact);
        QVERIFY2(lost(first) > 0 && qAbs(lost(result) - lost(first)) <= tolerance, figures.constData());
        QVERIFY2(reset(first) > 0 && qAbs(reset(result) - reset(first)) <= tolerance, figures.constData());
    }
}

void LabProgramTest::presetsAreListed()
{
    const Outcome text = run({QStringLiteral("--list")});
    QCOMPARE(text.exitCode, 0);
    const Outcome json = run({QStringLiteral("--list"), QStringLiteral("--json")});
    const QJsonArray presets = QJsonDocument::fromJson(json.output).array();
    QVERIFY(presets.size() >= 9);
    QCOMPARE(text.output.count('\n'), presets.size());
    for (const QJsonValue &preset : presets) {
        QVERIFY(!preset[QStringLiteral("title")].toString().isEmpty());
        QVERIFY(text.output.contains(preset[QStringLiteral("name")].toString().toUtf8()));
    }
}

void LabProgramTest::helpIsThere()
{
    const Outcome outcome = run({QStringLiteral("good.json"), QStringLiteral("--help")});
    QCOMPARE(outcome.exitCode, 0);
    QVERIFY(outcome.output.startsWith("loopscope lab SCENARIO"));
}

/// A full disk.
void LabProgramTest::whatCannotBeWrittenIsSaid()
{
    const QString full = QStringLiteral("/dev/full");
    if (!QFile::exists(full))
        QSKIP("there is no /dev/full");
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.setStandardOutputFile(full);
    process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), {QStringLiteral("lab"), QStringLiteral("--list")});
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.exitCode(), 74);
    QCOMPARE(process.readAllStandardError(), QByteArray("loopscope: standard output cannot be written: No space left on device.\n"));
}

QTEST_GUILESS_MAIN(LabProgramTest)
#include "LabProgramTest.moc"
