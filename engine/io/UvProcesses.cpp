// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/UvHandle.h"
#include "io/UvIo.h"

#include <cerrno>

namespace loopscope {

namespace {

/// The texts as execve takes them: valid as long as `texts`.
std::vector<char *> pointers(const QByteArrayList &texts)
{
    std::vector<char *> list;
    list.reserve(static_cast<std::size_t>(texts.size()) + 1);
    for (const QByteArray &text : texts)
        list.push_back(const_cast<char *>(text.constData()));
    list.push_back(nullptr);
    return list;
}

} // namespace

int UvHandles::spawn(HandleId process, const ProcessOptions &options)
{
    Handle *found = find(process, HandleKind::Process);
    if (!found || found->isKnownToLibuv)
        return found ? -EINVAL : -EBADF;
    std::vector<char *> arguments = pointers(options.arguments);
    std::vector<char *> environment = pointers(options.environment);
    std::vector<uv_stdio_container_t> streams(options.streams.size());
    for (std::size_t index = 0; index < streams.size(); ++index) {
        const ProcessOptions::Stream &stream = options.streams[index];
        uv_stdio_container_t &container = streams[index];
        container.flags = UV_IGNORE;
        if (stream.kind == ProcessOptions::Stream::Kind::Inherit) {
            container.flags = UV_INHERIT_FD;
            container.data.fd = stream.descriptor;
        } else if (stream.kind == ProcessOptions::Stream::Kind::Pipe) {
            Handle *pipe = find(stream.pipe, HandleKind::Pipe);
            if (!pipe)
                return -EBADF;
            container.flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE);
            container.data.stream = &pipe->stream;
        }
    }
    uv_process_options_t wanted = {};
    wanted.file = options.file.constData();
    wanted.args = arguments.data();
    wanted.env = environment.data();
    wanted.cwd = options.folder.isEmpty() ? nullptr : options.folder.constData();
    wanted.stdio_count = static_cast<int>(streams.size());
    wanted.stdio = streams.data();
    wanted.uid = options.user;
    wanted.gid = options.group;
    wanted.flags = (options.isDetached ? unsigned(UV_PROCESS_DETACHED) : 0U) | (options.hasUser ? unsigned(UV_PROCESS_SETUID) : 0U)
        | (options.hasGroup ? unsigned(UV_PROCESS_SETGID) : 0U);
    wanted.exit_cb = [](uv_process_t *ended, std::int64_t status, int signal) {
        Handle &handle = Handle::of(ended);
        HandleEvent event;
        event.kind = HandleEvent::Kind::Exited;
        event.status = status;
        event.signal = signal;
        handle.owner->keep(handle, std::move(event));
    };
    const int error = uv_spawn(m_io.loop(), &found->process, &wanted);
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

} // namespace loopscope
