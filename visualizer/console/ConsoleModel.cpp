// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleModel.h"

#include "recording/RecordingReader.h"
#include "shell/Format.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr qsizetype kShownLength = 10'000; ///< characters of a line

} // namespace

ConsoleModel::ConsoleModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void ConsoleModel::setReader(const RecordingReader *reader)
{
    beginResetModel();
    m_reader = reader;
    m_lines = {};
    m_parsedEvent.reset();
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
        const int count = AnsiText::lineCount(text);
        for (int part = 0; part < count; ++part)
            m_lines.push_back({static_cast<quint32>(event), static_cast<quint32>(part)});
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

AnsiText ConsoleModel::textOf(int row) const
{
    if (row >= m_shown)
        return AnsiText::parse(m_extra.at(row - m_shown)).line(0);
    const Line &line = m_lines.at(static_cast<std::size_t>(row));
    if (m_parsedEvent != line.event) {
        m_parsed = AnsiText::parse(m_reader->string(static_cast<StringId>(m_reader->event(line.event).value)));
        m_parsedEvent = line.event;
    }
    return m_parsed.line(static_cast<int>(line.part));
}

AnsiText ConsoleModel::shown(int row) const
{
    AnsiText text = textOf(row);
    const qsizetype more = text.text.size() - kShownLength;
    if (more > 0)
        text.text = text.text.left(kShownLength) + tr("… (%L1 characters more: copy the line to have them)").arg(more);
    return text;
}

QString ConsoleModel::factOf(int row) const
{
    const Line &line = m_lines.at(static_cast<std::size_t>(row));
    if (line.part != 0)
        return {};
    const Event event = m_reader->event(line.event);
    QStringList facts;
    if (event.detail == 2)
        facts.append(tr("stderr"));
    const SitePlace place = m_reader->place(event.site);
    if (place.isValid()) {
        const bool isMain = place.source == m_reader->sources().front().get();
        facts.append(isMain ? tr("line %1").arg(place.site->line) : place.shortPlace());
    }
    facts.append(formatTime(event.time));
    return facts.join(QStringLiteral(" · "));
}

QVariant ConsoleModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const int row = index.row();
    const bool isExtra = row >= m_shown;
    switch (role) {
    case Qt::DisplayRole:
        return shown(row).text;
    case WholeTextRole:
        return textOf(row).text;
    case EventRole:
        return isExtra ? QVariant() : QVariant::fromValue<quint64>(m_lines.at(static_cast<std::size_t>(row)).event);
    case IsErrorRole:
        return isExtra || m_reader->event(m_lines.at(static_cast<std::size_t>(row)).event).detail == 2;
    case FactRole:
        return isExtra ? QVariant() : QVariant(factOf(row));
    case Qt::AccessibleTextRole: {
        const QString fact = isExtra ? QString() : factOf(row);
        return fact.isEmpty() ? shown(row).text : tr("%1 (%2)").arg(shown(row).text, fact);
    }
    default:
        return {};
    }
}

} // namespace loopscope
