// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingWriter.h"

#include "recording/RecordingFormat.h"
#include "recording/SourceCodec.h"
#include "recording/WindowSupply.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {
namespace {

constexpr quint64 bufferSize = quint64{256} * 1024;
constexpr qsizetype rememberedStrings = 2048; // in each of two generations
constexpr qsizetype longestRememberedString = 512;

QString translated(const char *text) { return QCoreApplication::translate("RecordingWriter", text); }

/// Opens the file to write to. A window may still be looking at a recording of the same name: it keeps the old file, we start a new one.
int openForWriting(const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && info.isFile() && !info.isSymLink())
        QFile::remove(path);
    return ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

} // namespace

std::unique_ptr<RecordingWriter> RecordingWriter::create(const QString &path, QString *error)
{
    std::unique_ptr<RecordingWriter> writer(new RecordingWriter);
    writer->m_path = path;
    writer->m_descriptor = openForWriting(path);
    if (writer->m_descriptor < 0 && (errno == ENXIO || errno == EACCES || errno == EINVAL)) // pipes that can only be written to
        writer->m_descriptor = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CLOEXEC);
    struct stat status = {};
    if (writer->m_descriptor < 0 || fstat(writer->m_descriptor, &status) != 0) {
        writer->fail(translated("cannot be written"), errno);
    } else {
        if (S_ISREG(status.st_mode))
            writer->m_windows = std::make_unique<WindowSupply>(writer->m_descriptor);
        if (writer->openWindow(format::unitSize)) {
            const format::FileHeader header;
            std::memcpy(writer->m_next, &header, sizeof header);
            writer->m_next += sizeof header;
        }
    }
    if (!writer->failed())
        return writer;
    if (error != nullptr)
        *error = writer->failure();
    return nullptr;
}

std::unique_ptr<RecordingWriter> RecordingWriter::toNowhere() { return std::unique_ptr<RecordingWriter>(new RecordingWriter); }

RecordingWriter::~RecordingWriter() { finish(); }

bool RecordingWriter::fail(const QString &what, int error)
{
    m_failure = translated("The recording %1 %2: %3.").arg(m_path, what, qt_error_string(error));
    return false;
}

bool RecordingWriter::openNextWindow() { return openWindow(format::unitSize); }

/// Makes room for `needed` bytes that lie together at m_next. Without room m_next and m_end stay equal, so that append() asks again.
bool RecordingWriter::openWindow(quint64 needed)
{
    if (m_descriptor < 0 || failed())
        return false;
    return m_windows ? mapWindow(needed) : flushBuffer(needed);
}

bool RecordingWriter::mapWindow(quint64 needed)
{
    const quint64 position = m_windowOffset + static_cast<quint64>(m_next - m_window);
    m_window = m_next = m_end = nullptr;
    m_windowOffset = position; // where finish() cuts if the rest fails
    const FileWindow window = m_windows->next(position, needed);
    if (window.error == ENODEV && position == 0) {
        // A file system without shared mappings: nothing was written yet, so write through a buffer from here on.
        m_windows.reset();
        return ftruncate(m_descriptor, 0) == 0 ? flushBuffer(needed) : fail(translated("cannot be written"), errno);
    }
    if (window.error != 0)
        return fail(translated("cannot grow"), window.error);
    m_window = window.address;
    m_windowOffset = window.offset;
    m_next = m_window + (position - window.offset);
    m_end = m_window + window.size;
    return true;
}

/// Writes out the buffer that stands in for a window and leaves room for `needed` bytes.
bool RecordingWriter::flushBuffer(quint64 needed)
{
    for (const std::byte *from = m_window; from != m_next;) {
        const ssize_t written = ::write(m_descriptor, from, static_cast<size_t>(m_next - from));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            m_next = m_end = m_window;
            return fail(translated("cannot be written"), errno);
        }
        from += written;
    }
    if (needed > m_windowSize || m_windowSize > bufferSize) {
        m_windowSize = std::max(bufferSize, format::paddedToUnits(needed));
        m_buffer = std::make_unique<std::byte[]>(m_windowSize);
        m_window = m_buffer.get();
        m_end = m_window + m_windowSize;
    }
    m_next = m_window;
    return true;
}

void RecordingWriter::writePayload(PayloadKind kind, quint32 number, const QByteArray &bytes)
{
    if (!keepsEvents() || failed())
        return;
    const auto length = static_cast<quint64>(bytes.size());
    const quint64 needed = format::unitSize + format::paddedToUnits(length);
    if (static_cast<quint64>(m_end - m_next) < needed && !openWindow(needed))
        return;
    // The bytes first: a reader that sees the definition sees all of it.
    std::memcpy(m_next + format::unitSize, bytes.constData(), length);
    std::memset(m_next + format::unitSize + length, 0, needed - format::unitSize - length);
    Event event;
    event.kind = EventKind::Payload;
    event.detail = static_cast<quint8>(kind);
    event.subject = number;
    event.value = bytes.size();
    store(event);
    m_next += needed - format::unitSize;
}

void RecordingWriter::defineMetadata(const QJsonObject &metadata)
{
    writePayload(PayloadKind::Metadata, 0, QJsonDocument(metadata).toJson(QJsonDocument::Compact));
}

StringId RecordingWriter::defineString(const QString &text)
{
    if (!m_isShared)
        return defineStringAlone(text);
    const std::scoped_lock lock(m_mutex);
    return defineStringAlone(text);
}

void RecordingWriter::appendShared(Event event)
{
    const std::scoped_lock lock(m_mutex);
    m_lastTime = event.time = std::max(event.time, m_lastTime);
    appendAlone(event);
}

SubjectId RecordingWriter::newSubjectShared()
{
    const std::scoped_lock lock(m_mutex);
    return m_nextSubject++;
}

quint64 RecordingWriter::eventCountShared() const
{
    const std::scoped_lock lock(m_mutex);
    return m_eventCount;
}

StringId RecordingWriter::defineStringAlone(const QString &text)
{
    if (text.isEmpty())
        return 0;
    const bool remember = text.size() <= longestRememberedString;
    if (remember) {
        if (const StringId known = m_recentStrings.value(text); known != 0)
            return known;
        if (m_recentStrings.size() >= rememberedStrings) {
            m_olderStrings = std::move(m_recentStrings);
            m_recentStrings = {};
        }
        if (const StringId known = m_olderStrings.value(text); known != 0) {
            m_recentStrings.insert(text, known);
            return known;
        }
    }
    const StringId number = m_nextString++;
    writePayload(PayloadKind::String, number, text.toUtf8());
    if (remember)
        m_recentStrings.insert(text, number);
    return number;
}

SiteId RecordingWriter::defineSource(const SourceText &source)
{
    const SiteId first = m_nextSite;
    m_nextSite += static_cast<SiteId>(source.sites.size());
    if (keepsEvents())
        writePayload(PayloadKind::Source, first, encodeSource(source));
    return first;
}

void RecordingWriter::finish()
{
    if (m_descriptor < 0)
        return;
    if (m_windows) {
        const quint64 length = m_windowOffset + static_cast<quint64>(m_next - m_window);
        m_windows.reset();
        if (ftruncate(m_descriptor, static_cast<off_t>(length)) != 0 && !failed())
            fail(translated("cannot be cut to its length"), errno);
    } else if (!failed()) {
        flushBuffer(0);
    }
    m_buffer.reset();
    m_window = m_next = m_end = nullptr;
    ::close(m_descriptor);
    m_descriptor = -1;
}

} // namespace loopscope
