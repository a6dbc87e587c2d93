// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/NearName.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace loopscope {

namespace {

/// Letters to insert, remove, replace or swap with their neighbour until `one` is `other` (optimal string alignment).
int distance(const QString &one, const QString &other)
{
    const auto width = static_cast<std::size_t>(other.size()) + 1;
    std::vector<int> before(width);
    std::vector<int> last(width);
    std::vector<int> row(width);
    for (std::size_t column = 0; column < width; ++column)
        last[column] = static_cast<int>(column);
    for (qsizetype i = 0; i < one.size(); ++i) {
        row[0] = static_cast<int>(i) + 1;
        for (qsizetype j = 0; j < other.size(); ++j) {
            const auto column = static_cast<std::size_t>(j) + 1;
            row[column] = std::min({last[column] + 1, row[column - 1] + 1, last[column - 1] + (one[i] == other[j] ? 0 : 1)});
            if (i > 0 && j > 0 && one[i] == other[j - 1] && one[i - 1] == other[j])
                row[column] = std::min(row[column], before[column - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last.back();
}

} // namespace

QString nearName(const QString &written, const QStringList &names)
{
    constexpr qsizetype mostLetters = 60; // no name is as long; and the distance takes as many steps as both lengths multiplied
    constexpr qsizetype leastOfStart = 3;
    if (written.isEmpty() || written.size() > mostLetters)
        return {};
    QString best;
    // A third of the letters, so that short words are not near everything.
    int bestDistance = static_cast<int>(std::max<qsizetype>(1, written.size() / 3)) + 1;
    for (const QString &name : names) {
        const bool begins = written.size() >= leastOfStart && name.startsWith(written, Qt::CaseInsensitive);
        const int between = begins ? 0 : distance(written.toLower(), name.toLower());
        if (between < bestDistance) {
            best = name;
            bestDistance = between;
        }
    }
    return best;
}

QString nearNameQuestion(const QString &written, const QStringList &names)
{
    const QString near = nearName(written, names);
    return near.isEmpty() ? QString() : QCoreApplication::translate("loopscope::NearName", " Did you mean '%1'?").arg(near);
}

} // namespace loopscope
