// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <memory>
#include <vector>

namespace loopscope {

/// Values by the async ids of Node, which are counted one by one: a page for each 64 ids, which goes when all its values are gone.
/// Pointers to values stay good until they are erased. An id before the first one, or far beyond all, which no Node gives, has no place.
template<typename Value>
class AsyncTable
{
public:
    /// The value, made anew; null if the id has no place.
    Value *insert(quint64 id)
    {
        if (m_pages.empty())
            m_first = id / pageSize;
        const quint64 number = id / pageSize - m_first; // huge if it is before the first
        if (number > m_pages.size() + farthest)
            return nullptr;
        if (number >= m_pages.size())
            m_pages.resize(number + 1);
        std::unique_ptr<Page> &page = m_pages[number];
        if (!page)
            page = std::make_unique<Page>();
        const quint64 slot = id % pageSize;
        if (!page->isThere[slot])
            ++page->count;
        page->isThere[slot] = true;
        return &(page->values[slot] = Value());
    }
    Value *find(quint64 id)
    {
        const quint64 number = id / pageSize - m_first;
        if (number >= m_pages.size() || !m_pages[number] || !m_pages[number]->isThere[id % pageSize])
            return nullptr;
        return &m_pages[number]->values[id % pageSize];
    }
    void erase(quint64 id)
    {
        if (find(id) == nullptr)
            return;
        std::unique_ptr<Page> &page = m_pages[id / pageSize - m_first];
        page->isThere[id % pageSize] = false;
        if (--page->count == 0)
            page.reset();
        else
            page->values[id % pageSize] = Value();
    }

private:
    static constexpr quint64 pageSize = 64;
    static constexpr quint64 farthest = 64; ///< pages
    struct Page
    {
        std::array<Value, pageSize> values;
        std::array<bool, pageSize> isThere{};
        quint32 count = 0;
    };
    std::vector<std::unique_ptr<Page>> m_pages;
    quint64 m_first = 0; ///< number of the first page: that of the first id ever
};

} // namespace loopscope
