// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QFile>
#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace simdjson::dom {
class element;
class parser;
} // namespace simdjson::dom

namespace loopscope {

/// Reads the array of events of a file of Chrome's trace events piece by piece, so that memory does not grow with the file.
///
/// Both forms are read: the array itself, which need not be closed, and the object with the array as its member `traceEvents`. Not
/// thread-safe.
class TraceFile
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::TraceFile)

public:
    enum class Format : quint8 { Unknown, ChromeTrace, CpuProfile };

    TraceFile();
    ~TraceFile();
    TraceFile(const TraceFile &) = delete;
    TraceFile &operator=(const TraceFile &) = delete;

    /// Finds out what the file is by its content. False, with a sentence in problem(), if it cannot be read or is nothing known.
    bool open(const QString &path);
    Format format() const { return m_format; }
    /// What stands before the events in the object form, as an object of JSON.
    const QByteArray &head() const { return m_head; }

    /// Gives each element of the array to `take`, which gives false to stop. What is before damage is given, then problem() says what is
    /// wrong. `progress` gets the bytes read so far.
    using Take = std::function<bool(const simdjson::dom::element &)>;
    bool read(const Take &take, const std::function<void(quint64)> &progress);
    QString problem() const { return m_problem; }
    quint64 size() const { return static_cast<quint64>(m_file.size()); }

private:
    enum class Outcome : quint8 { More, Ended, Stopped };

    bool findArray();
    bool more();
    /// Parses up to the last event whose end can be guessed; 0 if the guess was wrong.
    size_t takeGuessed(const Take &take, bool *isStopped);
    /// Parses element by element.
    Outcome takeSlowly(const Take &take);
    size_t elementEnd(size_t from) const;
    void drop(size_t bytes);
    Outcome fail(const QString &what, size_t at);
    const char *data() const { return m_buffer.data() + 1; } ///< the byte before it is there for a bracket
    char *data() { return m_buffer.data() + 1; }
    bool isAtEnd() const { return m_isAtEnd; }

    QFile m_file;
    Format m_format = Format::Unknown;
    QByteArray m_head;
    QString m_problem;
    std::vector<char> m_buffer;
    size_t m_length = 0; ///< of what is in the buffer
    quint64 m_offset = 0; ///< in the file, of the buffer's first byte
    bool m_isAtEnd = false;
    std::unique_ptr<simdjson::dom::parser> m_parser;
};

} // namespace loopscope
