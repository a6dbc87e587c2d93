// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/Tally.h"

#include <QtGlobal>

#include <algorithm>
#include <numeric>

namespace loopscope {

void Tally::setHands(int answer, int hands)
{
    if (answer >= 0 && answer < m_hands.size())
        m_hands[answer] = std::clamp(hands, 0, mostHands);
}

int Tally::total() const { return std::accumulate(m_hands.begin(), m_hands.end(), 0); }

int Tally::percent(int answer) const { return total() > 0 ? qRound(100.0 * hands(answer) / total()) : 0; }

} // namespace loopscope
