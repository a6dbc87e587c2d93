// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <memory>

namespace loopscope {

/// What esbuild made of a text, or why it could not.
struct EsbuildResult
{
    bool isAvailable = true; ///< false: no esbuild could be run; `message` says why
    bool ok = false;
    QByteArray code;
    QByteArray map; ///< source map, JSON; empty unless asked for
    QString message; ///< esbuild's words
    quint32 line = 0; ///< of the error, from 1; 0 if it has no place
    quint32 column = 0; ///< bytes from the line's start, from 0
    quint32 length = 0; ///< bytes
};

/// The esbuild process (https://esbuild.github.io): started at the first request, one for all of them, ended with this object.
///
/// Speaks the protocol of `esbuild --service` as esbuild's own lib/main.js does: packets with a 32-bit little-endian length in front, over
/// standard input and output. Blocks until the answer is there. One thread.
class EsbuildService
{
public:
    EsbuildService();
    ~EsbuildService();
    EsbuildService(const EsbuildService &) = delete;
    EsbuildService &operator=(const EsbuildService &) = delete;

    EsbuildResult transform(const QByteArray &text, const QByteArrayList &flags);
    bool isRunning() const { return m_process > 0; }

    /// Where the program lies: $LOOPSCOPE_ESBUILD, the installed tree beside the running program, or the build tree. Empty if nowhere.
    static QString programPath();

private:
    bool start(QString *problem);
    void stop();
    bool writeAll(const QByteArray &bytes);
    bool readPacket(QByteArray *packet);

    int m_process = 0;
    int m_input = -1; ///< a socket, so that writing to a dead process is an error and not a signal
    int m_output = -1;
    quint32 m_nextRequest = 0;
};

} // namespace loopscope
