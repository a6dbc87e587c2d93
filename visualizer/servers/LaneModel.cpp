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
    {
    }

    /// Microseconds in each state before `tick`; ticks must not decrease from call to call.
    Sums upTo(quint64 tick)
    {
        const std::vector<Span> &spans = m_lane.spans;
        if (spans.empty() || tick <= m_lane.begin)
            return m_lane.sums.empty() ? Sums{} : m_lane.sums.front();
        tick = std::min(tick, m_lane.end());
        seek(tick);
        const std::size_t group = m_at / sumEvery;
        Sums sum = m_lane.sums[group];
        quint64 from = group > 0 ? spans[group * sumEvery - 1].end : m_lane.begin;
        for (std::size_t i = group * sumEvery; i <= m_at; ++i) {
            const quint64 to = std::min<quint64>(spans[i].end, tick);
            if (spans[i].state < sum.size())
                sum[spans[i].state] += to - from;
            from = to;
        }
        return sum;
    }

private:
    /// To the first span that ends at `tick` or later: ever larger strides, since the next pixel's is mostly near.
    void seek(quint64 tick)
    {
        const std::vector<Span> &spans = m_lane.spans;
        std::size_t stride = 1;
        std::size_t last = m_at;
        while (last < spans.size() && spans[last].end < tick) {
            m_at = last;
            last += stride;
            stride *= 2;
        }
        const auto end = spans.begin() + static_cast<std::ptrdiff_t>(std::min(last + 1, spans.size()));
        const auto found = std::lower_bound(
            spans.begin() + static_cast<std::ptrdiff_t>(m_at), end, tick, [](const Span &span, quint64 value) { return span.end < value; });
        m_at = static_cast<std::size_t>(found - spans.begin());
    }

    const Lane &m_lane;
    std::size_t m_at = 0;
};

quint64 LaneModel::ticksOf(double seconds) const
{
    return static_cast<quint64>(std::clamp((seconds - m_origin) * ticksPerSecond, 0.0, static_cast<double>(lastTick)));
}

void LaneModel::take(const LabLanes &lanes)
{
    if (m_spanCount == 0 && !lanes.spans.empty()) {
        const auto first = std::min_element(
            lanes.spans.begin(), lanes.spans.end(), [](const LabSpan &left, const LabSpan &right) { return left.from < right.from; });
        m_origin = first->from;
        m_end = m_origin;
    }
    for (const LabSpan &span : lanes.spans) {
        if (span.thread < 1 || span.thread > mostLanes)
            continue;
        if (span.thread > laneCount())
            m_lanes.resize(static_cast<std::size_t>(span.thread));
        Lane &lane = m_lanes[static_cast<std::size_t>(span.thread - 1)];
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
