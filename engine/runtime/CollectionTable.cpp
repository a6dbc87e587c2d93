// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/CollectionTable.h"

#include "runtime/BigInts.h"

#include <QHash>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace loopscope {

using namespace QV4;

namespace {

constexpr uint smallSize = 8;
constexpr size_t mostTables = 8192;

/// Keys are equal if SameValueZero says so.
bool isSameKey(const Value &a, const Value &b)
{
    if (a.rawValue() == b.rawValue())
        return true;
    if (a.isNumber() && b.isNumber()) {
        const double first = a.asDouble();
        const double second = b.asDouble();
        return first == second || (first != first && second != second);
    }
    const String *first = a.stringValue();
    const String *second = b.stringValue();
    if (first || second)
        return first && second && first->toQString() == second->toQString();
    const mpz_class *one = bigIntOf(a);
    const mpz_class *other = one ? bigIntOf(b) : nullptr;
    return other && *one == *other;
}

size_t hashOf(const Value &key, bool isWeak)
{
    quint64 bits = key.rawValue();
    if (isWeak) {
        // an object: its address
    } else if (key.isNumber()) {
        double number = key.asDouble();
        if (number == 0)
            number = 0; // -0 and 0 are one key
        if (number != number)
            return 0x7ff8;
        std::memcpy(&bits, &number, sizeof bits);
    } else if (const String *text = key.stringValue()) {
        return qHash(text->toQString(), 0);
    } else if (const mpz_class *number = bigIntOf(key)) {
        bits = mpz_get_ui(number->get_mpz_t()) ^ 0x6ef0ULL;
    }
    bits ^= bits >> 33;
    bits *= 0xff51afd7ed558ccdULL;
    bits ^= bits >> 33;
    return static_cast<size_t>(bits);
}

} // namespace

CollectionTable &CollectionTable::of(CollectionStorage *storage, bool isWeak)
{
    static thread_local std::unordered_map<CollectionStorage *, CollectionTable> tables;
    static thread_local CollectionStorage *lastStorage = nullptr;
    static thread_local CollectionTable *lastTable = nullptr;
    if (storage != lastStorage) {
        if (tables.size() > mostTables) // mostly of collections that are gone; the others are built again
            std::erase_if(tables, [](const auto &item) { return item.second.m_iterators.empty() && item.second.m_removed == 0; });
        lastTable = &tables[storage];
        lastStorage = storage;
        lastTable->m_storage = storage;
        lastTable->m_isWeak = isWeak;
    }
    lastTable->synchronize();
    return *lastTable;
}

void CollectionTable::synchronize()
{
    if (m_knownSize == m_storage->size)
        return;
    m_iterators.clear();
    rebuild();
}

void CollectionTable::rebuild()
{
    m_knownSize = m_storage->size;
    m_removed = 0;
    m_usedSlots = 0;
    m_index.clear();
    for (uint entry = 0; entry < m_storage->size; ++entry)
        m_removed += m_storage->keys[entry].isEmpty() ? 1 : 0;
    if (m_storage->size <= smallSize)
        return;
    size_t slots = 32;
    while (slots < m_storage->size * size_t(3))
        slots *= 2;
    m_index.assign(slots, 0);
    for (uint entry = 0; entry < m_storage->size; ++entry) {
        if (!m_storage->keys[entry].isEmpty())
            addToIndex(entry);
    }
}

void CollectionTable::addToIndex(uint entry)
{
    const size_t mask = m_index.size() - 1;
    size_t slot = hashOf(m_storage->keys[entry], m_isWeak) & mask;
    while (m_index[slot])
        slot = (slot + 1) & mask;
    m_index[slot] = entry + 1;
    ++m_usedSlots;
}

bool CollectionTable::isKey(uint entry, const Value &key) const
{
    // Weak keys are objects, which are equal only to themselves.
    return m_isWeak ? m_storage->keys[entry].rawValue() == key.rawValue() : isSameKey(m_storage->keys[entry], key);
}

uint CollectionTable::find(const Value &key)
{
    if (m_index.empty()) {
        for (uint entry = 0; entry < m_storage->size; ++entry) {
            if (isKey(entry, key))
                return entry;
        }
        return NotFound;
    }
    const size_t mask = m_index.size() - 1;
    for (size_t slot = hashOf(key, m_isWeak) & mask; m_index[slot]; slot = (slot + 1) & mask) {
        const uint entry = m_index[slot] - 1;
        if (entry < m_storage->size && isKey(entry, key))
            return entry;
    }
    return NotFound;
}

void CollectionTable::set(const Value &key, const Value &value)
{
    const uint known = find(key);
    if (known != NotFound) {
        m_storage->values[known] = value;
        return;
    }
    if (m_storage->size == m_storage->capacity) {
        if (m_removed * 2 > m_storage->size)
            compact();
        if (m_storage->size == m_storage->capacity) {
            const uint capacity = std::max(8u, m_storage->capacity * 2);
            m_storage->keys = static_cast<Value *>(std::realloc(m_storage->keys, capacity * sizeof(Value)));
            m_storage->values = static_cast<Value *>(std::realloc(m_storage->values, capacity * sizeof(Value)));
            if (!m_storage->keys || !m_storage->values)
                qBadAlloc();
            m_storage->capacity = capacity;
        }
    }
    const uint entry = m_storage->size++;
    const bool isZero = key.isNumber() && key.asDouble() == 0;
    m_storage->keys[entry] = isZero ? Value::fromInt32(0) : key;
    m_storage->values[entry] = value;
    m_knownSize = m_storage->size;
    if (m_storage->size <= smallSize)
        return;
    if (m_index.size() < (m_usedSlots + 1) * size_t(2))
        rebuild();
    else
        addToIndex(entry);
}

bool CollectionTable::remove(const Value &key)
{
    const uint entry = find(key);
    if (entry == NotFound)
        return false;
    if (m_isWeak || m_index.empty()) {
        takeOut(entry);
    } else {
        // The slot of the index stays and leads nowhere: a removed key equals none.
        m_storage->keys[entry] = Value::emptyValue();
        m_storage->values[entry] = Value::undefinedValue();
        ++m_removed;
        if (m_removed * 2 > m_storage->size)
            compact();
    }
    return true;
}

/// Removes an entry at once. Weak collections have no order, so their last entry takes the place.
void CollectionTable::takeOut(uint entry)
{
    const uint last = m_storage->size - 1;
    if (m_isWeak) {
        m_storage->keys[entry] = m_storage->keys[last];
        m_storage->values[entry] = m_storage->values[last];
    } else {
        for (uint next = entry; next < last; ++next) {
            m_storage->keys[next] = m_storage->keys[next + 1];
            m_storage->values[next] = m_storage->values[next + 1];
        }
        adjustIterators([entry](quint32 position) { return position > entry ? position - 1 : position; });
    }
    m_storage->size = last;
    m_knownSize = last;
    if (!m_index.empty() && entry != last)
        moveInIndex(last, entry);
}

/// The entry `from` lies at `to` now. Slots of keys that are gone stay: they lead to other keys, which find() sees.
void CollectionTable::moveInIndex(uint from, uint to)
{
    const size_t mask = m_index.size() - 1;
    for (size_t slot = hashOf(m_storage->keys[to], m_isWeak) & mask; m_index[slot]; slot = (slot + 1) & mask) {
        if (m_index[slot] == from + 1) {
            m_index[slot] = to + 1;
            return;
        }
    }
}

void CollectionTable::compact()
{
    std::vector<quint32> newPosition(m_storage->size + 1);
    uint kept = 0;
    for (uint entry = 0; entry < m_storage->size; ++entry) {
        newPosition[entry] = kept;
        if (m_storage->keys[entry].isEmpty())
            continue;
        m_storage->keys[kept] = m_storage->keys[entry];
        m_storage->values[kept] = m_storage->values[entry];
        ++kept;
    }
    newPosition[m_storage->size] = kept;
    m_storage->size = kept;
    adjustIterators([&](quint32 position) { return position < newPosition.size() ? newPosition[position] : kept; });
    rebuild();
}

void CollectionTable::clear()
{
    m_storage->size = 0;
    adjustIterators([](quint32) { return 0u; });
    rebuild();
}

uint CollectionTable::count() { return m_storage->size - m_removed; }

template<typename Adjust>
void CollectionTable::adjustIterators(Adjust adjust)
{
    std::erase_if(m_iterators, [](const Iterator &iterator) { return iterator.object.isNullOrUndefined(); });
    for (const Iterator &iterator : m_iterators)
        *iterator.position = adjust(*iterator.position);
}

void CollectionTable::addIterator(ExecutionEngine *engine, const Value &iterator, quint32 *position)
{
    if (m_iterators.size() >= 64 && (m_iterators.size() & (m_iterators.size() - 1)) == 0)
        std::erase_if(m_iterators, [](const Iterator &known) { return known.object.isNullOrUndefined(); });
    m_iterators.push_back({WeakValue(engine, iterator), position});
}

void CollectionTable::removeIterator(const quint32 *position)
{
    std::erase_if(m_iterators, [position](const Iterator &iterator) { return iterator.position == position; });
}

} // namespace loopscope
