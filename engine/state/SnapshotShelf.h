// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LoopState.h"

#include <vector>

namespace loopscope {

/// States at evenly spaced cursors. When there are too many of them, or they take too much memory, the spacing doubles and every other one
/// goes; so what is kept is bounded whatever waits in the states, and none is ever taken again.
class SnapshotShelf
{
public:
    /// `spacing`: of the first ones, in events, a power of two. `most`: of the states, at least 2.
    SnapshotShelf(quint64 spacing, size_t most)
        : m_spacing(spacing)
        , m_most(most)
    {
    }

    /// The memory they may take, about, in bytes; some states are kept however large they are.
    void setLimit(size_t bytes) { m_limit = bytes; }
    /// Empties it; it begins again with this spacing.
    void clear(quint64 spacing);

    quint64 spacing() const { return m_spacing; }
    size_t count() const { return m_states.size(); }
    /// True if a state at this cursor would be kept.
    bool wants(quint64 cursor) const { return (cursor & (m_spacing - 1)) == 0; }
    /// Keeps a copy if its place is wanted. Cursors must come in rising order.
    void keep(const LoopState &state)
    {
        if (wants(state.cursor))
            add(state);
    }
    /// The last state that is not after the cursor; null if there is none. Valid until the next change.
    const LoopState *nearest(quint64 cursor) const;

private:
    void add(const LoopState &state);
    void thinOut();

    std::vector<LoopState> m_states; ///< by cursor
    quint64 m_spacing;
    size_t m_most;
    size_t m_limit = static_cast<size_t>(-1);
    size_t m_bytes = 0; ///< of all but the last, which still shares everything with the state it is a copy of
};

} // namespace loopscope
