// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QTemporaryFile>

#include <functional>
#include <vector>

namespace loopscope {

/// What a trace tells of one moment. `event` is meant as in a recording, but its site is a number of TracePlaces.
struct TraceRecord
{
    Event event;
    quint64 extra = 0; ///< of a span: its end; of what belongs together by an id: a number that stands for it
};
static_assert(sizeof(TraceRecord) == 40);

/// Puts records in the order of their times, however many there are: sorted runs in a temporary file, which are merged. Records of equal
/// time keep their order.
class TraceSpool
{
public:
    void add(const TraceRecord &record)
    {
        m_run.push_back(record);
        if (m_run.size() >= runLength)
            writeRun();
    }
    /// Gives all of them in order to `take`. False if the temporary file could not be written or read; error() says why.
    bool replay(const std::function<void(const TraceRecord &)> &take);
    bool hasFailed() const { return !m_error.isEmpty(); }
    QString error() const { return m_error; }
    quint64 count() const { return m_written + m_run.size(); }

private:
    static constexpr size_t runLength = size_t{1} << 19U; ///< 20 MB
    static constexpr size_t pageLength = 4096;
    struct Run;

    void sortRun();
    void writeRun();
    bool fill(Run &run);

    std::vector<TraceRecord> m_run;
    std::vector<quint64> m_ends; ///< of the runs in the file, in records
    quint64 m_written = 0;
    QTemporaryFile m_file;
    QString m_error;
};

} // namespace loopscope
