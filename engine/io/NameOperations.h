// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "io/NetworkProfile.h"

namespace loopscope {

/// The operations of Node's `dns` on the names of a simulated network, by name:
///
///     getaddrinfo(hostname, family: 0, 4 or 6) -> addresses
///     getnameinfo(address, port) -> [hostname, service]
///     queryName(function of c-ares: "queryA", "queryMx", "getHostByAddr", ..., name) -> the answer as JSON; of addresses a list of
///         {address, ttl}
///
/// Queries go to name servers, not to threads of the pool; their errors are c-ares' codes ("ENOTFOUND"). Names are known without regard to
/// case. Errors are libuv's numbers (UV_EAI_NONAME, ...) with the syscall of the operation's name.
class NameOperations
{
public:
    explicit NameOperations(const NetworkProfile &profile)
        : m_profile(profile)
    {
    }

    static bool knows(const QString &operation);
    /// An operation that takes no thread of the pool.
    static bool isQuery(const QString &operation) { return operation == QLatin1String("queryName"); }
    IoResult perform(const IoOperation &operation) const;

private:
    IoResult addresses(const QString &hostname, int family) const;
    IoResult name(const QString &address, int port) const;
    IoResult query(const QString &function, const QString &name) const;

    const NetworkProfile &m_profile;
};

} // namespace loopscope
