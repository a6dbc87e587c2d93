// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "io/PermissionGrants.h"

#include <QCoreApplication>
#include <QSet>

#include <optional>
#include <vector>

namespace loopscope {

enum class Permission : quint8 { Read, Write, Network, Program, Environment };

/// What the script of a run may reach of the real machine. docs/permissions.md is the long version.
///
///     reading      the script's folder; every node_modules folder and package.json on the way up from it; the harmless devices
///     loading      (LoadingScope) also all that belongs to the script's package, the nearest folder upwards with a package.json, and code
///                  (.js, .mjs, .ts...) that lies beside the script's folder
///     writing      nothing
///     network      this machine only (loopback)
///     programs     none
///     environment  all but variables whose names look like secrets
///
/// and what PermissionGrants add. Never changed after it is made: its functions may be called on any thread. It decides on *resolved* paths
/// (absolute, without links, "." and "..") and looks at no file; whoever asks has to make sure that what it opens is what it asked for.
class Permissions
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Permissions)

public:
    /// All is allowed.
    Permissions();
    /// `script`: the path of the main script; "-" stands for one in the current folder.
    Permissions(const PermissionGrants &grants, const QString &script);

    bool mayRead(const QByteArray &resolvedPath) const;
    bool mayWrite(const QByteArray &resolvedPath) const;
    bool allowsAllFiles() const { return m_grants.read.all && m_grants.write.all; }
    /// A folder or link that leads to something readable: it may be looked at and passed, but not listed, and nothing in it be opened.
    bool isOnTheWay(const QByteArray &resolvedPath) const;
    /// A connection to `host`, a name or an address as the script gave it, to be asked before the name is looked up.
    bool mayReach(const QString &host, int port) const;
    /// The same when the name has been looked up: its address must be loopback, unless the name or the address is granted.
    bool mayReachAddress(const QString &host, const QString &address, int port) const;
    /// A server at this address of ours. The unspecified address ("::", "0.0.0.0", "") counts as loopback: bind that instead, unless
    /// mayListenEverywhere().
    bool mayListen(const QString &host, int port) const;
    bool mayListenEverywhere(int port) const;
    /// A program, as it will be started: an absolute path, or a name without slashes.
    bool mayRun(const QString &program) const;
    bool maySee(const QString &variable) const;

    /// By its name in errors: "FileSystemRead", "FileSystemWrite", "Network", "ChildProcess" or "Environment".
    static std::optional<Permission> named(const QString &name);
    /// The error of a refused call, as Node's permission model words it: code ERR_ACCESS_DENIED, `permission`, `resource`, and a message
    /// that names the option which allows it.
    static IoError refusal(Permission permission, const QString &resource);

    /// Notes the refusal for takeRefusal() and gives refusedAccess, what a FileSystem's call then returns.
    static int refuse(Permission permission, const QByteArray &resource);
    /// The last refusal that was noted on this thread.
    static IoError takeRefusal();

    /// A device that may be opened by everybody, for writing too.
    static bool isHarmlessDevice(const QByteArray &resolvedPath);

    /// While one lives, this thread reads on behalf of require and import.
    class LoadingScope
    {
    public:
        LoadingScope();
        ~LoadingScope();
        LoadingScope(const LoadingScope &) = delete;
        LoadingScope &operator=(const LoadingScope &) = delete;

    private:
        bool m_before;
    };

private:
    void addWay(const QByteArray &path, int depth);
    bool isLoadable(const QByteArray &path) const;
    bool isGrantedHost(const QString &host, int port) const;

    PermissionGrants m_grants;
    QByteArray m_package; ///< what may be loaded; empty if the script belongs to no package
    QByteArray m_beside; ///< the folder that the script's folder is in
    std::vector<QByteArray> m_readable; ///< folders with all below them, and files
    std::vector<QByteArray> m_writable;
    QSet<QByteArray> m_way; ///< what leads to them, with links as they were given
};

} // namespace loopscope
