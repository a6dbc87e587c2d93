// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace loopscope {

/// What one of the --allow options gave: some names, or (without a value) all there are.
struct Grant
{
    bool all = false;
    QStringList names;

    bool isEmpty() const { return !all && names.isEmpty(); }
};

/// What a run may do beyond the defaults (see Permissions).
struct PermissionGrants
{
    Grant read; ///< --allow-read: files, or folders with all below them
    Grant write; ///< --allow-write: the same
    Grant network; ///< --allow-net: HOST, HOST:PORT, *.DOMAIN, [IPv6]:PORT
    Grant programs; ///< --allow-run: programs by their name or path
    Grant environment; ///< --allow-env: names of variables

    /// The command line options that give the same.
    QStringList options() const
    {
        QStringList list;
        const auto add = [&list](const char *name, const Grant &grant) {
            if (grant.all)
                list << QLatin1String(name);
            else if (!grant.names.isEmpty())
                list << QLatin1String(name) + QLatin1Char('=') + grant.names.join(QLatin1Char(','));
        };
        add("--allow-read", read);
        add("--allow-write", write);
        add("--allow-net", network);
        add("--allow-run", programs);
        add("--allow-env", environment);
        return list;
    }

    static PermissionGrants everything() { return {{true, {}}, {true, {}}, {true, {}}, {true, {}}, {true, {}}}; }
};

} // namespace loopscope
