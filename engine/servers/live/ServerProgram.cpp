// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/ServerProgram.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace loopscope {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("ServerProgram", text); }

std::vector<char *> pointersTo(const QByteArrayList &texts)
{
    std::vector<char *> pointers;
    for (const QByteArray &text : texts)
        pointers.push_back(const_cast<char *>(text.constData()));
    pointers.push_back(nullptr);
    return pointers;
}

/// Between fork and exec, where other threads' locks may be held: system calls only.
[[noreturn]] void becomeProgram(char **arguments, char **environment, const std::vector<int> &kept, int nowhere, int errors, pid_t parent)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(0); // it has ended already
    ::setpgid(0, 0);
    ::dup2(nowhere, STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    for (const int descriptor : kept)
        ::fcntl(descriptor, F_SETFD, 0);
    ::signal(SIGPIPE, SIG_DFL);
    ::execve(arguments[0], arguments, environment);
    ::_exit(127);
}

} // namespace

ServerProgram::~ServerProgram() { kill(); }

bool ServerProgram::start(const QByteArrayList &command, const QByteArrayList &environment, const std::vector<int> &kept, int errors)
{
    std::vector<char *> arguments = pointersTo(command);
    QByteArrayList all = environment;
    for (char **entry = environ; *entry; ++entry) {
        const QByteArray own(*entry);
        const QByteArray name = own.left(own.indexOf('=') + 1);
        if (std::none_of(environment.begin(), environment.end(), [&name](const QByteArray &given) { return given.startsWith(name); }))
            all.append(own);
    }
    std::vector<char *> variables = pointersTo(all);
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    const pid_t parent = ::getpid();
    const pid_t child = nowhere < 0 ? -1 : ::fork();
    if (child == 0)
        becomeProgram(arguments.data(), variables.data(), kept, nowhere, errors, parent);
    const int error = errno;
    if (nowhere >= 0)
        ::close(nowhere);
    if (child > 0) {
        ::setpgid(child, child);
        m_pid = child;
        m_hasStarted = true;
    }
    errno = error;
    return child > 0;
}

bool ServerProgram::hasEnded()
{
    if (m_pid != 0 && ::waitpid(m_pid, &m_status, WNOHANG) == m_pid) {
        ::kill(-m_pid, SIGKILL); // what it started and left behind
        m_pid = 0;
    }
    return m_hasStarted && m_pid == 0;
}

QString ServerProgram::ending() const
{
    if (WIFSIGNALED(m_status)) {
        const int number = WTERMSIG(m_status);
        return tr("it was ended by signal %1 (%2)").arg(number).arg(QString::fromLocal8Bit(::strsignal(number)));
    }
    return tr("it ended with exit code %1").arg(WEXITSTATUS(m_status));
}

int ServerProgram::exitCode() const { return WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -1; }

void ServerProgram::kill()
{
    if (m_pid == 0)
        return;
    ::kill(-m_pid, SIGKILL);
    ::kill(m_pid, SIGKILL);
    while (::waitpid(m_pid, &m_status, 0) < 0 && errno == EINTR) { }
    m_pid = 0;
}

} // namespace loopscope
