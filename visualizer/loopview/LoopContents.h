// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "theme/Palette.h"

#include <QString>

#include <array>
#include <vector>

namespace loopscope {

/// One waiting thing as a chip: its name, where it is, and the one fact that matters.
struct LoopItem
{
    SubjectId subject = 0;
    SiteId site = 0; ///< where its function stands; 0 if not in the person's files
    QString name;
    QString fact; ///< ":3 · in 7.6 ms"
    Hue hue = Hue::Structure;
    bool changed = false; ///< came here with the last step
    QString shortFact; ///< "in 7.6 ms": where there is no room for the place as well
    QString whole; ///< all of it, uncut: kind and name, place, the fact, how long it waits
};

/// A list of waiting things; only the first are named, `total` counts them all.
struct ChipList
{
    std::vector<LoopItem> items;
    qsizetype total = 0;
    bool isEmpty() const { return total == 0; }
};

struct LoopStation
{
    Phase phase = Phase::None;
    QString title;
    QString note; ///< "2 wait", "ran 1", "–"
    ChipList queue;
    bool current = false;

    /// "pending" of "pending callbacks": where there is little room.
    QString shortTitle() const { return title.section(QLatin1Char(' '), 0, 0).remove(QLatin1Char(',')); }
};

struct LoopFrame
{
    SiteId site = 0;
    QString name;
    QString fact; ///< ":10", "resumed :10"; of the lowest frame what runs: "microtask", "timer"
    Hue hue = Hue::Structure;
    bool current = false; ///< the top of the stack
    SubjectId subject = 0; ///< of a task's own frame: the task
};

struct LoopThread
{
    SubjectId subject = 0; ///< 0: idle
    QString label; ///< "thread 1"
    QString work; ///< "readFile lobby.json"
    QString fact; ///< "3.2 ms", "idle"
    bool changed = false;
    SiteId site = 0; ///< where its request was made
};

/// All that the loop view shows at one cursor, in the words and order it shows it. Plain values; made by LoopContentsBuilder.
struct LoopContents
{
    /// In the order of the loop, from timers.
    std::array<LoopStation, 6> stations;
    std::vector<LoopFrame> frames; ///< top of the stack first
    QString frameNote; ///< shown when there is no frame: what the thread does instead
    ChipList ticks;
    ChipList microtasks;
    std::vector<LoopThread> threads;
    ChipList poolQueue; ///< submitted, no thread has taken it yet
    ChipList kernel; ///< in flight outside the pool
    QString poolNote; ///< "queue 2, the oldest waits 0.3 ms · kernel 1"
    quint64 iteration = 0;
    bool isEmpty = true; ///< nothing was run yet
    QString emptyHint;
};

/// Sets `changed` on everything in `now` that `before` did not have in the same place.
void markChanges(LoopContents &now, const LoopContents &before);

} // namespace loopscope
