// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRect>
#include <QString>

class QWidget;

namespace loopscope {

/// What a view is besides a widget that paints things which can be chosen: chips, bars, nodes. Assistive technology is told of each as a
/// child of the view, with a name and a place, to give the keyboard to and to press.
///
/// Things are known by their number, which holds until the view shows something else; as many as are in sight, so that going through them
/// is cheap. The keyboard stays with the view; the chosen thing is the one that has it. GUI thread.
class PaintedItems
{
public:
    // Not const: a view may have to bring itself up to date first.
    virtual int itemCount() = 0;
    virtual QString itemName(int item) = 0;
    /// In the widget.
    virtual QRect itemRect(int item) = 0;
    /// -1: none.
    virtual int chosenItem() = 0;
    virtual void chooseItem(int item) = 0;
    /// Chooses it and goes to its place in the source, if it has one.
    virtual void openItem(int item) = 0;

protected:
    PaintedItems();
    ~PaintedItems() = default;
    PaintedItems(const PaintedItems &) = delete;
    PaintedItems &operator=(const PaintedItems &) = delete;

    /// Another thing is chosen. `view` is this.
    void tellChosen(QWidget &view);
};

} // namespace loopscope
