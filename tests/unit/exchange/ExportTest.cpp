// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `loopscope export`: what is in the recording of a real script is in each format, in the shape that the format's readers ask for.
#include "recording/RecordingReader.h"
#include "state/Names.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace loopscope;

namespace {

const QByteArray script = "const fs = require('fs');\n"
                          "function work(n) { let sum = 0; for (let i = 0; i < n; ++i) sum += inner(i); return sum; }\n"
                          "function inner(i) { return i * 2; }\n"
                          "function fail() { work(10); throw new Error('\"quoted\\\\\" and, \\n more'); }\n"
                          "async function load(name) { const text = await fs.promises.readFile(name, 'utf8'); work(50); return text; }\n"
                          "const timer = setInterval(function tick() { work(300); if (++count > 2) clearInterval(timer); }, 5);\n"
                          "let count = 0;\n"
                          "setTimeout(function ping() { try { fail(); } catch (error) { console.log(error.message); } }, 12);\n"
                          "clearTimeout(setTimeout(() => {}, 100));\n"
                          "load(__filename).then(() => load(__filename));\n"
                          "process.nextTick(() => work(5));\n"
                          "setImmediate(function soon() { queueMicrotask(() => work(7)); });\n";

} // namespace

class ExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void chromeHasEveryEventOnce();
    void chromeEventsHaveWhatDevToolsAsksFor();
    void chromeIsReadByDevTools();
    void chromeSpansAreNested();
    void chromeAsyncEndsWhatItBegan();
    void speedscopeIsBalanced();
    void cpuProfileAddsUp();
    void cpuProfileIsReadByDevTools();
    void csvHasARowForEachRunOfATask();
    void formatsAreTakenFromTheEnding_data();
    void formatsAreTakenFromTheEnding();
    void wrongUseIsTold_data();
    void wrongUseIsTold();

private:
    struct Outcome
    {
        int exitCode = -1;
        QByteArray output;
        QByteArray errors;
    };
    Outcome run(const QStringList &arguments) const;
    QByteArray exported(const char *format) const;
    QJsonObject exportedObject(const char *format) const { return QJsonDocument::fromJson(exported(format)).object(); }
    QString recording() const { return m_folder.filePath(QStringLiteral("a.lscope")); }
    /// What the code of DevTools finds in a file, how often by name.
    QJsonObject readByDevTools(const char *format, const QString &file) const;
    size_t countOf(EventKind kind) const;

    QTemporaryDir m_folder;
    RecordingReader m_reader;
};

ExportTest::Outcome ExportTest::run(const QStringList &arguments) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), arguments);
    if (!process.waitForFinished())
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray ExportTest::exported(const char *format) const
{
    const Outcome outcome = run({QStringLiteral("export"), recording(), QStringLiteral("--format"), QLatin1String(format),
        QStringLiteral("-o"), QStringLiteral("-")});
    return outcome.exitCode == 0 && outcome.errors.isEmpty() ? outcome.output : QByteArray();
}

QJsonObject ExportTest::readByDevTools(const char *format, const QString &file) const
{
    QFile written(m_folder.filePath(file));
    if (!written.open(QIODevice::WriteOnly))
        return {};
    written.write(exported(format));
    written.close();
    QProcess process;
    process.start(QStringLiteral("node"), {QStringLiteral(LOOPSCOPE_DEVTOOLS_READER), written.fileName()});
    if (!process.waitForFinished(120'000))
        return {};
    if (const QByteArray errors = process.readAllStandardError(); !errors.isEmpty())
        qWarning("%s", errors.constData());
    return QJsonDocument::fromJson(process.readAllStandardOutput()).object();
}

size_t ExportTest::countOf(EventKind kind) const
{
    size_t count = 0;
    for (quint64 i = 0; i < m_reader.eventCount(); ++i)
        count += m_reader.event(i).kind == kind ? 1 : 0;
    return count;
}

void ExportTest::initTestCase()
{
    QFile file(m_folder.filePath(QStringLiteral("a.js")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(script);
    file.close();
    const Outcome outcome = run({QStringLiteral("run"), QStringLiteral("a.js"), QStringLiteral("--record"), recording()});
    QCOMPARE(outcome.errors, QByteArray());
    QVERIFY(m_reader.open(recording()));
    QVERIFY(m_reader.eventCount() > 300);
}

void ExportTest::chromeHasEveryEventOnce()
{
    const QJsonArray events = exportedObject("chrome")[QLatin1String("traceEvents")].toArray();
    quint64 number = 0;
    for (const QJsonValue &value : events) {
        const QJsonObject arguments = value[QLatin1String("args")].toObject();
        if (!arguments.contains(QLatin1String("event")))
            continue;
        QVERIFY(number < m_reader.eventCount());
        const Event event = m_reader.event(number);
        QCOMPARE(arguments[QLatin1String("event")].toString(), QString(eventKindKey(event.kind)));
        QCOMPARE(static_cast<SubjectId>(arguments[QLatin1String("subject")].toInteger()), event.subject);
        QCOMPARE(static_cast<SubjectId>(arguments[QLatin1String("cause")].toInteger()), event.cause);
        QCOMPARE(static_cast<quint64>(qRound64(value[QLatin1String("ts")].toDouble() * 1000)), event.time);
        if (const SitePlace place = m_reader.place(event.site); place.isValid()) {
            QCOMPARE(arguments[QLatin1String("data")][QLatin1String("url")].toString(), place.source->path);
            QCOMPARE(arguments[QLatin1String("data")][QLatin1String("lineNumber")].toInteger(), place.site->line);
        }
        ++number;
    }
    QCOMPARE(number, m_reader.eventCount());
}

/// DevTools opens nothing with an event that lacks one of them.
void ExportTest::chromeEventsHaveWhatDevToolsAsksFor()
{
    const QJsonArray events = exportedObject("chrome")[QLatin1String("traceEvents")].toArray();
    QVERIFY(!events.isEmpty());
    for (const QJsonValue &event : events) {
        QVERIFY(event[QLatin1String("name")].isString() && event[QLatin1String("cat")].isString() && event[QLatin1String("ph")].isString());
        QVERIFY(event[QLatin1String("pid")].isDouble() && event[QLatin1String("tid")].isDouble() && event[QLatin1String("ts")].isDouble());
    }
}

void ExportTest::chromeIsReadByDevTools()
{
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        QSKIP("node is not installed");
    QJsonObject spans;
    for (const QJsonValue &event : exportedObject("chrome")[QLatin1String("traceEvents")].toArray()) {
        const QString name = event[QLatin1String("name")].toString();
        if (event[QLatin1String("ph")] == QLatin1String("B") && event[QLatin1String("tid")].toInteger() == 1)
            spans[name] = spans[name].toInteger() + 1;
    }
    QVERIFY(spans.size() > 15);
    QCOMPARE(readByDevTools("chrome", QStringLiteral("devtools.json"))[QLatin1String("1")].toObject(), spans);
}

void ExportTest::chromeSpansAreNested()
{
    std::map<qint64, QList<QJsonObject>> stacks;
    size_t tasks = 0;
    for (const QJsonValue &value : exportedObject("chrome")[QLatin1String("traceEvents")].toArray()) {
        const QJsonObject event = value.toObject();
        QList<QJsonObject> &stack = stacks[event[QLatin1String("tid")].toInteger()];
        if (event[QLatin1String("ph")] == QLatin1String("B")) {
            stack.append(event);
        } else if (event[QLatin1String("ph")] == QLatin1String("E")) {
            QVERIFY(!stack.isEmpty());
            const QJsonObject begun = stack.takeLast();
            QCOMPARE(event[QLatin1String("cat")], begun[QLatin1String("cat")]);
            QCOMPARE(event[QLatin1String("name")], begun[QLatin1String("name")]);
            QVERIFY(event[QLatin1String("ts")].toDouble() >= begun[QLatin1String("ts")].toDouble());
            tasks += begun[QLatin1String("cat")] == QLatin1String("task") ? 1 : 0;
        }
    }
    for (const auto &[thread, stack] : stacks)
        QVERIFY(stack.isEmpty());
    QCOMPARE(tasks, countOf(EventKind::TaskBegun));
}

void ExportTest::chromeAsyncEndsWhatItBegan()
{
    std::map<std::pair<QString, qint64>, int> open;
    std::map<QString, int> begun;
    for (const QJsonValue &value : exportedObject("chrome")[QLatin1String("traceEvents")].toArray()) {
        const QString phase = value[QLatin1String("ph")].toString();
        const QString category = value[QLatin1String("cat")].toString();
        int &count = open[{category, value[QLatin1String("id")].toInteger()}];
        if (phase == QLatin1String("b"))
            QCOMPARE(++count, ++begun[category] > 0 ? 1 : 0);
        if (phase == QLatin1String("e"))
            QVERIFY(--count >= 0);
    }
    for (const auto &[key, count] : open) {
        if (key.first != QLatin1String("promise")) // some are never settled
            QCOMPARE(count, 0);
    }
    QCOMPARE(begun[QStringLiteral("io")], 2);
    QCOMPARE(begun[QStringLiteral("await")], 2);
    QCOMPARE(begun[QStringLiteral("timer")], static_cast<int>(countOf(EventKind::TimerArmed)));
}

void ExportTest::speedscopeIsBalanced()
{
    const QJsonObject file = exportedObject("speedscope");
    QCOMPARE(file[QLatin1String("$schema")].toString(), QStringLiteral("https://www.speedscope.app/file-format-schema.json"));
    const QJsonArray frames = file[QLatin1String("shared")][QLatin1String("frames")].toArray();
    const QJsonArray profiles = file[QLatin1String("profiles")].toArray();
    QCOMPARE(profiles.size(), 1);
    QList<qint64> stack;
    double time = profiles[0][QLatin1String("startValue")].toDouble();
    std::map<QString, int> entered;
    for (const QJsonValue &event : profiles[0][QLatin1String("events")].toArray()) {
        const qint64 frame = event[QLatin1String("frame")].toInteger(-1);
        QVERIFY(frame >= 0 && frame < frames.size());
        QVERIFY(event[QLatin1String("at")].toDouble() >= time);
        time = event[QLatin1String("at")].toDouble();
        if (event[QLatin1String("type")] == QLatin1String("O")) {
            stack.append(frame);
            ++entered[frames[frame][QLatin1String("name")].toString()];
        } else {
            QVERIFY(!stack.isEmpty());
            QCOMPARE(stack.takeLast(), frame);
        }
    }
    QVERIFY(stack.isEmpty());
    QVERIFY(time <= profiles[0][QLatin1String("endValue")].toDouble());
    QCOMPARE(entered[QStringLiteral("tick")], 3);
    QCOMPARE(entered[QStringLiteral("(Interval)")], 3);
    QCOMPARE(entered[QStringLiteral("fail")], 1);
}

void ExportTest::cpuProfileAddsUp()
{
    const QJsonObject profile = exportedObject("cpuprofile");
    const QJsonArray samples = profile[QLatin1String("samples")].toArray();
    const QJsonArray deltas = profile[QLatin1String("timeDeltas")].toArray();
    QVERIFY(samples.size() > 20);
    QCOMPARE(samples.size(), deltas.size());
    std::map<qint64, qint64> hits;
    qint64 total = 0;
    for (qsizetype i = 0; i < samples.size(); ++i) {
        ++hits[samples[i].toInteger()];
        QVERIFY(deltas[i].toInteger(-1) >= 0);
        total += deltas[i].toInteger();
    }
    QVERIFY(total <= profile[QLatin1String("endTime")].toInteger());
    std::map<QString, QJsonObject> functions;
    QSet<qint64> children;
    for (const QJsonValue &node : profile[QLatin1String("nodes")].toArray()) {
        QCOMPARE(node[QLatin1String("hitCount")].toInteger(), hits[node[QLatin1String("id")].toInteger()]);
        const QJsonObject frame = node[QLatin1String("callFrame")].toObject();
        functions[frame[QLatin1String("functionName")].toString()] = frame;
        for (const QJsonValue &child : node[QLatin1String("children")].toArray()) {
            QVERIFY(!children.contains(child.toInteger()));
            children.insert(child.toInteger());
        }
    }
    QCOMPARE(children.size() + 1, profile[QLatin1String("nodes")].toArray().size()); // all but the root
    const QJsonObject work = functions[QStringLiteral("work")];
    QCOMPARE(work[QLatin1String("url")].toString(), QStringLiteral("file://") + m_folder.filePath(QStringLiteral("a.js")));
    QCOMPARE(work[QLatin1String("lineNumber")].toInteger(-1), 1);
    QVERIFY(functions.count(QStringLiteral("(root)")) == 1 && functions.count(QStringLiteral("(idle)")) == 1);
}

void ExportTest::cpuProfileIsReadByDevTools()
{
    if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
        QSKIP("node is not installed");
    const QJsonObject functions = readByDevTools("cpuprofile", QStringLiteral("devtools.cpuprofile"));
    QCOMPARE(functions[QLatin1String("tick")].toInteger(), 3);
    QCOMPARE(functions[QLatin1String("(Interval)")].toInteger(), 3);
    QVERIFY(functions[QLatin1String("(idle)")].toInteger() > 0);
}

void ExportTest::csvHasARowForEachRunOfATask()
{
    const QList<QByteArray> lines = exported("csv").split('\n');
    QVERIFY(lines.first().startsWith("task,kind,loop,name,function,file,line,column,created (ms)"));
    qsizetype returned = 0;
    qsizetype cancelled = 0;
    for (const QByteArray &line : lines) {
        returned += line.contains(",returned,") ? 1 : 0;
        cancelled += line.contains(",cancelled,") ? 1 : 0;
        if (line.contains(",Timeout,") && line.contains(",ping,")) {
            const QList<QByteArray> fields = line.split(',');
            QCOMPARE(fields[6], QByteArray("8"));
            QCOMPARE(fields[9], QByteArray("12.000000")); // when it was due
            QVERIFY(qAbs(fields[10].toDouble() - fields[9].toDouble() - fields[12].toDouble()) < 1e-6);
            QVERIFY(qAbs(fields[11].toDouble() - fields[10].toDouble() - fields[13].toDouble()) < 1e-6);
        }
    }
    QCOMPARE(static_cast<size_t>(returned), countOf(EventKind::TaskEnded));
    QCOMPARE(cancelled, 1);
}

void ExportTest::formatsAreTakenFromTheEnding_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("chrome") << "out.trace" << QByteArray("{\"displayTimeUnit\"");
    QTest::newRow("perfetto") << "out.perfetto-trace" << QByteArray("\n");
    QTest::newRow("speedscope") << "out.speedscope.json" << QByteArray("{\"$schema\":\"https://www.speedscope.app");
    QTest::newRow("cpuprofile") << "out.cpuprofile" << QByteArray("{\"nodes\":[");
    QTest::newRow("csv") << "out.csv" << QByteArray("task,kind,");
    QTest::newRow("html") << "out.html" << QByteArray("<!doctype html>");
}

void ExportTest::formatsAreTakenFromTheEnding()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, beginning);
    const Outcome outcome = run({QStringLiteral("export"), recording(), QStringLiteral("-o"), file});
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(outcome.exitCode, 0);
    QFile written(m_folder.filePath(file));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY(written.readAll().startsWith(beginning));
}

void ExportTest::wrongUseIsTold_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("errors");
    const QString exporting = QStringLiteral("export");
    QTest::newRow("no recording") << QStringList{exporting}
                                  << QByteArray("which recording? Write 'loopscope export FILE.lscope -o FILE.trace'.");
    QTest::newRow("no target") << QStringList{exporting,
        recording()} << QByteArray("where to? Write 'loopscope export FILE.lscope -o FILE.trace', or '-o -' for standard output.");
    QTest::newRow("ending tells nothing") << QStringList{exporting, recording(), QStringLiteral("-o"), QStringLiteral("a.json")}
                                          << QByteArray("the name 'a.json' does not tell which format is meant; name it with '--format' "
                                                        "(chrome, perfetto, speedscope, cpuprofile, csv, html).");
    QTest::newRow("no such format") << QStringList{exporting, recording(), QStringLiteral("-o"), QStringLiteral("-"),
        QStringLiteral("--format"),
        QStringLiteral("xml")} << QByteArray("the option '--format' takes chrome, perfetto, speedscope, cpuprofile, csv, html, not 'xml'.");
    QTest::newRow("itself") << QStringList{exporting, recording(), QStringLiteral("--format"), QStringLiteral("csv"), QStringLiteral("-o"),
        recording()} << QByteArray("'%1' is the recording itself: name another file after '-o'.").replace("%1", recording().toUtf8());
    QTest::newRow("folder is missing") << QStringList{exporting, recording(), QStringLiteral("-o"), QStringLiteral("no/a.csv")}
                                       << QByteArray("the file 'no/a.csv' cannot be written: No such file or directory.");
    QTest::newRow("disk is full") << QStringList{exporting, recording(), QStringLiteral("--format"), QStringLiteral("chrome"),
        QStringLiteral("-o"), QStringLiteral("/dev/full")}
                                  << QByteArray("the file '/dev/full' cannot be written: No space left on device.");
}

void ExportTest::wrongUseIsTold()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, errors);
    const Outcome outcome = run(arguments);
    QCOMPARE(outcome.errors, "loopscope: " + errors + "\n");
    QCOMPARE(outcome.output, QByteArray());
    QCOMPARE(outcome.exitCode, 2);
}

QTEST_GUILESS_MAIN(ExportTest)
#include "ExportTest.moc"
