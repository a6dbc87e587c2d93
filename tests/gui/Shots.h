// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QStringList>

class QWidget;

namespace loopscope {

/// Pictures of a window in both themes, in one folder, with an index to look through. What can be checked is checked: no picture and no
/// view is blank, no text of a label or button is cut.
class Shots
{
public:
    /// Empties the folder.
    void begin(const QString &folder);
    /// NAME-dark.png and NAME-light.png; what is wrong with them, a sentence each.
    QStringList shoot(QWidget &window, const QString &name, const QString &caption);
    /// index.html.
    bool writeIndex(const QString &title) const;

private:
    QDir m_folder;
    QStringList m_rows; ///< of the index
};

} // namespace loopscope
