// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loopview/LoopContents.h"

#include <QSet>

namespace loopscope {

namespace {

void markQueue(ChipList &now, const ChipList &before)
{
    QSet<SubjectId> known;
    for (const LoopItem &item : before.items)
        known.insert(item.subject);
    // An item that slides into the named part of a long queue did not change its place.
    const bool beforeWasCut = static_cast<qsizetype>(before.items.size()) < before.total;
    for (LoopItem &item : now.items)
        item.changed = !known.contains(item.subject) && !beforeWasCut;
}

} // namespace

void markChanges(LoopContents &now, const LoopContents &before)
{
    for (std::size_t i = 0; i < now.stations.size(); ++i)
        markQueue(now.stations.at(i).queue, before.stations.at(i).queue);
    markQueue(now.ticks, before.ticks);
    markQueue(now.microtasks, before.microtasks);
    markQueue(now.poolQueue, before.poolQueue);
    markQueue(now.kernel, before.kernel);
    for (std::size_t i = 0; i < now.threads.size(); ++i) {
        const SubjectId earlier = i < before.threads.size() ? before.threads.at(i).subject : 0;
        now.threads.at(i).changed = now.threads.at(i).subject != 0 && now.threads.at(i).subject != earlier;
    }
}

} // namespace loopscope
