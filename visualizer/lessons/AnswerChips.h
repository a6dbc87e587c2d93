// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

namespace loopscope {

/// An answer while it is made up: chips to be put in order, to be chosen and put in order, or of which one is chosen. No widgets.
class AnswerChips : public QObject
{
    Q_OBJECT
public:
    enum class Kind : quint8 {
        Order, ///< all of them, in an order
        Queue, ///< the first `chosenCount()` are the answer, in their order; the others are not in it
        One, ///< one of them
    };
    using QObject::QObject;

    /// Begins anew. `mixes`: in another order than given, the same for the same items each time.
    void ask(Kind kind, const QStringList &items, bool mixes);

    Kind kind() const { return m_kind; }
    /// From top to bottom.
    const QStringList &items() const { return m_items; }
    int count() const { return static_cast<int>(m_items.size()); }
    /// Order: all; Queue: so many from the top; One: 1 or 0.
    int chosenCount() const;
    bool isChosen(int item) const;
    /// What would be handed in now: items in their order, or the one.
    QStringList answer() const;
    /// An answer can be handed in. An empty queue is one.
    bool isReady() const { return m_kind != Kind::One || m_chosen >= 0; }

    /// The chip that the keyboard is at; -1 if there is none.
    int current() const { return m_current; }
    void setCurrent(int item);
    /// Moves the current chip one place up (-1) or down (1). In a queue the border between what is in it and what is not is a place, too.
    void moveCurrent(int by);
    /// Takes a chip out and puts it before what is the `to`th of the rest then; `isIn`: into the queue.
    void place(int from, int to, bool isIn = true);
    /// Queue: into it (at its end) or out of it; One: chooses this one.
    void toggle(int item);

Q_SIGNALS:
    void changed();

private:
    Kind m_kind = Kind::Order;
    QStringList m_items;
    int m_chosen = -1; ///< One: the item; Queue: how many
    int m_current = -1;
};

} // namespace loopscope
