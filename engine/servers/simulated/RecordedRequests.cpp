// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/RecordedRequests.h"

#include "recording/RecordingFormat.h"
#include "recording/RecordingReader.h"
#include "servers/simulated/RequestBook.h"

#include <algorithm>

namespace loopscope {

std::optional<std::vector<LabRequest>> RecordedRequests::read(const RecordingReader &recording, QString *problem)
{
    const std::optional<ServerModel> model = serverModelOf(recording.metadata().value(QLatin1String("serverModel")).toString());
    if (!model) {
        *problem = tr("this is no recording of a server: 'loopscope lab SCENARIO --truth simulated --record FILE' makes one.");
        return std::nullopt;
    }
    std::vector<LabRequest> requests;
    RequestBook book;
    book.followAll();
    book.onEnded = [&](LabRequest &&request) {
        request.model = *model;
        request.truth = Truth::Simulated;
        requests.push_back(std::move(request));
    };
    RecordedRequests reader(recording, book);
    const quint64 count = recording.eventCount();
    for (quint64 index = 0; index < count; ++index)
        reader.take(index);
    book.endAll(count > 0 ? recording.event(count - 1).time : 0);
    std::stable_sort(
        requests.begin(), requests.end(), [](const LabRequest &left, const LabRequest &right) { return left.number < right.number; });
    return requests;
}

RecordedRequests::RecordedRequests(const RecordingReader &recording, RequestBook &book)
    : m_recording(recording)
    , m_book(book)
{
    m_book.setOrigin(originOf());
}

/// Where second 0 is.
quint64 RecordedRequests::originOf() const
{
    for (quint64 index = 0; index < m_recording.eventCount(); ++index) {
        const Event event = m_recording.event(index);
        if (event.kind == EventKind::Mark && event.detail == format::measuredMark)
            return event.time;
    }
    return 0;
}

void RecordedRequests::take(quint64 index)
{
    const Event event = m_recording.event(index);
    if (event.kind == EventKind::ThreadStarted)
        m_threads[event.subject] = static_cast<int>(event.value);
    else if (event.kind == EventKind::RequestSent)
        return begin(index, event);
    if (event.kind < EventKind::RequestStepped || event.kind > EventKind::RequestEnded)
        return;
    const auto request = m_requests.find(event.subject);
    if (request == m_requests.end())
        return;
    const quint64 number = request->second;
    if (event.kind == EventKind::RequestAnswered) {
        m_book.answer(number, event.time);
    } else if (event.kind == EventKind::RequestEnded) {
        m_book.end(number, static_cast<int>(event.value), event.time);
        m_requests.erase(request);
    } else if (event.detail == static_cast<quint8>(LabStep::Kind::Network)) {
        m_book.begin(number, {}, event.time, event.time); // sent once more
    } else if (event.detail <= static_cast<quint8>(LabStep::Kind::Waiting)) {
        const auto thread = m_threads.find(event.cause);
        m_book.step(number, static_cast<LabStep::Kind>(event.detail), event.time, thread == m_threads.end() ? 0 : thread->second,
            m_recording.string(static_cast<StringId>(event.value)));
    }
}

/// Its route and the moment at which it was due follow.
void RecordedRequests::begin(quint64 index, const Event &sent)
{
    QString route;
    quint64 due = sent.time;
    for (quint64 next = index + 1; next < std::min(index + 3, m_recording.eventCount()); ++next) {
        const Event event = m_recording.event(next);
        if (event.subject != sent.subject)
            break;
        if (event.kind == EventKind::SubjectNamed)
            route = m_recording.string(static_cast<StringId>(event.value));
        else if (event.kind == EventKind::RequestDue)
            due = static_cast<quint64>(event.value);
    }
    const auto number = static_cast<quint64>(sent.value);
    m_requests[sent.subject] = number;
    m_book.begin(number, route, due, sent.time);
}

} // namespace loopscope
