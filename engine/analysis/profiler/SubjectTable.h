// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace loopscope {

/// A value for each subject of a recording, found by its number. Numbers come from one counter and each has an event of its own, so what
/// is far above the number of events is damage: it gets no place.
template<typename Value>
class SubjectTable
{
public:
    /// The place of a subject, made if there is none yet; null for a number that no sound recording of `events` events has.
    Value *make(SubjectId subject, quint64 events)
    {
        if (subject == 0 || subject > events + slack)
            return nullptr;
        if (subject >= m_values.size())
            m_values.resize(std::max<std::size_t>(subject + 1, m_values.size() + m_values.size() / 2));
        return &m_values[subject];
    }
    /// Null if it was never made.
    Value *find(SubjectId subject) { return subject != 0 && subject < m_values.size() ? &m_values[subject] : nullptr; }
    const Value *find(SubjectId subject) const { return subject != 0 && subject < m_values.size() ? &m_values[subject] : nullptr; }
    /// Above the largest number that has a place.
    std::size_t size() const { return m_values.size(); }

private:
    static constexpr quint64 slack = 64; ///< numbers may be taken a little before their events

    std::vector<Value> m_values;
};

} // namespace loopscope
