// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"

#include "recording/FileBlocks.h"
#include "recording/RecordingFormat.h"
#include "recording/SourceCodec.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <limits>

namespace loopscope {
namespace {

constexpr size_t chunkSize = size_t{256} * 1024;
constexpr size_t firstChunkSize = size_t{4} * 1024; ///< mostly little was appended since the last look
constexpr qint64 longestPayload = std::numeric_limits<qint32>::max() / 2; // what a QString can hold with room to spare

QString translated(const char *text) { return QCoreApplication::translate("RecordingReader", text); }

/// What is read after it is not older than what was read before it.
void fence()
{
#ifndef __SANITIZE_THREAD__ // which does not know fences, and cannot see through the file either
    std::atomic_thread_fence(std::memory_order_acquire);
#endif
}

/// A run of events with no definition in between.
struct Segment
{
    quint64 firstEvent = 0;
    quint64 offset = 0; ///< in the file
};

struct StringSpan
{
    quint64 offset = 0;
    quint32 length = 0; ///< bytes of UTF-8
};

} // namespace

struct RecordingReader::Private
{
    QString path;
    mutable FileBlocks file;
    quint64 fileSize = 0; ///< at the last look
    quint64 end = 0; ///< of the whole records read so far, in bytes
    quint64 eventCount = 0;
    std::vector<Segment> segments;
    mutable size_t lastSegment = 0; ///< events are mostly asked for one after the other
    bool inSegment = false;
    std::vector<StringSpan> strings; ///< number 1 is at 0
    std::vector<std::unique_ptr<SourceText>> sources;
    std::vector<SiteId> firstSites; ///< beside sources
    SiteId nextSite = 1;
    QJsonObject metadata;
    bool complete = false;
    bool behind = false;
    QString problem;
    std::unique_ptr<std::byte[]> probe; ///< see scan()
    std::unique_ptr<std::byte[]> chunk;

    bool readHeader();
    void scan(quint64 atMost);
    size_t scanChunk(size_t length);
    size_t takePayload(const Event &header, quint64 offset);
    bool define(const Event &header, quint64 offset);
    QByteArray bytesAt(quint64 offset, qsizetype length);
    void damaged(quint64 offset)
    {
        problem = translated("The recording %1 is damaged at byte %2: everything before that is shown.").arg(path).arg(offset);
    }
    void cutOff(quint64 offset)
    {
        problem =
            translated("The recording %1 is cut off in the record at byte %2: everything before that is shown.").arg(path).arg(offset);
    }
};

bool RecordingReader::Private::readHeader()
{
    format::FileHeader header;
    header.magic = {};
    const size_t got = file.readNow(0, reinterpret_cast<std::byte *>(&header), sizeof header);
    if (header.magic != format::magic) {
        constexpr std::array<char, 8> nothing{};
        problem = header.magic == nothing ? translated("%1 is empty.").arg(path) : translated("%1 is not a Loopscope recording.").arg(path);
        return false;
    }
    if (got < sizeof header) {
        problem = translated("The recording %1 is cut off in its header.").arg(path);
        return false;
    }
    if (header.version > format::version) {
        problem = translated("The recording %1 is of format version %2; this program reads up to version %3.")
                      .arg(path)
                      .arg(header.version)
                      .arg(format::version);
        return false;
    }
    if (header.version == 0 || header.unitSize != format::unitSize) {
        problem = translated("The recording %1 has a damaged header.").arg(path);
        return false;
    }
    end = sizeof header;
    return true;
}

/// Reads on from `end` to the last whole record.
///
/// The writer may be at work meanwhile. It stores a record's kind last, but a copy of the file's bytes may take the kind from after that
/// store and the rest from before it. So every stretch is copied twice: what has a kind in the first copy is whole in the second.
void RecordingReader::Private::scan(quint64 atMost)
{
    if (!probe) {
        probe = std::make_unique<std::byte[]>(chunkSize);
        chunk = std::make_unique<std::byte[]>(chunkSize);
    }
    problem.clear();
    fileSize = file.size();
    behind = false;
    const quint64 stop = fileSize; // a writer that is quicker than we are must not keep us here
    const quint64 pause = end + std::min(atMost, stop - std::min(stop, end));
    size_t look = firstChunkSize;
    while (end < stop) {
        if (end >= pause) {
            behind = true;
            break;
        }
        const size_t probed = file.readNow(end, probe.get(), look);
        fence();
        const size_t length = std::min(probed, file.readNow(end, chunk.get(), probed));
        const size_t taken = scanChunk(length);
        end += taken;
        file.setLimit(std::min(end, fileSize));
        if (taken == 0 || !problem.isEmpty())
            break;
        look = std::min(4 * look, chunkSize);
    }
}

/// Takes the whole records at the front of the chunk and gives the bytes they cover, which may reach beyond it; 0 if there is none.
size_t RecordingReader::Private::scanChunk(size_t length)
{
    size_t at = 0;
    while (at + format::unitSize <= length) {
        Event event;
        std::memcpy(&event, probe.get() + at, sizeof event);
        if (event.kind == EventKind::None)
            return at;
        std::memcpy(&event, chunk.get() + at, sizeof event);
        if (event.kind == EventKind::Payload) {
            const size_t payload = takePayload(event, end + at);
            if (payload == 0)
                return at;
            inSegment = false;
            at += payload;
            continue;
        }
        if (!format::isKnown(event.kind) || event.phase() > Phase::ClosingCallbacks) {
            damaged(end + at);
            return at;
        }
        if (!inSegment) {
            segments.push_back({eventCount, end + at});
            inSegment = true;
        }
        complete = complete || event.kind == EventKind::RunEnded;
        ++eventCount;
        at += format::unitSize;
    }
    if (at == 0 && length > 0)
        cutOff(end);
    return at;
}

/// The bytes of a definition with its header, 0 if it is damaged or not all there.
size_t RecordingReader::Private::takePayload(const Event &header, quint64 offset)
{
    if (header.value < 0 || header.value > longestPayload) {
        damaged(offset);
        return 0;
    }
    const quint64 size = format::unitSize + format::paddedToUnits(static_cast<quint64>(header.value));
    if (size > fileSize - std::min(fileSize, offset))
        fileSize = file.size(); // it may have grown since
    if (size > fileSize - std::min(fileSize, offset)) {
        cutOff(offset);
        return 0;
    }
    if (!define(header, offset)) {
        damaged(offset);
        return 0;
    }
    return static_cast<size_t>(size);
}

/// Numbers must come in order: that keeps tables small whatever the bytes say, and shows most damage.
bool RecordingReader::Private::define(const Event &header, quint64 offset)
{
    const quint64 from = offset + format::unitSize;
    switch (static_cast<PayloadKind>(header.detail)) {
    case PayloadKind::Metadata: {
        const QJsonDocument document = QJsonDocument::fromJson(bytesAt(from, static_cast<qsizetype>(header.value)));
        if (!document.isObject())
            return false;
        metadata = document.object();
        return true;
    }
    case PayloadKind::String:
        if (header.subject != strings.size() + 1)
            return false;
        strings.push_back({from, static_cast<quint32>(header.value)});
        return true;
    case PayloadKind::Source: {
        if (header.subject != nextSite)
            return false;
        std::unique_ptr<SourceText> source = decodeSource(bytesAt(from, static_cast<qsizetype>(header.value)));
        if (!source)
            return false;
        firstSites.push_back(nextSite);
        nextSite += static_cast<SiteId>(source->sites.size());
        sources.push_back(std::move(source));
        return true;
    }
    }
    return false;
}

QByteArray RecordingReader::Private::bytesAt(quint64 offset, qsizetype length)
{
    QByteArray bytes(length, Qt::Uninitialized);
    bytes.truncate(static_cast<qsizetype>(file.readNow(offset, reinterpret_cast<std::byte *>(bytes.data()), static_cast<size_t>(length))));
    return bytes;
}

RecordingReader::RecordingReader()
    : d(std::make_unique<Private>())
{
}

RecordingReader::~RecordingReader() = default;

bool RecordingReader::open(const QString &path, quint64 atMost)
{
    d = std::make_unique<Private>();
    d->path = path;
    QString error;
    if (!d->file.open(path, &error)) {
        d->problem = translated("The recording %1 cannot be read: %2.").arg(path, error);
        return false;
    }
    if (!d->readHeader())
        return false;
    d->scan(atMost);
    return true;
}

bool RecordingReader::refresh(quint64 atMost)
{
    if (d->end == 0)
        return false;
    const quint64 before = d->end;
    d->scan(atMost);
    return d->end != before;
}

bool RecordingReader::isBehind() const { return d->behind; }

quint64 RecordingReader::eventCount() const { return d->eventCount; }

Event RecordingReader::event(quint64 index) const
{
    const std::vector<Segment> &segments = d->segments;
    size_t segment = d->lastSegment;
    const bool isThere = segment < segments.size() && segments[segment].firstEvent <= index
        && (segment + 1 == segments.size() || index < segments[segment + 1].firstEvent);
    if (!isThere) {
        const auto after = std::upper_bound(
            segments.begin(), segments.end(), index, [](quint64 value, const Segment &each) { return value < each.firstEvent; });
        if (after == segments.begin())
            return {};
        segment = static_cast<size_t>(after - segments.begin()) - 1;
        d->lastSegment = segment;
    }
    Event event;
    d->file.copy(segments[segment].offset + (index - segments[segment].firstEvent) * format::unitSize, &event, sizeof event);
    return event;
}

QString RecordingReader::string(StringId id) const
{
    if (id == 0 || id > d->strings.size())
        return {};
    const StringSpan span = d->strings[id - 1];
    QByteArray bytes(span.length, Qt::Uninitialized);
    d->file.copy(span.offset, bytes.data(), span.length);
    return QString::fromUtf8(bytes);
}

SitePlace RecordingReader::place(SiteId id) const
{
    const auto after = std::upper_bound(d->firstSites.begin(), d->firstSites.end(), id);
    if (id == 0 || after == d->firstSites.begin())
        return {};
    const auto file = static_cast<size_t>(after - d->firstSites.begin()) - 1;
    const SourceText *source = d->sources[file].get();
    const SiteId first = d->firstSites[file];
    if (id - first >= source->sites.size())
        return {};
    return {source, &source->sites[id - first], first};
}

const std::vector<std::unique_ptr<SourceText>> &RecordingReader::sources() const { return d->sources; }

QJsonObject RecordingReader::metadata() const { return d->metadata; }

quint64 RecordingReader::bytes() const { return d->end; }

bool RecordingReader::isComplete() const { return d->complete; }

QString RecordingReader::problem() const { return d->problem; }

QString RecordingReader::incompleteness() const
{
    if (!d->problem.isEmpty() || d->complete)
        return d->problem;
    return translated("The recording %1 ends before its run did: the run was killed or the file was cut off.").arg(d->path);
}

} // namespace loopscope
