// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/SourceTable.h"
#include "script/LineIndex.h"
#include "script/SyntaxTree.h"

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace loopscope {

/// Which awaits of a source file need what others of the same function gave, as the names in the text tell: a name is bound to what an
/// await gave, or to what was made of that, and stands in the expression of another await or in a condition that this one depends on. What
/// an await does to the world (a row that another one reads) is not seen. Names are taken for what they read, whatever their scope, which
/// finds rather too many needs than too few; an order of a loop's turns is one if a turn needs what an earlier one gave.
///
/// A function is looked at when it is first asked for. Not thread-safe.
class AwaitNeeds
{
public:
    /// `source` must outlive this.
    explicit AwaitNeeds(const SourceText &source);

    /// `await`: index of an await in the source's table of sites. Gives indices of awaits in the same table, itself among them if a later
    /// turn of its loop needs what the earlier one gave. Nothing if the text does not tell: it is no JavaScript (TypeScript), or the
    /// recording has the places only.
    std::optional<std::set<quint32>> of(quint32 await);

private:
    using Offsets = std::map<quint32, std::set<quint32>>; ///< of awaits: what they need

    void readFunctionAround(quint32 offset);
    NodeIndex nodeAt(quint32 offset) const;

    const SourceText &m_source;
    LineIndex m_lines;
    std::unique_ptr<SyntaxTree> m_tree; ///< null if the text is not to be understood
    std::set<NodeIndex> m_read; ///< functions
    Offsets m_needs;
    std::map<quint32, quint32> m_siteAt; ///< by offset
};

} // namespace loopscope
