// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/UvIo.h"

#include "io/NameOperations.h"
#include "io/RealNames.h"
#include "io/UvLoop.h"

#include <algorithm>
#include <csignal>
#include <iterator>
#include <random>
#include <utility>

namespace loopscope {

namespace {

constexpr quint64 nanosecondsPerMillisecond = 1'000'000;
constexpr quint64 never = ~0ULL;
constexpr std::size_t usualBatch = 64; ///< transitions between two looks at them

/// Number of the pool thread that asks, from 1. The pool is the process's, and so are the numbers.
int poolThread()
{
    static std::atomic<int> count = 0;
    thread_local const int number = ++count;
    return number;
}

quint64 randomSeed()
{
    std::random_device device;
    return (static_cast<quint64>(device()) << 32U) | device();
}

} // namespace

struct UvIo::Work
{
    uv_work_t request = {};
    UvIo &io;
    SubjectId subject;
    IoOperation operation;
    std::size_t index; ///< among m_works
};

UvIo::UvIo(const Clock &clock, FileSystem &files)
    : m_clock(clock)
    , m_files(files)
    , m_operations(files, randomSeed())
{
    // As Node: a peer that has gone is an error of the write, not the end of the process. Children get the default back from libuv.
    std::signal(SIGPIPE, SIG_IGN);
    uv_loop_init(&m_loop);
    uv_async_init(&m_loop, &m_wakeUp, [](uv_async_t *) {});
    uv_timer_init(&m_loop, &m_timer);
}

UvIo::~UvIo()
{
    for (Work *work : m_works)
        uv_cancel(reinterpret_cast<uv_req_t *>(&work->request));
    m_handles.closeAll();
    closeLoop(m_loop);
}

void UvIo::submit(SubjectId request, IoOperation operation, quint64)
{
    auto *work = new Work{{}, *this, request, std::move(operation), m_works.size()};
    m_works.push_back(work);
    work->request.data = work;
    uv_queue_work(
        &m_loop, &work->request,
        [](uv_work_t *queued) {
            auto *running = static_cast<Work *>(queued->data);
            running->io.carryOut(*running);
        },
        [](uv_work_t *queued, int) {
            const std::unique_ptr<Work> done(static_cast<Work *>(queued->data));
            std::vector<Work *> &works = done->io.m_works;
            works[done->index] = works.back();
            works[done->index]->index = done->index;
            works.pop_back();
        });
}

IoResult UvIo::perform(const IoOperation &operation)
{
    return NameOperations::knows(operation.name) ? RealNames::perform(operation) : m_operations.perform(operation);
}

void UvIo::carryOut(Work &work)
{
    IoTransition transition;
    transition.request = work.subject;
    transition.thread = poolThread();
    tellFromThread(transition);
    transition.kind = IoTransition::Kind::Completed;
    transition.result = perform(work.operation);
    tellFromThread(std::move(transition));
}

void UvIo::tellFromLoop(IoTransition transition)
{
    const std::scoped_lock lock(m_mutex);
    transition.time = m_clock.now();
    if (m_transitions.empty())
        m_nextTransition = transition.time;
    m_transitions.push_back(std::move(transition));
}

void UvIo::tellFromThread(IoTransition transition)
{
    tellFromLoop(std::move(transition));
    if (m_notice)
        m_notice();
}

std::vector<IoTransition> UvIo::takeTransitions(quint64 now)
{
    if (m_nextTransition > now)
        return {};
    // Room is made here, so that threads neither make it nor wait for each other's memory meanwhile.
    std::vector<IoTransition> room;
    room.reserve(usualBatch);
    const std::scoped_lock lock(m_mutex);
    if (m_transitions.back().time <= now) {
        m_nextTransition = never;
        return std::exchange(m_transitions, std::move(room));
    }
    const auto later =
        std::find_if(m_transitions.begin(), m_transitions.end(), [now](const IoTransition &transition) { return transition.time > now; });
    std::vector<IoTransition> taken(std::make_move_iterator(m_transitions.begin()), std::make_move_iterator(later));
    m_transitions.erase(m_transitions.begin(), later);
    m_nextTransition = m_transitions.front().time;
    return taken;
}

bool UvIo::hasRequests() const { return !m_works.empty() || nextTransition() != never; }

bool UvIo::waitUntil(quint64 moment)
{
    const quint64 now = m_clock.now();
    if (moment <= now || nextTransition() != never) {
        uv_run(&m_loop, UV_RUN_NOWAIT);
        return true;
    }
    if (moment != never) {
        uv_update_time(&m_loop);
        // Rounded up: to wake too early would be to wait twice.
        const quint64 milliseconds = (moment - now + nanosecondsPerMillisecond - 1) / nanosecondsPerMillisecond;
        // libuv before 1.45 runs timers ahead of the poll, too: if this one is due by then, as on a busy machine, the poll must not block.
        uv_timer_start(
            &m_timer, [](uv_timer_t *timer) { uv_stop(timer->loop); }, milliseconds, 0);
    }
    uv_run(&m_loop, UV_RUN_ONCE);
    uv_timer_stop(&m_timer);
    return true;
}

void UvIo::wakeUp() { uv_async_send(&m_wakeUp); }

std::unique_ptr<IoProvider> makeRealIo(const Clock &clock, FileSystem &files) { return std::make_unique<UvIo>(clock, files); }

} // namespace loopscope
