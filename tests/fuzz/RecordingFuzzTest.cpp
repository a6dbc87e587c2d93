// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"
#include "recording/RecordingWriter.h"
#include "recording/SourceCodec.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "support/Fuzzing.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// Damaged recordings must neither crash, hang nor take much memory, whatever looks at them. LOOPSCOPE_FUZZ_ROUNDS makes it last longer.
class RecordingFuzzTest : public QObject, private Fuzzing
{
    Q_OBJECT

public:
    RecordingFuzzTest()
        : Fuzzing(20260101)
    {
    }

private:
    QTemporaryDir m_folder;
    QByteArray m_good;

    QString path() const { return m_folder.filePath(QStringLiteral("fuzz.lscope")); }

    Event randomEvent()
    {
        Event event;
        event.time = below(1000000);
        event.value = static_cast<qint64>(below(20));
        event.subject = static_cast<SubjectId>(below(30));
        event.cause = static_cast<SubjectId>(below(30));
        event.site = static_cast<SiteId>(below(8));
        event.detail = static_cast<quint8>(below(16));
        event.setPhase(static_cast<Phase>(below(7)), static_cast<quint16>(below(4) == 0 ? below(3) * lanesOfLoop : 0));
        while (event.kind == EventKind::None || event.kind == EventKind::Payload)
            event.kind = static_cast<EventKind>(below(static_cast<int>(EventKind::TaskServes) + 1));
        return event;
    }

    QByteArray wholeRecording()
    {
        QString error;
        const auto writer = RecordingWriter::create(path(), &error);
        writer->defineMetadata({{QStringLiteral("seed"), 1}});
        SourceText source;
        source.path = QStringLiteral("/tmp/a.js");
        source.text = "function a() {}\na();\n";
        source.sites = {{1, 1, 2, 5, 0, SiteKind::Function, {}}, {1, 1, 1, 16, 0, SiteKind::Function, QStringLiteral("a")},
            {2, 1, 2, 5, 0, SiteKind::Statement, {}}};
        writer->defineSource(source);
        for (int i = 0; i < 300; ++i) {
            if (below(4) == 0)
                writer->defineString(QString::number(below(100000)));
            writer->append(randomEvent());
        }
        writer->finish();
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    void damage(QByteArray &bytes)
    {
        static constexpr quint64 telling[] = {
            0, 1, 0x7f, 0x80, 0xff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, 0xffffffffffffffff};
        for (quint64 i = 1 + below(8); i > 0; --i) {
            const auto at = static_cast<qsizetype>(below(static_cast<quint64>(bytes.size())));
            switch (below(6)) {
            case 0:
                bytes[at] = static_cast<char>(below(256));
                break;
            case 1: { // a number at the border of its range
                const quint64 number = telling[below(std::size(telling))];
                std::memcpy(bytes.data() + at, &number, std::min<size_t>(below(2) == 0 ? 4 : 8, static_cast<size_t>(bytes.size() - at)));
                break;
            }
            case 2: // a piece from elsewhere
                bytes.replace(at, 32, bytes.mid(static_cast<qsizetype>(below(static_cast<quint64>(bytes.size()))), 32));
                break;
            case 3:
                bytes.remove(at, static_cast<qsizetype>(below(40)));
                break;
            case 4: // an event becomes a definition
                if (const qsizetype unit = at / 32 * 32; unit + 32 <= bytes.size())
                    bytes[unit + 28] = 1;
                break;
            default:
                bytes.truncate(std::max<qsizetype>(at, 1));
                break;
            }
            if (bytes.isEmpty())
                return;
        }
    }

    /// Looks at everything in the file the way the programs do.
    void lookAtEverything()
    {
        RecordingReader reader;
        if (!reader.open(path())) {
            QVERIFY(!reader.problem().isEmpty());
            return;
        }
        StateTimeline timeline(reader);
        timeline.update();
        QVERIFY(timeline.eventCount() <= static_cast<quint64>(QFile(path()).size()) / 32);
        const EventText text(reader, timeline.index());
        for (quint64 i = 0; i < timeline.eventCount(); ++i) {
            QVERIFY(!text.line(i).isEmpty());
            QVERIFY(!text.toJson(i).isEmpty());
            const Event event = reader.event(i);
            text.subjectText(event.subject);
            reader.place(event.site).snippet();
        }
        for (int i = 0; i < 20; ++i) {
            const LoopState &state = timeline.stateAt(below(timeline.eventCount() + 1));
            for (size_t queue = 0; queue < loopQueueCount; ++queue)
                QCOMPARE(state.waiting(static_cast<LoopQueue>(queue)).size(), state.waitingCount(static_cast<LoopQueue>(queue)));
            state.poolQueue();
            state.currentStatement();
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_good = wholeRecording();
        QVERIFY(m_good.size() > 300 * 32);
    }

    void damagedRecordings()
    {
        QElapsedTimer timer;
        for (int round = 0; round < rounds(); ++round) {
            QByteArray bytes = m_good;
            damage(bytes);
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
            file.close();
            timer.start();
            lookAtEverything();
            QVERIFY2(timer.elapsed() < 10000, qPrintable(QStringLiteral("round %1 took %2 ms").arg(round).arg(timer.elapsed())));
        }
    }

    void damagedHeadersBeforeNoise()
    {
        for (int round = 0; round < rounds(); ++round) {
            QByteArray bytes = m_good.first(32);
            for (quint64 i = below(400); i > 0; --i)
                bytes.append(static_cast<char>(below(256)));
            if (below(3) == 0)
                bytes[static_cast<qsizetype>(below(32))] = static_cast<char>(below(256));
            QFile file(path());
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes);
            file.close();
            lookAtEverything();
        }
    }

    void damagedSources()
    {
        SourceText source;
        source.path = QStringLiteral("a.js");
        source.text = "let a\n";
        for (quint32 i = 0; i < 40; ++i)
            source.sites.push_back(
                {i + 1, i, i + 2, i * 3, i / 2, i % 3 == 0 ? SiteKind::Function : SiteKind::Statement, QString::number(i)});
        const QByteArray good = encodeSource(source);
        for (int round = 0; round < rounds() * 10; ++round) {
            QByteArray bytes = good;
            for (quint64 i = 1 + below(4); i > 0; --i)
                bytes[static_cast<qsizetype>(below(static_cast<quint64>(bytes.size())))] = static_cast<char>(below(256));
            if (const auto read = decodeSource(bytes)) {
                for (const Site &site : read->sites)
                    QVERIFY(site.function < read->sites.size());
            }
        }
    }
};

QTEST_GUILESS_MAIN(RecordingFuzzTest)
#include "RecordingFuzzTest.moc"
