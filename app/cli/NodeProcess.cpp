// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "NodeProcess.h"

#include <QElapsedTimer>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace loopscope {

namespace {

/// Handlers may only look at this.
volatile sig_atomic_t child = 0;

void passOn(int signal)
{
    if (child > 0)
        ::kill(child, signal);
}

void closeEnd(int &end)
{
    if (end >= 0)
        ::close(std::exchange(end, -1));
}

/// Two ends of a terminal that changes nothing of what is written to it: the one that we write to does.
bool openTerminal(int like, int *ours, int *inside)
{
    winsize size{};
    ::ioctl(like, TIOCGWINSZ, &size);
    termios settings{};
    if (::tcgetattr(like, &settings) != 0)
        return false;
    ::cfmakeraw(&settings);
    if (::openpty(ours, inside, nullptr, &settings, &size) != 0)
        return false;
    ::fcntl(*ours, F_SETFD, FD_CLOEXEC);
    ::fcntl(*inside, F_SETFD, FD_CLOEXEC);
    return true;
}

} // namespace

NodeProcess::NodeProcess() = default;

NodeProcess::~NodeProcess()
{
    for (int channel = 0; channel < 3; ++channel) {
        closeEnd(m_inside[static_cast<size_t>(channel)]);
        closeEnd(m_ours[static_cast<size_t>(channel)]);
    }
}

bool NodeProcess::fail(const char *what, int error)
{
    m_problem = tr("node cannot be started: %1 (%2).").arg(QString::fromLocal8Bit(std::strerror(error)), QLatin1String(what));
    return false;
}

bool NodeProcess::open()
{
    for (int channel = 0; channel < 3; ++channel) {
        const auto index = static_cast<size_t>(channel);
        if (channel > 0 && ::isatty(channel) == 1 && openTerminal(channel, &m_ours[index], &m_inside[index]))
            continue;
        std::array<int, 2> ends;
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            return fail("pipe", errno);
        m_ours[index] = ends[0];
        m_inside[index] = ends[1];
    }
    constexpr int roomy = 1 << 20;
    ::fcntl(m_ours[0], F_SETPIPE_SZ, roomy); // or as large as it is
    // Away from the numbers that a shell may have given to files.
    constexpr int firstFree = 100;
    m_pipeInside = ::fcntl(m_inside[0], F_DUPFD, firstFree);
    if (m_pipeInside < 0)
        return fail("pipe", errno);
    closeEnd(m_inside[0]);
    m_inside[0] = m_pipeInside;
    ::fcntl(m_pipeInside, F_SETFD, FD_CLOEXEC);
    for (const int end : m_ours)
        ::fcntl(end, F_SETFL, ::fcntl(end, F_GETFL) | O_NONBLOCK);
    return true;
}

void NodeProcess::becomeProgram(const QByteArray &program, const QByteArrayList &arguments)
{
    std::vector<char *> texts = {const_cast<char *>(program.constData())};
    for (const QByteArray &argument : arguments)
        texts.push_back(const_cast<char *>(argument.constData()));
    texts.push_back(nullptr);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
        std::signal(signal, SIG_DFL);
    ::dup2(m_inside[1], STDOUT_FILENO);
    ::dup2(m_inside[2], STDERR_FILENO);
    ::fcntl(m_pipeInside, F_SETFD, 0);
    ::execv(program.constData(), texts.data());
    constexpr int cannotStart = 127; // as shells have it
    ::_exit(cannotStart);
}

bool NodeProcess::start(const QByteArray &program, const QByteArrayList &arguments)
{
    m_process = ::fork();
    if (m_process < 0)
        return fail("fork", errno);
    if (m_process == 0)
        becomeProgram(program, arguments);
    child = m_process;
    std::signal(SIGINT, [](int) {}); // it gets its own
    std::signal(SIGTERM, passOn);
    std::signal(SIGHUP, passOn);
    std::signal(SIGPIPE, SIG_IGN);
    for (int &end : m_inside)
        closeEnd(end);
    return true;
}

/// True if there was something.
bool NodeProcess::readOnce(int channel, const Taker &take)
{
    static std::array<char, 1 << 18> bytes;
    int &end = m_ours[static_cast<size_t>(channel)];
    if (end < 0)
        return false;
    const ssize_t count = ::read(end, bytes.data(), bytes.size());
    if (count > 0) {
        take(channel, QByteArrayView(bytes.data(), count));
        return true;
    }
    if (count == 0 || (errno != EAGAIN && errno != EINTR))
        closeEnd(end); // a terminal whose other end is closed gives EIO
    return false;
}

bool NodeProcess::hasEnded()
{
    int status = 0;
    if (m_process <= 0)
        return true;
    if (::waitpid(m_process, &status, WNOHANG) != m_process)
        return false;
    child = 0;
    m_process = -1;
    m_signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    m_exitCode = m_signal != 0 ? 128 + m_signal : WEXITSTATUS(status);
    return true;
}

bool NodeProcess::follow(const Taker &take, const std::function<void()> &idle, double seconds)
{
    QElapsedTimer timer;
    timer.start();
    bool wasEnded = false;
    qint64 lastIdle = 0;
    while (true) {
        // In this order: what a process says of its output, it says behind it.
        const bool ended = hasEnded();
        std::array<pollfd, 3> ends;
        for (size_t i = 0; i < ends.size(); ++i)
            ends[i] = {m_ours[i], POLLIN, 0};
        constexpr int patience = 20; // ms
        if (!ended)
            ::poll(ends.data(), ends.size(), patience);
        bool gotAny = false;
        QByteArray told;
        gotAny |= readOnce(0, [&](int, QByteArrayView bytes) { told = bytes.toByteArray(); });
        for (const int channel : {1, 2}) {
            while (readOnce(channel, take))
                gotAny = true;
        }
        if (!told.isEmpty())
            take(0, told);
        if (ended && !gotAny)
            return !wasEnded;
        if (timer.elapsed() - lastIdle >= 100) {
            lastIdle = timer.elapsed();
            idle();
        }
        if (seconds > 0 && !wasEnded && static_cast<double>(timer.elapsed()) >= seconds * 1000) {
            wasEnded = true;
            ::kill(m_process, SIGKILL);
        }
    }
}

} // namespace loopscope
