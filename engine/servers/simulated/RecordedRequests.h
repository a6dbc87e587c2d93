// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <QCoreApplication>

#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

class RecordingReader;
class RequestBook;
struct Event;

/// The ways of the requests of a recorded server, read from its recording (ServerTrace), as the run itself tells them.
class RecordedRequests
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::RecordedRequests)

public:
    /// All requests, in the order of their numbers; those that were under way at the end of the recording have no answer. Nothing, with a
    /// sentence in `problem`, if the recording is none of a server.
    static std::optional<std::vector<LabRequest>> read(const RecordingReader &recording, QString *problem);

private:
    RecordedRequests(const RecordingReader &recording, RequestBook &book);
    void take(quint64 index);
    void begin(quint64 index, const Event &sent);
    quint64 originOf() const;

    const RecordingReader &m_recording;
    RequestBook &m_book;
    std::unordered_map<quint32, int> m_threads; ///< numbers, by subject
    std::unordered_map<quint32, quint64> m_requests; ///< numbers, by subject
};

} // namespace loopscope
