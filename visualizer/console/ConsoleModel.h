// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

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
        FactRole, ///< "line 2 · 0.02 ms"
        IsErrorRole, ///< stderr
    };

    explicit ConsoleModel(QObject *parent = nullptr);

    void setReader(const RecordingReader *reader);
    /// Takes in the events of kind ConsoleText that it does not have yet from the list of all, in the order of the recording.
    void grow(const std::vector<quint64> &consoleEvents);
    /// Shows the lines printed by events below `cursor`.
    void setCursor(quint64 cursor);
    /// Lines that are in no recording (what the runner said before it could record); always shown, last.
    void setExtra(const QString &text);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Line
    {
        quint64 event = 0;
        int part = 0; ///< which line of the event's text
    };
    QString textOf(const Line &line) const;

    const RecordingReader *m_reader = nullptr;
    std::vector<Line> m_lines;
    QStringList m_extra;
    std::size_t m_eventsTaken = 0;
    quint64 m_cursor = 0;
    int m_shown = 0;
};

} // namespace loopscope
