// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace loopscope {

/// What SharedTable keeps of each run of entries unless it is told of something better: nothing.
struct NoDigest
{
    template<typename Entry>
    void add(const Entry & /*entry*/)
    {
    }
    /// True if it is the same without this entry.
    template<typename Entry>
    bool outlives(const Entry & /*entry*/) const
    {
        return true;
    }
};

/// An ordered map whose copies share what they have in common.
///
/// A state with a million waiting jobs is copied for every snapshot and changed by every event. So the entries lie in runs of at most 64
/// that copies share until one of them changes a run. Copying costs a pointer a run, a change at most one run. As with any container,
/// copies in different threads are independent, one object in two threads is not.
///
/// A `Digest` tells something of all entries of a run, so that a search by anything else than the key need not look at each: see NoDigest
/// for what it must offer.
template<typename Key, typename Value, typename Digest = NoDigest>
class SharedTable
{
public:
    struct Entry
    {
        Key key{};
        Value value{};
        bool operator==(const Entry &) const = default;
    };
    struct Run
    {
        std::vector<Entry> entries; ///< by key
        [[no_unique_address]] Digest digest;
    };

    size_t size() const { return m_size; }
    bool isEmpty() const { return m_size == 0; }

    const Value *find(const Key &key) const
    {
        const Place place = locate(key);
        return holds(place, key) ? &entryAt(place).value : nullptr;
    }

    /// For changing; null if there is no such entry. Valid until the next change. What a digest is made of is not to be changed so.
    Value *edit(const Key &key)
    {
        const Place place = locate(key);
        return holds(place, key) ? &own(place.run).entries[place.at].value : nullptr;
    }

    /// Adds the entry, or replaces the one with that key.
    void insert(const Key &key, Value value)
    {
        erase(key);
        Place place = locate(key);
        if (place.run == m_runs.size() && place.run > 0) { // behind all others: the usual case
            --place.run;
            place.at = m_runs[place.run]->entries.size();
        }
        if (m_runs.empty())
            m_runs.push_back(std::make_shared<Run>());
        if (m_runs[place.run]->entries.size() == longestRun)
            split(place);
        Run &run = own(place.run);
        const auto added = run.entries.insert(run.entries.begin() + distance(place.at), Entry{key, std::move(value)});
        run.digest.add(*added);
        ++m_size;
    }

    /// False if there was none.
    bool erase(const Key &key)
    {
        const Place place = locate(key);
        if (!holds(place, key))
            return false;
        --m_size;
        if (m_runs[place.run]->entries.size() == 1) {
            m_runs.erase(m_runs.begin() + distance(place.run));
            return true;
        }
        Run &run = own(place.run);
        const bool keepsDigest = run.digest.outlives(run.entries[place.at]);
        run.entries.erase(run.entries.begin() + distance(place.at));
        if (!keepsDigest)
            renewDigest(run);
        if (run.entries.size() <= shortRun && place.run + 1 < m_runs.size())
            mergeWithNext(place.run);
        return true;
    }

    /// Calls visit(key, value) in the order of the keys until it returns false.
    template<typename Visit>
    void visit(Visit &&visit) const
    {
        for (const auto &run : m_runs) {
            for (const Entry &entry : run->entries) {
                if (!visit(entry.key, entry.value))
                    return;
            }
        }
    }

    /// The runs in the order of their keys; none is empty.
    size_t runCount() const { return m_runs.size(); }
    const Run &run(size_t number) const { return *m_runs[number]; }

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
            looked += m_runs[run]->entries.capacity() * sizeof(Entry) / static_cast<size_t>(m_runs[run].use_count());
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
            if (at == other.m_runs[run]->entries.size()) {
                ++run;
                at = 0;
            }
            const Entry &theirs = other.m_runs[run]->entries[at++];
            same = theirs.key == key && theirs.value == value;
            return same;
        });
        return same;
    }

private:
    struct Place
    {
        size_t run = 0;
        size_t at = 0; ///< in the run
    };
    static constexpr size_t longestRun = 64;
    static constexpr size_t shortRun = longestRun / 4; ///< one that is joined with its neighbour, where there is room

    static std::ptrdiff_t distance(size_t count) { return static_cast<std::ptrdiff_t>(count); }
    const Entry &entryAt(const Place &place) const { return m_runs[place.run]->entries[place.at]; }
    bool holds(const Place &place, const Key &key) const { return place.run < m_runs.size() && entryAt(place).key == key; }

    /// The place of the first entry whose key is not below `key`; its run is the number of runs if there is none.
    Place locate(const Key &key) const
    {
        auto run = m_runs.end();
        if (!m_runs.empty() && !(key < m_runs.back()->entries.front().key)) // in the last run, or behind it: the usual case
            run = m_runs.back()->entries.back().key < key ? m_runs.end() : std::prev(m_runs.end());
        else
            run = std::partition_point(m_runs.begin(), m_runs.end(), [&](const auto &each) { return each->entries.back().key < key; });
        if (run == m_runs.end())
            return {m_runs.size(), 0};
        const std::vector<Entry> &entries = (*run)->entries;
        const auto at = std::partition_point(entries.begin(), entries.end(), [&](const Entry &each) { return each.key < key; });
        return {static_cast<size_t>(run - m_runs.begin()), static_cast<size_t>(at - entries.begin())};
    }

    /// The run, for changing: a copy of its own if another table shares it.
    Run &own(size_t run)
    {
        if (m_runs[run].use_count() > 1)
            m_runs[run] = std::make_shared<Run>(*m_runs[run]);
        return *m_runs[run];
    }

    static void renewDigest(Run &run)
    {
        run.digest = {};
        for (const Entry &entry : run.entries)
            run.digest.add(entry);
    }

    /// Makes room in a full run for an entry at `place`; afterwards that says where it goes.
    void split(Place &place)
    {
        const auto next = m_runs.begin() + distance(place.run) + 1;
        if (place.at == longestRun) { // appending: leave the full run as it is
            m_runs.insert(next, std::make_shared<Run>());
            place = {place.run + 1, 0};
            return;
        }
        constexpr size_t half = longestRun / 2;
        Run &lower = own(place.run);
        auto upper = std::make_shared<Run>();
        upper->entries.assign(lower.entries.begin() + distance(half), lower.entries.end());
        lower.entries.resize(half);
        renewDigest(lower);
        renewDigest(*upper);
        m_runs.insert(next, std::move(upper));
        if (place.at > half)
            place = {place.run + 1, place.at - half};
    }

    /// Where only few entries of many stay, they would hold the memory of all.
    void mergeWithNext(size_t run)
    {
        const Run &next = *m_runs[run + 1];
        Run &grown = own(run);
        if (grown.entries.size() + next.entries.size() > longestRun / 2)
            return;
        grown.entries.insert(grown.entries.end(), next.entries.begin(), next.entries.end());
        renewDigest(grown);
        m_runs.erase(m_runs.begin() + distance(run) + 1);
    }

    std::vector<std::shared_ptr<Run>> m_runs; ///< in order, none of them empty between calls
    size_t m_size = 0;
};

} // namespace loopscope
