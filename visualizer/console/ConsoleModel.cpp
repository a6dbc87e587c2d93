// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleModel.h"

#include "recording/RecordingReader.h"
#include "shell/Format.h"

#include <algorithm>

namespace loopscope {

ConsoleModel::ConsoleModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void ConsoleModel::setReader(const RecordingReader *reader)
{
    beginResetModel();
    m_reader = reader;
    m_lines.clear();
    m_extra.clear();
    m_eventsTaken = 0;
    m_cursor = 0;
    m_shown = 0;
    endResetModel();
}

void ConsoleModel::grow(const std::vector<quint64> &consoleEvents)
{
    if (m_reader == nullptr || consoleEvents.size() <= m_eventsTaken)
        return;
    for (; m_eventsTaken < consoleEvents.size(); ++m_eventsTaken) {
        const quint64 event = consoleEvents.at(m_eventsTaken);
        const QString text = m_reader->string(static_cast<StringId>(m_reader->event(event).value));
        // A text that ends with a line break has no empty line after it.
        const auto count = static_cast<int>(text.count(QLatin1Char('\n'))) + (text.endsWith(QLatin1Char('\n')) ? 0 : 1);
        for (int part = 0; part < count; ++part)
            m_lines.push_back({event, part});
    }
    setCursor(m_cursor);
}

void ConsoleModel::setCursor(quint64 cursor)
{
    m_cursor = cursor;
    const auto end = std::lower_bound(m_lines.begin(), m_lines.end(), cursor, [](const Line &line, quint64 at) { return line.event < at; });
    const auto shown = static_cast<int>(end - m_lines.begin());
    if (shown > m_shown) {
        beginInsertRows({}, m_shown, shown - 1);
        m_shown = shown;
        endInsertRows();
    } else if (shown < m_shown) {
        beginRemoveRows({}, shown, m_shown - 1);
        m_shown = shown;
        endRemoveRows();
    }
}

void ConsoleModel::setExtra(const QString &text)
{
    const auto drop = static_cast<int>(m_extra.size());
    if (drop > 0) {
        beginRemoveRows({}, m_shown, m_shown + drop - 1);
        m_extra.clear();
        endRemoveRows();
    }
    QStringList lines = text.split(QLatin1Char('\n'));
    if (!lines.isEmpty() && lines.constLast().isEmpty())
        lines.removeLast();
    if (lines.isEmpty())
        return;
    beginInsertRows({}, m_shown, m_shown + static_cast<int>(lines.size()) - 1);
    m_extra = lines;
    endInsertRows();
}

int ConsoleModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_shown + static_cast<int>(m_extra.size()); }

QString ConsoleModel::textOf(const Line &line) const
{
    const QString text = m_reader->string(static_cast<StringId>(m_reader->event(line.event).value));
    return text.section(QLatin1Char('\n'), line.part, line.part);
}

QVariant ConsoleModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (index.row() >= m_shown) {
        if (role == Qt::DisplayRole)
            return m_extra.at(index.row() - m_shown);
        return role == IsErrorRole ? QVariant(true) : QVariant();
    }
    const Line &line = m_lines.at(static_cast<std::size_t>(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        return textOf(line);
    case EventRole:
        return QVariant::fromValue(line.event);
    case IsErrorRole:
        return m_reader->event(line.event).detail == 2;
    case FactRole: {
        if (line.part != 0)
            return QString();
        const Event event = m_reader->event(line.event);
        const SitePlace place = m_reader->place(event.site);
        const QString time = formatTime(event.time);
        if (!place.isValid())
            return time;
        const bool isMain = place.source == m_reader->sources().front().get();
        return (isMain ? tr("line %1").arg(place.site->line) : place.shortPlace()) + QStringLiteral(" · ") + time;
    }
    case Qt::AccessibleTextRole:
        return tr("%1 (%2)").arg(textOf(line), data(index, FactRole).toString());
    default:
        return {};
    }
}

} // namespace loopscope
