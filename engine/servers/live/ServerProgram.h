// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <vector>

namespace loopscope {

/// A process of a server. It never outlives the thread that started it (PR_SET_PDEATHSIG), nor this object, nor do the programs that it
/// starts itself. What it prints goes nowhere.
class ServerProgram
{
public:
    ServerProgram() = default;
    /// Kills it.
    ~ServerProgram();
    ServerProgram(const ServerProgram &) = delete;
    ServerProgram &operator=(const ServerProgram &) = delete;

    /// `command`: a program's path and its arguments. `environment`: "NAME=value", before this process's own. `kept`: descriptors that it
    /// inherits under the same numbers. `errors`: where it writes its errors. False, and errno, if there can be no process.
    bool start(const QByteArrayList &command, const QByteArrayList &environment, const std::vector<int> &kept, int errors);
    int pid() const { return m_pid; } ///< 0: none, or it has ended
    bool hasStarted() const { return m_hasStarted; }
    /// True once it has ended.
    bool hasEnded();
    /// How, if it has: "it ended with code 1", "it was ended by signal 11 (Segmentation fault)".
    QString ending() const;
    int exitCode() const; ///< -1: a signal
    /// With all that it started; waits for it.
    void kill();

private:
    int m_pid = 0;
    int m_status = 0;
    bool m_hasStarted = false;
};

} // namespace loopscope
