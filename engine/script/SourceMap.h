// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/LineIndex.h"

#include <QByteArray>

#include <vector>

namespace loopscope {

/// One mapping of a source map (https://tc39.es/ecma426/): a place in the generated text and the place in the source it stands for.
struct SourceMapping
{
    TextPlace generated;
    TextPlace original;
};

/// The mappings of a version 3 source map with one source.
class SourceMap
{
public:
    SourceMap() = default;
    /// Reads the JSON text; a text that is no source map gives an empty one.
    static SourceMap fromJson(const QByteArray &json);

    /// Ordered by generated place.
    const std::vector<SourceMapping> &mappings() const { return m_mappings; }
    /// The original of the last mapping at or before a generated place; line 0 if there is none on that line or before it.
    TextPlace original(TextPlace generated) const;

    /// The original of every generated line's first mapping; of lines without one, that of the line before.
    std::vector<TextPlace> lineOrigins(qsizetype lineCount) const;

private:
    std::vector<SourceMapping> m_mappings;
};

} // namespace loopscope
