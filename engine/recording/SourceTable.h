// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace loopscope {

/// A place in a source file. Lines and columns count from 1; columns count UTF-16 code units, as V8 does.
struct Site
{
    quint32 line = 0;
    quint32 column = 0;
    quint32 endLine = 0;
    quint32 endColumn = 0; ///< one past the last code unit
    quint32 function = 0; ///< index, in the same table, of the function that holds it (a function names the function around it)
    SiteKind kind = SiteKind::Statement;
    /// Function: its name as Node shows it ("" if anonymous); Call: the last identifier of the callee; else empty.
    QString name;
};

/// A source file with its sites. Index 0 is always the file's own body (SiteKind::Function, named "").
struct SourceText
{
    QString path; ///< as Node shows it: an absolute path, or a file: URL for ES modules
    QByteArray text; ///< UTF-8, as read
    std::vector<Site> sites;
};

} // namespace loopscope
