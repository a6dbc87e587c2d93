// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingWriter.h"

#include <string_view>

namespace simdjson::dom {
class object;
} // namespace simdjson::dom

namespace loopscope {

class TracePlaces;

/// A node of V8's CPU profiles: a function on a stack, or what V8 says in its place.
struct V8Frame
{
    enum class Role : quint8 { Function, Root, Idle, Program, Collector, Kind };

    Role role = Role::Function;
    TaskKind kind = TaskKind::IoCallback; ///< of a task whose outermost frame this is; Kind: told by our own export
    quint32 place = 0; ///< provisional, of TracePlaces
    StringId name = 0;
};

/// Of a node's `callFrame`: functionName, url, lineNumber and columnNumber, both from 0. Defines its name in `writer` at once.
V8Frame readV8Frame(const simdjson::dom::object &callFrame, RecordingWriter &writer, TracePlaces &places);

/// Node names CommonJS files by paths, V8 by URLs.
std::string_view pathOfUrl(std::string_view url);

} // namespace loopscope
