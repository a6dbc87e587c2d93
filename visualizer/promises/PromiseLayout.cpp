// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promises/PromiseLayout.h"

#include <algorithm>
#include <cstdlib>

namespace loopscope {

namespace {

/// How far to the right of its maker's column what it made may stand before it goes on in another row.
constexpr int kWidestLane = 12;
/// How far to the right of its maker it may begin, so as to stand near it.
constexpr int kLatestStart = 3;
/// Rows of a family that are looked at for room.
constexpr size_t kRowsTried = 16;

class Placer
{
public:
    explicit Placer(const std::vector<PromiseItem> &items, PromiseLayout &layout)
        : m_items(items)
        , m_layout(layout)
        , m_family(items.size())
        , m_lane(items.size(), -1)
    {
        layout.places.resize(items.size());
    }

    void placeAll()
    {
        for (quint32 item = 0; item < m_items.size(); ++item)
            place(item);
    }

private:
    void place(quint32 number)
    {
        const PromiseItem &item = m_items[number];
        if (!item.inputs.empty())
            placeBehindInputs(number);
        else if (item.source != noItem)
            placeBehind(number, item.source, m_layout.places[item.source].column + 1);
        else if (item.maker != noItem)
            placeBelow(number, item.maker);
        else
            put(number, newRow(number), 0, number);
    }

    void placeBehindInputs(quint32 number)
    {
        int column = 0;
        for (const quint32 input : m_items[number].inputs)
            column = std::max(column, m_layout.places[input].column + 1);
        placeBehind(number, m_items[number].inputs.front(), column);
    }

    /// In the row of what it follows, if that is still free there.
    void placeBehind(quint32 number, quint32 source, int column)
    {
        const int row = m_layout.places[source].row;
        const quint32 family = m_family[source];
        const bool isFree = m_end[static_cast<size_t>(row)] == m_layout.places[source].column;
        put(number, isFree ? row : freeRow(family, row, column), column, family);
    }

    void placeBelow(quint32 number, quint32 maker)
    {
        const PromisePlace above = m_layout.places[maker];
        const quint32 family = m_family[maker];
        int &lane = m_lane[maker];
        if (lane >= 0 && m_end[static_cast<size_t>(lane)] < above.column + kWidestLane) {
            put(number, lane, m_end[static_cast<size_t>(lane)] + 1, family);
            return;
        }
        lane = freeRow(family, std::max(above.row, lane), above.column + kLatestStart + 1);
        put(number, lane, std::max(above.column, m_end[static_cast<size_t>(lane)] + 1), family);
    }

    int newRow(quint32 family)
    {
        m_end.push_back(-1);
        m_rowsOf.resize(m_items.size());
        m_rowsOf[family].push_back(static_cast<int>(m_end.size()) - 1);
        return m_rowsOf[family].back();
    }

    int freeRow(quint32 family, int above, int column)
    {
        const std::vector<int> &rows = m_rowsOf[family];
        const size_t first = rows.size() > kRowsTried ? rows.size() - kRowsTried : 0;
        for (size_t i = first; i < rows.size(); ++i) {
            if (rows[i] > above && m_end[static_cast<size_t>(rows[i])] < column)
                return rows[i];
        }
        return newRow(family);
    }

    void put(quint32 number, int row, int column, quint32 family)
    {
        m_layout.places[number] = {column, row};
        m_end[static_cast<size_t>(row)] = column;
        m_family[number] = family;
        m_layout.columns = std::max(m_layout.columns, column + 1);
        m_layout.itemsOfRow.resize(m_end.size());
        m_layout.itemsOfRow[static_cast<size_t>(row)].push_back(number);
    }

    const std::vector<PromiseItem> &m_items;
    PromiseLayout &m_layout;
    std::vector<quint32> m_family; ///< by item: the first item of its family
    std::vector<int> m_lane; ///< by item: the row of what it made last; -1: none
    std::vector<int> m_end; ///< by row: its last column
    std::vector<std::vector<int>> m_rowsOf; ///< by family
};

} // namespace

PromiseLayout PromiseLayout::compute(const std::vector<PromiseItem> &items)
{
    PromiseLayout layout;
    Placer(items, layout).placeAll();
    layout.rows = static_cast<int>(layout.itemsOfRow.size());
    return layout;
}

std::vector<quint32> PromiseLayout::within(int firstColumn, int lastColumn, int firstRow, int lastRow) const
{
    std::vector<quint32> found;
    for (int row = std::max(firstRow, 0); row <= std::min(lastRow, rows - 1); ++row) {
        const std::vector<quint32> &items = itemsOfRow[static_cast<size_t>(row)];
        const auto first =
            std::partition_point(items.begin(), items.end(), [&](quint32 item) { return places[item].column < firstColumn; });
        for (auto item = first; item != items.end() && places[*item].column <= lastColumn; ++item)
            found.push_back(*item);
    }
    return found;
}

quint32 PromiseLayout::at(PromisePlace place) const
{
    const std::vector<quint32> found = within(place.column, place.column, place.row, place.row);
    return found.empty() ? noItem : found.front();
}

quint32 PromiseLayout::beside(quint32 item, int direction) const
{
    const PromisePlace here = places[item];
    const int row = here.row + direction;
    if (row < 0 || row >= rows)
        return noItem;
    const std::vector<quint32> &items = itemsOfRow[static_cast<size_t>(row)];
    const auto distance = [&](quint32 other) { return std::abs(places[other].column - here.column); };
    const auto nearest =
        std::min_element(items.begin(), items.end(), [&](quint32 one, quint32 other) { return distance(one) < distance(other); });
    return nearest != items.end() ? *nearest : noItem;
}

} // namespace loopscope
