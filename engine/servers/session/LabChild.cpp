// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabChild.h"

#include "servers/session/RunMaker.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <poll.h>
#include <thread>
#include <unistd.h>

namespace loopscope {

namespace {

/// Lines of standard input, read with nothing between (a FILE's buffer would hide from poll() what it has).
class InputLines
{
public:
    /// Waits for the next line. False at the end, or when `wake` can be read.
    bool next(QByteArray *line, int wake)
    {
        for (;;) {
            if (const qsizetype end = m_waiting.indexOf('\n'); end >= 0) {
                *line = m_waiting.left(end);
                m_waiting.remove(0, end + 1);
                return true;
            }
            std::array<pollfd, 2> sources = {pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{wake, POLLIN, 0}};
            const int ready = ::poll(sources.data(), sources.size(), -1);
            if (ready < 0 && errno == EINTR)
                continue;
            if (ready < 0 || sources[1].revents != 0)
                return false;
            std::array<char, 65536> piece;
            const ssize_t count = ::read(STDIN_FILENO, piece.data(), piece.size());
            if (count <= 0)
                return false;
            m_waiting.append(piece.data(), count);
        }
    }

private:
    QByteArray m_waiting;
};

/// Writes lines to whoever started this process.
class LineSink : public LabSink
{
public:
    LineSink(int descriptor, LabControls &controls)
        : m_descriptor(descriptor)
        , m_controls(controls)
    {
    }
    void sample(const LabSample &sample) override { write(sample); }
    void lanes(const LabLanes &lanes) override { write(lanes); }
    void request(const LabRequest &request) override { write(request); }

    void write(const LabMessage &message)
    {
        const QByteArray line = LabJson::line(message);
        for (qsizetype written = 0; written < line.size();) {
            const ssize_t count = ::write(m_descriptor, line.constData() + written, static_cast<size_t>(line.size() - written));
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0)
                return m_controls.stop(); // nobody reads any more
            written += count;
        }
    }

private:
    int m_descriptor;
    LabControls &m_controls;
};

/// Obeys the commands on standard input until its end, which ends the run.
class CommandReader
{
public:
    CommandReader(InputLines &lines, ServerModel model, LabControls &controls)
        : m_lines(lines)
        , m_model(model)
        , m_controls(controls)
    {
        if (::pipe2(m_wake.data(), O_CLOEXEC) != 0)
            std::abort();
        m_thread = std::thread([this] { obey(); });
    }
    ~CommandReader()
    {
        // A byte, not just the end: processes that the run has left may hold the other end, too.
        [[maybe_unused]] const auto count = ::write(m_wake[1], "", 1);
        m_thread.join();
        ::close(m_wake[0]);
        ::close(m_wake[1]);
    }
    CommandReader(const CommandReader &) = delete;
    CommandReader &operator=(const CommandReader &) = delete;

private:
    void obey()
    {
        QByteArray line;
        while (m_lines.next(&line, m_wake[0])) {
            QString problem;
            if (const auto command = LabJson::command(line, &problem))
                command->apply(m_controls, m_model);
            else
                std::fprintf(stderr, "%s\n", qPrintable(problem));
        }
        m_controls.stop();
        // A run that does not hear of its end shall not outlive the one who wanted it.
        constexpr int patienceMilliseconds = 5000;
        pollfd wake = {m_wake[0], POLLIN, 0};
        if (::poll(&wake, 1, patienceMilliseconds) == 0)
            ::kill(::getpgrp() == ::getpid() ? 0 : ::getpid(), SIGKILL);
    }

    InputLines &m_lines;
    ServerModel m_model;
    LabControls &m_controls;
    std::array<int, 2> m_wake = {-1, -1};
    std::thread m_thread;
};

} // namespace

int LabChild::perform()
{
    std::signal(SIGPIPE, [](int) {}); // not SIG_IGN, which the servers that are started would inherit
    const int stream = ::dup(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);

    InputLines lines;
    QByteArray line;
    QString problem;
    std::optional<LabMessage> message;
    if (lines.next(&line, -1))
        message = LabJson::message(line, &problem);
    const LabStart *start = message ? std::get_if<LabStart>(&*message) : nullptr;
    if (!start || start->runs.size() != 1) {
        std::fprintf(stderr, "a run takes a line of type 'start' with one run on its standard input. %s\n", qPrintable(problem));
        return 2;
    }
    const LabRunName name = start->runs.front();
    LabControls controls(start->scenario, name.model);
    // What was set before the run is there before its first request: a thread that reads it beside the run would come too late for some.
    if (lines.next(&line, -1)) {
        if (const auto command = LabJson::command(line, &problem))
            command->apply(controls, name.model);
    }
    LineSink sink(stream, controls);
    const std::unique_ptr<LabRun> run = makeRun(start->scenario, name, &problem, start->recording);
    std::optional<LabResult> result;
    if (run) {
        const auto begin = std::chrono::steady_clock::now();
        const CommandReader commands(lines, name.model, controls);
        result = run->run(sink, controls, &problem);
        if (result)
            result->wallSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    if (result)
        sink.write(*result);
    else
        sink.write(LabProblem{name.model, name.truth, problem});
    return result ? 0 : 1;
}

} // namespace loopscope
