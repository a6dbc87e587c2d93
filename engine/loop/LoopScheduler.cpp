// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop/LoopScheduler.h"

#include <algorithm>

namespace loopscope {

LoopScheduler::LoopScheduler() { m_members.push_back(std::make_unique<Member>()); }

LoopScheduler::~LoopScheduler() = default;

int LoopScheduler::add(quint64 moment)
{
    const std::scoped_lock lock(m_mutex);
    auto member = std::make_unique<Member>();
    member->moment = moment;
    member->sleeps = true;
    m_members.push_back(std::move(member));
    return static_cast<int>(m_members.size()) - 1;
}

int LoopScheduler::furthestBehind() const
{
    int found = 0;
    for (std::size_t index = 1; index < m_members.size(); ++index) {
        const Member &member = *m_members[index];
        if (!member.hasEnded && member.moment < m_members[static_cast<std::size_t>(found)]->moment)
            found = static_cast<int>(index);
    }
    return found;
}

bool LoopScheduler::allAreIdle() const
{
    return std::all_of(m_members.begin(), m_members.end(), [](const std::unique_ptr<Member> &member) {
        return member->hasEnded || (member->sleeps && (member->isIdle || member->moment == never));
    });
}

void LoopScheduler::handOver(int loop, std::unique_lock<std::mutex> &lock)
{
    m_isOver = allAreIdle();
    m_turn = m_isOver ? 0 : furthestBehind();
    if (m_turn == loop)
        return;
    m_members[static_cast<std::size_t>(m_turn)]->hasTurn.notify_one();
    Member &self = *m_members[static_cast<std::size_t>(loop)];
    if (!self.hasEnded)
        self.hasTurn.wait(lock, [this, loop] { return m_turn == loop; });
}

void LoopScheduler::begin(int loop)
{
    std::unique_lock lock(m_mutex);
    Member &self = *m_members[static_cast<std::size_t>(loop)];
    self.hasTurn.wait(lock, [this, loop] { return m_turn == loop; });
    self.sleeps = false;
}

void LoopScheduler::end(int loop)
{
    std::unique_lock lock(m_mutex);
    m_members[static_cast<std::size_t>(loop)]->hasEnded = true;
    handOver(loop, lock);
}

bool LoopScheduler::hasOthers(int loop) const
{
    const std::scoped_lock lock(m_mutex);
    for (std::size_t index = 0; index < m_members.size(); ++index) {
        if (static_cast<int>(index) != loop && !m_members[index]->hasEnded)
            return true;
    }
    return false;
}

quint64 LoopScheduler::askAt(int loop) const
{
    const std::scoped_lock lock(m_mutex);
    quint64 first = never;
    for (std::size_t index = 0; index < m_members.size(); ++index) {
        const Member &member = *m_members[index];
        if (static_cast<int>(index) == loop || member.hasEnded || member.moment == never)
            continue;
        first = std::min(first, member.moment + (static_cast<int>(index) < loop ? 0 : 1));
    }
    return first;
}

void LoopScheduler::goOn(int loop, quint64 moment)
{
    std::unique_lock lock(m_mutex);
    m_members[static_cast<std::size_t>(loop)]->moment = moment;
    handOver(loop, lock);
}

quint64 LoopScheduler::sleep(int loop, quint64 moment, bool isIdle)
{
    std::unique_lock lock(m_mutex);
    Member &self = *m_members[static_cast<std::size_t>(loop)];
    self.moment = moment;
    self.sleeps = true;
    self.isIdle = isIdle;
    handOver(loop, lock);
    self.sleeps = false;
    return m_isOver ? never : self.moment;
}

void LoopScheduler::wake(int loop, quint64 moment)
{
    const std::scoped_lock lock(m_mutex);
    Member &member = *m_members[static_cast<std::size_t>(loop)];
    if (!member.sleeps)
        return;
    member.moment = std::min(member.moment, moment);
    member.isIdle = false;
}

int LoopScheduler::busyAt(int loop, quint64 moment) const
{
    const std::scoped_lock lock(m_mutex);
    int count = 0;
    for (std::size_t index = 0; index < m_members.size(); ++index) {
        const Member &member = *m_members[index];
        if (!member.hasEnded && (static_cast<int>(index) == loop || !member.sleeps || member.moment <= moment))
            ++count;
    }
    return count;
}

} // namespace loopscope
