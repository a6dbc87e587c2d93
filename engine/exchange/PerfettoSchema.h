// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <protozero/types.hpp>

/// The messages of Perfetto's trace format that we write, and the numbers of their fields, as in the repository google/perfetto, folder
/// protos/perfetto/trace: trace.proto, trace_packet.proto, interned_data/interned_data.proto, profiling/profile_common.proto
/// (InternedString), and in track_event: track_event.proto, track_descriptor.proto, process_descriptor.proto, thread_descriptor.proto,
/// counter_descriptor.proto, debug_annotation.proto, source_location.proto.
namespace loopscope::perfetto {

enum class Trace : protozero::pbf_tag_type { packet = 1 };

enum class TracePacket : protozero::pbf_tag_type {
    timestamp = 8, ///< uint64, ns
    trustedPacketSequenceId = 10, ///< uint32: packets with the same number share their interned data
    trackEvent = 11,
    internedData = 12,
    sequenceFlags = 13, ///< uint32, bits below
    trackDescriptor = 60,
    firstPacketOnSequence = 87, ///< bool
};
constexpr quint32 incrementalStateCleared = 1;
constexpr quint32 needsIncrementalState = 2;

enum class InternedData : protozero::pbf_tag_type {
    eventCategories = 1,
    eventNames = 2,
    debugAnnotationNames = 3,
    sourceLocations = 4,
    debugAnnotationStringValues = 29,
};
/// EventCategory, EventName, DebugAnnotationName, InternedString
enum class Interned : protozero::pbf_tag_type { iid = 1, text = 2 };
enum class SourceLocation : protozero::pbf_tag_type { iid = 1, fileName = 2, functionName = 3, lineNumber = 4 };

enum class TrackDescriptor : protozero::pbf_tag_type { uuid = 1, name = 2, process = 3, thread = 4, parentUuid = 5, counter = 8 };
enum class ProcessDescriptor : protozero::pbf_tag_type { pid = 1, processName = 6 };
enum class ThreadDescriptor : protozero::pbf_tag_type { pid = 1, tid = 2, threadName = 5 };
enum class CounterDescriptor : protozero::pbf_tag_type { unit = 3 };
constexpr qint32 unitCount = 2; ///< CounterDescriptor.Unit

enum class TrackEvent : protozero::pbf_tag_type {
    categoryIids = 3, ///< uint64
    debugAnnotations = 4,
    type = 9, ///< TrackEventType
    nameIid = 10, ///< uint64
    trackUuid = 11, ///< uint64
    counterValue = 30, ///< int64
    sourceLocationIid = 34, ///< uint64
    flowIds = 47, ///< fixed64
    terminatingFlowIds = 48, ///< fixed64
};
enum class TrackEventType : qint32 { SliceBegin = 1, SliceEnd = 2, Instant = 3, Counter = 4 };

enum class DebugAnnotation : protozero::pbf_tag_type { nameIid = 1, intValue = 4, stringValue = 6, stringValueIid = 17 };

} // namespace loopscope::perfetto
