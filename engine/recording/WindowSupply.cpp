// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/WindowSupply.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <limits>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

namespace loopscope {
namespace {

// The first windows are small: a short script pays neither for memory it never touches nor for a thread.
constexpr quint64 firstSize = quint64{256} * 1024;
constexpr quint64 secondSize = quint64{1024} * 1024;
constexpr quint64 usualSize = quint64{4} * 1024 * 1024;
constexpr quint64 touchedAtOnce = quint64{256} * 1024;
constexpr size_t mostUsed = 2; // that wait for the thread to unmap them

quint64 pageSize()
{
    static const auto size = static_cast<quint64>(sysconf(_SC_PAGESIZE));
    return size;
}

void unmap(const FileWindow &window)
{
    if (window.address != nullptr)
        munmap(window.address, window.size);
}

} // namespace

WindowSupply::WindowSupply(int descriptor)
    : m_descriptor(descriptor)
{
}

WindowSupply::~WindowSupply() { finish(); }

/// The usual window that holds `position`.
WindowSupply::Place WindowSupply::placeOf(quint64 position)
{
    if (position < firstSize)
        return {0, 0, firstSize};
    if (position < firstSize + secondSize)
        return {1, firstSize, secondSize};
    const quint64 index = (position - firstSize - secondSize) / usualSize;
    return {index + 2, firstSize + secondSize + index * usualSize, usualSize};
}

/// Makes room on the disk, so that a full disk is an error here and not a signal at some later store.
int WindowSupply::allocateUpTo(quint64 end)
{
    const std::lock_guard lock(m_allocation);
    if (end <= m_fileSize)
        return 0;
    int error = posix_fallocate(m_descriptor, static_cast<off_t>(m_fileSize), static_cast<off_t>(end - m_fileSize));
    if (error == EINVAL || error == EOPNOTSUPP) // a file system that cannot promise the room can still grow the file
        error = ftruncate(m_descriptor, static_cast<off_t>(end)) == 0 ? 0 : errno;
    if (error == 0)
        m_fileSize = end;
    return error;
}

FileWindow WindowSupply::map(quint64 offset, quint64 size)
{
    FileWindow window{nullptr, offset, size, allocateUpTo(offset + size)};
    if (window.error != 0)
        return window;
    void *address = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, m_descriptor, static_cast<off_t>(offset));
    if (address == MAP_FAILED)
        window.error = errno;
    else
        window.address = static_cast<std::byte *>(address);
    return window;
}

FileWindow WindowSupply::next(quint64 position, quint64 needed)
{
    const Place place = placeOf(position);
    m_number.store(place.number, std::memory_order_relaxed);
    giveBack();
    if (position + needed > place.end()) { // a definition across the border: a window of its own
        const quint64 offset = position / pageSize() * pageSize();
        const quint64 end = (position + needed + pageSize() - 1) / pageSize() * pageSize();
        m_current = map(offset, end - offset);
        return m_current;
    }
    m_current = takePrepared(place);
    if (m_current.address == nullptr && m_current.error == 0)
        m_current = map(place.offset, place.size);
    if (m_current.error == 0 && place.number > 0) {
        if (!m_thread.joinable())
            startThread();
        const std::lock_guard lock(m_mutex);
        m_asked = placeOf(place.end());
        m_changed.notify_all();
    }
    return m_current;
}

void WindowSupply::giveBack()
{
    const FileWindow window = std::exchange(m_current, {});
    if (!m_thread.joinable()) {
        unmap(window);
        return;
    }
    const std::lock_guard lock(m_mutex);
    m_used.push_back(window);
    if (m_used.size() <= mostUsed)
        return;
    // The thread does not get to it, on a busy machine.
    std::erase_if(m_used, [this](const FileWindow &each) {
        if (each.address == m_touched)
            return false;
        unmap(each);
        return true;
    });
}

/// The window the thread mapped; an empty one if it did not get to it, or mapped another.
FileWindow WindowSupply::takePrepared(const Place &place)
{
    if (!m_thread.joinable())
        return {};
    std::unique_lock lock(m_mutex);
    m_asked.reset(); // not begun: we are quicker ourselves
    m_changed.wait(lock, [this] { return !m_isMapping; });
    const std::optional<FileWindow> prepared = std::exchange(m_prepared, std::nullopt);
    if (!prepared || prepared->offset == place.offset)
        return prepared.value_or(FileWindow{});
    m_used.push_back(*prepared);
    return {};
}

void WindowSupply::startThread()
{
    // Signals are for the program's own threads.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    m_thread = std::thread([this] { work(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void WindowSupply::work()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stop || m_asked || !m_used.empty(); });
        if (m_stop)
            return;
        const std::vector<FileWindow> used = std::exchange(m_used, {});
        const std::optional<Place> asked = std::exchange(m_asked, std::nullopt);
        m_isMapping = asked.has_value();
        lock.unlock();
        const FileWindow window = asked ? map(asked->offset, asked->size) : FileWindow{};
        if (asked) {
            lock.lock();
            m_prepared = window;
            m_touched = window.address;
            m_isMapping = false;
            m_changed.notify_all();
            lock.unlock();
            touch(window, asked->number);
        }
        std::for_each(used.begin(), used.end(), unmap);
        lock.lock();
        m_touched = nullptr;
    }
}

/// Has the kernel provide the window's pages. The writer may be at work in it already; only this thread unmaps it, and not before this
/// ends.
void WindowSupply::touch(const FileWindow &window, quint64 number)
{
#ifdef MADV_POPULATE_WRITE
    if (window.address == nullptr)
        return;
    for (quint64 at = 0; at < window.size && m_number.load(std::memory_order_relaxed) <= number; at += touchedAtOnce) {
        if (madvise(window.address + at, std::min(touchedAtOnce, window.size - at), MADV_POPULATE_WRITE) != 0)
            return; // a kernel before 5.14: each page is provided when it is written to
    }
#else
    Q_UNUSED(window)
    Q_UNUSED(number)
#endif
}

void WindowSupply::finish()
{
    if (m_thread.joinable()) {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
            m_number.store(std::numeric_limits<quint64>::max(), std::memory_order_relaxed);
            m_changed.notify_all();
        }
        m_thread.join();
        std::for_each(m_used.begin(), m_used.end(), unmap);
        m_used.clear();
        if (m_prepared)
            unmap(*m_prepared);
        m_prepared.reset();
    }
    unmap(m_current);
    m_current = {};
}

} // namespace loopscope
