// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// What V4 keeps the entries of a Map or Set in (its class ESTable, Qt 5.12 to 6.8): two arrays from malloc, in order of insertion. An
/// entry that was removed while iterators may still stand on it has the empty value as its key.
struct CollectionStorage
{
    QV4::Value *keys;
    QV4::Value *values;
    uint size;
    uint capacity;
};

/// Looks keys up in a storage. Small ones are searched from the start; larger ones get an index, which is only a cache: it is thrown away
/// whenever the storage turns out to have changed without it (the collector takes dead keys out of weak collections).
class CollectionTable
{
public:
    /// The table of a storage of V4's. A storage that died and came again at the same place is noticed by its size.
    static CollectionTable &of(CollectionStorage *storage, bool isWeak);

    static constexpr uint NotFound = ~0u;
    uint find(const QV4::Value &key);
    void set(const QV4::Value &key, const QV4::Value &value);
    bool remove(const QV4::Value &key);
    void clear();
    /// Without the entries that were removed.
    uint count();
    const CollectionStorage &storage() const { return *m_storage; }

    /// From now on the position of the iterator is kept right when entries go away. `position` points into the heap object.
    void addIterator(QV4::ExecutionEngine *engine, const QV4::Value &iterator, quint32 *position);
    void removeIterator(const quint32 *position);

private:
    struct Iterator
    {
        QV4::WeakValue object;
        quint32 *position;
    };

    bool isKey(uint entry, const QV4::Value &key) const;
    void synchronize();
    void rebuild();
    void addToIndex(uint entry);
    void compact();
    void takeOut(uint entry);
    void moveInIndex(uint from, uint to);
    template<typename Adjust>
    void adjustIterators(Adjust adjust);

    CollectionStorage *m_storage = nullptr;
    bool m_isWeak = false;
    uint m_knownSize = 0;
    uint m_removed = 0; ///< entries with an empty key
    size_t m_usedSlots = 0; ///< of the index
    std::vector<quint32> m_index; ///< open addressing: entry plus 1, or 0; empty for small storages
    std::vector<Iterator> m_iterators;
};

} // namespace loopscope
