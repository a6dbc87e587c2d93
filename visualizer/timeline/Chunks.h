// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace loopscope {

/// An append-only row of values in pieces of equal size: growing copies nothing and reserves at most one piece. `Size` is a power of two.
template<typename T, std::size_t Size>
class Chunks
{
    static_assert((Size & (Size - 1)) == 0);

public:
    std::size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }
    const T &operator[](std::size_t index) const { return m_chunks[index / Size][index % Size]; }
    T &operator[](std::size_t index) { return m_chunks[index / Size][index % Size]; }
    const T &back() const { return (*this)[m_size - 1]; }

    void push(const T &value)
    {
        if (m_size == m_chunks.size() * Size)
            m_chunks.push_back(std::make_unique<T[]>(Size));
        (*this)[m_size++] = value;
    }
    void clear()
    {
        m_chunks.clear();
        m_size = 0;
    }
    /// What it takes in memory.
    std::size_t bytes() const { return m_chunks.size() * Size * sizeof(T) + m_chunks.capacity() * sizeof(void *); }

private:
    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::size_t m_size = 0;
};

} // namespace loopscope
