// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/TraceSpool.h"
#include "exchange/V8Frame.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// A function on a sampled stack, with the one that called it.
struct SampledFrame
{
    V8Frame frame;
    quint32 parent = 0; ///< its number; 0, the root, has none
    quint32 depth = 0; ///< of the root: 0; at most TraceProfiles::deepest
};

/// CPU profiles inside of a trace, which DevTools and V8 write piece by piece: an event `Profile` on the thread that is sampled, then
/// `ProfileChunk`s with the same id, in the order of their samples. Each sample is a record, Statement, with the number of its innermost
/// frame as value.
class TraceProfiles
{
public:
    static constexpr quint32 deepest = 512; ///< V8 itself looks at 255 frames; what lies deeper counts as its caller's
    static constexpr size_t mostFrames = 1'000'000;
    static constexpr size_t mostProfiles = 1024;

    /// All must outlive this.
    TraceProfiles(RecordingWriter &writer, TracePlaces &places, TraceSpool &spool);

    /// `key` stands for the process and the id; `data` are the event's arguments of that name. False if they make no sense.
    bool begin(quint64 key, quint16 thread, const simdjson::dom::object &data);
    bool add(quint64 key, const simdjson::dom::object &data);
    const std::vector<SampledFrame> &frames() const { return m_frames; }

private:
    struct Profile
    {
        quint16 thread = 0;
        double time = 0; ///< µs, of the last sample
        std::unordered_map<qint64, quint32> numbers{}; ///< of frames, by id
    };

    bool addNode(Profile &profile, const simdjson::dom::object &node);

    RecordingWriter &m_writer;
    TracePlaces &m_places;
    TraceSpool &m_spool;
    std::vector<SampledFrame> m_frames{SampledFrame{{.role = V8Frame::Role::Root}}};
    std::unordered_map<quint64, Profile> m_profiles;
};

} // namespace loopscope
