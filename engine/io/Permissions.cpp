// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/Permissions.h"

#include "io/FileSystem.h"
#include "io/RefusedCalls.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <unistd.h>
#include <utility>

namespace loopscope {

namespace {

thread_local bool isLoading = false;
thread_local IoError lastRefusal;

/// What nobody can harm or spy with; all else in /dev is a real thing of the machine.
constexpr std::array harmlessDevices = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty"};

bool isWithin(const QByteArray &path, const QByteArray &root)
{
    return root == "/" || path == root || (path.size() > root.size() && path.startsWith(root) && path.at(root.size()) == '/');
}

/// Code and nothing else, by its name, so that no file with data is read as a module.
bool isCode(const QByteArray &path)
{
    static constexpr std::array extensions = {".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"};
    return std::any_of(extensions.begin(), extensions.end(), [&path](const char *extension) { return path.endsWith(extension); });
}

bool isWithinAny(const QByteArray &path, const std::vector<QByteArray> &roots)
{
    return std::any_of(roots.begin(), roots.end(), [&path](const QByteArray &root) { return isWithin(path, root); });
}

QByteArray parentOf(const QByteArray &path) { return path.left(std::max<qsizetype>(path.lastIndexOf('/'), 1)); }

QByteArray absolute(const QString &path) { return QFile::encodeName(QDir::cleanPath(QDir::current().absoluteFilePath(path))); }

/// Without links, as far as the path exists.
QByteArray resolved(const QByteArray &path)
{
    const std::unique_ptr<char, void (*)(void *)> found(::realpath(path.constData(), nullptr), &::free);
    if (found)
        return QByteArray(found.get());
    if (path == "/")
        return path;
    const QByteArray parent = resolved(parentOf(path));
    return (parent == "/" ? QByteArray() : parent) + path.mid(path.lastIndexOf('/'));
}

using Address = std::array<quint8, 16>; ///< of IPv6; IPv4 addresses are mapped into it (::ffff:a.b.c.d)

/// No value for what is no address in its usual form, as "0x7f.1": that is a name, and looked up as one.
std::optional<Address> parsedAddress(const QString &host)
{
    const QByteArray text = host.section(QLatin1Char('%'), 0, 0).toLatin1(); // without the zone
    Address address = {};
    if (::inet_pton(AF_INET6, text.constData(), address.data()) == 1)
        return address;
    address[10] = address[11] = 0xff;
    if (::inet_pton(AF_INET, text.constData(), address.data() + 12) == 1)
        return address;
    return std::nullopt;
}

bool isMappedIpv4(const Address &address)
{
    return std::all_of(address.begin(), address.begin() + 10, [](quint8 byte) { return byte == 0; }) && address[10] == 0xff
        && address[11] == 0xff;
}

/// "localhost", any name below it (RFC 6761), or a loopback address.
bool isLoopback(const QString &host)
{
    if (const std::optional<Address> address = parsedAddress(host))
        return (isMappedIpv4(*address) && address->at(12) == 127) || *address == *parsedAddress(QStringLiteral("::1"));
    const QString name = host.endsWith(QLatin1Char('.')) ? host.chopped(1) : host;
    return name.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0
        || name.endsWith(QLatin1String(".localhost"), Qt::CaseInsensitive);
}

bool isUnspecified(const QString &host)
{
    const std::optional<Address> address = parsedAddress(host);
    return host.isEmpty() || (address && (*address == Address{} || *address == *parsedAddress(QStringLiteral("0.0.0.0"))));
}

struct HostAndPort
{
    QString host;
    int port = -1; ///< any
};

HostAndPort splitHost(const QString &text)
{
    static const QRegularExpression withPort(QStringLiteral("^(?:\\[([^\\]]+)\\]|([^:]+))(?::(\\d+))?$"));
    const QRegularExpressionMatch match = withPort.match(text);
    if (!match.hasMatch())
        return {text, -1}; // an IPv6 address without brackets
    const QString host = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
    return {host, match.captured(3).isEmpty() ? -1 : match.captured(3).toInt()};
}

bool isSameHost(const QString &granted, const QString &host)
{
    if (const std::optional<Address> address = parsedAddress(granted))
        return address == parsedAddress(host);
    if (granted.startsWith(QLatin1String("*.")))
        return host.endsWith(granted.mid(1), Qt::CaseInsensitive);
    return granted.compare(host, Qt::CaseInsensitive) == 0;
}

bool looksSecret(const QString &variable)
{
    static const QRegularExpression secret(
        QStringLiteral("KEY|TOKEN|SECRET|PASS(WORD|WD|PHRASE)?(_|$)|CREDENTIAL|PRIVATE|_AUTH|^AUTH|COOKIE|SESSION_ID"),
        QRegularExpression::CaseInsensitiveOption);
    return secret.match(variable).hasMatch();
}

} // namespace

Permissions::LoadingScope::LoadingScope()
    : m_before(isLoading)
{
    isLoading = true;
}

Permissions::LoadingScope::~LoadingScope() { isLoading = m_before; }

Permissions::Permissions()
    : m_grants(PermissionGrants::everything())
{
}

Permissions::Permissions(const PermissionGrants &grants, const QString &script)
    : m_grants(grants)
{
    const bool isFolder = script == QLatin1String("-") || QFileInfo(script).isDir();
    const QByteArray path = absolute(script == QLatin1String("-") ? QStringLiteral(".") : script);
    const QByteArray given = isFolder ? path : parentOf(path);
    const QByteArray real = isFolder ? resolved(path) : parentOf(resolved(path));
    for (const QByteArray &folder : {given, real}) {
        m_readable.push_back(resolved(folder));
        addWay(folder, 0);
    }
    for (const char *device : harmlessDevices)
        m_readable.push_back(device);
    for (const QString &name : grants.read.names) {
        m_readable.push_back(resolved(absolute(name)));
        addWay(absolute(name), 0);
    }
    for (const QString &name : grants.write.names) {
        m_writable.push_back(resolved(absolute(name)));
        addWay(absolute(name), 0);
    }
    m_beside = parentOf(real);
    for (QByteArray folder = real;; folder = parentOf(folder)) {
        const QByteArray start = folder == "/" ? folder : folder + '/';
        if (m_package.isEmpty() && QFileInfo::exists(QFile::decodeName(start + "package.json")))
            m_package = folder;
        m_readable.push_back(start + "node_modules");
        m_readable.push_back(start + "package.json");
        if (folder == "/")
            break;
    }
    // The folder of temporary files may be passed: what a script makes there is its own.
    addWay(absolute(QDir::tempPath()), 0);
}

void Permissions::addWay(const QByteArray &path, int depth)
{
    constexpr int deepest = 8; // links that lead to links
    for (QByteArray part = path; !m_way.contains(part); part = parentOf(part)) {
        m_way.insert(part);
        std::array<char, PATH_MAX> target = {};
        const auto length = ::readlink(part.constData(), target.data(), target.size());
        if (length <= 0 || depth >= deepest)
            continue;
        const QByteArray to(target.data(), length);
        addWay(absolute(QFile::decodeName(to.startsWith('/') ? to : parentOf(part) + '/' + to)), depth + 1);
    }
}

bool Permissions::isLoadable(const QByteArray &path) const
{
    if (!isLoading)
        return false;
    // What says of which kind the modules below it are.
    const bool isBeside = isWithin(path, m_beside);
    const bool describesPackage = path.endsWith("/package.json") && (isBeside || m_way.contains(parentOf(path)));
    return describesPackage || (isBeside && isCode(path)) || (!m_package.isEmpty() && isWithin(path, m_package));
}

bool Permissions::mayRead(const QByteArray &resolvedPath) const
{
    return m_grants.read.all || isWithinAny(resolvedPath, m_readable) || isLoadable(resolvedPath);
}

bool Permissions::mayWrite(const QByteArray &resolvedPath) const { return m_grants.write.all || isWithinAny(resolvedPath, m_writable); }

bool Permissions::isOnTheWay(const QByteArray &resolvedPath) const
{
    return m_grants.read.all || m_way.contains(resolvedPath) || (isLoading && isWithin(resolvedPath, m_beside));
}

bool Permissions::isGrantedHost(const QString &host, int port) const
{
    if (m_grants.network.all)
        return true;
    const QStringList &names = m_grants.network.names;
    return std::any_of(names.begin(), names.end(), [&](const QString &name) {
        const HostAndPort granted = splitHost(name);
        return (granted.port < 0 || granted.port == port) && (granted.host == QLatin1String("*") || isSameHost(granted.host, host));
    });
}

bool Permissions::mayReach(const QString &host, int port) const
{
    // To connect to the unspecified address is to connect to this machine.
    return isUnspecified(host) || isLoopback(host) || isGrantedHost(host, port);
}

bool Permissions::mayReachAddress(const QString &host, const QString &address, int port) const
{
    return isUnspecified(address) || isLoopback(address) || isGrantedHost(host, port) || isGrantedHost(address, port);
}

bool Permissions::mayListen(const QString &host, int port) const { return mayReach(host, port); }

bool Permissions::mayListenEverywhere(int port) const
{
    return isGrantedHost(QStringLiteral("0.0.0.0"), port) || isGrantedHost(QStringLiteral("::"), port);
}

bool Permissions::mayRun(const QString &program) const
{
    if (m_grants.programs.all)
        return true;
    const QStringList &names = m_grants.programs.names;
    return std::any_of(names.begin(), names.end(), [&program](const QString &name) {
        return name == program || (name.contains(QLatin1Char('/')) && absolute(name) == absolute(program));
    });
}

bool Permissions::maySee(const QString &variable) const
{
    return m_grants.environment.all || m_grants.environment.names.contains(variable) || !looksSecret(variable);
}

namespace {

struct Words
{
    const char *name;
    const char *sentence;
};

/// By Permission; the names are Node's.
constexpr std::array words = {
    Words{"FileSystemRead", QT_TR_NOOP("this run may not read '%1'; allow it with --allow-read=%1")},
    Words{"FileSystemWrite", QT_TR_NOOP("this run may not write '%1'; allow it with --allow-write=%1")},
    Words{"Network", QT_TR_NOOP("this run may not reach '%1'; allow it with --allow-net=%1")},
    Words{"ChildProcess", QT_TR_NOOP("this run may not start '%1'; allow it with --allow-run=%1")},
    Words{"Environment", QT_TR_NOOP("this run may not see the environment variable '%1'; allow it with --allow-env=%1")},
};

} // namespace

std::optional<Permission> Permissions::named(const QString &name)
{
    const auto found = std::find_if(words.begin(), words.end(), [&name](const Words &entry) { return name == QLatin1String(entry.name); });
    return found == words.end() ? std::nullopt : std::optional(static_cast<Permission>(found - words.begin()));
}

IoError Permissions::refusal(Permission permission, const QString &resource)
{
    const Words &chosen = words[static_cast<std::size_t>(permission)];
    IoError error;
    error.code = QStringLiteral("ERR_ACCESS_DENIED");
    error.errorNumber = -EACCES;
    error.description = QLatin1String("Access to this API has been restricted: ") + tr(chosen.sentence).arg(resource);
    error.permission = QLatin1String(chosen.name);
    error.resource = resource.isNull() ? QLatin1String("") : resource;
    return error;
}

int Permissions::refuse(Permission permission, const QByteArray &resource)
{
    lastRefusal = refusal(permission, QFile::decodeName(resource));
    return refusedAccess;
}

IoError Permissions::takeRefusal() { return std::exchange(lastRefusal, {}); }

namespace {

std::mutex refusedMutex;
QStringList refused; // guarded by refusedMutex

} // namespace

void RefusedCalls::note(const IoError &error)
{
    constexpr qsizetype most = 100;
    if (isLoading || error.permission.isNull())
        return;
    const QString option = error.description.mid(error.description.indexOf(QLatin1String("--allow-")));
    const std::scoped_lock lock(refusedMutex);
    if (refused.size() < most && !refused.contains(option))
        refused.append(option);
}

QStringList RefusedCalls::options()
{
    const std::scoped_lock lock(refusedMutex);
    return refused;
}

bool Permissions::isHarmlessDevice(const QByteArray &resolvedPath)
{
    return std::find(harmlessDevices.begin(), harmlessDevices.end(), resolvedPath) != harmlessDevices.end();
}

} // namespace loopscope
