// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeTraceReader.h"
#include "exchange/node/NodeTranslator.h"
#include "recording/RecordingReader.h"
#include "support/Fuzzing.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// Whatever a stream or a log says: no crash, no hang, and a recording that can be read. LOOPSCOPE_FUZZ_ROUNDS makes it last longer.
class NodeFuzzTest : public QObject, private Fuzzing
{
    Q_OBJECT

public:
    NodeFuzzTest()
        : Fuzzing(20260202)
    {
    }

private:
    QTemporaryDir m_folder;
    static QByteArray chunk(quint32 kind, const QByteArray &content)
    {
        const quint32 head[2] = {kind, static_cast<quint32>(content.size())};
        return QByteArray(reinterpret_cast<const char *>(head), sizeof head) + content;
    }
    static QByteArray record(quint32 operation, double first, double second, double time, quint32 type = 0, quint32 place = 0)
    {
        const double numbers[4] = {operation + 16.0 * type + 65536.0 * place, first, second, time};
        return QByteArray(reinterpret_cast<const char *>(numbers), sizeof numbers);
    }

    QByteArray stream()
    {
        static const char *const types[] = {"PROMISE", "TickObject", "Timeout", "Immediate", "FSREQCALLBACK", "TCPWRAP", "LoopscopeTimer"};
        QByteArray bytes = chunk(4,
            below(2) == 0 ? R"({"version":"v20.0.0","now":1,"epoch":5,"stacks":true})"
                          : R"({"version":"v20.0.0","now":1,"epoch":5,"stacks":true,"monotonic":9000,"sampleInterval":1000})");
        for (const char *type : types)
            bytes += chunk(2, type);
        bytes += chunk(3, R"({"file":"/a.js","line":1,"column":1,"api":"then"})");
        QByteArray records;
        double time = 1;
        for (int i = 0; i < 400; ++i) {
            const auto operation = static_cast<quint32>(1 + below(10));
            records += record(operation, static_cast<double>(below(60)), static_cast<double>(below(60)), time,
                static_cast<quint32>(below(8)), static_cast<quint32>(below(3)));
            time += static_cast<double>(below(100)) / 50;
        }
        return bytes + chunk(1, records) + chunk(5, profile()) + chunk(1, records) + chunk(5, profile());
    }

    QByteArray profile()
    {
        QByteArray nodes;
        QByteArray samples;
        QByteArray deltas;
        for (int id = 1; id < 20; ++id) {
            nodes += QStringLiteral(R"({"id":%1,"callFrame":{"functionName":"f%1","url":"%2","lineNumber":%1},"children":[%3,%4]},)")
                         .arg(id)
                         .arg(QLatin1String(below(3) == 0 ? "node:fs" : "/a.js"))
                         .arg(below(30))
                         .arg(id * 2)
                         .toUtf8();
            samples += QByteArray::number(below(21)) + ',';
            deltas += QByteArray::number(below(900)) + ',';
        }
        nodes.chop(1);
        samples.chop(1);
        deltas.chop(1);
        return R"({"startTime":9001000,"nodes":[)" + nodes + R"(],"samples":[)" + samples + R"(],"timeDeltas":[)" + deltas + "]}";
    }

    QByteArray log() const
    {
        QByteArray text = R"({"traceEvents":[)";
        for (int i = 2; i < 60; ++i) {
            for (const char *form :
                {R"({"tid":7,"ts":%1,"ph":"b","cat":"node,node.async_hooks","name":"Timeout","id":"0x%2","args":{"data":{"triggerAsyncId":1}}},)",
                    R"({"tid":7,"ts":%1,"ph":"b","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x%2","args":{}},)",
                    R"({"tid":7,"ts":%1,"ph":"e","cat":"node,node.async_hooks","name":"Timeout_CALLBACK","id":"0x%2","args":{}},)"})
                text += QString::fromLatin1(form).arg(i * 1000).arg(QString::number(i, 16)).toLatin1();
        }
        text.chop(1);
        return text + "]}";
    }

    void damage(QByteArray &bytes)
    {
        for (quint64 i = 1 + below(6); i > 0 && !bytes.isEmpty(); --i) {
            const auto at = static_cast<qsizetype>(below(static_cast<quint64>(bytes.size())));
            switch (below(4)) {
            case 0:
                bytes[at] = static_cast<char>(below(256));
                break;
            case 1:
                bytes.replace(at, 8, bytes.mid(static_cast<qsizetype>(below(static_cast<quint64>(bytes.size()))), 8));
                break;
            case 2:
                bytes.remove(at, static_cast<qsizetype>(below(40)));
                break;
            default:
                bytes.truncate(std::max<qsizetype>(at, 1));
            }
        }
    }

    QString recordingPath() const { return m_folder.filePath(QStringLiteral("out.lscope")); }
    void checkRecording()
    {
        RecordingReader reader;
        QVERIFY2(reader.open(recordingPath()), qPrintable(reader.problem()));
        QCOMPARE(reader.problem(), QString());
        QVERIFY(reader.isComplete());
        quint64 last = 0;
        for (quint64 i = 0; i < reader.eventCount(); ++i) {
            QVERIFY(reader.event(i).time >= last);
            last = reader.event(i).time;
        }
    }

private Q_SLOTS:
    void damagedStreams()
    {
        for (int round = 0; round < rounds(); ++round) {
            QByteArray bytes = stream();
            if (round > 20)
                damage(bytes);
            QString error;
            const auto writer = RecordingWriter::create(recordingPath(), &error);
            QVERIFY2(writer, qPrintable(error));
            NodeSites sites(*writer, [](const QString &) { return nullptr; });
            NodeTranslator translator(*writer, sites, QJsonObject());
            NodeStreamDecoder decoder(translator);
            translator.takeOutput(1, "some\ntext");
            for (qsizetype at = 0; at < bytes.size();) {
                const auto length = std::min<qsizetype>(bytes.size() - at, 1 + static_cast<qsizetype>(below(5000)));
                if (!decoder.feed(QByteArrayView(bytes).sliced(at, length))) {
                    QVERIFY(!decoder.problem().isEmpty());
                    break;
                }
                at += length;
            }
            translator.finish(RunEnding::Finished, 0);
            writer->finish();
            checkRecording();
        }
    }

    void wholeLog()
    {
        QFile file(m_folder.filePath(QStringLiteral("whole.log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(NodeTraceReader::isTrace(log().first(4096)));
        file.write(log());
        file.close();
        QString error;
        const auto writer = RecordingWriter::create(recordingPath(), &error);
        NodeTraceReader reader;
        QVERIFY(reader.read(file.fileName(), *writer));
        QCOMPARE(reader.problem(), QString());
        writer->finish();
        checkRecording();
        RecordingReader recording;
        QVERIFY(recording.open(recordingPath()));
        int begun = 0;
        for (quint64 i = 0; i < recording.eventCount(); ++i)
            begun += recording.event(i).kind == EventKind::TaskBegun && recording.event(i).detail == static_cast<quint8>(TaskKind::Timeout);
        QCOMPARE(begun, 58);
    }

    void damagedLogs()
    {
        const QString path = m_folder.filePath(QStringLiteral("fuzz.log"));
        int read = 0;
        for (int round = 0; round < rounds(); ++round) {
            QByteArray bytes = log();
            damage(bytes);
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
            file.close();
            QString error;
            const auto writer = RecordingWriter::create(recordingPath(), &error);
            NodeTraceReader reader;
            const bool isRead = reader.read(path, *writer);
            writer->finish();
            QVERIFY(isRead || !reader.problem().isEmpty());
            if (isRead)
                checkRecording();
            read += isRead ? 1 : 0;
        }
        QVERIFY(read > 10); // some damage is not seen, or seen late
    }

    void logsThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("traceEvents");
        QTest::newRow("no entries") << QByteArray(R"({"traceEvents":[]})");
        QTest::newRow("not a list") << QByteArray(R"({"traceEvents":5})");
        QTest::newRow("deep") << QByteArray(R"({"traceEvents":)") + QByteArray(100000, '[');
        QTest::newRow("nothing of the loop") << QByteArray(R"({"traceEvents":[{"name":"x","ph":"X","cat":"v8"}]})");
    }
    void logsThatAreNone()
    {
        QFETCH(QByteArray, text);
        QFile file(m_folder.filePath(QStringLiteral("none.log")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QString error;
        const auto writer = RecordingWriter::create(recordingPath(), &error);
        NodeTraceReader reader;
        QVERIFY(!reader.read(file.fileName(), *writer));
        QVERIFY(!reader.problem().isEmpty());
    }
};

QTEST_GUILESS_MAIN(NodeFuzzTest)
#include "NodeFuzzTest.moc"
