// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceOpening.h"
#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "support/Fuzzing.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// Damaged and hostile traces must neither crash, hang nor take much memory or space; what is refused is told why. The seeds are the corpus
/// of the fuzzer. LOOPSCOPE_FUZZ_ROUNDS makes it last longer.
class TraceFuzzTest : public QObject, private Fuzzing
{
    Q_OBJECT

public:
    TraceFuzzTest()
        : Fuzzing(20260102)
    {
    }

private:
    QTemporaryDir m_folder;

    QByteArray piece(const QByteArray &bytes)
    {
        return bytes.mid(static_cast<qsizetype>(below(static_cast<size_t>(bytes.size()))), static_cast<qsizetype>(below(200)));
    }

    void damage(QByteArray &bytes)
    {
        static const QList<QByteArray> telling = {"NaN", "1e400", "-1e18", "9223372036854775807", "18446744073709551615", "-1", "0.5",
            "null", "\"", "\\", "[", "]", "{", "}", ",", ":", "[[[[", "},{", "\"ph\":\"E\"", "\"ph\":\"X\",\"dur\":1e15", "\"lane\":8191",
            "\"\\ud800\"", QByteArray(1, '\0'), "\xff\xfe"};
        for (size_t i = 1 + below(6); i > 0 && !bytes.isEmpty(); --i) {
            const auto at = static_cast<qsizetype>(below(static_cast<size_t>(bytes.size())));
            switch (below(7)) {
            case 0:
                bytes[at] = static_cast<char>(below(256));
                break;
            case 1:
                bytes.insert(at, telling[static_cast<qsizetype>(below(static_cast<size_t>(telling.size())))]);
                break;
            case 2: { // another number
                qsizetype end = at;
                while (end < bytes.size() && QChar::isDigit(static_cast<uint>(static_cast<unsigned char>(bytes[end]))))
                    ++end;
                bytes.replace(at, end - at, telling[static_cast<qsizetype>(below(8))]);
                break;
            }
            case 3:
                bytes.insert(at, piece(bytes));
                break;
            case 4:
                bytes.replace(at, static_cast<qsizetype>(below(60)), piece(bytes));
                break;
            case 5:
                bytes.remove(at, static_cast<qsizetype>(below(60)));
                break;
            default:
                if (below(4) == 0)
                    bytes.truncate(at);
                break;
            }
        }
    }

    /// Reads it and looks at what came of it the way the programs do.
    void lookAt(const QByteArray &bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("fuzz.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        RecordingReader reader;
        QString problem;
        QString notice;
        if (!openRecordingOrTrace(path, reader, &problem, &notice)) {
            QVERIFY(!problem.isEmpty());
            return;
        }
        QCOMPARE(reader.problem(), QString());
        constexpr quint64 perByte = 4 * 32; // what a profile that jumps is allowed
        constexpr quint64 anyway = 40'000'000;
        QVERIFY(reader.bytes() < static_cast<quint64>(bytes.size()) * perByte + anyway);
        StateTimeline timeline(reader);
        timeline.update();
        const EventText text(reader, timeline.index());
        quint64 time = 0;
        for (quint64 i = 0; i < std::min<quint64>(timeline.eventCount(), 1000); ++i) {
            QVERIFY(reader.event(i).time >= time);
            time = reader.event(i).time;
            QVERIFY(!text.line(i).isEmpty());
        }
    }

private Q_SLOTS:
    void damagedTraces_data()
    {
        QTest::addColumn<QByteArray>("seed");
        const QDir corpus(QStringLiteral(LOOPSCOPE_TRACE_CORPUS));
        const QStringList names = corpus.entryList(QDir::Files);
        QVERIFY(names.size() >= 4);
        for (const QString &name : names) {
            QFile file(corpus.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QTest::newRow(qPrintable(name)) << file.readAll();
        }
    }

    void damagedTraces()
    {
        QFETCH(QByteArray, seed);
        lookAt(seed);
        QElapsedTimer timer;
        for (int round = 0; round < rounds(); ++round) {
            QByteArray bytes = seed;
            damage(bytes);
            timer.start();
            lookAt(bytes);
            QVERIFY2(!QTest::currentTestFailed(), qPrintable(QStringLiteral("round %1").arg(round)));
            QVERIFY2(timer.elapsed() < 10000, qPrintable(QStringLiteral("round %1 took %2 ms").arg(round).arg(timer.elapsed())));
        }
    }

    void hostileTraces_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray threads = "[";
        for (int i = 0; i < 300000; ++i)
            threads += R"({"ph":"X","ts":1,"dur":1,"name":"n","pid":)" + QByteArray::number(i) + ",\"tid\":1},";
        QTest::newRow("hundreds of thousands of threads") << threads;
        QTest::newRow("deep") << '[' + QByteArray(20'000'000, '[');
        QTest::newRow("deep objects") << QByteArray(R"({"a":)").repeated(3'000'000);
        QTest::newRow("nested spans") << '[' + QByteArray(R"({"ph":"B","ts":1,"name":"n","pid":1,"tid":1},)").repeated(200000);
        QTest::newRow("one long string") << "[{\"name\":\"" + QByteArray(80'000'000, 'x') + "\"}]";
        QTest::newRow("spaces") << '[' + QByteArray(80'000'000, ' ') + ']';
        QByteArray profile = R"({"nodes":[{"id":0,"callFrame":{},"children":[1]})";
        for (int i = 1; i < 50000; ++i)
            profile += ",{\"id\":" + QByteArray::number(i) + ",\"callFrame\":{\"functionName\":\"f\"},\"children\":["
                + QByteArray::number(i + 1) + "]}";
        QTest::newRow("profile that jumps") << profile + "],\"samples\":[0" + QByteArray(",49999,0").repeated(200000)
                + "],\"timeDeltas\":[0" + QByteArray(",1,1").repeated(200000) + "]}";
        QTest::newRow("profile in a circle") << QByteArray(
            R"({"nodes":[{"id":1,"callFrame":{},"children":[2]},{"id":2,"callFrame":{},"children":[1,2,3]},
            {"id":3,"callFrame":{},"children":[2]}],"samples":[3,2,1,3],"timeDeltas":[1,1,1,1]})");
    }

    void hostileTraces()
    {
        QFETCH(QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        lookAt(bytes);
        QVERIFY2(timer.elapsed() < 30000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(TraceFuzzTest)
#include "TraceFuzzTest.moc"
