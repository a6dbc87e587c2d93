// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

struct Outcome
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

} // namespace

/// Runs the program itself, as a person does.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void runsAScript();
    void passesArgumentsOn();
    void readsStandardInput();
    void givesTheScriptsExitCode();
    void wrongUse_data();
    void wrongUse();
    void recordsAndPrints();
    void sameSeedSameRecording();
    void printsEventsInsteadOfOutput();
    void leavesNoTemporaryFile();
    void damagedRecordings();
    void limits_data();
    void limits();
    void largeOutputIsQuick();
    void verifyAgrees();
    void verifyShowsADifference();
    void verifyWithoutNode();
    void changesOneThingOnly_data();
    void changesOneThingOnly();
    void saysWhatItCouldNotChange();
    void compareSaysWhereTheyPart();
    void compareRefusesWhatItCannotRead();
    void studioWithoutDisplay();
    void helpAndVersion();

private:
    Outcome run(const QStringList &arguments, const QByteArray &input = {}, const QString &path = {});
    QString write(const char *name, const QByteArray &text);

    QString m_program;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ProgramTest::initTestCase()
{
    m_program = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
    QVERIFY2(QFile::exists(m_program), "LOOPSCOPE_BIN must name the folder of the programs; ctest sets it");
}

void ProgramTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

Outcome ProgramTest::run(const QStringList &arguments, const QByteArray &input, const QString &path)
{
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TMPDIR"), m_folder->path());
    for (const char *display : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(display));
    if (!path.isNull())
        environment.insert(QStringLiteral("PATH"), path);
    process.setProcessEnvironment(environment);
    process.start(m_program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), "ended by a signal or not in time\n" + process.readAllStandardError()};
    }
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QString ProgramTest::write(const char *name, const QByteArray &text)
{
    QFile file(m_folder->filePath(QString::fromUtf8(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("the test cannot write its script");
    return QString::fromUtf8(name);
}

#define COMPARE_OUTCOME(outcome, expectedExitCode, expectedOutput, expectedErrors)                                                         \
    do {                                                                                                                                   \
        const Outcome compared = outcome;                                                                                                  \
        QCOMPARE(compared.errors, QByteArray(expectedErrors));                                                                             \
        QCOMPARE(compared.output, QByteArray(expectedOutput));                                                                             \
        QCOMPARE(compared.exitCode, expectedExitCode);                                                                                     \
    } while (false)

void ProgramTest::runsAScript()
{
    const QString script = write("a.js", "setTimeout(() => console.log('later'), 5); console.log('now'); console.error('oh');");
    COMPARE_OUTCOME(run({QStringLiteral("run"), script}), 0, "now\nlater\n", "oh\n");
}

void ProgramTest::passesArgumentsOn()
{
    const QString script = write("a.js", "console.log(process.argv.slice(2).join('|'));");
    COMPARE_OUTCOME(run({QStringLiteral("run"), QStringLiteral("--seed"), QStringLiteral("4"), script, QStringLiteral("x"),
                        QStringLiteral("-v"), QStringLiteral("--"), QStringLiteral("--seed"), QStringLiteral("5")}),
        0, "x|-v|--seed|5\n", "");
}

void ProgramTest::readsStandardInput()
{
    COMPARE_OUTCOME(run({QStringLiteral("run"), QStringLiteral("-")}, "console.log('from', 'input')"), 0, "from input\n", "");
}

void ProgramTest::givesTheScriptsExitCode()
{
    COMPARE_OUTCOME(run({QStringLiteral("run"), write("a.js", "process.exitCode = 7;")}), 7, "", "");
    COMPARE_OUTCOME(run({QStringLiteral("run"), write("b.js", "process.exit(9);")}), 9, "", "");
    const Outcome thrown = run({QStringLiteral("run"), write("c.js", "throw new Error('away');")});
    QCOMPARE(thrown.exitCode, 1);
    QVERIFY2(thrown.errors.contains("Error: away") && thrown.errors.contains("c.js:1"), thrown.errors.constData());
}

void ProgramTest::wrongUse_data()
{
    QTest::addColumn<QByteArray>("sentence");
    const auto add = [](const char *arguments, const char *sentence) { QTest::newRow(arguments) << QByteArray(sentence); };
    add("run missing.js", "there is no file 'missing.js'.");
    add("run real", "there is no file 'real'; did you mean 'real.js'?");
    add("run .", "'.' is a folder, not a file.");
    add("run real.js --seed many", "the option '--seed' takes a whole number from 0, not 'many'.");
    add("run --nonsense real.js", "'run' has no option '--nonsense'; 'loopscope help run' lists those it has.");
    add("run real.js --record real.js", "the recording 'real.js' would overwrite the script.");
    add("run real.js --control nobody", "cannot connect to the window's socket '@/nobody': No such file or directory.");
    add("real.js", "there is no command 'real.js'; to run a script, write 'loopscope run real.js'.");
    add("events missing.lscope", "there is no file 'missing.lscope'.");
    add("verify missing.js", "there is no file 'missing.js'.");
    add("verify -", "'verify' takes a file, not standard input.");
}

void ProgramTest::wrongUse()
{
    QFETCH(QByteArray, sentence);
    write("real.js", "console.log('ran')");
    Outcome outcome = run(QString::fromUtf8(QTest::currentDataTag()).split(u' '));
    outcome.errors.replace(QFileInfo(m_folder->path()).absoluteFilePath().toUtf8(), "@");
    COMPARE_OUTCOME(outcome, 2, "", "loopscope: " + sentence + '\n');
}

void ProgramTest::recordsAndPrints()
{
    const QString script = write("a.js", "setTimeout(function ping() { console.log('pong'); }, 5);");
    COMPARE_OUTCOME(run({QStringLiteral("run"), script, QStringLiteral("--record"), QStringLiteral("a.lscope")}), 0, "pong\n", "");
    RecordingReader reader;
    QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))));
    QVERIFY(reader.isComplete() && reader.problem().isEmpty());

    const Outcome text = run({QStringLiteral("events"), QStringLiteral("a.lscope")});
    QCOMPARE(text.exitCode, 0);
    QCOMPARE(static_cast<quint64>(text.output.count('\n')), reader.eventCount());
    QVERIFY2(text.output.contains("ping") && text.output.contains("pong"), text.output.constData());

    const Outcome json = run({QStringLiteral("events"), QStringLiteral("a.lscope"), QStringLiteral("--json")});
    const QList<QByteArray> lines = json.output.trimmed().split('\n');
    QCOMPARE(static_cast<quint64>(lines.size()), reader.eventCount());
    for (qsizetype i = 0; i < lines.size(); ++i)
        QCOMPARE(QJsonDocument::fromJson(lines[i]).object().value(QLatin1String("index")).toInteger(-1), i);
}

void ProgramTest::sameSeedSameRecording()
{
    const QString script = write("a.js",
        "const fs = require('fs');\n"
        "for (let i = 0; i < 8; i++) fs.stat(__filename, () => setTimeout(() => console.log(i), i));\n"
        "Promise.resolve().then(() => console.log('job'));\n");
    const auto recorded = [&](const char *seed, const char *name) {
        const QString path = QString::fromUtf8(name);
        run({QStringLiteral("run"), script, QStringLiteral("--seed"), QString::fromUtf8(seed), QStringLiteral("--record"), path});
        QFile file(m_folder->filePath(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray first = recorded("3", "1.lscope");
    QVERIFY(first.size() > 1000);
    QVERIFY(recorded("3", "2.lscope") == first);
    QVERIFY(recorded("4", "3.lscope") != first);
}

void ProgramTest::printsEventsInsteadOfOutput()
{
    const QString script = write("a.js", "console.log('hello'); console.error('oh'); process.exitCode = 3;");
    const Outcome outcome = run({QStringLiteral("run"), script, QStringLiteral("--events")});
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(outcome.exitCode, 3);
    QVERIFY(!outcome.output.startsWith("hello"));
    QVERIFY2(
        outcome.output.contains("hello") && outcome.output.contains("a.js") && outcome.output.count('\n') > 4, outcome.output.constData());

    // The same list, by way of a file.
    run({QStringLiteral("run"), script, QStringLiteral("--record"), QStringLiteral("a.lscope")});
    QCOMPARE(run({QStringLiteral("events"), QStringLiteral("a.lscope")}).output, outcome.output);
}

void ProgramTest::leavesNoTemporaryFile()
{
    run({QStringLiteral("run"), write("a.js", "console.log(1)"), QStringLiteral("--events")});
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList(QStringLiteral("a.js")));
}

void ProgramTest::damagedRecordings()
{
    write("text.lscope", "this is no recording, however long it may be, and whatever it is called");
    write("empty.lscope", "");
    for (const char *name : {"text.lscope", "empty.lscope"}) {
        const Outcome outcome = run({QStringLiteral("events"), QString::fromUtf8(name)});
        QCOMPARE(outcome.exitCode, 2);
        QCOMPARE(outcome.output, QByteArray());
        QVERIFY2(outcome.errors.startsWith("loopscope: ") && outcome.errors.count('\n') == 1 && outcome.errors.contains(name),
            outcome.errors.constData());
    }
    run({QStringLiteral("run"), write("a.js", "for (let i = 0; i < 100; i++) setImmediate(() => i);"), QStringLiteral("--record"),
        QStringLiteral("cut.lscope")});
    QFile file(m_folder->filePath(QStringLiteral("cut.lscope")));
    const qint64 whole = run({QStringLiteral("events"), QStringLiteral("cut.lscope")}).output.count('\n');
    QVERIFY(file.resize(file.size() - 999));
    const Outcome cut = run({QStringLiteral("events"), QStringLiteral("cut.lscope")});
    QCOMPARE(cut.exitCode, 0);
    QVERIFY(cut.output.count('\n') < whole && cut.output.count('\n') >= whole - 33);
}

void ProgramTest::limits_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QStringList>("options");
    QTest::addRow("time, endless loop") << QByteArray("for (;;) {}") << QStringList{QStringLiteral("--max-time"), QStringLiteral("0.1")};
    QTest::addRow("time, timers") << QByteArray("setInterval(() => {}, 1)")
                                  << QStringList{QStringLiteral("--max-time"), QStringLiteral("2")};
    QTest::addRow("time, wall clock") << QByteArray("setInterval(() => {}, 60000)")
                                      << QStringList{QStringLiteral("--max-time"), QStringLiteral("0.2"), QStringLiteral("--clock"),
                                             QStringLiteral("wall")};
    QTest::addRow("events, microtasks") << QByteArray("(function f() { queueMicrotask(f); })()")
                                        << QStringList{QStringLiteral("--max-events"), QStringLiteral("5000")};
    QTest::addRow("events, ticks") << QByteArray("(function f() { process.nextTick(f); })()")
                                   << QStringList{QStringLiteral("--max-events"), QStringLiteral("5000")};
    QTest::addRow("memory") << QByteArray("const all = []; for (;;) all.push(new Array(100).fill(1));")
                            << QStringList{QStringLiteral("--max-memory"), QStringLiteral("200")};
}

void ProgramTest::limits()
{
    QFETCH(QByteArray, script);
    QFETCH(QStringList, options);
    const Outcome outcome =
        run(QStringList{QStringLiteral("run"), write("a.js", script), QStringLiteral("--record"), QStringLiteral("a.lscope")} + options);
    QVERIFY2(outcome.errors.startsWith("loopscope: the run was ended ") && outcome.errors.contains(options.first().toUtf8()),
        outcome.errors.constData());
    QCOMPARE(outcome.exitCode, 124);
    RecordingReader reader;
    QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))));
    QVERIFY2(reader.isComplete() && reader.problem().isEmpty(), qPrintable(reader.problem()));
}

void ProgramTest::largeOutputIsQuick()
{
    run({QStringLiteral("run"), write("a.js", "let n = 0; setImmediate(function f() { if (++n < 60000) setImmediate(f); });"),
        QStringLiteral("--record"), QStringLiteral("a.lscope")});
    RecordingReader reader;
    QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))));
    QVERIFY(reader.eventCount() > 200'000);
    QElapsedTimer timer;
    timer.start();
    const Outcome outcome = run({QStringLiteral("events"), QStringLiteral("a.lscope")});
    QCOMPARE(static_cast<quint64>(outcome.output.count('\n')), reader.eventCount());
    // Far above what it takes (about 3 us an event), far below what flushing each line would.
    const double microseconds = static_cast<double>(timer.nsecsElapsed()) / 1000.0 / static_cast<double>(reader.eventCount());
    QVERIFY2(microseconds < 50, qPrintable(QString::number(microseconds)));
}

void ProgramTest::verifyAgrees()
{
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        QSKIP("there is no node on this machine");
    const QString script = write("a.js", "setTimeout(() => console.log(process.argv[2]), 5); console.log(1); process.exitCode = 4;");
    const Outcome outcome = run({QStringLiteral("verify"), script, QStringLiteral("word")});
    QVERIFY2(outcome.output.startsWith("Agrees with node v") && outcome.output.contains("2 lines of standard output, exit code 4."),
        outcome.output.constData());
    QCOMPARE(outcome.exitCode, 0);
    const Outcome module =
        run({QStringLiteral("verify"), QStringLiteral("--module"), write("b.js", "console.log(await 1, import.meta.url.slice(-4));")});
    QVERIFY2(module.output.startsWith("Agrees with node v"), module.output.constData());
}

void ProgramTest::verifyShowsADifference()
{
    // A "node" that prints something else.
    write("node", "#!/bin/sh\nif [ \"$1\" = --version ]; then echo v20.0.0; else echo 1; echo three; fi\n");
    QFile(m_folder->filePath(QStringLiteral("node"))).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString script = write("a.js", "console.log(1); console.log('two');");
    COMPARE_OUTCOME(run({QStringLiteral("verify"), script}, {}, m_folder->path()), 1,
        "Differs from node v20.0.0.\nStandard output, line 2:\n  node:      three\n  loopscope: two\n", "");
}

void ProgramTest::verifyWithoutNode()
{
    const Outcome typed = run({QStringLiteral("verify"), write("a.ts", "const n: number = 1;")});
    QCOMPARE(typed.exitCode, 2);
    QVERIFY(typed.errors.startsWith("loopscope: ") && typed.errors.count('\n') == 1);
    COMPARE_OUTCOME(run({QStringLiteral("verify"), write("a.js", "")}, {}, QStringLiteral("/nowhere")), 2, "",
        "loopscope: there is no 'node' on the PATH to compare with; install Node.js 20, or use 'loopscope run'.\n");
}

void ProgramTest::changesOneThingOnly_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QJsonObject>("changes");

    const auto object = [](const char *text) { return QJsonDocument::fromJson(text).object(); };
    // Numbers: script 1, readFile 2, its callback 3, a 4, b 5, immediate 6.
    QTest::newRow("nothing") << QStringList() << QByteArray("a immediate read b b ") << QJsonObject();
    QTest::newRow("a timeout's delay") << QStringList{QStringLiteral("--set-delay"), QStringLiteral("4=12")}
                                       << QByteArray("immediate read b a b ") << object(R"({"delays": {"4": 12}})");
    QTest::newRow("an interval's period") << QStringList{QStringLiteral("--set-delay"), QStringLiteral("5=1")}
                                          << QByteArray("a b immediate read b ") << object(R"({"delays": {"5": 1}})");
    QTest::newRow("a request's latency") << QStringList{QStringLiteral("--set-latency"), QStringLiteral("2=15")}
                                         << QByteArray("a immediate b read b ") << object(R"({"latencies": {"2": 15000000}})");
    QTest::newRow("the free choice") << QStringList{QStringLiteral("--set-first"), QStringLiteral("immediate")}
                                     << QByteArray("immediate a read b b ") << object(R"({"first": "immediate"})");
}

void ProgramTest::changesOneThingOnly()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, output);
    QFETCH(QJsonObject, changes);
    const QString script = write("a.js",
        "const print = text => process.stdout.write(text + ' '); let count = 0;\n"
        "require('fs').readFile(__filename, () => print('read'));\n"
        "setTimeout(() => print('a'), 0);\n"
        "setInterval(function () { print('b'); if (++count === 2) clearInterval(this); }, 10);\n"
        "setImmediate(() => print('immediate'));\n");
    const auto recordTo = [&](const QString &name) {
        const Outcome outcome = run(QStringList{QStringLiteral("run"), script, QStringLiteral("--record"), name} + options);
        QCOMPARE(outcome.errors, QByteArray());
        QCOMPARE(outcome.output, output);
    };
    recordTo(QStringLiteral("one.lscope"));
    recordTo(QStringLiteral("two.lscope"));
    RecordingReader reader;
    QVERIFY(reader.open(m_folder->filePath(QStringLiteral("one.lscope"))));
    QCOMPARE(reader.metadata().value(QStringLiteral("changes")).toObject(), changes);
    QFile one(m_folder->filePath(QStringLiteral("one.lscope")));
    QFile two(m_folder->filePath(QStringLiteral("two.lscope")));
    QVERIFY(one.open(QIODevice::ReadOnly) && two.open(QIODevice::ReadOnly));
    QVERIFY(one.readAll() == two.readAll());
}

void ProgramTest::saysWhatItCouldNotChange()
{
    COMPARE_OUTCOME(run({QStringLiteral("run"), write("a.js", ""), QStringLiteral("--set-delay"), QStringLiteral("9=1")}), 0, "",
        "loopscope: no timer has the number 9, so no delay was changed; 'loopscope events --json' shows the numbers.\n");
}

void ProgramTest::compareSaysWhereTheyPart()
{
    const auto record = [this](const char *name, const QByteArray &text) {
        const QString recording = QLatin1String(name) + QLatin1String(".lscope");
        run({QStringLiteral("run"), write("a.js", text), QStringLiteral("--record"), recording});
        return recording;
    };
    const QString one = record("one", "setTimeout(function late() { console.log('late'); }, 30);\nsetTimeout(function soon() {}, 10);\n");
    const QString two = record("two", "setTimeout(function late() { console.log('late'); }, 5);\nsetTimeout(function soon() {}, 10);\n");
    const QString same =
        record("same", "setTimeout(function late() { console.log('late'); }, 30);\n\nsetTimeout(function soon() {}, 10);\n");

    const Outcome agreeing = run({QStringLiteral("compare"), one, same});
    QCOMPARE(agreeing.exitCode, 0);
    QVERIFY2(agreeing.output.startsWith("The same: "), agreeing.output.constData());

    const Outcome differing = run({QStringLiteral("compare"), one, two});
    QCOMPARE(differing.exitCode, 1);
    QCOMPARE(differing.errors, QByteArray());
    for (const char *part : {"First difference:\n  one.lscope, event ", "timeout `late` due at 30.000 ms  a.js:1\n  two.lscope, event ",
             "timeout `late` due at 5.000 ms  a.js:1\n", " before it are the same.\n",
             " 1 in another turn, 0 only in one.lscope, 0 only in two.lscope."})
        QVERIFY2(differing.output.contains(part), differing.output.constData());

    const Outcome listed = run({QStringLiteral("compare"), one, two, QStringLiteral("--list")});
    QCOMPARE(listed.exitCode, 1);
    for (const char *part :
        {"\n!< ", "\n!> ", "\n~< 30.004 ms  timeout `late` begun", "\n~> 5.003 ms  timeout `late` begun", "\n<  10.003 ms  timeout `soon`"})
        QVERIFY2(listed.output.contains(part), listed.output.constData());
}

void ProgramTest::compareRefusesWhatItCannotRead()
{
    const QString script = write("a.js", "");
    COMPARE_OUTCOME(
        run({QStringLiteral("compare"), script}), 2, "", "loopscope: which two recordings? Write 'loopscope compare A.lscope B.lscope'.\n");
    COMPARE_OUTCOME(run({QStringLiteral("compare"), QStringLiteral("no.lscope"), QStringLiteral("no.lscope")}), 2, "",
        "loopscope: there is no file 'no.lscope'.\n");
    const Outcome script2 = run({QStringLiteral("compare"), script, script});
    QCOMPARE(script2.exitCode, 2);
    QVERIFY2(script2.errors.contains("a.js"), script2.errors.constData());
    COMPARE_OUTCOME(
        run({QStringLiteral("compare"), script, script, script}), 2, "", "loopscope: two recordings are enough: 'a.js' is too many.\n");
}

void ProgramTest::studioWithoutDisplay()
{
    if (!QFile::exists(m_program + QStringLiteral("-studio")))
        QSKIP("this build has no window");
    const Outcome outcome = run({QStringLiteral("studio"), write("a.js", "")});
    QCOMPARE(outcome.exitCode, 2);
    QVERIFY2(
        outcome.errors.startsWith("loopscope-studio: there is no display") && outcome.errors.count('\n') == 1, outcome.errors.constData());
    COMPARE_OUTCOME(
        run({QStringLiteral("studio"), QStringLiteral("a.js"), QStringLiteral("--screenshot"), QStringLiteral("a.png")}), 0, "", "");
    QVERIFY(QFile::exists(m_folder->filePath(QStringLiteral("a.png"))));
}

void ProgramTest::helpAndVersion()
{
    QVERIFY(run({QStringLiteral("--version")}).output.startsWith("loopscope " LOOPSCOPE_VERSION));
    for (const char *topic : {"", "run", "events", "verify", "studio"}) {
        const Outcome outcome =
            run(QStringList{QStringLiteral("help"), QString::fromUtf8(topic)}.filter(QRegularExpression(QStringLiteral("."))));
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.output.contains("Examples:\n  loopscope ") && outcome.output.contains(topic));
    }
}

QTEST_GUILESS_MAIN(ProgramTest)
#include "ProgramTest.moc"
