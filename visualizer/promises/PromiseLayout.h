// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promises/PromisePicture.h"

#include <QRectF>

namespace loopscope {

/// Where a promise stands: columns go from what comes first to what follows from it, rows down in the order of creation.
struct PromisePlace
{
    int column = 0;
    int row = 0;
    bool operator==(const PromisePlace &) const = default;
};

/// The places of a picture's items.
///
/// A chain goes along its row. What is made while an async function or a handler runs stands below its promise. Nothing else shares a row
/// with a family, so rows never have to give way: an item's place depends on the items before it and on nothing that comes later, and
/// nothing moves when promises are added. Time: linear in items and inputs.
class PromiseLayout
{
public:
    static PromiseLayout compute(const std::vector<PromiseItem> &items);

    std::vector<PromisePlace> places; ///< by item
    int columns = 0;
    int rows = 0;
    std::vector<std::vector<quint32>> itemsOfRow; ///< by column

    /// The items whose columns and rows, from first to last, lie in these.
    std::vector<quint32> within(int firstColumn, int lastColumn, int firstRow, int lastRow) const;
    /// The item at a place; noItem if there is none.
    quint32 at(PromisePlace place) const;
    /// The nearest item in the row above (-1) or below (1) that has any.
    quint32 beside(quint32 item, int direction) const;
};

} // namespace loopscope
