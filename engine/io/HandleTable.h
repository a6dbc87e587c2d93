// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace loopscope {

/// The file descriptors a script sees. They are numbers of our own, so that they are the same in every run, and so that a script that
/// closes a number it does not own cannot close the recording. 0, 1 and 2 are the program's own. Any thread.
class HandleTable
{
public:
    /// The first that Node 20 gives out on Linux: those below are its own.
    static constexpr int first = 18;

    /// The lowest free number, as the kernel does it.
    int add(int realHandle)
    {
        const std::scoped_lock lock(m_mutex);
        auto slot = std::find(m_real.begin(), m_real.end(), -1);
        if (slot == m_real.end())
            slot = m_real.insert(m_real.end(), -1);
        *slot = realHandle;
        return first + static_cast<int>(slot - m_real.begin());
    }
    /// -1 if the script has no such handle.
    int real(int handle) const
    {
        if (handle >= 0 && handle <= 2)
            return handle;
        const std::scoped_lock lock(m_mutex);
        const int *slot = find(handle);
        return slot ? *slot : -1;
    }
    /// Forgets a handle and gives the real one, for closing; -1 for those it may not close.
    int take(int handle)
    {
        const std::scoped_lock lock(m_mutex);
        const int *slot = find(handle);
        return slot ? std::exchange(m_real[static_cast<std::size_t>(slot - m_real.data())], -1) : -1;
    }
    /// All that are open still; once nobody uses the table any more.
    const std::vector<int> &realHandles() const { return m_real; }

private:
    const int *find(int handle) const
    {
        const int index = handle - first;
        return index >= 0 && index < static_cast<int>(m_real.size()) ? &m_real[static_cast<std::size_t>(index)] : nullptr;
    }

    mutable std::mutex m_mutex;
    std::vector<int> m_real; ///< -1 is a free slot
};

} // namespace loopscope
