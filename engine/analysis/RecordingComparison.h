// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/EventMatch.h"
#include "analysis/MomentKeys.h"
#include "analysis/SequenceAlignment.h"
#include "recording/RecordingReader.h"

#include <array>
#include <limits>
#include <optional>
#include <vector>

namespace loopscope {

/// Two recordings side by side: where they first differ, and which callbacks, settled promises, console lines, errors and free choices of
/// one the other has too.
///
/// Up to the *parting* the two are equal event by event, as EventMatch has it: same kinds, names, places, texts and numbers, in the same
/// order.
/// The parting is therefore exact: it is the statement that was edited, the timer that was set to another time, the callback whose
/// turn came earlier. Behind it numbers no longer mean the same, so only moments (see MomentKeys) are compared, by the fewest
/// insertions and deletions (alignSequences), for at most 100,000 moments a side.
///
/// Of a real Node and a run of ours only the moments that both tell alike are compared (MomentKeys::Scope::OfBothKinds), from the
/// beginning.
///
/// Takes in both recordings bit by bit, and again when they grow. Memory: 16 bytes a moment and 8 a task, promise or request, on each side.
/// Not thread-safe.
class RecordingComparison
{
public:
    static constexpr quint32 none = ~0U;

    enum class Agreement : quint8 {
        Same,
        OtherTime, ///< the same, but at a time that differs by more than timeTolerance
        OnlyLeft,
        OnlyRight,
        Parting, ///< the first difference, if it is no such moment itself: what either side did instead
        NotReached, ///< the other recording has not come this far (yet)
    };
    struct Row
    {
        quint32 left = none; ///< event number; none if the left has nothing here
        quint32 right = none;
        Agreement agreement = Agreement::Same;
        quint32 elsewhere = none; ///< of what only one side has here: the event by which the other side does the same, but in another turn
        bool operator==(const Row &) const = default;
    };
    /// A place in both; `none` where a recording has ended before.
    struct Place
    {
        quint32 left = none;
        quint32 right = none;
    };

    /// An edited line shifts all behind it by its own cost of some ten ns; that is not worth a word.
    static constexpr quint64 timeTolerance = 10'000; ///< ns
    static constexpr size_t largestAlignment = 100'000; ///< moments a side

    /// Both must outlive this.
    RecordingComparison(const RecordingReader &left, const RecordingReader &right);

    /// Takes in what the readers have gained, at most about `atMost` events of each. True if anything changed.
    bool update(quint64 atMost = std::numeric_limits<quint64>::max());
    /// True while update() has more to do.
    bool isBehind() const;

    /// The moments of both, in order: all before the parting, the parting, and what is behind it.
    const std::vector<Row> &rows() const { return m_rows; }
    /// Where they part: the first event that differs, on either side. None while they are the same.
    std::optional<Place> parting() const { return m_parting; }
    /// The row that shows it.
    std::optional<size_t> partingRow() const { return m_partingRow; }
    /// The first event that is the same on both sides but at another time, before the parting.
    std::optional<Place> firstOtherTime() const { return m_firstOtherTime; }
    /// Events that were found equal, one by one; only moments if comparesMoments().
    quint64 equalEvents() const { return m_equalEvents; }
    /// True if one is of a real Node and the other a run of ours.
    bool comparesMoments() const { return m_comparesMoments; }
    size_t count(Agreement agreement) const { return m_counts[static_cast<size_t>(agreement)]; }
    /// Moments that both have, but in another turn; they are not among count(OnlyLeft) and count(OnlyRight).
    size_t movedCount() const { return m_moved; }
    /// False if either ran on the wall clock: then times are chance, and none are compared.
    bool comparesTimes() const { return m_comparesTimes; }
    /// True if more moments follow behind the parting than are aligned.
    bool isCut() const { return m_isCut; }
    /// Neither parting nor other times.
    bool isSame() const { return !m_parting && !m_firstOtherTime; }

private:
    struct Moment
    {
        quint64 key = 0;
        quint32 event = 0;
    };
    struct Side
    {
        const RecordingReader &reader;
        MomentKeys keys;
        quint64 next = 0; ///< the first event that was not looked at
        std::vector<Moment> behind; ///< moments from the parting on
        std::vector<quint32> ahead; ///< before there is a parting: moments that the other side has not reached
        quint64 lookedAheadTo = 0;
    };

    void start();
    bool compareEvents(quint64 atMost);
    bool compareMoments(quint64 atMost);
    /// Goes to the next moment: its key, none at the end of what is there.
    static std::optional<quint64> toNextMoment(Side &side, quint64 until);
    void takeEqualMoment();
    /// Goes past what one of them did not record; false at the end of what is there.
    bool skipUnshared(Side &side) const;
    void takeEqual(const Event &left, const Event &right);
    bool isOtherTime(quint64 left, quint64 right) const;

    static bool lookAhead(Side &side, quint64 atMost);
    void showAhead();
    static bool gather(Side &side, quint64 atMost);
    void align();
    SequenceAlignment bestAlignment() const;
    /// Has the parting as a row of its own, unless it is the first moment that only one side has.
    void showParting();

    void append(quint32 left, quint32 right, Agreement agreement);
    void dropRowsBehind();
    /// Finds, among the rows behind the parting, those of which either side has one.
    void findMoved();
    Agreement timeAgreement(quint32 left, quint32 right) const;

    EventMatch m_match;
    Side m_left;
    Side m_right;
    bool m_comparesCalls = true;
    bool m_comparesMoments = false;
    bool m_comparesTimes = true;
    bool m_hasStarted = false;
    quint64 m_equalEvents = 0;
    std::vector<Row> m_rows;
    size_t m_rowsBefore = 0; ///< the parting: these stay
    std::array<size_t, 6> m_counts{}; ///< by Agreement
    size_t m_moved = 0;
    std::optional<Place> m_parting;
    std::optional<size_t> m_partingRow;
    std::optional<Place> m_firstOtherTime;
    bool m_isCut = false;
};

} // namespace loopscope
