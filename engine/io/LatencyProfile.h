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
    /// Reads the text of a profile. If it cannot: nothing, and `*complaint` says what is wrong where, and what to write instead.
    static std::optional<LatencyProfile> parse(const QByteArray &json, QString *complaint);

    const NetworkProfile &network() const { return m_network; }
    /// How long a disk operation ("readFile") keeps a thread of the pool busy.
    LatencyRange diskLatency(const QString &operation) const;
    /// The file's content, for the recording's metadata; empty for the usual latencies.
    const QJsonObject &source() const { return m_source; }

private:
    QHash<QString, LatencyRange> m_disk; ///< "*": all others
    NetworkProfile m_network;
    QJsonObject m_source;
};

} // namespace loopscope
