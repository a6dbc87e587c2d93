// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace loopscope {

/// A change of a watched file or folder, as inotify(7) tells it.
struct FileNotice
{
    int watch = 0; ///< as FileSystem::addWatch() gave it
    quint32 mask = 0; ///< bits of sys/inotify.h
    QByteArray name; ///< in the watched folder; empty: it concerns what is watched itself
    quint64 time = 0; ///< ns of run time
    quint64 number = 0; ///< from 1
    bool isSameAs(const FileNotice &other) const { return watch == other.watch && mask == other.mask && name == other.name; }
};

/// What inotify calls an instance: the notices of all files that one loop watches, in their order. Any thread.
class FileNotices
{
public:
    /// `now`: run time of the loop that watches, in ns.
    explicit FileNotices(std::function<quint64()> now)
        : m_now(std::move(now))
    {
    }

    /// One that says the same as the last that was not read yet is left out, as in the kernel.
    void add(FileNotice notice)
    {
        const std::scoped_lock lock(m_mutex);
        if (m_last.number > m_lastRead && m_last.isSameAs(notice))
            return;
        notice.time = m_now();
        notice.number = m_last.number + 1;
        m_last = notice;
        m_notices.push_back(std::move(notice));
    }
    /// The loop comes to a notice in its poll phase: it reads all that are there by now.
    void read(quint64 number)
    {
        const std::scoped_lock lock(m_mutex);
        if (number > m_lastRead)
            m_lastRead = m_last.number;
    }
    /// Those that were not taken; taken is not read.
    std::vector<FileNotice> take()
    {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_notices, {});
    }
    /// Run time of the first that was not taken; ~0 if there is none.
    quint64 nextMoment() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_notices.empty() ? ~0ULL : m_notices.front().time;
    }

private:
    const std::function<quint64()> m_now;
    mutable std::mutex m_mutex;
    std::vector<FileNotice> m_notices;
    FileNotice m_last;
    quint64 m_lastRead = 0;
};

} // namespace loopscope
