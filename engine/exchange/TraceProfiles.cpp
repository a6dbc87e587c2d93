// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceProfiles.h"

#include "exchange/ChromeRecords.h"

#include <simdjson.h>

#include <cmath>

namespace loopscope {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

constexpr double longestMicroseconds = 3e15; // about a hundred years

} // namespace

TraceProfiles::TraceProfiles(RecordingWriter &writer, TracePlaces &places, TraceSpool &spool)
    : m_writer(writer)
    , m_places(places)
    , m_spool(spool)
{
}

bool TraceProfiles::begin(quint64 key, quint16 thread, const object &data)
{
    double time = 0;
    if (data.at_key("startTime").get(time) != simdjson::SUCCESS || !(std::abs(time) <= longestMicroseconds))
        return false;
    if (m_profiles.size() < mostProfiles)
        m_profiles[key] = {thread, time};
    return true;
}

bool TraceProfiles::add(quint64 key, const object &data)
{
    const auto profile = m_profiles.find(key);
    object chunk;
    if (profile == m_profiles.end() || data.at_key("cpuProfile").get(chunk) != simdjson::SUCCESS)
        return profile != m_profiles.end(); // the last one tells of the end only
    array nodes;
    if (chunk.at_key("nodes").get(nodes) == simdjson::SUCCESS) {
        for (const element node : nodes) {
            object members;
            if (node.get(members) != simdjson::SUCCESS || !addNode(profile->second, members))
                return false;
        }
    }
    array samples;
    array deltas;
    if (chunk.at_key("samples").get(samples) != simdjson::SUCCESS)
        return true;
    if (data.at_key("timeDeltas").get(deltas) != simdjson::SUCCESS)
        return false;
    auto delta = deltas.begin();
    for (const element sample : samples) {
        int64_t id = 0;
        double step = 0;
        if (!(delta != deltas.end()) || (*delta).get(step) != simdjson::SUCCESS || sample.get(id) != simdjson::SUCCESS)
            return false;
        ++delta;
        double &time = profile->second.time;
        time += step;
        if (!(std::abs(time) <= longestMicroseconds))
            return false;
        const auto frame = profile->second.numbers.find(id);
        TraceRecord record;
        record.event.time = static_cast<quint64>(std::llround(time * 1000) + static_cast<qint64>(ChromeRecords::zeroTime));
        record.event.kind = EventKind::Statement;
        record.event.value = frame == profile->second.numbers.end() ? 0 : frame->second;
        record.event.setPhase(Phase::None, static_cast<quint16>(profile->second.thread * lanesOfLoop));
        m_spool.add(record);
    }
    return true;
}

/// A node comes after the one that called it; one whose caller is not known counts as called by nothing.
bool TraceProfiles::addNode(Profile &profile, const object &node)
{
    int64_t id = 0;
    int64_t parentId = 0;
    object callFrame;
    if (node.at_key("id").get(id) != simdjson::SUCCESS || node.at_key("callFrame").get(callFrame) != simdjson::SUCCESS)
        return false;
    if (m_frames.size() >= mostFrames || profile.numbers.count(id) > 0)
        return true;
    SampledFrame sampled{readV8Frame(callFrame, m_writer, m_places)};
    if (node.at_key("parent").get(parentId) == simdjson::SUCCESS) {
        const auto parent = profile.numbers.find(parentId);
        if (parent != profile.numbers.end() && m_frames[parent->second].frame.role != V8Frame::Role::Root) {
            const bool isTooDeep = m_frames[parent->second].depth >= deepest;
            sampled.parent = isTooDeep ? m_frames[parent->second].parent : parent->second;
        }
    }
    sampled.depth = m_frames[sampled.parent].depth + 1;
    profile.numbers.emplace(id, static_cast<quint32>(m_frames.size()));
    m_frames.push_back(sampled);
    return true;
}

} // namespace loopscope
