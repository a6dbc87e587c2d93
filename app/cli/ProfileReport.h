// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Output.h"
#include "analysis/profiler/LineProfile.h"
#include "analysis/profiler/ProfileText.h"

#include <functional>

namespace loopscope {

/// Tells a profile in words and tables, for reading on a terminal.
class ProfileReport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProfileReport)

public:
    /// All but `rows`, the most rows of each table, must outlive this.
    ProfileReport(const Profile &profile, const ProfileText &text, std::size_t rows)
        : m_profile(profile)
        , m_text(text)
        , m_rows(rows)
    {
    }

    /// Everything but what the functions below write.
    void write(Output &output, const BlockingReport &blocking, const Verdict &verdict) const;
    /// The call tree from below: functions by the time of their own, and below each who called it.
    void writeCallers(Output &output) const;
    /// The lines of a file, each behind what it cost.
    static void writeSource(Output &output, const SourceCost &cost);

private:
    /// A node of a tree, as it is indented.
    struct Row
    {
        quint32 node = 0;
        int depth = 0;
    };
    using Children = std::function<std::vector<quint32>(quint32)>;
    /// The heaviest nodes of a tree, in its order. No child weighs more than its parent, or has a smaller number; node 0 is left out.
    std::vector<Row> heaviest(const std::vector<quint64> &weights, const Children &children) const;

    void writeBlocking(Output &output, const BlockingReport &blocking) const;
    void writeLoop(Output &output, const BlockingReport &blocking) const;
    void writeOverTime(Output &output) const;
    void writeKinds(Output &output) const;
    void writeFunctions(Output &output) const;
    void writeAwaits(Output &output) const;
    void writeAsyncTree(Output &output) const;

    const Profile &m_profile;
    const ProfileText &m_text;
    std::size_t m_rows;
};

} // namespace loopscope
