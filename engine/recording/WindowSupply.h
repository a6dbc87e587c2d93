// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace loopscope {

/// A stretch of a file that is mapped for writing.
struct FileWindow
{
    std::byte *address = nullptr;
    quint64 offset = 0; ///< in the file
    quint64 size = 0;
    int error = 0; ///< errno; then nothing is mapped
};

/// Maps a growing file window by window for one writer.
///
/// The kernel takes several microseconds to provide a page that is touched for the first time, which is a multiple of what writing it full
/// of events takes. So, once a run is long enough to gain from it, a thread maps the next window and touches its pages while the writer
/// fills the present one, and takes back the windows that are full. What is in the file does not depend on that thread. All functions are
/// for the writer's thread.
class WindowSupply
{
public:
    /// The file must be empty and stay open; it is not owned.
    explicit WindowSupply(int descriptor);
    ~WindowSupply();
    WindowSupply(const WindowSupply &) = delete;
    WindowSupply &operator=(const WindowSupply &) = delete;

    /// Gives back the window given last and maps one that holds `position` and at least `needed` bytes from there.
    FileWindow next(quint64 position, quint64 needed);
    /// Takes back the last window and ends the thread.
    void finish();

private:
    struct Place
    {
        quint64 number = 0;
        quint64 offset = 0;
        quint64 size = 0;
        quint64 end() const { return offset + size; }
    };

    static Place placeOf(quint64 position);
    FileWindow map(quint64 offset, quint64 size);
    int allocateUpTo(quint64 end);
    void giveBack();
    FileWindow takePrepared(const Place &place);
    void startThread();
    void work();
    void touch(const FileWindow &window, quint64 number);

    const int m_descriptor;
    FileWindow m_current;

    std::mutex m_allocation;
    quint64 m_fileSize = 0; ///< under m_allocation

    std::thread m_thread;
    std::mutex m_mutex; ///< of all below
    std::condition_variable m_changed;
    std::vector<FileWindow> m_used; ///< to be unmapped
    std::optional<Place> m_asked; ///< to be mapped
    bool m_isMapping = false;
    std::optional<FileWindow> m_prepared;
    const std::byte *m_touched = nullptr; ///< the window the thread is at work in
    bool m_stop = false;
    std::atomic<quint64> m_number = 0; ///< of the window the writer is in; the thread leaves older ones alone
};

} // namespace loopscope
