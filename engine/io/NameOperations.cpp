// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/NameOperations.h"

#include "io/OperationArguments.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

// Numbers of libuv, which differ from the system's.
constexpr int noName = -3008; // UV_EAI_NONAME

IoResult failed(int number, const QString &syscall)
{
    IoResult result;
    result.error.code = QStringLiteral("ENOTFOUND");
    result.error.errorNumber = number;
    result.error.description = QStringLiteral("unknown node or service");
    result.error.syscall = syscall;
    return result;
}

struct Service
{
    int port;
    const char *name;
};
/// Those of /etc/services that a program is likely to ask for.
constexpr std::array services = {Service{20, "ftp-data"}, Service{21, "ftp"}, Service{22, "ssh"}, Service{23, "telnet"},
    Service{25, "smtp"}, Service{53, "domain"}, Service{80, "http"}, Service{110, "pop3"}, Service{123, "ntp"}, Service{143, "imap2"},
    Service{389, "ldap"}, Service{443, "https"}, Service{465, "submissions"}, Service{587, "submission"}, Service{993, "imaps"},
    Service{995, "pop3s"}, Service{3306, "mysql"}, Service{5432, "postgresql"}, Service{6379, "redis"}, Service{8080, "http-alt"}};

} // namespace

bool NameOperations::knows(const QString &operation)
{
    return operation == QLatin1String("getaddrinfo") || operation == QLatin1String("getnameinfo") || isQuery(operation);
}

IoResult NameOperations::perform(const IoOperation &operation) const
{
    const OperationArguments arguments(operation.arguments);
    if (isQuery(operation.name))
        return query(arguments.path(0), arguments.path(1));
    if (operation.name == QLatin1String("getnameinfo"))
        return name(arguments.path(0), arguments.integer(1, 0));
    return addresses(arguments.path(0), arguments.integer(1, 0));
}

IoResult NameOperations::addresses(const QString &hostname, int family) const
{
    std::vector<QByteArray> found;
    QByteArray wanted = hostname.toLower().toUtf8();
    if (wanted.endsWith('.'))
        wanted.chop(1);
    for (const NetworkHost &host : m_profile.hosts) {
        if (host.name == wanted)
            found.insert(found.end(), host.addresses.begin(), host.addresses.end());
    }
    // RFC 6761: localhost and names below it are this machine's loopback interface. As in the hosts file of Debian, ::1 has another name.
    if (found.empty() && (wanted == "localhost" || wanted.endsWith(".localhost")))
        found = {family == 6 ? QByteArray("::1") : QByteArray("127.0.0.1")};
    if (found.empty() && (wanted == "ip6-localhost" || wanted == "ip6-loopback"))
        found = {"::1"};
    QStringList addresses;
    for (const QByteArray &address : found) {
        const bool isIpv6 = address.contains(':');
        if (family == 0 || (family == 6) == isIpv6)
            addresses.append(QString::fromLatin1(address));
    }
    if (addresses.isEmpty())
        return failed(noName, QStringLiteral("getaddrinfo"));
    return {{}, {addresses}};
}

IoResult NameOperations::name(const QString &address, int port) const
{
    const QByteArray wanted = address.toLatin1();
    QString name;
    if (wanted == "127.0.0.1")
        name = QStringLiteral("localhost");
    else if (wanted == "::1")
        name = QStringLiteral("ip6-localhost");
    for (const NetworkHost &host : m_profile.hosts) {
        if (std::find(host.addresses.begin(), host.addresses.end(), wanted) != host.addresses.end())
            name = QString::fromUtf8(host.name);
    }
    if (name.isEmpty())
        return failed(noName, QStringLiteral("getnameinfo")); // Node asks with NI_NAMEREQD
    const auto service = std::find_if(services.begin(), services.end(), [port](const Service &known) { return known.port == port; });
    return {{}, {QStringList{name, service == services.end() ? QString::number(port) : QString::fromLatin1(service->name)}}};
}

IoResult NameOperations::query(const QString &function, const QString &name) const
{
    const auto refused = [&](const char *code) {
        IoResult result = failed(0, function);
        result.error.code = QString::fromLatin1(code);
        return result;
    };
    const auto answered = [](const QJsonArray &records) {
        return IoResult{{}, {QString::fromUtf8(QJsonDocument(records).toJson(QJsonDocument::Compact))}};
    };
    QByteArray wanted = name.toLower().toUtf8();
    if (wanted.endsWith('.'))
        wanted.chop(1);
    constexpr int timeToLive = 300; // s
    if (function == QLatin1String("getHostByAddr")) {
        QJsonArray names;
        for (const NetworkHost &host : m_profile.hosts) {
            if (std::find(host.addresses.begin(), host.addresses.end(), wanted) != host.addresses.end())
                names.append(QString::fromUtf8(host.name));
        }
        return names.isEmpty() ? refused("ENOTFOUND") : answered(names);
    }
    const bool wantsIpv4 = function == QLatin1String("queryA") || function == QLatin1String("queryAny");
    const bool wantsIpv6 = function == QLatin1String("queryAaaa") || function == QLatin1String("queryAny");
    QJsonArray records;
    bool isKnown = false;
    for (const NetworkHost &host : m_profile.hosts) {
        if (host.name != wanted)
            continue;
        isKnown = true;
        for (const QByteArray &address : host.addresses) {
            const bool isIpv6 = address.contains(':');
            if (isIpv6 ? !wantsIpv6 : !wantsIpv4)
                continue;
            QJsonObject record{{QStringLiteral("address"), QString::fromLatin1(address)}, {QStringLiteral("ttl"), timeToLive}};
            if (wantsIpv4 && wantsIpv6)
                record.insert(QStringLiteral("type"), isIpv6 ? QStringLiteral("AAAA") : QStringLiteral("A"));
            records.append(record);
        }
        const auto given = host.records.find(function);
        if (given != host.records.end()) {
            for (const QJsonValue &record : given->toArray())
                records.append(record);
        }
    }
    if (records.isEmpty())
        return refused(isKnown ? "ENODATA" : "ENOTFOUND");
    return answered(records);
}

} // namespace loopscope
