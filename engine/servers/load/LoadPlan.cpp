// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadPlan.h"

#include <QCoreApplication>
#include <QUrl>

#include <arpa/inet.h>

namespace loopscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LoadPlan)
};

bool isWithin(double value, double least, double most) { return value >= least && value <= most; }

} // namespace

bool LoadTarget::parse(const QString &text, LoadTarget *target, QByteArray *path, QString *problem)
{
    const QUrl url(text.contains(QLatin1String("://")) ? text : QStringLiteral("http://") + text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()) {
        *problem = Text::tr("'%1' is no address of a server; write it as http://127.0.0.1:8080/path.").arg(text);
        return false;
    }
    if (url.scheme() != QLatin1String("http") && url.scheme() != QLatin1String("ws")) {
        *problem = Text::tr("The load generator speaks http and ws, not %1.").arg(url.scheme());
        return false;
    }
    constexpr int defaultPort = 80;
    target->host = url.host();
    target->port = static_cast<quint16>(url.port(defaultPort));
    *path = url.path(QUrl::FullyEncoded).toUtf8();
    if (path->isEmpty())
        *path = "/";
    if (url.hasQuery())
        *path += '?' + url.query(QUrl::FullyEncoded).toUtf8();
    *problem = target->problem();
    return problem->isEmpty();
}

bool LoadTarget::toAddress(sockaddr_storage *address, socklen_t *length) const
{
    *address = {};
    const QByteArray text = host == QLatin1String("localhost") ? QByteArray("127.0.0.1") : host.toLatin1();
    auto *four = reinterpret_cast<sockaddr_in *>(address);
    if (inet_pton(AF_INET, text.constData(), &four->sin_addr) == 1) {
        constexpr unsigned loopbackNetwork = 127;
        four->sin_family = AF_INET;
        four->sin_port = htons(port);
        *length = sizeof(sockaddr_in);
        return ntohl(four->sin_addr.s_addr) >> 24U == loopbackNetwork;
    }
    auto *six = reinterpret_cast<sockaddr_in6 *>(address);
    *length = sizeof(sockaddr_in6);
    if (inet_pton(AF_INET6, text.constData(), &six->sin6_addr) != 1)
        return false;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
}

QByteArray LoadTarget::hostText() const
{
    const QByteArray name = host.toLatin1();
    return (name.contains(':') ? '[' + name + ']' : name) + ':' + QByteArray::number(port);
}

QString LoadTarget::problem() const
{
    sockaddr_storage address{};
    socklen_t length = 0;
    if (!toAddress(&address, &length))
        return Text::tr("The load generator only asks servers on this machine (127.0.0.1, ::1, localhost), not '%1'.").arg(host);
    return port == 0 ? Text::tr("A server has a port from 1 to 65535.") : QString();
}

QString LoadPlan::problem() const
{
    for (const QString &problem : {target.problem(), arrivals.problem(), requests.problem()}) {
        if (!problem.isEmpty())
            return problem;
    }
    if (threads < 1 || threads > MostThreads)
        return Text::tr("The load generator has 1 to %1 threads, not %2.").arg(MostThreads).arg(threads);
    if (!isWithin(seconds, 1e-3, MostSeconds) || !isWithin(warmupSeconds, 0, MostSeconds))
        return Text::tr("A load lasts 0.001 to %1 seconds, its warm-up at most as long.").arg(MostSeconds, 0, 'f', 0);
    if (!isWithin(timeoutSeconds, 1e-3, MostSeconds) || !isWithin(graceSeconds, 0, MostSeconds))
        return Text::tr("A request may take 0.001 to %1 seconds.").arg(MostSeconds, 0, 'f', 0);
    if (mostConnections < 1 || mostConnections > ArrivalPlan::MostClients)
        return Text::tr("A load has 1 to %1 connections, not %2.").arg(ArrivalPlan::MostClients).arg(mostConnections);
    if (idleConnections < 0 || idleConnections > ArrivalPlan::MostClients)
        return Text::tr("A load has 0 to %1 idle connections, not %2.").arg(ArrivalPlan::MostClients).arg(idleConnections);
    if (hasClients() && (arrivals.clients < 1 || arrivals.clients > ArrivalPlan::MostClients))
        return Text::tr("A load over WebSocket takes 1 to %1 clients, not %2.").arg(ArrivalPlan::MostClients).arg(arrivals.clients);
    if (mostRequests < 1)
        return Text::tr("A load has at least one request.");
    if (!isWithin(sampleSeconds, 1e-3, 3600) || !isWithin(expectedInterval, 0, MostSeconds))
        return Text::tr("The interval of samples is 0.001 to 3600 seconds.");
    return {};
}

} // namespace loopscope
