// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/RecordingComparison.h"

#include <algorithm>
#include <deque>
#include <iterator>
#include <unordered_map>

namespace loopscope {
namespace {

bool isDetail(EventKind kind)
{
    return kind == EventKind::CallEntered || kind == EventKind::CallLeft || kind == EventKind::Statement
        || kind == EventKind::StatementsCapped;
}

bool isOfNode(const RecordingReader &reader)
{
    return reader.metadata().value(QLatin1String("program")).toString() == QLatin1String("node");
}

bool isSampled(const RecordingReader &reader) { return reader.metadata().contains(QLatin1String("sampleInterval")); }

QString setting(const RecordingReader &reader, const char *name) { return reader.metadata().value(QLatin1String(name)).toString(); }

} // namespace

RecordingComparison::RecordingComparison(const RecordingReader &left, const RecordingReader &right)
    : m_match(left, right)
    , m_left{left, MomentKeys(left, &m_match.places()), 0, {}, {}, 0}
    , m_right{right, MomentKeys(right, nullptr), 0, {}, {}, 0}
{
}

bool RecordingComparison::isBehind() const
{
    if (m_left.reader.eventCount() == 0 || m_right.reader.eventCount() == 0)
        return false;
    const auto hasMore = [](const Side &side, quint64 from, size_t kept) {
        return from < side.reader.eventCount() && kept < largestAlignment;
    };
    if (m_parting)
        return hasMore(m_left, m_left.next, m_left.behind.size()) || hasMore(m_right, m_right.next, m_right.behind.size());
    const bool leftIsThere = m_left.next < m_left.reader.eventCount();
    const bool rightIsThere = m_right.next < m_right.reader.eventCount();
    if (leftIsThere && rightIsThere)
        return true;
    const Side &longer = leftIsThere ? m_left : m_right;
    return hasMore(longer, std::max(longer.next, longer.lookedAheadTo), longer.ahead.size());
}

bool RecordingComparison::update(quint64 atMost)
{
    if (m_left.reader.eventCount() == 0 || m_right.reader.eventCount() == 0)
        return false; // not even what kind of run it is need be known yet
    if (!m_hasStarted)
        start();
    bool changed = !m_parting && (m_comparesMoments ? compareMoments(atMost) : compareEvents(atMost));
    if (m_parting) {
        const bool leftGained = gather(m_left, atMost);
        const bool rightGained = gather(m_right, atMost);
        changed = changed || leftGained || rightGained;
        if (changed && !isBehind())
            align();
        else if (changed)
            showParting();
    } else {
        const bool leftGained = lookAhead(m_left, atMost);
        const bool rightGained = lookAhead(m_right, atMost);
        changed = changed || leftGained || rightGained;
        if (changed)
            showAhead();
    }
    return changed;
}

void RecordingComparison::start()
{
    m_hasStarted = true;
    m_comparesCalls =
        setting(m_left.reader, "detail") == setting(m_right.reader, "detail") && !isSampled(m_left.reader) && !isSampled(m_right.reader);
    const auto isWall = [](const Side &side) { return setting(side.reader, "clock") == QLatin1String("wall"); };
    m_comparesTimes = !isWall(m_left) && !isWall(m_right);
    m_comparesMoments = isOfNode(m_left.reader) != isOfNode(m_right.reader);
    if (!m_comparesMoments)
        return;
    m_left.keys.setScope(MomentKeys::Scope::OfBothKinds);
    m_right.keys.setScope(MomentKeys::Scope::OfBothKinds);
}

// --- before the parting --------------------------------------------------------------------------------------------------------------

bool RecordingComparison::skipUnshared(Side &side) const
{
    for (; side.next < side.reader.eventCount(); ++side.next) {
        if (m_comparesCalls || !isDetail(side.reader.event(side.next).kind))
            return true;
    }
    return false;
}

bool RecordingComparison::compareEvents(quint64 atMost)
{
    const quint64 before = m_equalEvents;
    while (m_equalEvents - before < atMost) {
        const bool leftIsThere = skipUnshared(m_left);
        const bool rightIsThere = skipUnshared(m_right);
        const auto left = static_cast<quint32>(m_left.next);
        const auto right = static_cast<quint32>(m_right.next);
        if (!leftIsThere || !rightIsThere) {
            // Only one that ended has no more to come.
            if ((leftIsThere && m_right.reader.isComplete()) || (rightIsThere && m_left.reader.isComplete()))
                m_parting = Place{leftIsThere ? left : none, rightIsThere ? right : none};
            break;
        }
        const Event leftEvent = m_left.reader.event(left);
        const Event rightEvent = m_right.reader.event(right);
        if (!m_match.isSame(leftEvent, rightEvent)) {
            m_parting = Place{left, right};
            break;
        }
        takeEqual(leftEvent, rightEvent);
    }
    if (m_parting)
        dropRowsBehind();
    return m_parting || m_equalEvents != before;
}

std::optional<quint64> RecordingComparison::toNextMoment(Side &side, quint64 until)
{
    for (; side.next < until; ++side.next) {
        if (const std::optional<quint64> key = side.keys.take(side.reader.event(side.next)))
            return key;
    }
    return std::nullopt;
}

bool RecordingComparison::compareMoments(quint64 atMost)
{
    const quint64 leftCount = m_left.reader.eventCount();
    const quint64 rightCount = m_right.reader.eventCount();
    const quint64 leftEnd = leftCount - m_left.next < atMost ? leftCount : m_left.next + atMost;
    const quint64 rightEnd = rightCount - m_right.next < atMost ? rightCount : m_right.next + atMost;
    const quint64 before = m_left.next + m_right.next;
    while (!m_parting) {
        const std::optional<quint64> left = toNextMoment(m_left, leftEnd);
        const std::optional<quint64> right = toNextMoment(m_right, rightEnd);
        if (left && right && *left == *right) {
            takeEqualMoment();
            continue;
        }
        const auto hasEnded = [](const Side &side, quint64 count) { return side.reader.isComplete() && side.next == count; };
        if (!(left && (right || hasEnded(m_right, rightCount))) && !(right && hasEnded(m_left, leftCount)))
            break;
        m_parting = Place{left ? static_cast<quint32>(m_left.next) : none, right ? static_cast<quint32>(m_right.next) : none};
    }
    if (m_parting)
        dropRowsBehind();
    return m_parting || m_left.next + m_right.next != before;
}

void RecordingComparison::takeEqualMoment()
{
    ++m_equalEvents;
    dropRowsBehind();
    append(static_cast<quint32>(m_left.next++), static_cast<quint32>(m_right.next++), Agreement::Same);
    m_rowsBefore = m_rows.size();
}

void RecordingComparison::takeEqual(const Event &left, const Event &right)
{
    const bool isMoment = m_left.keys.take(left).has_value();
    m_right.keys.take(right);
    const Place here{static_cast<quint32>(m_left.next++), static_cast<quint32>(m_right.next++)};
    ++m_equalEvents;
    const bool isLate = isOtherTime(left.time, right.time);
    if (isLate && !m_firstOtherTime)
        m_firstOtherTime = here;
    if (!isMoment)
        return;
    dropRowsBehind();
    append(here.left, here.right, isLate ? Agreement::OtherTime : Agreement::Same);
    m_rowsBefore = m_rows.size();
}

bool RecordingComparison::isOtherTime(quint64 left, quint64 right) const
{
    return m_comparesTimes && (left > right ? left - right : right - left) > timeTolerance;
}

bool RecordingComparison::lookAhead(Side &side, quint64 atMost)
{
    std::erase_if(side.ahead, [&](quint32 event) { return event < side.next; });
    quint64 event = std::max(side.next, side.lookedAheadTo);
    const quint64 from = event;
    const quint64 count = side.reader.eventCount();
    for (; event < count && event - from < atMost && side.ahead.size() < largestAlignment; ++event) {
        if (side.keys.looksAhead(side.reader.event(event)))
            side.ahead.push_back(static_cast<quint32>(event));
    }
    side.lookedAheadTo = event;
    return event != from;
}

void RecordingComparison::showAhead()
{
    dropRowsBehind();
    for (const quint32 event : m_left.ahead)
        append(event, none, Agreement::NotReached);
    for (const quint32 event : m_right.ahead)
        append(none, event, Agreement::NotReached);
    m_isCut = m_left.ahead.size() >= largestAlignment || m_right.ahead.size() >= largestAlignment;
}

// --- behind the parting --------------------------------------------------------------------------------------------------------------

bool RecordingComparison::gather(Side &side, quint64 atMost)
{
    const quint64 from = side.next;
    const quint64 count = side.reader.eventCount();
    for (; side.next < count && side.next - from < atMost && side.behind.size() < largestAlignment; ++side.next) {
        if (const std::optional<quint64> key = side.keys.take(side.reader.event(side.next)))
            side.behind.push_back({*key, static_cast<quint32>(side.next)});
    }
    return side.next != from;
}

SequenceAlignment RecordingComparison::bestAlignment() const
{
    const auto keysOf = [](const Side &side) {
        std::vector<quint64> keys;
        keys.reserve(side.behind.size());
        std::transform(side.behind.begin(), side.behind.end(), std::back_inserter(keys), [](const Moment &moment) { return moment.key; });
        return keys;
    };
    const auto mayGoOn = [](const Side &side) { return !side.reader.isComplete() || side.next < side.reader.eventCount(); };
    const std::vector<quint64> left = keysOf(m_left);
    const std::vector<quint64> right = keysOf(m_right);
    SequenceAlignment forth = alignSequences(left, right, {.left = mayGoOn(m_left), .right = mayGoOn(m_right)});
    SequenceAlignment back = alignSequences(right, left, {.left = mayGoOn(m_right), .right = mayGoOn(m_left)});
    std::swap(back.leftReached, back.rightReached);
    for (SequenceAlignment::Match &match : back.matches)
        std::swap(match.first, match.second);
    // Of two callbacks that changed places either may be called the one that moved. It is the one whose time changed.
    const auto punctual = [this](const SequenceAlignment &alignment) {
        return std::count_if(alignment.matches.begin(), alignment.matches.end(), [this](const SequenceAlignment::Match &match) {
            return timeAgreement(m_left.behind[match.first].event, m_right.behind[match.second].event) == Agreement::Same;
        });
    };
    return forth.matches.size() < back.matches.size() || (forth.matches.size() == back.matches.size() && punctual(forth) < punctual(back))
        ? back
        : forth;
}

void RecordingComparison::align()
{
    const SequenceAlignment alignment = bestAlignment();
    m_isCut = m_left.behind.size() >= largestAlignment || m_right.behind.size() >= largestAlignment;

    dropRowsBehind();
    m_partingRow.reset();
    const auto eventOf = [](const Side &side, size_t moment) { return side.behind[moment].event; };
    size_t left = 0;
    size_t right = 0;
    const auto appendUnmatched = [&](size_t leftEnd, size_t rightEnd, bool isReached) {
        for (; left < leftEnd; ++left)
            append(eventOf(m_left, left), none, isReached ? Agreement::OnlyLeft : Agreement::NotReached);
        for (; right < rightEnd; ++right)
            append(none, eventOf(m_right, right), isReached ? Agreement::OnlyRight : Agreement::NotReached);
    };
    for (const auto &[leftMatch, rightMatch] : alignment.matches) {
        appendUnmatched(leftMatch, rightMatch, true);
        const quint32 leftEvent = eventOf(m_left, left++);
        const quint32 rightEvent = eventOf(m_right, right++);
        append(leftEvent, rightEvent, timeAgreement(leftEvent, rightEvent));
    }
    appendUnmatched(alignment.leftReached, alignment.rightReached, true);
    appendUnmatched(m_left.behind.size(), m_right.behind.size(), false);
    findMoved();
    showParting();
}

void RecordingComparison::findMoved()
{
    const auto keyOf = [](const Side &side, quint32 event) {
        const auto moment = std::lower_bound(
            side.behind.begin(), side.behind.end(), event, [](const Moment &each, quint32 wanted) { return each.event < wanted; });
        return moment->key;
    };
    // Those of either side that are left alone pair in their order.
    std::unordered_map<quint64, std::deque<size_t>> lefts;
    for (size_t row = m_rowsBefore; row < m_rows.size(); ++row) {
        if (m_rows[row].agreement == Agreement::OnlyLeft)
            lefts[keyOf(m_left, m_rows[row].left)].push_back(row);
    }
    for (size_t row = m_rowsBefore; row < m_rows.size(); ++row) {
        if (m_rows[row].agreement != Agreement::OnlyRight)
            continue;
        const auto found = lefts.find(keyOf(m_right, m_rows[row].right));
        if (found == lefts.end() || found->second.empty())
            continue;
        Row &left = m_rows[found->second.front()];
        found->second.pop_front();
        left.elsewhere = m_rows[row].right;
        m_rows[row].elsewhere = left.left;
        --m_counts[static_cast<size_t>(Agreement::OnlyLeft)];
        --m_counts[static_cast<size_t>(Agreement::OnlyRight)];
        ++m_moved;
    }
}

RecordingComparison::Agreement RecordingComparison::timeAgreement(quint32 left, quint32 right) const
{
    const bool isOther = isOtherTime(m_left.reader.event(left).time, m_right.reader.event(right).time);
    return isOther ? Agreement::OtherTime : Agreement::Same;
}

void RecordingComparison::showParting()
{
    if (m_partingRow && m_rows.size() > m_rowsBefore)
        return; // as it was when there was less behind it
    m_partingRow = m_rowsBefore;
    if (m_rowsBefore < m_rows.size()) {
        const Row &first = m_rows[m_rowsBefore];
        const bool isIt = (first.agreement == Agreement::OnlyLeft && first.left == m_parting->left)
            || (first.agreement == Agreement::OnlyRight && first.right == m_parting->right);
        if (isIt)
            return;
    }
    m_rows.insert(
        m_rows.begin() + static_cast<std::ptrdiff_t>(m_rowsBefore), {m_parting->left, m_parting->right, Agreement::Parting, none});
    ++m_counts[static_cast<size_t>(Agreement::Parting)];
}

// --- rows ----------------------------------------------------------------------------------------------------------------------------

void RecordingComparison::append(quint32 left, quint32 right, Agreement agreement)
{
    m_rows.push_back({left, right, agreement, none});
    ++m_counts[static_cast<size_t>(agreement)];
}

void RecordingComparison::dropRowsBehind()
{
    for (; m_rows.size() > m_rowsBefore; m_rows.pop_back()) {
        if (m_rows.back().elsewhere == none)
            --m_counts[static_cast<size_t>(m_rows.back().agreement)];
    }
    m_moved = 0;
}

} // namespace loopscope
