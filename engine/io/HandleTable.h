// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

namespace loopscope {

/// The file descriptors a script sees. They are numbers of our own, so that they are the same in every run, and so that a script that
/// closes a number it does not own cannot close the recording. 0, 1 and 2 are the program's own.
class HandleTable
{
public:
    /// The first that Node 20 gives out on Linux: those below are its own.
    static constexpr int first = 18;

    /// The lowest free number, as the kernel does it.
    int add(int realHandle)
    {
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
        const int index = handle - first;
        return index >= 0 && index < static_cast<int>(m_real.size()) ? m_real[static_cast<std::size_t>(index)] : -1;
    }
    /// Forgets a handle and gives the real one, for closing; -1 for those it may not close.
    int take(int handle)
    {
        if (handle < first)
            return -1;
        const int found = real(handle);
        if (found >= 0)
            m_real[static_cast<std::size_t>(handle - first)] = -1;
        return found;
    }
    /// All that are open still.
    const std::vector<int> &realHandles() const { return m_real; }

private:
    std::vector<int> m_real; ///< -1 is a free slot
};

} // namespace loopscope
