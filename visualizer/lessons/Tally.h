// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QStringList>

namespace loopscope {

/// A show of hands: how many were for each answer. A plain value.
class Tally
{
public:
    static constexpr int mostHands = 999;

    explicit Tally(const QStringList &answers = {})
        : m_answers(answers)
        , m_hands(answers.size(), 0)
    {
    }

    const QStringList &answers() const { return m_answers; }
    int hands(int answer) const { return m_hands.value(answer); }
    void setHands(int answer, int hands);
    int total() const;
    /// Of all hands, in percent; 0 if there are none.
    int percent(int answer) const;

private:
    QStringList m_answers;
    QList<int> m_hands;
};

} // namespace loopscope
