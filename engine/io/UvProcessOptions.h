// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/HandleProvider.h"

#include <uv.h>

#include <vector>

namespace loopscope {

/// ProcessOptions as uv_spawn takes them; valid as long as the ProcessOptions are.
class UvProcessOptions
{
public:
    explicit UvProcessOptions(const ProcessOptions &options)
        : m_arguments(pointers(options.arguments))
        , m_environment(pointers(options.environment))
        , m_streams(options.streams.size())
    {
        m_options.file = options.file.constData();
        m_options.args = m_arguments.data();
        m_options.env = m_environment.data();
        m_options.cwd = options.folder.isEmpty() ? nullptr : options.folder.constData();
        m_options.uid = options.user;
        m_options.gid = options.group;
        m_options.flags = (options.isDetached ? unsigned(UV_PROCESS_DETACHED) : 0U) | (options.hasUser ? unsigned(UV_PROCESS_SETUID) : 0U)
            | (options.hasGroup ? unsigned(UV_PROCESS_SETGID) : 0U);
        for (std::size_t index = 0; index < m_streams.size(); ++index) {
            const bool isInherited = options.streams[index].kind == ProcessOptions::Stream::Kind::Inherit;
            m_streams[index].flags = isInherited ? UV_INHERIT_FD : UV_IGNORE;
            m_streams[index].data.fd = options.streams[index].descriptor;
        }
    }
    UvProcessOptions(const UvProcessOptions &) = delete;
    UvProcessOptions &operator=(const UvProcessOptions &) = delete;

    /// The child's descriptor `index` becomes the other end of this pipe.
    void setPipe(std::size_t index, uv_stream_t *pipe)
    {
        m_streams[index].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_READABLE_PIPE | UV_WRITABLE_PIPE);
        m_streams[index].data.stream = pipe;
    }
    const uv_process_options_t *forLibuv(uv_exit_cb onExit)
    {
        m_options.stdio = m_streams.data();
        m_options.stdio_count = static_cast<int>(m_streams.size());
        m_options.exit_cb = onExit;
        return &m_options;
    }

private:
    /// As execve takes them.
    static std::vector<char *> pointers(const QByteArrayList &texts)
    {
        std::vector<char *> list;
        list.reserve(static_cast<std::size_t>(texts.size()) + 1);
        for (const QByteArray &text : texts)
            list.push_back(const_cast<char *>(text.constData()));
        list.push_back(nullptr);
        return list;
    }

    std::vector<char *> m_arguments;
    std::vector<char *> m_environment;
    std::vector<uv_stdio_container_t> m_streams;
    uv_process_options_t m_options = {};
};

} // namespace loopscope
