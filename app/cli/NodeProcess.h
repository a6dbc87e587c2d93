// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QByteArrayView>
#include <QCoreApplication>
#include <QString>

#include <array>
#include <functional>
#include <sys/types.h>

namespace loopscope {

/// A program that runs with our standard input and working folder, of which we read the standard streams and one pipe more.
///
/// Where our standard stream is a terminal it gets a terminal too, so that it colours and wraps as it would without us. Ctrl+C reaches it
/// as it would; SIGTERM and SIGHUP are passed on. One at a time.
class NodeProcess
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::NodeProcess)

public:
    /// What the program wrote: descriptor 1 or 2, or 0 for the pipe.
    using Taker = std::function<void(int descriptor, QByteArrayView bytes)>;

    NodeProcess();
    ~NodeProcess();
    NodeProcess(const NodeProcess &) = delete;
    NodeProcess &operator=(const NodeProcess &) = delete;

    /// Makes the channels. False, as of start(), with a sentence in problem().
    bool open();
    /// The number that the pipe has in the program; known once open.
    int pipeDescriptor() const { return m_pipeInside; }
    /// False, with a sentence in problem(), if it cannot be started.
    bool start(const QByteArray &program, const QByteArrayList &arguments);
    /// Takes what it writes until it ends; false if it had to be ended after `seconds` (0: no limit). `idle` is called ten times a second.
    bool follow(const Taker &take, const std::function<void()> &idle, double seconds);
    /// As a shell tells it: 128 plus the signal that ended it.
    int exitCode() const { return m_exitCode; }
    int signal() const { return m_signal; }
    QString problem() const { return m_problem; }

private:
    void becomeProgram(const QByteArray &program, const QByteArrayList &arguments);
    bool readOnce(int channel, const Taker &take);
    bool hasEnded();
    bool fail(const char *what, int error);

    pid_t m_process = -1;
    std::array<int, 3> m_inside = {-1, -1, -1}; ///< ends of the program, by channel: the pipe, stdout, stderr
    std::array<int, 3> m_ours = {-1, -1, -1};
    int m_pipeInside = -1;
    int m_exitCode = 0;
    int m_signal = 0;
    QString m_problem;
};

} // namespace loopscope
