// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace loopscope {

/// A name or a line in which `*` stands for any text, also none; all else stands for itself.
class NamePattern
{
public:
    explicit NamePattern(QString pattern)
        : m_pattern(std::move(pattern))
    {
    }

    /// In at most as many steps as both are long, multiplied: only the last `*` is ever gone back to.
    bool fits(QStringView text) const
    {
        qsizetype at = 0;
        qsizetype read = 0;
        qsizetype star = -1;
        qsizetype readAtStar = 0;
        while (read < text.size()) {
            if (at < m_pattern.size() && m_pattern[at] == QLatin1Char('*')) {
                star = at++;
                readAtStar = read;
            } else if (at < m_pattern.size() && m_pattern[at] == text[read]) {
                ++at;
                ++read;
            } else if (star >= 0) {
                at = star + 1;
                read = ++readAtStar;
            } else {
                return false;
            }
        }
        while (at < m_pattern.size() && m_pattern[at] == QLatin1Char('*'))
            ++at;
        return at == m_pattern.size();
    }

    const QString &text() const { return m_pattern; }

private:
    QString m_pattern;
};

} // namespace loopscope
