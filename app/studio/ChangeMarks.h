// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

namespace loopscope {

class MainWindow;
class RecordingReader;

/// Keeps ChangeNotes at the lines of the file that is shown, for the run that is shown.
class ChangeMarks : public QObject
{
    Q_OBJECT
public:
    /// The window must outlive this.
    explicit ChangeMarks(MainWindow &window);

    /// May be called at every step: it looks again only if something it depends on is another.
    void refresh();

private:
    /// What the notes depend on.
    struct Basis
    {
        const RecordingReader *shown = nullptr;
        const RecordingReader *other = nullptr;
        size_t shownSources = 0;
        size_t otherSources = 0;
        quint64 events = 0; ///< only while something changed is still to come
        QString path;
        bool isEdited = false;
        bool operator==(const Basis &) const = default;
    };

    MainWindow &m_window;
    Basis m_basis;
    bool m_isComplete = true;
};

} // namespace loopscope
