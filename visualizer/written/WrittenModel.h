// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "written/WrittenFile.h"

#include <QAbstractListModel>

#include <vector>

namespace loopscope {

class EventText;
class RunSession;

/// The files that the shown run wrote up to the cursor. What a recording says of them stands at its end.
class WrittenModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role : int {
        WordRole = Qt::UserRole, ///< "made"
        FactRole, ///< "1.2 KB · script.js:3"
        IsChangedLaterRole, ///< the content that is known is not yet that of the moment
    };

    explicit WrittenModel(QObject *parent = nullptr);

    void setSession(const RunSession *session);
    /// Looks whether the recording has come to its end.
    void grow();
    void setCursor(quint64 cursor);

    /// Also those behind the cursor.
    const std::vector<WrittenFile> &all() const { return m_files; }
    /// Null for no row.
    const WrittenFile *file(int row) const;
    /// "script.js:3 · 3.21 ms": where the script stood at a change of it (WrittenFile::since, until); empty if nothing tells.
    QString placeOf(quint64 moment) const;
    /// Why there is nothing to list, in a sentence; what to do, if anything.
    QString emptyHint() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QString shownPath(const WrittenFile &file) const;

    const RunSession *m_session = nullptr;
    std::vector<WrittenFile> m_files;
    std::vector<int> m_shown; ///< of m_files
    QString m_folder; ///< of the script, with a slash at its end: paths below it are shown without it
    quint64 m_cursor = 0;
    bool m_isRead = false;
};

} // namespace loopscope
