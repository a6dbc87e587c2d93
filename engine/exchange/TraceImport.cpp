// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceImport.h"

#include "exchange/ChromeFields.h"
#include "exchange/ChromeRecords.h"
#include "exchange/CpuProfileImport.h"
#include "exchange/TraceFile.h"
#include "exchange/TracePlaces.h"
#include "exchange/TraceReplay.h"
#include "exchange/TraceSpool.h"
#include "exchange/node/NodeTraceReader.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace loopscope {

bool TraceImport::toRecording(const QString &path, RecordingWriter &writer, QString *error, const Progress &progress)
{
    m_path = path;
    m_notice.clear();
    if (readNodeLog(writer))
        return true;
    TraceFile file;
    if (!file.open(path)) {
        *error = file.problem();
        return false;
    }
    const bool isRead =
        file.format() == TraceFile::Format::CpuProfile ? readCpuProfile(path, writer, error) : readChrome(file, writer, error, progress);
    if (isRead && writer.failed())
        *error = writer.failure();
    return isRead && !writer.failed();
}

/// A log of Node's that tells of its loop has tasks and promises in it, not just stretches of time. False, with nothing written, if it is
/// another trace.
bool TraceImport::readNodeLog(RecordingWriter &writer)
{
    if (!NodeTraceReader::isTraceFile(m_path))
        return false;
    NodeTraceReader reader;
    const QJsonObject origin{{QStringLiteral("format"), QStringLiteral("node")}, {QStringLiteral("file"), QFileInfo(m_path).fileName()}};
    if (!reader.read(m_path, writer, origin) || writer.failed())
        return false;
    m_notice = reader.problem();
    return true;
}

void TraceImport::note(const QString &sentence)
{
    if (!m_notice.isEmpty())
        m_notice += QLatin1Char(' ');
    m_notice += sentence;
}

QJsonObject TraceImport::metadata(const QString &format, QJsonObject original) const
{
    QJsonObject origin{{QStringLiteral("format"), format}, {QStringLiteral("file"), QFileInfo(m_path).fileName()}};
    if (!m_notice.isEmpty())
        origin.insert(QStringLiteral("notice"), m_notice);
    if (original.isEmpty()) {
        original.insert(QStringLiteral("file"), QFileInfo(m_path).fileName());
        original.insert(QStringLiteral("truth"), QStringLiteral("real"));
        original.insert(QStringLiteral("clock"), QStringLiteral("wall"));
    }
    original.insert(QStringLiteral("importedFrom"), origin);
    return original;
}

bool TraceImport::readChrome(TraceFile &file, RecordingWriter &writer, QString *error, const Progress &progress)
{
    const QJsonObject other = QJsonDocument::fromJson(file.head()).object()[QLatin1String("otherData")].toObject();
    const bool isOurs = other[QLatin1String("writer")].toString().startsWith(QLatin1String("loopscope "));
    TracePlaces places;
    TraceSpool spool;
    ChromeRecords records(writer, places, spool, isOurs);
    const auto take = [&](const simdjson::dom::element &event) {
        records.take(event);
        return !spool.hasFailed() && !writer.failed();
    };
    file.read(take, [&](quint64 done) {
        if (progress)
            progress(done, file.size());
    });
    if (records.eventCount() == 0 && !file.problem().isEmpty()) {
        *error = file.problem();
        return false;
    }
    if (records.eventCount() == 0) {
        *error = tr("'%1' holds no events.").arg(m_path);
        return false;
    }
    if (!file.problem().isEmpty())
        note(file.problem());
    if (records.malformedCount() > 0)
        note(tr("%1 events make no sense and were left out.").arg(records.malformedCount()));
    if (records.droppedCount() > 0)
        note(tr("%1 events are of threads beyond the first %2 and were left out.")
                 .arg(records.droppedCount())
                 .arg(ChromeRecords::mostThreads));
    if (places.isFull())
        note(tr("Places beyond the first %1, or sources beyond 256 MB, were left out.").arg(TracePlaces::mostPlaces));
    const auto defineMetadata = [&] {
        writer.defineMetadata(metadata(QStringLiteral("chrome"), isOurs ? other[QLatin1String("recording")].toObject() : QJsonObject()));
    };
    defineMetadata();
    places.define(writer);

    constexpr quint64 anyway = 500'000;
    TraceReplay replay(writer, places, records, file.size() + anyway);
    const bool isReplayed = spool.replay([&](const TraceRecord &record) {
        if (!isOurs)
            return replay.take(record);
        Event event = record.event;
        event.time = event.time < ChromeRecords::zeroTime ? 0 : event.time - ChromeRecords::zeroTime;
        event.site = places.siteOf(event.site);
        if (valueKind(event) == ValueKind::Site)
            event.value = places.siteOf(static_cast<quint32>(event.value));
        writer.append(event);
    });
    if (!isReplayed) {
        *error = tr("the temporary file for sorting '%1' cannot be used: %2.").arg(m_path, spool.error());
        return false;
    }
    if (isOurs)
        return true;
    replay.finish();
    if (replay.droppedCount() > 0) {
        note(tr("The stacks of its CPU profile jump so much that %1 samples were left out.").arg(replay.droppedCount()));
        defineMetadata();
    }
    return true;
}

bool TraceImport::readCpuProfile(const QString &path, RecordingWriter &writer, QString *error)
{
    constexpr qint64 largest = qint64{1} << 30U;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *error = tr("the file '%1' cannot be read: %2.").arg(path, file.errorString());
        return false;
    }
    if (file.size() > largest) {
        *error = tr("the CPU profile '%1' is larger than 1 GB, which is not read: take a shorter one.").arg(path);
        return false;
    }
    writer.defineMetadata(metadata(QStringLiteral("cpuprofile")));
    CpuProfileImport import(writer);
    if (!import.read(file.readAll())) {
        *error = tr("'%1' is no CPU profile of V8: %2").arg(path, import.problem());
        return false;
    }
    if (!import.problem().isEmpty()) {
        note(tr("Of '%1' not all was read: %2").arg(path, import.problem()));
        writer.defineMetadata(metadata(QStringLiteral("cpuprofile")));
    }
    return true;
}

} // namespace loopscope
