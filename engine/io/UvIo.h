// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "io/PoolOperations.h"
#include "io/UvHandles.h"
#include "loop/Clock.h"

#include <uv.h>

#include <atomic>
#include <mutex>
#include <vector>

namespace loopscope {

/// Real I/O: one libuv loop that is turned in the poll phase only, and libuv's pool of threads (UV_THREADPOOL_SIZE, 4 unless set) for
/// operations. Nothing of JavaScript runs inside libuv's callbacks: they leave transitions behind, and the caller takes those.
///
///     submit ──> uv_queue_work ──(pool thread)──> Started, system calls, Completed ──> takeTransitions()
///
/// Threads stamp and append their transitions under one lock, so these are in the order of time. waitUntil() is the only place that blocks.
class UvIo final : public IoProvider
{
public:
    UvIo(const Clock &clock, FileSystem &files);
    /// Waits for operations that run on threads; those that wait for one are dropped.
    ~UvIo() override;
    UvIo(const UvIo &) = delete;
    UvIo &operator=(const UvIo &) = delete;

    void submit(SubjectId request, IoOperation operation, quint64 now) override;
    std::vector<IoTransition> takeTransitions(quint64 now) override;
    quint64 nextTransition() const override { return m_nextTransition; }
    bool hasRequests() const override;
    IoResult performNow(const IoOperation &operation) override { return perform(operation); }
    bool waitUntil(quint64 moment) override;
    void wakeUp() override;
    void setNotice(std::function<void()> notice) override { m_notice = std::move(notice); }

    int descriptorOf(int number) const override { return m_operations.descriptorOf(number); }
    HandleProvider *handles() override { return &m_handles; }

    /// Stamps the transition with the run time and appends it: on the loop's thread, inside waitUntil().
    void tellFromLoop(IoTransition transition);
    uv_loop_t *loop() { return &m_loop; }
    FileSystem &files() { return m_files; }

private:
    struct Work;
    /// Any thread.
    IoResult perform(const IoOperation &operation);
    void carryOut(Work &work);
    /// On a pool thread: as tellFromLoop, and gives notice.
    void tellFromThread(IoTransition transition);

    const Clock m_clock; ///< a copy: threads read it
    FileSystem &m_files;
    PoolOperations m_operations;
    uv_loop_t m_loop = {};
    uv_async_t m_wakeUp = {};
    uv_timer_t m_timer = {};
    std::function<void()> m_notice;
    UvHandles m_handles{*this};
    std::vector<Work *> m_works; ///< queued or running
    std::mutex m_mutex;
    std::vector<IoTransition> m_transitions; ///< happened, not yet taken
    std::atomic<quint64> m_nextTransition = ~0ULL; ///< time of the first of them
};

} // namespace loopscope
