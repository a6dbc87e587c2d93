// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CommandLine.h"
#include "Comparison.h"

#include <QTest>

using namespace loopscope;

namespace {

QStringList words(const char *text) { return QString::fromUtf8(text).split(u' ', Qt::SkipEmptyParts); }

CommandLine parsed(const char *text)
{
    CommandLineParser parser;
    const auto line = parser.parse(words(text));
    if (!line)
        qWarning("%s: %s", text, qPrintable(parser.problem()));
    if (!line)
        return {};
    return *line;
}

} // namespace

class CommandLineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaults();
    void everyRunOption();
    void grants();
    void optionsBeforeAndAfterTheFile();
    void whatIsNotOursIsTheScripts();
    void doubleDashEndsOurs();
    void helpOfACommand();
    void refuses_data();
    void refuses();
    void comparisonAgrees();
    void comparisonShowsTheFirstDifference_data();
    void comparisonShowsTheFirstDifference();
};

void CommandLineTest::defaults()
{
    QCOMPARE(parsed("").command, CommandLine::Command::Studio);
    QCOMPARE(parsed("--version").command, CommandLine::Command::Version);
    QCOMPARE(parsed("--help").command, CommandLine::Command::Help);
    QCOMPARE(parsed("studio a.js").file, QStringLiteral("a.js"));
    QCOMPARE(parsed("studio a.js --screenshot a.png --theme=dark").studioOptions,
        QStringList({QStringLiteral("--screenshot"), QStringLiteral("a.png"), QStringLiteral("--theme"), QStringLiteral("dark")}));
    QCOMPARE(parsed("studio --lessons mine --lesson one").studioOptions,
        QStringList({QStringLiteral("--lessons"), QStringLiteral("--lesson"), QStringLiteral("one")}));
    const CommandLine line = parsed("run a.js");
    QCOMPARE(line.command, CommandLine::Command::Run);
    QCOMPARE(line.run.file, QStringLiteral("a.js"));
    QCOMPARE(line.run.seed, 1ULL);
    QCOMPARE(line.run.clock, Clock::Kind::Virtual);
    QVERIFY(line.run.arguments.isEmpty() && line.recordingPath.isEmpty() && !line.printEvents && !line.run.forceModule);
    QVERIFY(!line.run.isIoReal);
    const CommandLine real = parsed("run a.js --io real");
    QVERIFY(real.run.isIoReal);
    QCOMPARE(real.run.clock, Clock::Kind::Wall);
    QCOMPARE(parsed("run -").file, QStringLiteral("-"));
}

void CommandLineTest::everyRunOption()
{
    const CommandLine line =
        parsed("run --record r.lscope --clock wall --seed 18446744073709551615 --max-time 0.5 --max-events 9 --max-memory 64 "
               "--detail statements --callback-cap 100 --module --events --control name a.js");
    QCOMPARE(line.recordingPath, QStringLiteral("r.lscope"));
    QCOMPARE(line.run.clock, Clock::Kind::Wall);
    QCOMPARE(line.run.seed, ~0ULL);
    QCOMPARE(line.run.maxSeconds, 0.5);
    QCOMPARE(line.run.maxEvents, std::optional<quint64>(9));
    QCOMPARE(line.run.maxMemoryBytes, 64ULL << 20U);
    QCOMPARE(line.run.detail, DetailLevel::Statements);
    QCOMPARE(line.run.callbackCap, std::optional<quint64>(100));
    QVERIFY(line.run.forceModule && line.printEvents && line.detailGiven);
    QCOMPARE(line.controlName, QStringLiteral("name"));
    const RunOptions changed =
        parsed("run --set-delay 5=20 --set-delay=7=1 --set-latency 9=1.25 --set-first immediate --title forked a.js").run;
    QCOMPARE(changed.changes.delays, (QHash<SubjectId, quint32>{{5, 20}, {7, 1}}));
    QCOMPARE(changed.changes.latencies, (QHash<SubjectId, quint64>{{9, 1'250'000}}));
    QCOMPARE(changed.changes.timeoutFirst, std::optional(false));
    QCOMPARE(changed.title, QStringLiteral("forked"));
    QCOMPARE(parsed("verify --timeout 5 a.js").timeLimitSeconds, 5.0);
    QVERIFY(parsed("events --json r.lscope").json);
}

void CommandLineTest::grants()
{
    const PermissionGrants some =
        parsed("run --allow-read=a,b --allow-net --allow-read=c --allow-run=ls a.js --allow-env=X").run.permissions;
    QCOMPARE(some.read.names, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
    QVERIFY(!some.read.all && some.network.all && some.write.isEmpty());
    QCOMPARE(some.options().join(u' '), QStringLiteral("--allow-read=a,b,c --allow-net --allow-run=ls --allow-env=X"));
    QCOMPARE(parsed("verify --allow-all a.js").run.permissions.options().size(), 5);
    QVERIFY(parsed("run a.js -- --allow-all").run.permissions.options().isEmpty());
}

void CommandLineTest::optionsBeforeAndAfterTheFile()
{
    for (const char *text :
        {"run --seed 7 a.js x", "run a.js --seed 7 x", "run a.js x --seed 7", "run --seed=7 a.js x", "run a.js x --seed=7"}) {
        const CommandLine line = parsed(text);
        QCOMPARE(line.run.seed, 7ULL);
        QCOMPARE(line.file, QStringLiteral("a.js"));
        QCOMPARE(line.run.arguments, words("x"));
    }
}

void CommandLineTest::whatIsNotOursIsTheScripts()
{
    const CommandLine line = parsed("run a.js --verbose -n 3 --seed 5 - --json --timeout");
    QCOMPARE(line.run.arguments, words("--verbose -n 3 - --json --timeout"));
    QCOMPARE(line.run.seed, 5ULL);
    QCOMPARE(parsed("run a.js --help").run.arguments, words("--help"));
}

void CommandLineTest::doubleDashEndsOurs()
{
    QCOMPARE(parsed("run a.js -- --seed 5 --").run.arguments, words("--seed 5 --"));
    const CommandLine line = parsed("run --seed 2 -- --odd.js --seed 5");
    QCOMPARE(line.file, QStringLiteral("--odd.js"));
    QCOMPARE(line.run.arguments, words("--seed 5"));
    QCOMPARE(line.run.seed, 2ULL);
}

void CommandLineTest::helpOfACommand()
{
    for (const char *text : {"help run", "run --help", "run -h", "run --seed 3 --help"}) {
        const CommandLine line = parsed(text);
        QCOMPARE(line.command, CommandLine::Command::Help);
        QCOMPARE(line.helpTopic, QStringLiteral("run"));
    }
}

void CommandLineTest::refuses_data()
{
    QTest::addColumn<QString>("problem");
    const auto add = [](const char *arguments, const char *problem) { QTest::newRow(arguments) << QString::fromUtf8(problem); };
    add("hello.js", "there is no command 'hello.js'; to run a script, write 'loopscope run hello.js'.");
    add("--fast", "there is no option '--fast' here; 'loopscope --help' lists the commands.");
    add("run", "which script? Write 'loopscope run FILE', or 'loopscope run -' to read it from standard input.");
    add("run --fast a.js", "'run' has no option '--fast'; 'loopscope help run' lists those it has.");
    add("run a.js --seed", "the option '--seed' needs a value after it; 'loopscope help run' says which.");
    add("run --allow-read= a.js", "the option '--allow-read' needs something behind '='; without '=' it means all, or the usual.");
    add("run --allow-all=x a.js", "the option '--allow-all' takes no value.");
    add("run a.js --seed x", "the option '--seed' takes a whole number from 0, not 'x'.");
    add("run a.js --seed -1", "the option '--seed' takes a whole number from 0, not '-1'.");
    add("run a.js --seed 18446744073709551616", "the option '--seed' takes a whole number from 0, not '18446744073709551616'.");
    for (const char *value : {"5", "5=", "=5", "0=5", "x=5", "5=x", "5=0", "5=-1", "5=nan", "5=2147483648"}) {
        const QByteArray arguments = QByteArray("run a.js --set-delay ") + value;
        QTest::newRow(arguments.constData()) << QStringLiteral(
            "the option '--set-delay' takes the number of a timer and its delay, as in 5=20 (ms, from 1), not '%1'.")
                                                    .arg(QLatin1String(value));
    }
    add("run a.js --set-latency 5=-1",
        "the option '--set-latency' takes the number of a request and its latency, as in 5=1.5 (ms, from 0), not '5=-1'.");
    add("run a.js --set-first last", "the option '--set-first' takes 'timeout' or 'immediate', not 'last'.");
    add("run a.js --clock sun", "the option '--clock' takes 'virtual' or 'wall', not 'sun'.");
    add("run a.js --io usual", "the option '--io' takes 'simulated' or 'real', not 'usual'.");
    add("run a.js --io real --clock virtual", "'--io real' takes the wall clock: leave out '--clock virtual', or take '--io simulated'.");
    add("run a.js --io real --set-latency 5=1",
        "'--set-latency' is for simulated I/O: with '--io real' a request takes as long as it takes.");
    add("run a.js --detail all", "the option '--detail' takes 'tasks', 'calls' or 'statements', not 'all'.");
    add("run a.js --max-time 0", "the option '--max-time' takes a number of seconds above 0, not '0'.");
    add("run a.js --max-time nan", "the option '--max-time' takes a number of seconds above 0, not 'nan'.");
    add("run a.js --max-memory 0", "the option '--max-memory' takes a whole number from 1, not '0'.");
    add("run a.js --max-memory 1.5", "the option '--max-memory' takes a whole number from 0, not '1.5'.");
    add("run a.js --module=yes", "the option '--module' takes no value.");
    add("run a.js --record=", "the option '--record' takes the name of a file, not ''.");
    add("events", "which recording? Write 'loopscope events FILE.lscope'; 'loopscope run FILE --record FILE.lscope' makes one.");
    add("events a b", "one file is enough: 'b' is too many.");
    add("events a --seed 1", "'events' has no option '--seed'; 'loopscope help events' lists those it has.");
    add("verify", "which script? Write 'loopscope verify FILE'.");
    add("studio a --seed 1", "'studio' has no option '--seed'; 'loopscope help studio' lists those it has.");
    add("studio a b", "one file is enough: 'b' is too many.");
    add("help fly", "there is no command 'fly' to help with; 'loopscope help' lists the commands.");
}

void CommandLineTest::refuses()
{
    QFETCH(QString, problem);
    CommandLineParser parser;
    QVERIFY(!parser.parse(words(QTest::currentDataTag())));
    QCOMPARE(parser.problem(), problem);
}

void CommandLineTest::comparisonAgrees()
{
    const Comparison same({"a\nb\n", "warning\n", 3}, {"a\nb\n", "", 3}, QStringLiteral("v20.20.2"));
    QVERIFY(same.agrees());
    QCOMPARE(same.text(), QStringLiteral("Agrees with node v20.20.2: 2 lines of standard output, exit code 3.\n"));
    const Comparison older({"a\n", "", 0}, {"a\n", "", 0}, QStringLiteral("v18.1.0"));
    QCOMPARE(older.text(),
        QStringLiteral("Agrees with node v18.1.0: one line of standard output, exit code 0.\n"
                       "Loopscope follows Node.js 20; this node is another version.\n"));
}

void CommandLineTest::comparisonShowsTheFirstDifference_data()
{
    QTest::addColumn<QByteArray>("node");
    QTest::addColumn<QByteArray>("ours");
    QTest::addColumn<int>("oursExitCode");
    QTest::addColumn<QString>("difference");
    const auto add = [](const char *name, const char *node, const char *ours, int oursExitCode, const char *difference) {
        QTest::newRow(name) << QByteArray(node) << QByteArray(ours) << oursExitCode << QString::fromUtf8(difference);
    };
    add("second line", "a\nbx\nc\n", "a\nby\nc\n", 0, "Standard output, line 2:\n  node:      bx\n  loopscope: by\n");
    add("first character", "a\n", "b\n", 0, "Standard output, line 1:\n  node:      a\n  loopscope: b\n");
    add("ours ends early", "a\nb\nc\n", "a\n", 0, "Standard output, line 2:\n  node:      b\n  loopscope: (nothing more)\n");
    add("node's ends early", "", "a\n", 0, "Standard output, line 1:\n  node:      (nothing more)\n  loopscope: a\n");
    add("one is longer in its line", "ab\n", "abc\n", 0, "Standard output, line 1:\n  node:      ab\n  loopscope: abc\n");
    add("line feed at the end", "a\nb", "a\nb\n", 0,
        "Standard output, line 2:\n  node:      b\n  loopscope: b\n(the lines differ in the line feed at their end only)\n");
    add("exit code", "a\n", "a\n", 1, "Exit code: node 0, loopscope 1\n");
    add("both", "a\n", "b\n", 1, "Standard output, line 1:\n  node:      a\n  loopscope: b\nExit code: node 0, loopscope 1\n");
}

void CommandLineTest::comparisonShowsTheFirstDifference()
{
    QFETCH(QByteArray, node);
    QFETCH(QByteArray, ours);
    QFETCH(int, oursExitCode);
    QFETCH(QString, difference);
    const Comparison comparison({node, "", 0}, {ours, "", oursExitCode}, QStringLiteral("v20.20.2"));
    QVERIFY(!comparison.agrees());
    QCOMPARE(comparison.text(), QStringLiteral("Differs from node v20.20.2.\n") + difference);
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "CommandLineTest.moc"
