// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeSamples.h"
#include "recording/RecordingReader.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// What V8's samples say becomes calls below the callbacks of a real Node.
class NodeSamplesTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    static QStringList list(const char *items) { return QString::fromLatin1(items).split(u'|'); }
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }

    /// A profile: frames are "name" of the person's, ":name" of Node's, "(name)" of V8's; frame i + 1 is called by that of `callers`.
    static QByteArray profile(const QStringList &frames, const QList<int> &callers, const QList<int> &samples)
    {
        QJsonArray nodes;
        QJsonArray ids;
        QJsonArray deltas;
        for (qsizetype i = 0; i < frames.size(); ++i) {
            QJsonArray children;
            for (qsizetype j = 0; j < callers.size(); ++j) {
                if (callers[j] == i)
                    children.append(j + 2);
            }
            const bool isNodes = frames[i].startsWith(u':');
            const QString url = frames[i].startsWith(u'(') ? QString() : isNodes ? QStringLiteral("node:x") : QStringLiteral("/a.js");
            nodes.append(QJsonObject{{QStringLiteral("id"), i + 1}, {QStringLiteral("children"), children},
                {QStringLiteral("callFrame"),
                    QJsonObject{{QStringLiteral("functionName"), isNodes ? frames[i].mid(1) : frames[i]}, {QStringLiteral("url"), url},
                        {QStringLiteral("lineNumber"), i}, {QStringLiteral("columnNumber"), 0}}}});
        }
        for (const int sample : samples) {
            ids.append(sample + 1);
            deltas.append(1000);
        }
        return QJsonDocument({{QStringLiteral("nodes"), nodes}, {QStringLiteral("samples"), ids}, {QStringLiteral("timeDeltas"), deltas},
                                 {QStringLiteral("startTime"), 5000}, {QStringLiteral("endTime"), 900000}})
            .toJson();
    }

    QString m_error;
    std::unique_ptr<RecordingWriter> m_writer;
    std::unique_ptr<NodeSites> m_sites;
    std::unique_ptr<NodeSamples> m_samples;
    QStringList m_changes;

    NodeSamples::Change told()
    {
        return [this](quint64 time, SiteId function, bool isEntered) {
            RecordingReader reader;
            QVERIFY(reader.open(path("out.lscope")));
            m_changes.append(QStringLiteral("%1 %2%3")
                                 .arg(time / 1000)
                                 .arg(isEntered ? QLatin1String("+") : QLatin1String("-"))
                                 .arg(reader.place(function).site->name));
        };
    }

private Q_SLOTS:
    void init()
    {
        m_changes.clear();
        m_samples.reset();
        m_sites.reset();
        m_writer = RecordingWriter::create(path("out.lscope"), &m_error);
        QVERIFY2(m_writer, qPrintable(m_error));
        m_sites = std::make_unique<NodeSites>(*m_writer, [](const QString &) { return nullptr; });
        m_samples = std::make_unique<NodeSamples>(*m_writer, *m_sites);
        m_samples->setClock(5000, QStringLiteral("/recorder.js"));
    }

    void samplesInARowAreOneCall()
    {
        m_samples->take(profile(list("(root)|:listOnTimeout|f|g|h"), {0, 1, 2, 2}, {2, 3, 3, 4, 2}));
        m_samples->follow(0, 4'600'000, told());
        QCOMPARE(m_changes, list("500 +f|1500 +g|3500 -g|3500 +h"));
        m_samples->leaveAll(4'700'000, told());
        QCOMPARE(m_changes.mid(4), list("4700 -h|4700 -f"));
    }

    void samplesOfNodesOwnAreKeptWhereNothingElseRuns()
    {
        m_samples->take(profile(list("(root)|:processTimers|:parse|:inner|f|:read"), {0, 1, 2, 2, 4}, {3, 5}));
        m_samples->follow(0, 9'000'000, told());
        QCOMPARE(m_changes, list("500 +parse|500 +inner|1500 -inner|1500 -parse|1500 +f|1500 +read"));
    }

    void aCallbackBeginsNoEarlierThanItself()
    {
        m_samples->take(profile(list("(root)|f|g"), {0, 0}, {1, 2}));
        m_samples->skip(1'000'000);
        m_samples->follow(1'900'000, 2'500'000, told());
        QCOMPARE(m_changes, list("1900 +g"));
    }

    void recorderIsHidden()
    {
        m_samples->setClock(5000, QStringLiteral("/a.js"));
        m_samples->take(profile(list("(root)|:parse|f|:inner"), {0, 1, 2}, {3}));
        m_samples->follow(0, 9'000'000, told());
        QCOMPARE(m_changes, list("500 +parse"));
    }

    void idleTimeIsNobodysAndMemoryIsCleanedInsideOfWhatRuns()
    {
        m_samples->take(profile(list("(root)|(idle)|f|(garbage collector)|(program)"), {0, 0, 0, 0}, {2, 3, 3, 2, 1, 4}));
        m_samples->follow(0, 9'000'000, told());
        QCOMPARE(m_changes, list("500 +f|1500 +(garbage collector)|3500 -(garbage collector)|5500 -f"));
    }

    void damageIsPassedOver_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("no JSON") << QByteArray("{");
        QTest::newRow("nothing in it") << QByteArray("{}");
        QTest::newRow("a circle") << QByteArray(
            R"({"startTime":0,"samples":[1,2,9],"timeDeltas":[9000,1,1],"nodes":[{"id":1,"children":[2],"callFrame":{}},{"id":2,"children":[1],"callFrame":{}}]})");
        QTest::newRow("times") << QByteArray(R"({"startTime":1e300,"samples":[1],"timeDeltas":[1e300],"nodes":[{"id":1,"callFrame":{}}]})");
    }
    void damageIsPassedOver()
    {
        QFETCH(QByteArray, json);
        m_samples->take(json);
        m_samples->follow(0, std::numeric_limits<quint64>::max(), told());
        m_samples->leaveAll(9'000'000, told());
        QCOMPARE(m_changes.filter(QStringLiteral("+")).size(), m_changes.filter(QStringLiteral("-")).size());
    }

    void busyFunctionsHaveTheirShares()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
            QSKIP("there is no node on the PATH");
        QFile script(path("busy.js"));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(
            "function spin(n) { let x = 0; for (let k = 0; k < n; ++k) for (let i = 0; i < 1e5; ++i) x = (x + i * k) % 7; return x; }\n"
            "function heavy() { return spin(900); }\n"
            "function light() { return spin(300); }\n"
            "function handler() {\n"
            "  const times = [performance.now()];\n"
            "  heavy(); times.push(performance.now());\n"
            "  light(); times.push(performance.now());\n"
            "  console.log(times[1] - times[0], times[2] - times[1]);\n"
            "}\n"
            "setTimeout(handler, 5);\n");
        script.close();
        const QString program = qEnvironmentVariable("LOOPSCOPE_BIN") + QLatin1String("/loopscope");
        QProcess run;
        run.start(program, {QStringLiteral("node"), script.fileName(), QStringLiteral("--record"), path("busy.lscope")});
        QVERIFY(run.waitForFinished());
        const QList<QByteArray> measured = run.readAllStandardOutput().trimmed().split(' '); // ms
        QCOMPARE(measured.size(), 2);
        QProcess profile;
        profile.start(program, {QStringLiteral("profile"), path("busy.lscope"), QStringLiteral("--json")});
        QVERIFY(profile.waitForFinished());
        const QJsonObject report = QJsonDocument::fromJson(profile.readAllStandardOutput()).object();
        QVERIFY(report.value(QLatin1String("sampled")).toBool());
        QHash<QString, double> total;
        QHash<QString, double> calls;
        const QJsonArray functions = report.value(QLatin1String("functions")).toArray();
        for (const QJsonValue &each : functions) {
            total[each[QLatin1String("function")].toString()] = each[QLatin1String("total")].toDouble();
            calls[each[QLatin1String("function")].toString()] = each[QLatin1String("calls")].toDouble();
        }
        const QStringList busy = list("heavy|light");
        for (qsizetype i = 0; i < busy.size(); ++i) {
            const double expected = measured[i].toDouble() * 1e6;
            QVERIFY2(qAbs(total.value(busy[i]) - expected) < 0.15 * expected + 5e6,
                qPrintable(QStringLiteral("%1: %2 ns, of %3").arg(busy[i]).arg(total.value(busy[i])).arg(expected)));
        }
        QVERIFY(total.value(QStringLiteral("handler")) >= total.value(QStringLiteral("heavy")) + total.value(QStringLiteral("light")));
        QCOMPARE(calls.value(QStringLiteral("handler")), 1.0); // the callback
        QCOMPARE(calls.value(QStringLiteral("heavy")), 0.0); // samples count no calls
        const QJsonArray call = report.value(QLatin1String("blocking"))[0][QLatin1String("callPath")].toArray();
        QCOMPARE(call, QJsonArray({QStringLiteral("handler"), QStringLiteral("heavy"), QStringLiteral("spin")}));
    }
};

QTEST_GUILESS_MAIN(NodeSamplesTest)
#include "NodeSamplesTest.moc"
