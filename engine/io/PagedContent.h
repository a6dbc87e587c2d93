// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <map>

namespace loopscope {

/// How much the files in memory may hold together.
struct ContentBudget
{
    qint64 capacity = 0; ///< bytes
    qint64 used = 0; ///< bytes

    qint64 left() const { return capacity - used; }
};

/// The bytes of a file in memory. Holes, never written, read as zeros and take no room.
class PagedContent
{
public:
    explicit PagedContent(ContentBudget &budget)
        : m_budget(budget)
    {
    }
    ~PagedContent() { m_budget.used -= m_stored; }
    PagedContent(const PagedContent &) = delete;
    PagedContent &operator=(const PagedContent &) = delete;

    qint64 size() const { return m_size; }
    qint64 storedBytes() const { return m_stored; }
    /// Bytes read, 0 at and behind the end.
    qint64 read(qint64 position, char *data, qint64 length) const;
    /// Bytes written: fewer than asked for if the budget is used up.
    qint64 write(qint64 position, const char *data, qint64 length);
    void resize(qint64 size);

private:
    static constexpr qint64 pageSize = 65536;

    bool growPage(QByteArray &page, qint64 size);

    ContentBudget &m_budget;
    std::map<qint64, QByteArray> m_pages; ///< by number; what a page lacks at its end is zeros
    qint64 m_size = 0;
    qint64 m_stored = 0;
};

} // namespace loopscope
