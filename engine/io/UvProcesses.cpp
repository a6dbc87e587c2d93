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

int UvHandles::watch(HandleId watcher, const QByteArray &path)
{
    Handle *found = find(watcher, HandleKind::Watcher);
    if (!found)
        return -EBADF;
    const auto tell = [](uv_fs_event_t *told, const char *name, int events, int status) {
        Handle &handle = Handle::of(told);
        IoTransition transition;
        transition.kind = IoTransition::Kind::Told;
        transition.event.kind = status < 0 ? HandleEvent::Kind::Failed : HandleEvent::Kind::Changed;
        transition.event.handle = handle.id;
        transition.event.error = status;
        transition.event.data = handle.watchedName.isEmpty() || handle.standIn != name ? QByteArray(name) : handle.watchedName;
        transition.event.status = (events & UV_RENAME) != 0 ? UV_RENAME : UV_CHANGE;
        // At once, not kept at the handle: watchers are told in the order in which things happened.
        handle.owner->m_io.tellFromLoop(std::move(transition));
    };
    return m_io.files().useReadable(path, [&](const QByteArray &readable) {
        if (readable == path)
            return uv_fs_event_start(&found->watcher, tell, path.constData(), 0);
        // libuv gives the last part of the path where the kernel gives no name. "." is the name of nothing in a folder.
        const int error = uv_fs_event_start(&found->watcher, tell, (readable + "/.").constData(), 0);
        found->watchedName = path.mid(path.lastIndexOf('/') + 1);
        found->standIn = error == UV_ENOTDIR ? readable.mid(readable.lastIndexOf('/') + 1) : QByteArray(".");
        return error == UV_ENOTDIR ? uv_fs_event_start(&found->watcher, tell, readable.constData(), 0) : error;
    });
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
