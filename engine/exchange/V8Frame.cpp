// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/V8Frame.h"

#include "exchange/TracePlaces.h"
#include "state/Names.h"

#include <simdjson.h>

namespace loopscope {

using simdjson::dom::object;

namespace {

std::string_view textOf(const object &members, std::string_view name)
{
    std::string_view text;
    return members.at_key(name).get(text) == simdjson::SUCCESS ? text : std::string_view();
}

/// Places count from 0 in profiles; -1 is none.
quint32 fromOne(const object &frame, std::string_view name)
{
    int64_t number = 0;
    constexpr int64_t largest = std::numeric_limits<qint32>::max() - 1;
    const bool isSound = frame.at_key(name).get(number) == simdjson::SUCCESS && number >= 0 && number <= largest;
    return isSound ? static_cast<quint32>(number + 1) : 1;
}

void classify(V8Frame &frame, std::string_view function, std::string_view url)
{
    using Role = V8Frame::Role;
    if (function == "(root)" && url.empty())
        frame.role = Role::Root;
    else if (function == "(idle)")
        frame.role = Role::Idle;
    else if (function == "(program)")
        frame.role = Role::Program;
    else if (function == "(garbage collector)")
        frame.role = Role::Collector;
    else if (function == "processTimers" || function == "listOnTimeout")
        frame.kind = TaskKind::Timeout;
    else if (function == "processImmediate")
        frame.kind = TaskKind::Immediate;
    else if (function == "processTicksAndRejections")
        frame.kind = TaskKind::Tick;
    else if (function == "runMicrotasks")
        frame.kind = TaskKind::Microtask;
    else if (url.starts_with("node:internal/main/"))
        frame.kind = TaskKind::Script;
    if (frame.role == Role::Program)
        frame.kind = TaskKind::Internal;
    if (!url.empty() || function.size() < 3 || function.front() != '(')
        return;
    for (int kind = static_cast<int>(TaskKind::Script); kind <= static_cast<int>(TaskKind::Internal); ++kind) {
        const QLatin1String key = taskKindKey(static_cast<TaskKind>(kind));
        if (function.substr(1, function.size() - 2) == std::string_view(key.data(), static_cast<size_t>(key.size()))) {
            frame.role = Role::Kind;
            frame.kind = static_cast<TaskKind>(kind);
        }
    }
}

} // namespace

std::string_view pathOfUrl(std::string_view url)
{
    constexpr std::string_view scheme = "file://";
    return url.starts_with(scheme) && !url.ends_with(".mjs") ? url.substr(scheme.size()) : url;
}

V8Frame readV8Frame(const object &callFrame, RecordingWriter &writer, TracePlaces &places)
{
    V8Frame frame;
    const std::string_view function = textOf(callFrame, "functionName");
    const std::string_view url = pathOfUrl(textOf(callFrame, "url"));
    classify(frame, function, url);
    const std::string_view name = function.empty() && !url.empty() ? "(anonymous)" : function;
    frame.name = writer.defineString(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    frame.place = places.place(
        url.empty() ? "V8" : url, function, fromOne(callFrame, "lineNumber"), fromOne(callFrame, "columnNumber"), SiteKind::Function);
    return frame;
}

} // namespace loopscope
