// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/NetworkProfile.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonObject>

#include <optional>

namespace loopscope {

/// What simulated I/O is like in a run: how long disk operations and names take, and what the network is. Read from a JSON file that
/// docs/simulated-io.md describes; what a file leaves out stays as it is without one.
class LatencyProfile
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LatencyProfile)

public:
    /// Reads the text of a profile; what it leaves out is as in `usual`. If it cannot: nothing, and `*complaint` says what is wrong where,
    /// and what to write instead.
    static std::optional<LatencyProfile> parse(const QByteArray &json, QString *complaint, const LatencyProfile &usual);
    static std::optional<LatencyProfile> parse(const QByteArray &json, QString *complaint);
    /// Of a server whose files lie in the system's cache and whose pool is warm: the server lab's.
    static LatencyProfile ofServers();

    const NetworkProfile &network() const { return m_network; }
    /// How long a disk operation ("readFile") keeps a thread of the pool busy.
    LatencyRange diskLatency(const QString &operation) const;
    /// What an idle thread of the pool needs to begin.
    const LatencyRange &poolWakeUp() const { return m_poolWakeUp; }
    /// The time, in ns, that moving the operation's bytes takes beside that.
    quint64 transferTime(const IoOperation &operation, const IoResult &result) const;
    /// The same disk and pool, with all times but those of waiting for the device multiplied, as the content of a file.
    QJsonObject scaledDisk(double factor) const;
    /// The file's content, for the recording's metadata; empty for the usual latencies.
    const QJsonObject &source() const { return m_source; }

    static constexpr quint64 usualDisk = 500'000'000; ///< bytes a second

private:
    QHash<QString, LatencyRange> m_disk; ///< "*": all others
    LatencyRange m_poolWakeUp = threadWakeUp;
    quint64 m_diskBytesPerSecond = usualDisk;
    NetworkProfile m_network;
    QJsonObject m_source;
};

} // namespace loopscope
