// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QString>

#include <functional>
#include <vector>

namespace loopscope {

/// Which statements to pause before. Looks a site's place up once and remembers the answer, because it is asked before every statement.
class Breakpoints
{
public:
    struct Line
    {
        QString path; ///< of the source, or its last part
        quint32 line = 0;
        QString condition = {}; ///< an expression; empty: always
    };
    using PlaceOfSite = std::function<bool(SiteId, QString *path, quint32 *line)>;

    void setPlaceOfSite(PlaceOfSite placeOfSite) { m_placeOfSite = std::move(placeOfSite); }
    void setLines(std::vector<Line> lines);
    bool isEmpty() const { return m_lines.empty(); }

    /// The statement at `site` is about to run: true if a breakpoint asks to pause before it. Of several statements on one line that run
    /// one after the other, the first only.
    bool hits(SiteId site);
    /// The condition of the breakpoint that was hit last; empty if it has none.
    const QString &condition() const { return m_condition; }

private:
    enum class Answer : quint8 { Unknown, No, Yes };
    bool isMarked(SiteId site);
    const Line *lookUp(SiteId site) const;

    PlaceOfSite m_placeOfSite;
    std::vector<Line> m_lines;
    std::vector<Answer> m_answers; ///< by site
    QString m_condition;
    SiteId m_previous = 0; ///< the statement before, if its line was marked
};

} // namespace loopscope
