// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/UvHandle.h"
#include "io/UvIo.h"
#include "io/UvProcessOptions.h"

#include <cerrno>

namespace loopscope {

int UvHandles::spawn(HandleId process, const ProcessOptions &options)
{
    Handle *found = find(process, HandleKind::Process);
    if (!found || found->isKnownToLibuv)
        return found ? -EINVAL : -EBADF;
    UvProcessOptions wanted(options);
    for (std::size_t index = 0; index < options.streams.size(); ++index) {
        if (options.streams[index].kind != ProcessOptions::Stream::Kind::Pipe)
            continue;
        Handle *pipe = find(options.streams[index].pipe, HandleKind::Pipe);
        if (!pipe)
            return -EBADF;
        wanted.setPipe(index, &pipe->stream);
    }
    const int error = uv_spawn(m_io.loop(), &found->process, wanted.forLibuv([](uv_process_t *ended, std::int64_t status, int signal) {
        Handle &handle = Handle::of(ended);
        HandleEvent event;
        event.kind = HandleEvent::Kind::Exited;
        event.status = status;
        event.signal = signal;
        handle.owner->keep(handle, std::move(event));
    }));
    found->isKnownToLibuv = true; // whether it went well or not
    return error < 0 ? error : found->process.pid;
}

int UvHandles::kill(HandleId process, int signal)
{
    Handle *found = find(process, HandleKind::Process);
    return found && found->isKnownToLibuv && found->process.pid > 0 ? uv_process_kill(&found->process, signal) : -ESRCH;
}

int UvHandles::watch(HandleId watcher, const QByteArray &path, bool isRecursive)
{
    Handle *found = find(watcher, HandleKind::Watcher);
    if (!found)
        return -EBADF;
    if (isRecursive)
        return -ENOSYS; // inotify watches one folder; Node builds the tree of watchers in JavaScript
    return uv_fs_event_start(
        &found->watcher,
        [](uv_fs_event_t *told, const char *name, int events, int status) {
            Handle &handle = Handle::of(told);
            HandleEvent event;
            event.kind = status < 0 ? HandleEvent::Kind::Failed : HandleEvent::Kind::Changed;
            event.error = status;
            event.data = name;
            event.status = (events & UV_RENAME) != 0 ? UV_RENAME : UV_CHANGE;
            handle.owner->keep(handle, std::move(event));
        },
        path.constData(), 0);
}

int UvHandles::watchSignal(HandleId handle, int signal)
{
    Handle *found = find(handle, HandleKind::Signal);
    if (!found)
        return -EBADF;
    return uv_signal_start(
        &found->signal,
        [](uv_signal_t *caught, int number) {
            Handle &target = Handle::of(caught);
            HandleEvent event;
            event.kind = HandleEvent::Kind::Signalled;
            event.signal = number;
            target.owner->keep(target, std::move(event));
        },
        signal);
}

} // namespace loopscope
