// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/SequenceAlignment.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace loopscope {
namespace {

constexpr int kDifferencesAtOnce = 400;
constexpr int kOutside = std::numeric_limits<int>::min() / 2; ///< of a diagonal that has left the two sequences

/// One run of the greedy algorithm. `x` counts items of the left taken, `y` of the right; diagonal k is x - y.
class Stretch
{
public:
    Stretch(std::span<const quint64> left, std::span<const quint64> right, GrowingEnds growing)
        : m_left(left)
        , m_right(right)
        , m_growing(growing)
    {
    }

    /// Finds the way, to the end or as far as the allowed differences lead, and appends its matches, counted from the offsets.
    void follow(quint32 leftOffset, quint32 rightOffset, std::vector<SequenceAlignment::Match> &matches)
    {
        int bestDiagonal = 0;
        int bestSum = -1;
        int differences = 0;
        for (; differences <= kDifferencesAtOnce; ++differences) {
            bestSum = -1;
            extend(differences);
            for (int k = -differences; k <= differences; k += 2) {
                const int x = at(differences, k);
                if (x < 0)
                    continue;
                if (isGoal(x, x - k)) {
                    m_isDone = true;
                    bestDiagonal = k;
                    break;
                }
                // Of equally far ones the straightest: neither side should run ahead where nothing fits.
                if (2 * x - k > bestSum || (2 * x - k == bestSum && std::abs(k) < std::abs(bestDiagonal))) {
                    bestSum = 2 * x - k;
                    bestDiagonal = k;
                }
            }
            if (m_isDone || differences == kDifferencesAtOnce)
                break;
        }
        goBack(differences, bestDiagonal, leftOffset, rightOffset, matches);
    }

    bool isDone() const { return m_isDone; }
    quint32 leftTaken() const { return m_leftTaken; }
    quint32 rightTaken() const { return m_rightTaken; }

private:
    int at(int differences, int k) const
    {
        return std::abs(k) > differences ? kOutside : m_furthest[static_cast<size_t>(differences)][static_cast<size_t>(k + differences)];
    }

    bool isGoal(int x, int y) const
    {
        const bool leftEnds = x == static_cast<int>(m_left.size());
        const bool rightEnds = y == static_cast<int>(m_right.size());
        return (leftEnds && rightEnds) || (leftEnds && m_growing.left) || (rightEnds && m_growing.right);
    }

    /// From the furthest x of diagonals k - 1 and k + 1 with one difference less: is a step down (an item of the right) the better one?
    bool comesFromAbove(int differences, int k) const { return at(differences - 1, k - 1) + 1 <= at(differences - 1, k + 1); }

    void extend(int differences)
    {
        m_furthest.emplace_back(static_cast<size_t>(2 * differences + 1), kOutside);
        for (int k = -differences; k <= differences; k += 2) {
            int x = 0;
            if (differences > 0)
                x = comesFromAbove(differences, k) ? at(differences - 1, k + 1) : at(differences - 1, k - 1) + 1;
            int y = x - k;
            const int leftSize = static_cast<int>(m_left.size());
            const int rightSize = static_cast<int>(m_right.size());
            if (x < 0 || y < 0 || x > leftSize || y > rightSize)
                continue;
            while (x < leftSize && y < rightSize && m_left[static_cast<size_t>(x)] == m_right[static_cast<size_t>(y)]) {
                ++x;
                ++y;
            }
            m_furthest.back()[static_cast<size_t>(k + differences)] = x;
        }
    }

    void goBack(int differences, int k, quint32 leftOffset, quint32 rightOffset, std::vector<SequenceAlignment::Match> &matches)
    {
        const size_t firstNew = matches.size();
        int x = at(differences, k);
        m_leftTaken = static_cast<quint32>(x);
        m_rightTaken = static_cast<quint32>(x - k);
        for (; differences >= 0; --differences) {
            int start = 0; // x where the diagonal was entered
            int cameFrom = k;
            if (differences > 0) {
                const bool fromAbove = comesFromAbove(differences, k);
                cameFrom = fromAbove ? k + 1 : k - 1;
                start = at(differences - 1, cameFrom) + (fromAbove ? 0 : 1);
            }
            while (x > start) {
                --x;
                matches.emplace_back(leftOffset + static_cast<quint32>(x), rightOffset + static_cast<quint32>(x - k));
            }
            x = differences > 0 ? at(differences - 1, cameFrom) : 0;
            k = cameFrom;
        }
        std::reverse(matches.begin() + static_cast<std::ptrdiff_t>(firstNew), matches.end());
    }

    std::span<const quint64> m_left;
    std::span<const quint64> m_right;
    GrowingEnds m_growing;
    std::vector<std::vector<int>> m_furthest; ///< x by differences and diagonal
    bool m_isDone = false;
    quint32 m_leftTaken = 0;
    quint32 m_rightTaken = 0;
};

} // namespace

SequenceAlignment alignSequences(std::span<const quint64> left, std::span<const quint64> right, GrowingEnds growing)
{
    SequenceAlignment alignment;
    for (bool isDone = false; !isDone;) {
        Stretch stretch(left.subspan(alignment.leftReached), right.subspan(alignment.rightReached), growing);
        stretch.follow(alignment.leftReached, alignment.rightReached, alignment.matches);
        alignment.leftReached += stretch.leftTaken();
        alignment.rightReached += stretch.rightTaken();
        isDone = stretch.isDone();
    }
    return alignment;
}

} // namespace loopscope
