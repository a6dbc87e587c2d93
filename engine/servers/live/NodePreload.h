// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QTemporaryFile>

namespace loopscope {

class LaneBoard;

/// The file that the installed node loads before a scenario's script (node-preload.js). It is there as long as this object.
class NodePreload
{
public:
    NodePreload();
    /// Writes it. False if there can be no temporary file.
    bool write();
    QString path() const { return m_file.fileName(); }
    /// The variable of the environment by which it finds its way: "LOOPSCOPE_SERVE=...".
    static QByteArray setup(const LaneBoard &board, int backlog);

private:
    QTemporaryFile m_file;
};

} // namespace loopscope
