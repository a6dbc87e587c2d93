// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `loopscope export --format perfetto`, read by protoc: sound protobuf, whose tracks, slices, flows and counters tell of the run.
#include "recording/RecordingReader.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace loopscope;

namespace {

const QByteArray script = "const fs = require('fs');\n"
                          "function work(n) { let sum = 0; for (let i = 0; i < n; ++i) sum += i; return sum; }\n"
                          "async function load(name) { const text = await fs.promises.readFile(name, 'utf8'); work(50); return text; }\n"
                          "let count = 0;\n"
                          "const timer = setInterval(function tick() { work(300); if (++count > 2) clearInterval(timer); }, 5);\n"
                          "setTimeout(function ping() { console.log('\"quoted\" \\u00e4'); }, 12);\n"
                          "clearTimeout(setTimeout(() => {}, 100));\n"
                          "fs.readFile(__filename, function told() { work(10); });\n"
                          "load(__filename).then(() => load(__filename));\n";

/// A message as protoc prints it.
struct Message
{
    std::multimap<QByteArray, QByteArray> values;
    std::multimap<QByteArray, Message> parts;

    QByteArray value(const char *field) const
    {
        const auto found = values.find(field);
        return found == values.end() ? QByteArray() : found->second;
    }
    const Message &part(const char *field) const
    {
        static const Message none;
        const auto found = parts.find(field);
        return found == parts.end() ? none : found->second;
    }
    QList<QByteArray> all(const char *field) const
    {
        QList<QByteArray> list;
        const auto [from, to] = values.equal_range(field);
        for (auto value = from; value != to; ++value)
            list.append(value->second);
        return list;
    }
};

Message read(QList<QByteArray>::const_iterator &line, QList<QByteArray>::const_iterator end)
{
    Message message;
    for (; line != end; ++line) {
        const QByteArray text = line->trimmed();
        if (text == "}")
            return message;
        if (text.endsWith(" {"))
            message.parts.emplace(text.chopped(2), read(++line, end));
        else if (const qsizetype colon = text.indexOf(": "); colon > 0)
            message.values.emplace(text.first(colon), text.mid(colon + 2));
    }
    return message;
}

/// An event with its interned texts.
struct Happening
{
    QByteArray type;
    QByteArray track;
    quint64 time = 0;
    QByteArray name;
    QByteArray category;
    QByteArray function; ///< name and line
    const Message *event = nullptr;
};

} // namespace

class PerfettoExportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void holdsNothingUnknown();
    void tracksAreDescribedFirst();
    void slicesAreNested();
    void slicesHaveNamesAndPlaces_data();
    void slicesHaveNamesAndPlaces();
    void flowsLeadFromCauseToEffect();
    void countersFollowTheQueues();
    void namesAreToldOnce();

private:
    QByteArray run(const QString &program, const QStringList &arguments, const QByteArray &input = {}) const;
    void collect();

    QTemporaryDir m_folder;
    RecordingReader m_reader;
    QByteArray m_text;
    Message m_trace;
    std::map<QByteArray, Message> m_tracks; ///< descriptors, by uuid
    std::vector<Happening> m_events;
    QStringList m_undescribed;
    std::multiset<QByteArray> m_interned; ///< names of events
};

QByteArray PerfettoExportTest::run(const QString &program, const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool hasFinished = process.waitForFinished() && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    return hasFinished ? process.readAllStandardOutput() : QByteArray();
}

void PerfettoExportTest::initTestCase()
{
    const QString protoc = QStandardPaths::findExecutable(QStringLiteral("protoc"));
    if (protoc.isEmpty())
        QSKIP("protoc is not installed");
    const QString loopscope = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
    QFile file(m_folder.filePath(QStringLiteral("a.js")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) == script.size());
    file.close();
    run(loopscope, {QStringLiteral("run"), QStringLiteral("a.js"), QStringLiteral("--record"), QStringLiteral("a.lscope")});
    QVERIFY(m_reader.open(m_folder.filePath(QStringLiteral("a.lscope"))));
    const QByteArray bytes = run(loopscope,
        {QStringLiteral("export"), QStringLiteral("a.lscope"), QStringLiteral("--format"), QStringLiteral("perfetto"), QStringLiteral("-o"),
            QStringLiteral("-")});
    m_text = run(protoc,
        {QStringLiteral("--proto_path=" LOOPSCOPE_SCHEMA_FOLDER), QStringLiteral("--decode=perfetto.protos.Trace"),
            QStringLiteral("perfetto.proto")},
        bytes);
    QVERIFY(!m_text.isEmpty());
    const QList<QByteArray> lines = m_text.split('\n');
    auto line = lines.cbegin();
    m_trace = read(line, lines.cend());
    collect();
    QVERIFY(m_events.size() > 100);
}

void PerfettoExportTest::collect()
{
    std::map<QByteArray, std::map<QByteArray, QByteArray>> interned;
    for (const auto &[field, packet] : m_trace.parts) {
        for (const auto &[kind, entry] : packet.part("interned_data").parts) {
            const QByteArray text = kind == "source_locations" ? entry.value("function_name") + ' ' + entry.value("line_number")
                : kind == "debug_annotation_string_values"     ? entry.value("str")
                                                               : entry.value("name");
            interned[kind][entry.value("iid")] = text;
            if (kind == "event_names")
                m_interned.insert(text);
        }
        if (packet.parts.count("track_descriptor") > 0) {
            const Message &track = packet.part("track_descriptor");
            if (!track.value("parent_uuid").isEmpty() && m_tracks.count(track.value("parent_uuid")) == 0)
                m_undescribed.append(QString::fromUtf8(track.value("parent_uuid")));
            QVERIFY(m_tracks.emplace(track.value("uuid"), track).second);
            continue;
        }
        const Message &event = packet.part("track_event");
        if (m_tracks.count(event.value("track_uuid")) == 0)
            m_undescribed.append(QString::fromUtf8(event.value("track_uuid")));
        m_events.push_back({event.value("type"), event.value("track_uuid"), packet.value("timestamp").toULongLong(),
            interned["event_names"][event.value("name_iid")], interned["event_categories"][event.value("category_iids")],
            interned["source_locations"][event.value("source_location_iid")], &event});
    }
}

void PerfettoExportTest::holdsNothingUnknown()
{
    for (const QByteArray &line : m_text.split('\n')) {
        const QByteArray text = line.trimmed();
        QVERIFY2(text.isEmpty() || text == "}" || !QChar::isDigit(static_cast<uint>(text.front())), text.constData());
    }
}

void PerfettoExportTest::tracksAreDescribedFirst()
{
    QCOMPARE(m_undescribed, QStringList());
    size_t processes = 0;
    size_t threads = 0;
    for (const auto &[uuid, track] : m_tracks) {
        processes += track.parts.count("process");
        threads += track.parts.count("thread");
        QVERIFY(!track.value("name").isEmpty());
    }
    QCOMPARE(processes, size_t{1});
    QVERIFY(threads >= 2); // the loop and a thread of its pool
}

void PerfettoExportTest::slicesAreNested()
{
    std::map<QByteArray, std::vector<quint64>> open;
    std::map<QByteArray, size_t> begun;
    quint64 time = 0;
    for (const Happening &happening : m_events) {
        QVERIFY(happening.time >= time);
        time = happening.time;
        std::vector<quint64> &stack = open[happening.track];
        if (happening.type == "TYPE_SLICE_BEGIN") {
            stack.push_back(time);
            ++begun[happening.category];
            const bool isThread = m_tracks[happening.track].parts.count("thread") > 0;
            QVERIFY(isThread || stack.size() == 1); // nothing lies in what overlaps
        } else if (happening.type == "TYPE_SLICE_END") {
            QVERIFY(!stack.empty());
            stack.pop_back();
        }
    }
    for (const auto &[track, stack] : open)
        QVERIFY(stack.empty() || m_tracks[track].value("name") == "\"promise\""); // some are never settled
    size_t tasks = 0;
    for (quint64 i = 0; i < m_reader.eventCount(); ++i)
        tasks += m_reader.event(i).kind == EventKind::TaskBegun ? 1 : 0;
    QCOMPARE(begun["\"task\""], tasks);
    QCOMPARE(begun["\"io\""], size_t{3});
    QCOMPARE(begun["\"await\""], size_t{2});
    QCOMPARE(begun["\"timer\""], size_t{5}); // the interval waits three times
}

void PerfettoExportTest::slicesHaveNamesAndPlaces_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<int>("count");
    QTest::newRow("task") << QByteArray("\"Timeout ping\"") << QByteArray("\"ping\" 6") << 1;
    QTest::newRow("interval") << QByteArray("\"Interval tick\"") << QByteArray("\"tick\" 5") << 3;
    QTest::newRow("call") << QByteArray("\"work\"") << QByteArray("\"work\" 2") << 6;
}

void PerfettoExportTest::slicesHaveNamesAndPlaces()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, function);
    QFETCH(int, count);
    int found = 0;
    for (const Happening &happening : m_events) {
        if (happening.type == "TYPE_SLICE_BEGIN" && happening.name == name && happening.category != "\"timer\"") {
            QCOMPARE(happening.function, function);
            ++found;
        }
    }
    QCOMPARE(found, count);
}

void PerfettoExportTest::flowsLeadFromCauseToEffect()
{
    std::map<QByteArray, QByteArray> begun; // names of what begins flows
    std::multiset<std::pair<QByteArray, QByteArray>> arrows;
    for (const Happening &happening : m_events) {
        for (const QByteArray &flow : happening.event->all("terminating_flow_ids")) {
            QVERIFY(begun.count(flow) == 1);
            arrows.emplace(begun[flow], happening.name);
            begun.erase(flow);
        }
        for (const QByteArray &flow : happening.event->all("flow_ids"))
            QVERIFY(begun.emplace(flow, happening.name).second);
    }
    QCOMPARE(arrows.count({"\"TaskCreated ping\"", "\"Timeout ping\""}), size_t{1});
    QCOMPARE(arrows.count({"\"TaskCreated tick\"", "\"Interval tick\""}), size_t{1});
    QCOMPARE(arrows.count({"\"TaskRearmed tick\"", "\"Interval tick\""}), size_t{2});
}

void PerfettoExportTest::countersFollowTheQueues()
{
    std::map<QByteArray, std::vector<qint64>> values;
    for (const Happening &happening : m_events) {
        if (happening.type == "TYPE_COUNTER")
            values[m_tracks[happening.track].value("name")].push_back(happening.event->value("counter_value").toLongLong());
    }
    QCOMPARE(values.size(), size_t{7});
    const std::vector<qint64> &timers = values["\"waiting: timers\""];
    QCOMPARE(*std::max_element(timers.begin(), timers.end()), 2);
    QCOMPARE(timers.back(), 0);
}

void PerfettoExportTest::namesAreToldOnce()
{
    for (const QByteArray &name : m_interned)
        QCOMPARE(m_interned.count(name), size_t{1});
}

QTEST_GUILESS_MAIN(PerfettoExportTest)
#include "PerfettoExportTest.moc"
