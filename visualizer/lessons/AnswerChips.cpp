// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/AnswerChips.h"

#include <algorithm>
#include <random>
#include <utility>

namespace loopscope {

namespace {

/// A number that is the same for the same items on every machine (FNV-1a).
quint32 seedOf(const QStringList &items)
{
    quint32 hash = 2166136261U;
    for (const char byte : items.join(QLatin1Char('\n')).toUtf8())
        hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
    return hash;
}

/// Never the order given, as that is often the right one, unless all are the same.
QStringList mixed(QStringList items)
{
    const QStringList given = items;
    std::mt19937 random(seedOf(items)); // std::shuffle may differ between libraries
    for (qsizetype i = items.size() - 1; i > 0; --i)
        items.swapItemsAt(i, static_cast<qsizetype>(random() % static_cast<quint32>(i + 1)));
    if (items == given && !items.isEmpty())
        std::rotate(items.begin(), items.begin() + 1, items.end());
    return items;
}

} // namespace

void AnswerChips::ask(Kind kind, const QStringList &items, bool mixes)
{
    m_kind = kind;
    m_items = mixes ? mixed(items) : items;
    m_chosen = kind == Kind::Queue ? 0 : -1;
    m_current = items.isEmpty() ? -1 : 0;
    Q_EMIT changed();
}

int AnswerChips::chosenCount() const
{
    switch (m_kind) {
    case Kind::Order:
        return count();
    case Kind::Queue:
        return m_chosen;
    case Kind::One:
        return m_chosen >= 0 ? 1 : 0;
    }
    return 0;
}

bool AnswerChips::isChosen(int item) const { return m_kind == Kind::One ? item == m_chosen : item < chosenCount(); }

QStringList AnswerChips::answer() const
{
    return m_kind == Kind::One ? m_items.mid(std::max(m_chosen, 0), chosenCount()) : m_items.mid(0, chosenCount());
}

void AnswerChips::setCurrent(int item)
{
    const int bounded = m_items.isEmpty() ? -1 : std::clamp(item, 0, count() - 1);
    if (bounded == m_current)
        return;
    m_current = bounded;
    Q_EMIT changed();
}

void AnswerChips::moveCurrent(int by)
{
    if (m_kind == Kind::One || m_current < 0)
        return;
    const int border = m_kind == Kind::Queue ? m_chosen : -1;
    const int to = m_current + by;
    if (by > 0 && m_current == border - 1)
        --m_chosen;
    else if (by < 0 && m_current == border)
        ++m_chosen;
    else if (to >= 0 && to < count())
        m_items.swapItemsAt(m_current, std::exchange(m_current, to));
    else
        return;
    Q_EMIT changed();
}

void AnswerChips::place(int from, int to, bool isIn)
{
    if (m_kind == Kind::One || from < 0 || from >= count())
        return;
    const QString item = m_items.takeAt(from);
    if (m_kind == Kind::Queue) {
        m_chosen -= from < m_chosen ? 1 : 0;
        to = isIn ? std::clamp(to, 0, m_chosen) : std::clamp(to, m_chosen, count());
        m_chosen += isIn ? 1 : 0;
    }
    m_current = std::clamp(to, 0, count());
    m_items.insert(m_current, item);
    Q_EMIT changed();
}

void AnswerChips::toggle(int item)
{
    if (item < 0 || item >= count())
        return;
    if (m_kind == Kind::One) {
        m_chosen = item;
        m_current = item;
        Q_EMIT changed();
    } else if (m_kind == Kind::Queue) {
        const bool isIn = item < m_chosen;
        place(item, isIn ? count() - 1 : m_chosen, !isIn);
    }
}

} // namespace loopscope
