// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/OutputLines.h"

#include <map>
#include <set>
#include <utility>

namespace loopscope {

OutputLines::OutputLines(const RecordingReader &reader)
{
    std::map<std::pair<quint16, quint8>, Line> open; // by loop and stream
    std::set<SubjectId> internal; // tasks of the runtime, such as the report of an error
    for (quint64 index = 0; index < reader.eventCount(); ++index) {
        const Event event = reader.event(index);
        if (event.kind == EventKind::TaskBegun && event.detail == static_cast<quint8>(TaskKind::Internal))
            internal.insert(event.subject);
        if (event.kind != EventKind::ConsoleText || internal.count(event.cause) > 0)
            continue;
        Line &line = open[{event.loop(), event.detail}];
        const QStringList parts = reader.string(static_cast<StringId>(event.value)).split(QLatin1Char('\n'));
        for (qsizetype part = 0; part < parts.size(); ++part) {
            if (part > 0)
                m_lines.push_back(std::exchange(line, {}));
            line.text += parts[part];
            line.event = index;
            line.time = event.time;
        }
    }
    for (const auto &[stream, line] : open) {
        if (!line.text.isEmpty())
            m_lines.push_back(line);
    }
}

QStringList OutputLines::texts() const
{
    QStringList texts;
    for (const Line &line : m_lines)
        texts.append(line.text);
    return texts;
}

} // namespace loopscope
