// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "recording/SourceTable.h"

#include <QHash>
#include <QJsonObject>
#include <QString>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <memory>
#include <mutex>

namespace loopscope {

class WindowSupply;

/// Appends events and definitions to a recording.
///
/// The file is mapped into memory one window at a time and grows ahead of the writing, so an event is a 32-byte store (no system call) and
/// whatever was appended survives the death of this process at any moment. finish() cuts the file to its true length.
/// What cannot be mapped (a pipe, /dev/null) is written through a buffer instead; there, what was not flushed dies with the process.
/// One thread at a time, unless shareBetweenThreads() was called. Readers in other processes see whole events only (`kind` is stored last,
/// with release order).
class RecordingWriter
{
public:
    /// Creates or overwrites `path`. On failure gives null and a sentence in `error`.
    static std::unique_ptr<RecordingWriter> create(const QString &path, QString *error);
    /// Counts events and hands out numbers, but keeps nothing.
    static std::unique_ptr<RecordingWriter> toNowhere();
    ~RecordingWriter();

    RecordingWriter(const RecordingWriter &) = delete;
    RecordingWriter &operator=(const RecordingWriter &) = delete;

    /// Appends one event. If the disk is full the event is lost, failed() turns true and failure() says why.
    void append(const Event &event)
    {
        if (m_isShared)
            appendShared(event);
        else
            appendAlone(event);
    }

    void defineMetadata(const QJsonObject &metadata);
    /// The number of a text; equal texts share one (the last few thousand are remembered).
    StringId defineString(const QString &text);
    /// Writes the source with its sites and gives the number of its first site; the others follow in order.
    SiteId defineSource(const SourceText &source);
    /// The number that the next defined source's first site will get.
    SiteId nextSite() const { return m_nextSite; }

    /// The number of the next subject (task, promise, request, ...).
    SubjectId newSubject() { return m_isShared ? newSubjectShared() : m_nextSubject++; }
    SubjectId nextSubject() const { return m_nextSubject; }
    /// Takes numbers back that nobody has seen.
    void setNextSubject(SubjectId next) { m_nextSubject = next; }

    /// From now on several threads append and define at the same time (loops on the wall clock). What one of them read from the clock
    /// before another one's event was appended is moved to that event's time.
    void shareBetweenThreads() { m_isShared = true; }
    /// While shared, whoever needs nextSite() to hold until defineSource() keeps this locked meanwhile.
    std::recursive_mutex &mutex() { return m_mutex; }
    bool isShared() const { return m_isShared; }

    quint64 eventCount() const { return m_isShared ? eventCountShared() : m_eventCount; }
    /// Of the file; empty if nothing is kept.
    QString path() const { return m_path; }
    bool keepsEvents() const { return m_descriptor >= 0; }
    bool failed() const { return !m_failure.isEmpty(); }
    QString failure() const { return m_failure; }

    /// Cuts the file to what was written and closes it. Called by the destructor too.
    void finish();

private:
    RecordingWriter() = default;
    void appendShared(Event event);
    SubjectId newSubjectShared();
    quint64 eventCountShared() const;
    void appendAlone(const Event &event)
    {
        ++m_eventCount;
        if (m_next == m_end && !openNextWindow())
            return;
        store(event);
    }
    StringId defineStringAlone(const QString &text);
    bool openNextWindow();
    bool openWindow(quint64 needed);
    bool mapWindow(quint64 needed);
    bool flushBuffer(quint64 needed);
    bool fail(const QString &what, int error);
    void store(const Event &event);
    void writePayload(PayloadKind kind, quint32 number, const QByteArray &bytes);

    std::byte *m_next = nullptr; ///< where the next record goes, inside the window
    std::byte *m_end = nullptr;
    std::byte *m_window = nullptr;
    quint64 m_windowOffset = 0; ///< of the window in the file
    quint64 m_windowSize = 0;
    std::unique_ptr<WindowSupply> m_windows; ///< null: the window is m_buffer
    std::unique_ptr<std::byte[]> m_buffer;
    QString m_path;
    quint64 m_eventCount = 0;
    int m_descriptor = -1;
    bool m_isShared = false; ///< set while only one thread uses the writer
    mutable std::recursive_mutex m_mutex;
    quint64 m_lastTime = 0; ///< of the events appended while shared
    SubjectId m_nextSubject = 1;
    SiteId m_nextSite = 1;
    StringId m_nextString = 1;
    QHash<QString, StringId> m_recentStrings;
    QHash<QString, StringId> m_olderStrings;
    QString m_failure;
};

inline void RecordingWriter::store(const Event &event)
{
    constexpr size_t words = sizeof(Event) / sizeof(quint64);
    std::array<quint64, words> from;
    std::memcpy(from.data(), &event, sizeof event);
    auto *to = reinterpret_cast<quint64 *>(m_next);
    for (size_t i = 0; i + 1 < words; ++i)
        to[i] = from[i];
    // The last word holds the kind: who sees it sees the words above.
    std::atomic_ref<quint64>(to[words - 1]).store(from[words - 1], std::memory_order_release);
    m_next += sizeof event;
}
static_assert(offsetof(Event, kind) >= 24, "the kind is in the word that is stored last");

} // namespace loopscope
