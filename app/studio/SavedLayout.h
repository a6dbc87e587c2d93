// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QRect>
#include <QTimer>

class QDockWidget;
class QMainWindow;

namespace loopscope {

/// Where the docks of a window stood, to put them back there after they stood otherwise for a while.
class SavedLayout : public QObject
{
    Q_OBJECT
public:
    explicit SavedLayout(QMainWindow &window, QObject *parent = nullptr);

    void save();
    /// Takes over what another one of the same window has saved.
    void take(const SavedLayout &other);
    /// Puts back what was saved, again and again until all docks have their sizes (a second at most): texts and bars that bound them may
    /// get their own some passes of the event loop later.
    void restore();

private:
    void restoreAgain();
    void putBack();
    /// Allows the docks the sizes they had before, and no others; or all again.
    void pin(bool isPinned);
    /// Of all docks, which live as long as the window; empty for hidden ones.
    using Places = QHash<QDockWidget *, QRect>;
    Places places() const;

    QMainWindow &m_window;
    QByteArray m_layout;
    Places m_places;
    QSize m_size; ///< of the window then
    QTimer m_again;
    int m_triesLeft = 0;
    bool m_isPinned = false;
};

} // namespace loopscope
