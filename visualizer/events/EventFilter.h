// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QString>

namespace loopscope {

class EventText;

/// Kinds of events as a person looks for them.
enum class EventGroup : quint8 { All, Callbacks, Promises, Calls, Io, Loop, Console, Errors };
constexpr int eventGroupCount = 8;

QString eventGroupName(EventGroup group);
bool isInGroup(const Event &event, EventGroup group);

/// Which events the list shows: those of a group whose words hold a text, whatever its case.
struct EventFilter
{
    EventGroup group = EventGroup::All;
    QString text;

    bool isEmpty() const { return group == EventGroup::All && text.isEmpty(); }
    bool accepts(const Event &event, quint64 index, const EventText &words) const;
    bool operator==(const EventFilter &) const = default;
};

} // namespace loopscope
