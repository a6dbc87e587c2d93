// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/LaneModel.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr double ticksPerSecond = 1e6;
constexpr quint64 lastTick = (1ULL << 34) - 1;
constexpr int mostLanes = 100'000; ///< a stream that names more is broken

} // namespace

void LaneModel::Lane::append(quint64 end, unsigned state, quint64 request)
{
    if (end <= this->end())
        return;
    if (spans.size() % sumEvery == 0) {
        Sums sum = sums.empty() ? Sums{} : sums.back();
        quint64 from = spans.size() > sumEvery ? spans[spans.size() - sumEvery - 1].end : begin;
        for (std::size_t i = spans.size() - std::min(spans.size(), sumEvery); i < spans.size(); ++i) {
            if (spans[i].state < sum.size())
                sum[spans[i].state] += spans[i].end - from;
            from = spans[i].end;
        }
        sums.push_back(sum);
    }
    spans.push_back({end, request <= lastRequest ? request : 0, state});
}

void LaneModel::Lane::dropOlderHalf()
{
    const std::size_t dropped = spans.size() / 2 / sumEvery * sumEvery; // whole groups: the sums stay differences of one another
    if (dropped == 0)
        return;
    begin = spans[dropped - 1].end;
    spans.erase(spans.begin(), spans.begin() + static_cast<std::ptrdiff_t>(dropped));
    sums.erase(sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(dropped / sumEvery));
}

class LaneModel::Reader
{
public:
    explicit Reader(const Lane &lane)
        : m_lane(lane)
        , m_from(lane.begin)
        , m_before(lane.sums.empty() ? Sums{} : lane.sums.front())
    {
    }

    /// Microseconds in each state before `tick`; ticks must not decrease from call to call.
    Sums upTo(quint64 tick)
    {
        const std::vector<Span> &spans = m_lane.spans;
        if (spans.empty() || tick <= m_from)
            return m_before;
        tick = std::min(tick, m_lane.end());
        // The next pixel's span is mostly near; else the sums in between lead there.
        for (std::size_t i = 0; i < sumEvery && spans[m_at].end < tick; ++i)
            step();
        if (spans[m_at].end < tick)
            jump(tick);
        while (spans[m_at].end < tick)
            step();
        Sums sum = m_before;
        if (spans[m_at].state < sum.size())
            sum[spans[m_at].state] += tick - m_from;
        return sum;
    }

private:
    void step()
    {
        const Span &span = m_lane.spans[m_at];
        if (span.state < m_before.size())
            m_before[span.state] += span.end - m_from;
        m_from = span.end;
        ++m_at;
    }

    /// To the first span of the group that `tick` lies in.
    void jump(quint64 tick)
    {
        const std::vector<Span> &spans = m_lane.spans;
        std::size_t stride = sumEvery;
        std::size_t first = m_at;
        while (first + stride < spans.size() && spans[first + stride].end < tick) {
            first += stride;
            stride *= 2;
        }
        const auto at = [&spans](std::size_t index) { return spans.begin() + static_cast<std::ptrdiff_t>(index); };
        const auto found = std::lower_bound(at(first), at(std::min(first + stride + 1, spans.size())), tick,
            [](const Span &span, quint64 value) { return span.end < value; });
        const std::size_t group = static_cast<std::size_t>(found - spans.begin()) / sumEvery;
        if (group * sumEvery <= m_at)
            return;
        m_at = group * sumEvery;
        m_from = spans[m_at - 1].end;
        m_before = m_lane.sums[group];
    }

    const Lane &m_lane;
    std::size_t m_at = 0;
    quint64 m_from = 0; ///< where the span at m_at begins
    Sums m_before{}; ///< of all spans before it
};

quint64 LaneModel::ticksOf(double seconds) const
{
    return static_cast<quint64>(std::clamp((seconds - m_origin) * ticksPerSecond, 0.0, static_cast<double>(lastTick)));
}

int LaneModel::laneOf(int thread, double from)
{
    if (const auto known = m_laneOfThread.find(thread); known != m_laneOfThread.end())
        return known->second;
    int lane = laneCount();
    const auto free = std::find_if(
        m_freeLanes.begin(), m_freeLanes.end(), [&](int each) { return m_lanes[static_cast<std::size_t>(each)].end() <= ticksOf(from); });
    if (free != m_freeLanes.end()) {
        lane = *free;
        m_freeLanes.erase(free);
        m_hasReusedLanes = true;
    } else if (lane < mostLanes) {
        m_lanes.emplace_back();
    } else {
        return -1;
    }
    m_laneOfThread[thread] = lane;
    m_lanes[static_cast<std::size_t>(lane)].thread = thread;
    return lane;
}

void LaneModel::append(const LabSpan &span)
{
    const int index = laneOf(span.thread, span.from);
    if (index < 0)
        return;
    Lane &lane = m_lanes[static_cast<std::size_t>(index)];
    const std::size_t before = lane.spans.size();
    const quint64 from = ticksOf(span.from);
    if (lane.spans.empty())
        lane.begin = from;
    else
        lane.append(from, unknown, 0); // nothing, if this span follows the one before
    lane.append(ticksOf(span.to), static_cast<unsigned>(span.state), static_cast<quint64>(std::max<qint64>(0, span.request)));
    m_spanCount += lane.spans.size() - before;
    m_end = std::max(m_end, span.to);
}

void LaneModel::take(const LabLanes &lanes)
{
    // In the order of time: threads are told one after the other, and a lane is free only when its thread has ended.
    std::vector<const LabSpan *> spans;
    std::unordered_map<int, double> lastEnds;
    for (const LabSpan &span : lanes.spans) {
        if (span.thread < 1 || span.to <= span.from)
            continue;
        spans.push_back(&span);
        double &last = lastEnds.try_emplace(span.thread, span.to).first->second;
        last = std::max(last, span.to);
    }
    std::stable_sort(spans.begin(), spans.end(), [](const LabSpan *left, const LabSpan *right) { return left->from < right->from; });
    if (m_spanCount == 0 && !spans.empty()) {
        m_origin = spans.front()->from;
        m_end = m_origin;
    }
    for (const LabSpan *span : spans) {
        append(*span);
        // What lives on is told up to the message's time.
        const bool hasEnded = span->to == lastEnds.at(span->thread) && (span->to < lanes.time - 1e-6 || span->state == ThreadState::Gone);
        const auto known = m_laneOfThread.find(span->thread);
        if (hasEnded && known != m_laneOfThread.end()) {
            m_freeLanes.insert(known->second);
            m_laneOfThread.erase(known);
        }
    }
    m_left += lanes.left;
    m_toldUpTo = std::max(m_toldUpTo, lanes.time);
    if (m_spanCount > mostSpans)
        dropOlderHalves();
}

void LaneModel::dropOlderHalves()
{
    m_spanCount = 0;
    for (Lane &lane : m_lanes) {
        lane.dropOlderHalf();
        m_spanCount += lane.spans.size();
    }
}

void LaneModel::fold(int lane, double from, double secondsPerPixel, std::span<Shares> pixels) const
{
    if (lane < 0 || lane >= laneCount() || secondsPerPixel <= 0) {
        std::fill(pixels.begin(), pixels.end(), Shares{});
        return;
    }
    Reader reader(m_lanes[static_cast<std::size_t>(lane)]);
    Sums before = reader.upTo(ticksOf(from));
    const float scale = static_cast<float>(1 / (secondsPerPixel * ticksPerSecond));
    for (std::size_t x = 0; x < pixels.size(); ++x) {
        const Sums after = reader.upTo(ticksOf(from + static_cast<double>(x + 1) * secondsPerPixel));
        const auto share = [&](ThreadState state) {
            const auto index = static_cast<std::size_t>(state);
            return std::min(1.0F, static_cast<float>(after[index] - before[index]) * scale);
        };
        pixels[x] = {share(ThreadState::Idle), share(ThreadState::Running), share(ThreadState::Ready), share(ThreadState::Blocked)};
        before = after;
    }
}

std::array<double, 4> LaneModel::secondsByState(int lane) const
{
    std::array<double, 4> seconds{};
    if (lane < 0 || lane >= laneCount())
        return seconds;
    const Lane &here = m_lanes[static_cast<std::size_t>(lane)];
    const Sums sums = Reader(here).upTo(here.end());
    for (std::size_t state = 0; state < seconds.size(); ++state)
        seconds[state] = static_cast<double>(sums[state]) / ticksPerSecond;
    return seconds;
}

std::optional<LaneModel::Found> LaneModel::at(int lane, double time) const
{
    if (lane < 0 || lane >= laneCount() || time < m_origin)
        return std::nullopt;
    const Lane &here = m_lanes[static_cast<std::size_t>(lane)];
    const quint64 tick = ticksOf(time);
    const auto found =
        std::upper_bound(here.spans.begin(), here.spans.end(), tick, [](quint64 value, const Span &span) { return value < span.end; });
    if (tick < here.begin || found == here.spans.end() || found->state > static_cast<unsigned>(ThreadState::Gone))
        return std::nullopt;
    const quint64 begin = found == here.spans.begin() ? here.begin : std::prev(found)->end;
    const auto seconds = [this](quint64 ticks) { return m_origin + static_cast<double>(ticks) / ticksPerSecond; };
    return Found{static_cast<ThreadState>(found->state), seconds(begin), seconds(found->end), static_cast<qint64>(found->request)};
}

} // namespace loopscope
