// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SynchronousProcess.h"

#include "io/UvLoop.h"
#include "io/UvProcessOptions.h"

#include <cerrno>
#include <memory>

namespace loopscope {

namespace {

constexpr qsizetype bufferSize = 64 * 1024;

/// The run under way: its loop, its pipes, and what it has led to so far.
class Run
{
public:
    explicit Run(const SynchronousProcess &wanted)
        : m_wanted(wanted)
        , m_buffer(bufferSize, Qt::Uninitialized)
    {
        uv_loop_init(&m_loop);
        uv_timer_init(&m_loop, &m_timer);
        m_timer.data = this;
    }
    ~Run() { closeLoop(m_loop); }
    Run(const Run &) = delete;
    Run &operator=(const Run &) = delete;

    SynchronousProcess::Outcome outcome()
    {
        m_outcome.outputs.resize(m_wanted.options.streams.size());
        if (const int error = start(); error < 0) {
            m_outcome.error = error;
            return m_outcome;
        }
        m_outcome.number = m_process.pid;
        for (Pipe &pipe : m_pipes)
            begin(pipe);
        if (m_wanted.timeout > 0) {
            uv_timer_start(
                &m_timer, [](uv_timer_t *timer) { static_cast<Run *>(timer->data)->kill(-ETIMEDOUT); }, m_wanted.timeout, 0);
        }
        uv_run(&m_loop, UV_RUN_DEFAULT);
        return m_outcome;
    }

private:
    struct Pipe
    {
        uv_pipe_t handle = {};
        uv_write_t writing = {};
        uv_shutdown_t ending = {};
        Run *run = nullptr;
        std::size_t descriptor = 0;
    };

    int start()
    {
        UvProcessOptions options(m_wanted.options);
        const std::vector<ProcessOptions::Stream> &streams = m_wanted.options.streams;
        m_pipes.resize(streams.size());
        for (std::size_t index = 0; index < streams.size(); ++index) {
            if (streams[index].kind != ProcessOptions::Stream::Kind::Pipe)
                continue;
            Pipe &pipe = m_pipes[index];
            pipe.run = this;
            pipe.descriptor = index;
            uv_pipe_init(&m_loop, &pipe.handle, 0);
            pipe.handle.data = &pipe;
            options.setPipe(index, reinterpret_cast<uv_stream_t *>(&pipe.handle));
        }
        m_process.data = this;
        return uv_spawn(&m_loop, &m_process, options.forLibuv([](uv_process_t *ended, std::int64_t status, int signal) {
            static_cast<Run *>(ended->data)->ended(status, signal);
        }));
    }

    void begin(Pipe &pipe)
    {
        if (pipe.run == nullptr)
            return;
        auto *stream = reinterpret_cast<uv_stream_t *>(&pipe.handle);
        if (pipe.descriptor < m_wanted.inputs.size() && !m_wanted.inputs[pipe.descriptor].isEmpty()) {
            const QByteArray &input = m_wanted.inputs[pipe.descriptor];
            const uv_buf_t buffer = uv_buf_init(const_cast<char *>(input.constData()), static_cast<unsigned>(input.size()));
            uv_write(&pipe.writing, stream, &buffer, 1, [](uv_write_t *, int) {});
        }
        uv_shutdown(&pipe.ending, stream, [](uv_shutdown_t *ended, int) {
            const auto *finished = static_cast<Pipe *>(ended->handle->data);
            if (finished->descriptor == 0)
                finished->run->closePipe(*finished);
        });
        if (pipe.descriptor == 0)
            return;
        m_outcome.outputs[pipe.descriptor] = QByteArray("");
        uv_read_start(
            stream,
            [](uv_handle_t *handle, std::size_t, uv_buf_t *buffer) {
                *buffer = uv_buf_init(static_cast<Pipe *>(handle->data)->run->m_buffer.data(), static_cast<unsigned>(bufferSize));
            },
            [](uv_stream_t *handle, ssize_t count, const uv_buf_t *) {
                const auto *source = static_cast<Pipe *>(handle->data);
                source->run->take(*source, count);
            });
    }

    void take(const Pipe &pipe, ssize_t count)
    {
        if (count < 0) {
            closePipe(pipe);
            return;
        }
        QByteArray &output = m_outcome.outputs[pipe.descriptor];
        output.append(m_buffer.constData(), count);
        if (static_cast<double>(output.size()) > m_wanted.mostOutput)
            kill(-ENOBUFS);
    }

    void closePipe(const Pipe &pipe)
    {
        auto *handle = reinterpret_cast<uv_handle_t *>(const_cast<uv_pipe_t *>(&pipe.handle));
        if (!uv_is_closing(handle))
            uv_close(handle, nullptr);
    }

    /// A limit was passed: what the program's own children still print is not waited for.
    void kill(int error)
    {
        if (m_outcome.error == 0)
            m_outcome.error = error;
        for (const Pipe &pipe : m_pipes) {
            if (pipe.run != nullptr)
                closePipe(pipe);
        }
        if (!m_hasEnded && uv_process_kill(&m_process, m_wanted.killSignal) < 0)
            uv_process_kill(&m_process, SIGKILL);
        stopTimer();
    }

    void ended(std::int64_t status, int signal)
    {
        m_hasEnded = true;
        m_outcome.status = status;
        m_outcome.signal = signal;
        uv_close(reinterpret_cast<uv_handle_t *>(&m_process), nullptr);
        stopTimer();
    }

    void stopTimer() { uv_timer_stop(&m_timer); }

    const SynchronousProcess &m_wanted;
    QByteArray m_buffer;
    uv_loop_t m_loop = {};
    uv_timer_t m_timer = {};
    uv_process_t m_process = {};
    std::vector<Pipe> m_pipes; ///< by descriptor
    bool m_hasEnded = false;
    SynchronousProcess::Outcome m_outcome;
};

} // namespace

SynchronousProcess::Outcome SynchronousProcess::run() const { return Run(*this).outcome(); }

} // namespace loopscope
