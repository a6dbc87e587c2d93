// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace loopscope {

/// An ordered map whose copies share what they have in common.
///
/// A state with a million waiting jobs is copied for every snapshot and changed by every event. So the entries lie in runs of at most 64
/// that copies share until one of them changes a run. Copying costs a pointer a run, a change at most one run. As with any container,
/// copies in different threads are independent, one object in two threads is not.
template<typename Key, typename Value>
class SharedTable
{
public:
    struct Entry
    {
        Key key{};
        Value value{};
        bool operator==(const Entry &) const = default;
    };

    size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }

    const Value *find(const Key &key) const
    {
        const auto [run, at] = locate(key);
        return run < m_runs.size() && at < m_runs[run]->size() && (*m_runs[run])[at].key == key ? &(*m_runs[run])[at].value : nullptr;
    }

    /// For changing; null if there is no such entry. Valid until the next change.
    Value *edit(const Key &key)
    {
        const auto [run, at] = locate(key);
        if (run >= m_runs.size() || at >= m_runs[run]->size() || !((*m_runs[run])[at].key == key))
            return nullptr;
        return &own(run)[at].value;
    }

    /// Adds the entry, or replaces the value of the one with that key.
    void insert(const Key &key, Value value)
    {
        auto [run, at] = locate(key);
        if (run == m_runs.size() && run > 0) { // behind all others: the usual case
            --run;
            at = m_runs[run]->size();
        }
        if (m_runs.empty())
            m_runs.push_back(std::make_shared<Run>());
        if (at < m_runs[run]->size() && (*m_runs[run])[at].key == key) {
            own(run)[at].value = std::move(value);
            return;
        }
        if (m_runs[run]->size() == longestRun)
            split(run, at);
        Run &entries = own(run);
        entries.insert(entries.begin() + static_cast<std::ptrdiff_t>(at), Entry{key, std::move(value)});
        ++m_size;
    }

    /// False if there was none.
    bool erase(const Key &key)
    {
        const auto [run, at] = locate(key);
        if (run >= m_runs.size() || at >= m_runs[run]->size() || !((*m_runs[run])[at].key == key))
            return false;
        if (m_runs[run]->size() == 1) {
            m_runs.erase(m_runs.begin() + static_cast<std::ptrdiff_t>(run));
        } else {
            Run &entries = own(run);
            entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(at));
        }
        --m_size;
        return true;
    }

    /// Calls visit(key, value) in the order of the keys until it returns false.
    template<typename Visit>
    void visit(Visit &&visit) const
    {
        for (const auto &run : m_runs) {
            for (const Entry &entry : *run) {
                if (!visit(entry.key, entry.value))
                    return;
            }
        }
    }

    /// The values in the order of their keys, at most `limit` of them.
    std::vector<Value> values(size_t limit = static_cast<size_t>(-1)) const
    {
        std::vector<Value> result;
        result.reserve(std::min(limit, m_size));
        visit([&](const Key &, const Value &value) {
            if (result.size() >= limit)
                return false;
            result.push_back(value);
            return true;
        });
        return result;
    }

    /// What this table takes of memory, about, with its part of what it shares with copies. Looks at some hundred entries, however many
    /// there are.
    size_t ownBytes() const
    {
        constexpr size_t most = 256;
        const size_t stride = m_runs.size() / most + 1;
        size_t looked = 0;
        for (size_t run = 0; run < m_runs.size(); run += stride)
            looked += m_runs[run]->capacity() * sizeof(Entry) / static_cast<size_t>(m_runs[run].use_count());
        return looked * stride + m_runs.capacity() * sizeof(m_runs.front());
    }

    bool operator==(const SharedTable &other) const
    {
        if (m_size != other.m_size)
            return false;
        size_t run = 0;
        size_t at = 0;
        bool same = true;
        visit([&](const Key &key, const Value &value) {
            if (at == other.m_runs[run]->size()) {
                ++run;
                at = 0;
            }
            const Entry &theirs = (*other.m_runs[run])[at++];
            same = theirs.key == key && theirs.value == value;
            return same;
        });
        return same;
    }

private:
    using Run = std::vector<Entry>;
    static constexpr size_t longestRun = 64;

    /// The run and the place in it of the first entry whose key is not below `key`; the number of runs if there is none.
    std::pair<size_t, size_t> locate(const Key &key) const
    {
        const auto run = std::partition_point(m_runs.begin(), m_runs.end(), [&](const auto &each) { return each->back().key < key; });
        if (run == m_runs.end())
            return {m_runs.size(), 0};
        const auto at = std::partition_point((*run)->begin(), (*run)->end(), [&](const Entry &each) { return each.key < key; });
        return {static_cast<size_t>(run - m_runs.begin()), static_cast<size_t>(at - (*run)->begin())};
    }

    /// The run, for changing: a copy of its own if another table shares it.
    Run &own(size_t run)
    {
        if (m_runs[run].use_count() > 1)
            m_runs[run] = std::make_shared<Run>(*m_runs[run]);
        return *m_runs[run];
    }

    /// Makes room in a full run for an entry at `at`; afterwards `run` and `at` say where that is.
    void split(size_t &run, size_t &at)
    {
        const auto next = m_runs.begin() + static_cast<std::ptrdiff_t>(run) + 1;
        if (at == longestRun) { // appending: leave the full run as it is
            m_runs.insert(next, std::make_shared<Run>());
            ++run;
            at = 0;
            return;
        }
        constexpr size_t half = longestRun / 2;
        Run &entries = own(run);
        auto upper = std::make_shared<Run>(entries.begin() + static_cast<std::ptrdiff_t>(half), entries.end());
        entries.resize(half);
        m_runs.insert(m_runs.begin() + static_cast<std::ptrdiff_t>(run) + 1, std::move(upper));
        if (at > half) {
            ++run;
            at -= half;
        }
    }

    std::vector<std::shared_ptr<Run>> m_runs; ///< in order, none of them empty between calls
    size_t m_size = 0;
};

} // namespace loopscope
