// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

#include <QStringList>

#include <vector>

namespace loopscope {

/// What a script printed, line by line: standard output and standard error together, of all its loops. A line may be written in parts; it
/// stands where its last part does. What is written behind the last line end is a line too. What Node itself says of an error that nobody
/// caught is no line of the script.
class OutputLines
{
public:
    struct Line
    {
        QString text; ///< without its line end
        quint64 event = 0; ///< ConsoleText that ended it
        quint64 time = 0; ///< ns of run time
    };

    explicit OutputLines(const RecordingReader &reader);
    const std::vector<Line> &all() const { return m_lines; }
    QStringList texts() const;

private:
    std::vector<Line> m_lines;
};

} // namespace loopscope
