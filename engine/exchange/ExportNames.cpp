// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ExportNames.h"

#include "state/Names.h"

namespace loopscope {

ExportNames::ExportNames(const RecordingReader &reader)
    : m_reader(reader)
    , m_text(reader, m_index)
{
    m_index.update(reader);
}

QString ExportNames::title() const
{
    const QJsonObject metadata = m_reader.metadata();
    const QString title = metadata[QLatin1String("title")].toString();
    return title.isEmpty() ? metadata[QLatin1String("file")].toString().section(QLatin1Char('/'), -1) : title;
}

QString ExportNames::loop(quint16 loop) const
{
    if (loop == 0)
        return QStringLiteral("main");
    for (const LoopEntry &entry : m_index.loops()) {
        if (entry.loop == loop)
            return entry.name == 0 ? QStringLiteral("loop %1").arg(loop) : m_reader.string(entry.name);
    }
    return QStringLiteral("loop %1").arg(loop);
}

QString ExportNames::task(TaskKind kind, SubjectId subject) const
{
    const QString name = m_text.subjectName(subject);
    return name.isEmpty() ? QString(taskKindKey(kind)) : taskKindKey(kind) + QLatin1Char(' ') + name;
}

} // namespace loopscope
