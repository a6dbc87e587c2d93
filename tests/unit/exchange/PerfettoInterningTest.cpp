// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// More names than a Perfetto trace keeps at a time: those that were forgotten are told again, under numbers of their own.
#include "exchange/PerfettoExport.h"
#include "exchange/PerfettoPackets.h"
#include "recording/RecordingWriter.h"

#include <QBuffer>
#include <QTemporaryDir>
#include <QTest>

#include <protozero/pbf_message.hpp>

#include <map>

using namespace loopscope;
using protozero::pbf_message;

class PerfettoInterningTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyNameIsToldBeforeItIsUsed();

private:
    QTemporaryDir m_folder;
    QByteArray m_trace;
    static constexpr int names = 70'000;
};

void PerfettoInterningTest::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("a.lscope"));
    QString error;
    const auto writer = RecordingWriter::create(path, &error);
    QVERIFY2(writer, qPrintable(error));
    for (int i = 0; i < 2 * names; ++i) // each once, then each again
        writer->append({.time = static_cast<quint64>(i),
            .value = static_cast<qint64>(writer->defineString(QString::number(i % names))),
            .kind = EventKind::ConsoleText,
            .detail = 1});
    writer->finish();
    RecordingReader reader;
    QVERIFY(reader.open(path));
    QBuffer buffer(&m_trace);
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    TextSink sink(buffer);
    writePerfettoTrace(ExportNames(reader), sink);
}

void PerfettoInterningTest::everyNameIsToldBeforeItIsUsed()
{
    using namespace perfetto;
    std::map<quint64, std::string> known;
    std::map<quint64, std::string> ever;
    int shown = 0;
    int cleared = 0;
    pbf_message<Trace> trace(m_trace.constData(), static_cast<size_t>(m_trace.size()));
    while (trace.next(Trace::packet)) {
        quint64 used = 0;
        std::map<quint64, std::string> told;
        quint32 flags = 0;
        pbf_message<TracePacket> packet(trace.get_message());
        while (packet.next()) {
            if (packet.tag() == TracePacket::sequenceFlags) {
                flags = packet.get_uint32();
            } else if (packet.tag() == TracePacket::internedData) {
                pbf_message<InternedData> data(packet.get_message());
                while (data.next(InternedData::eventNames)) {
                    pbf_message<Interned> entry(data.get_message());
                    QVERIFY(entry.next(Interned::iid));
                    const quint64 iid = entry.get_uint64();
                    QVERIFY(entry.next(Interned::text));
                    told[iid] = entry.get_string();
                }
            } else if (packet.tag() == TracePacket::trackEvent) {
                pbf_message<TrackEvent> event(packet.get_message());
                if (event.next(TrackEvent::nameIid))
                    used = event.get_uint64();
            } else {
                packet.skip();
            }
        }
        if ((flags & incrementalStateCleared) != 0) {
            known.clear();
            ++cleared;
        }
        for (const auto &[iid, text] : told) {
            QVERIFY(ever.emplace(iid, text).second);
            known[iid] = text;
        }
        if (used != 0)
            QCOMPARE(QByteArray::fromStdString(known[used]), QByteArray::number(shown++ % names));
    }
    QCOMPARE(shown, 2 * names);
    QVERIFY(cleared > 2); // at the beginning, and whenever there are too many
}

QTEST_GUILESS_MAIN(PerfettoInterningTest)
#include "PerfettoInterningTest.moc"
