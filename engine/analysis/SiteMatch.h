// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

#include <QHash>

#include <vector>

namespace loopscope {

/// Finds the places of one recording's source files in another's, though the text was edited between the two runs.
///
/// Files pair by their names, the main scripts always. Functions with a name pair by it and that of the function around them; everything
/// else pairs by its line, once the lines of both texts are aligned: equal lines first, then, between them, those that look most alike.
class SiteMatch
{
public:
    SiteMatch(const RecordingReader &left, const RecordingReader &right);

    /// The place on the right that stands for this one on the left; 0 if there is none.
    SiteId rightOf(SiteId left);
    bool isSame(SiteId left, SiteId right) { return left == 0 || right == 0 ? left == right : rightOf(left) == right; }
    /// True if the place that stands for this one also reads the same, as far as the first lines of both go.
    bool readsSame(SiteId left);

private:
    struct Partner
    {
        enum class Reading : quint8 { Unknown, Same, Different };
        SiteId right = unknown;
        Reading reading = Reading::Unknown;
    };
    static constexpr SiteId unknown = ~0U;

    void matchFile(const SitePlace &left);
    void matchEdited(const SourceText &left, SiteId firstLeft, const SourceText &right, SiteId firstRight);
    /// The source on the right that pairs with one on the left, and the number of its first site.
    const SourceText *partnerOf(const SourceText &left, SiteId *firstSite) const;

    const RecordingReader &m_left;
    const RecordingReader &m_right;
    std::vector<Partner> m_partners; ///< by site of the left
    QHash<SiteId, size_t> m_missed; ///< files without a partner, by first site: how many files the right had then
};

/// For each line of `left`, counted from 0, the line of `right` that stands for it; -1 if none does.
std::vector<int> matchLines(const QByteArray &left, const QByteArray &right);

/// Lines of `left`, counted from 0, that `right` has otherwise or not at all. Spaces at their ends and empty lines do not count.
std::vector<int> editedLines(const QByteArray &left, const QByteArray &right);

} // namespace loopscope
