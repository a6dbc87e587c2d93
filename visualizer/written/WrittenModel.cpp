// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "written/WrittenModel.h"

#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "shell/Format.h"
#include "state/EventText.h"

#include <QFileInfo>

#include <algorithm>

namespace loopscope {

WrittenModel::WrittenModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

void WrittenModel::setSession(const RunSession *session)
{
    beginResetModel();
    m_session = session;
    m_files.clear();
    m_shown.clear();
    m_isRead = false;
    m_cursor = 0;
    endResetModel();
    grow();
}

void WrittenModel::grow()
{
    const RecordingReader *reader = m_session != nullptr ? m_session->reader() : nullptr;
    if (m_isRead || reader == nullptr || !reader->isComplete())
        return;
    m_isRead = true;
    const QJsonObject metadata = reader->metadata();
    m_folder = QFileInfo(metadata.value(QStringLiteral("file")).toString()).absolutePath() + u'/';
    m_files = WrittenFile::listOf(metadata);
    setCursor(m_cursor);
}

void WrittenModel::setCursor(quint64 cursor)
{
    m_cursor = cursor;
    std::vector<int> shown;
    for (int i = 0; i < static_cast<int>(m_files.size()); ++i) {
        if (m_files[static_cast<std::size_t>(i)].since <= cursor)
            shown.push_back(i);
    }
    if (shown != m_shown) {
        beginResetModel();
        m_shown = std::move(shown);
        endResetModel();
    } else if (!m_shown.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

const WrittenFile *WrittenModel::file(int row) const
{
    return row >= 0 && row < rowCount() ? &m_files[static_cast<std::size_t>(m_shown[static_cast<std::size_t>(row)])] : nullptr;
}

int WrittenModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_shown.size()); }

QString WrittenModel::shownPath(const WrittenFile &file) const
{
    QString path = file.path.startsWith(m_folder) ? file.path.mid(m_folder.size()) : file.path;
    if (file.type == WrittenFile::Type::Folder)
        path += u'/';
    return file.type == WrittenFile::Type::Link ? tr("%1 → %2").arg(path, file.target) : path;
}

QString WrittenModel::placeOf(quint64 moment) const
{
    constexpr quint64 farthest = 100; // events: a call of `fs` records few
    const EventText *text = m_session != nullptr ? m_session->text() : nullptr;
    const quint64 count = m_session != nullptr ? m_session->eventCount() : 0;
    if (text == nullptr || moment < 2 || moment > count)
        return {};
    // An asynchronous call writes when it has a thread of the pool, which is recorded next; any other while the statement before runs.
    const Event next = m_session->reader()->event(moment - 1);
    QString place = next.kind == EventKind::IoStarted ? text->where(moment - 1) : QString();
    for (quint64 back = 2; place.isEmpty() && back <= std::min(moment, farthest); ++back)
        place = text->where(moment - back);
    const QString time = formatTime(next.time);
    return place.isEmpty() ? time : tr("%1 · %2").arg(place, time);
}

QVariant WrittenModel::data(const QModelIndex &index, int role) const
{
    const WrittenFile *shown = file(index.row());
    if (shown == nullptr)
        return {};
    const bool isChangedLater = shown->until > m_cursor;
    switch (role) {
    case Qt::DisplayRole:
        return shownPath(*shown);
    case WordRole:
        return shown->changeWord();
    case FactRole: {
        QStringList facts;
        if (shown->type == WrittenFile::Type::File && shown->change != WrittenFile::Change::Removed)
            facts << (isChangedLater ? tr("%1 in the end") : QStringLiteral("%1")).arg(formatBytes(static_cast<quint64>(shown->size)));
        facts << placeOf(isChangedLater ? shown->since : shown->until);
        return facts.join(QStringLiteral(" · "));
    }
    case IsChangedLaterRole:
        return isChangedLater;
    case Qt::AccessibleTextRole:
        return tr("%1 %2, %3").arg(shown->changeWord(), shownPath(*shown), data(index, FactRole).toString());
    case Qt::ToolTipRole: {
        QString tip = tr("%1\n%2: %3").arg(shown->path, shown->changeWord(), placeOf(shown->since));
        if (shown->until != shown->since)
            tip += tr("\nchanged last: %1").arg(placeOf(shown->until));
        return tip;
    }
    default:
        return {};
    }
}

QString WrittenModel::emptyHint() const
{
    const RecordingReader *reader = m_session != nullptr ? m_session->reader() : nullptr;
    if (reader == nullptr)
        return tr("With simulated I/O the files that a script writes stay in memory. They are listed here.");
    if (reader->metadata().value(QStringLiteral("io")).toString() == QLatin1String("real"))
        return tr("This run has real I/O: what it writes is on the disk, where the script puts it.");
    if (!m_isRead && m_session->isLive())
        return tr("What the script writes stays in memory, and is listed here when the run has ended.");
    if (!m_isRead)
        return tr("The run did not end by itself, so what it wrote in memory is lost. Run it again to see it.");
    if (m_files.empty())
        return tr("The script wrote no files.");
    return tr("Nothing was written up to the moment that is shown; %Ln thing(s) by the end of the run (Alt+End goes there).", nullptr,
        static_cast<int>(m_files.size()));
}

} // namespace loopscope
