// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "LabOptions.h"

namespace loopscope {

/// `loopscope lab export` and `loopscope lab compare`: what is done with saved reports.
class LabExportCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabExportCommand)

public:
    /// Both give the exit code.
    int exportFile(const QStringList &arguments);
    int compare(const QStringList &arguments);

private:
    /// Nothing, with a complaint, if the file or the format is none.
    std::optional<QByteArray> contentOf(const QString &file, const QString &format);
    bool write(const QString &file, const QByteArray &content);
};

} // namespace loopscope
