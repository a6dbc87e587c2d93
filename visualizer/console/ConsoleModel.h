// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AnsiText.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace loopscope {

class RecordingReader;

/// What the script printed up to the cursor, line by line, with the event each line came from. Lines behind the cursor are kept but not
/// counted as rows: stepping back takes them away, as it does in the state.
class ConsoleModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role : int {
        EventRole = Qt::UserRole, ///< quint64: the event that printed it
        FactRole, ///< "stderr · line 2 · 0.02 ms"
        IsErrorRole, ///< stderr
        WholeTextRole, ///< QString, the line however long it is; what is displayed ends after 10,000 characters
    };

    explicit ConsoleModel(QObject *parent = nullptr);

    void setReader(const RecordingReader *reader);
    /// Takes in the events of kind ConsoleText that it does not have yet from the list of all, in the order of the recording.
    void grow(const std::vector<quint64> &consoleEvents);
    /// Shows the lines printed by events below `cursor`.
    void setCursor(quint64 cursor);
    /// Lines that are in no recording (what the runner said before it could record); always shown, last.
    void setExtra(const QString &text);

    /// The line as it is to be shown.
    AnsiText shown(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Line
    {
        quint32 event = 0; ///< a recording has less than 2^32 events (137 GB)
        quint32 part = 0; ///< which line of the event's text
    };
    AnsiText textOf(int row) const;
    QString factOf(int row) const;

    const RecordingReader *m_reader = nullptr;
    std::vector<Line> m_lines;
    QStringList m_extra;
    std::size_t m_eventsTaken = 0;
    quint64 m_cursor = 0;
    int m_shown = 0;
    mutable std::optional<quint64> m_parsedEvent; ///< lines beside each other are mostly of one text
    mutable AnsiText m_parsed;
};

} // namespace loopscope
