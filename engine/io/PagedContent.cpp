// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/PagedContent.h"

#include <algorithm>
#include <cstring>

namespace loopscope {

qint64 PagedContent::read(qint64 position, char *data, qint64 length) const
{
    const qint64 count = std::clamp<qint64>(m_size - position, 0, length);
    for (qint64 done = 0; done < count;) {
        const qint64 offset = (position + done) % pageSize;
        const qint64 part = std::min(pageSize - offset, count - done);
        const auto page = m_pages.find((position + done) / pageSize);
        const qint64 stored = page == m_pages.end() ? 0 : std::clamp<qint64>(page->second.size() - offset, 0, part);
        if (stored > 0)
            std::memcpy(data + done, page->second.constData() + offset, static_cast<std::size_t>(stored));
        std::memset(data + done + stored, 0, static_cast<std::size_t>(part - stored));
        done += part;
    }
    return count;
}

bool PagedContent::growPage(QByteArray &page, qint64 size)
{
    const qint64 more = size - page.size();
    if (more <= 0)
        return true;
    if (more > m_budget.left())
        return false;
    page.append(more, '\0');
    m_stored += more;
    m_budget.used += more;
    return true;
}

qint64 PagedContent::write(qint64 position, const char *data, qint64 length)
{
    qint64 done = 0;
    while (done < length) {
        const qint64 offset = (position + done) % pageSize;
        QByteArray &page = m_pages[(position + done) / pageSize];
        const qint64 wanted = std::min(pageSize - offset, length - done);
        // What fits still, when the budget is nearly used up.
        const qint64 part = std::min(wanted, page.size() + m_budget.left() - offset);
        if (part <= 0 || !growPage(page, offset + part))
            break;
        std::memcpy(page.data() + offset, data + done, static_cast<std::size_t>(part));
        done += part;
    }
    if (done > 0)
        m_size = std::max(m_size, position + done);
    return done;
}

void PagedContent::resize(qint64 size)
{
    const auto forget = [this](qint64 bytes) {
        m_stored -= bytes;
        m_budget.used -= bytes;
    };
    if (size < m_size) {
        for (auto page = m_pages.upper_bound(size / pageSize); page != m_pages.end(); page = m_pages.erase(page))
            forget(page->second.size());
        const auto last = m_pages.find(size / pageSize);
        if (last != m_pages.end() && last->second.size() > size % pageSize) {
            forget(last->second.size() - size % pageSize);
            last->second.truncate(size % pageSize);
        }
    }
    m_size = size;
}

} // namespace loopscope
