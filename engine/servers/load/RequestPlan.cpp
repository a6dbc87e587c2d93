// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RequestPlan.h"

#include <QCoreApplication>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace loopscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::RequestPlan)
};

constexpr quint64 routeStream = 2; ///< of CounterRandom
constexpr qsizetype mostTogether = 64 * 1024; ///< a body up to this size goes out with its head
constexpr int numberWidth = 20; ///< digits of 64 bits
constexpr size_t mostRoutes = 10'000;

/// RFC 9110, section 5.6.2.
bool isToken(const QByteArray &text)
{
    const auto isTokenByte = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != 0 && std::strchr("!#$%&'*+-.^_`|~", c));
    };
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenByte);
}

bool hasControls(const QByteArray &text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return (static_cast<uchar>(c) < 0x20 && c != '\t') || c == 0x7f; });
}

/// Bodies of a size: the alphabet again and again.
QByteArray patternBlock(qint64 size)
{
    QByteArray block(static_cast<qsizetype>(std::min<qint64>(size, mostTogether)), Qt::Uninitialized);
    for (qsizetype i = 0; i < block.size(); ++i)
        block[i] = static_cast<char>('a' + i % 26);
    return block;
}

bool hasHeader(const RequestRoute &route, const char *name)
{
    return std::any_of(route.headers.begin(), route.headers.end(),
        [&](const auto &header) { return header.first.compare(name, Qt::CaseInsensitive) == 0; });
}

} // namespace

QString RequestRoute::title() const { return QString::fromLatin1(method) + u' ' + QString::fromUtf8(path); }

QString RequestRoute::problem() const
{
    if (!isToken(method))
        return Text::tr("'%1' is no method of HTTP.").arg(QString::fromLatin1(method));
    if (!path.startsWith('/') || path.contains(' ') || path.contains('\t') || hasControls(path))
        return Text::tr("The path '%1' does not begin with '/', or has blanks in it; write them as %20.").arg(QString::fromUtf8(path));
    for (const auto &[field, value] : headers) {
        if (!isToken(field) || hasControls(value))
            return Text::tr("'%1: %2' is no header of HTTP.").arg(QString::fromLatin1(field), QString::fromLatin1(value));
    }
    if (!(weight >= 0) || !std::isfinite(weight))
        return Text::tr("The weight of '%1' is to be 0 or more.").arg(title());
    if (bodyBytes < 0 || bodyBytes > MostBodyBytes)
        return Text::tr("The body of '%1' can have 0 to %2 bytes.").arg(title()).arg(MostBodyBytes);
    if (readBytes < 0 || writeBytes < 0 || !(readPause >= 0 && readPause <= 3600) || !(writePause >= 0 && writePause <= 3600))
        return Text::tr("The pieces and pauses of '%1' are to be 0 or more, pauses at most 3600 seconds.").arg(title());
    return {};
}

QString RequestPlan::problem() const
{
    if (routes.empty() || routes.size() > mostRoutes)
        return Text::tr("A load has 1 to %1 routes, not %2.").arg(mostRoutes).arg(routes.size());
    double total = 0;
    for (const RequestRoute &route : routes) {
        if (const QString problem = route.problem(); !problem.isEmpty())
            return problem;
        total += route.weight;
    }
    return total > 0 ? QString() : Text::tr("The weights of all routes are 0.");
}

bool RouteChoice::addTargets(const ArrivalPlan &arrivals, RequestPlan *requests, QString *problem)
{
    for (const QString &target : arrivals.replayTargets) {
        const QByteArray path = target.toUtf8();
        const auto isMeant = [&](const RequestRoute &route) { return route.name == target || route.path == path; };
        if (std::any_of(requests->routes.begin(), requests->routes.end(), isMeant))
            continue;
        if (!target.startsWith(u'/')) {
            *problem = Text::tr("The replayed arrivals ask for '%1', which is no route's name and no path.").arg(target);
            return false;
        }
        RequestRoute route;
        route.path = path;
        route.weight = 0; // only where the file says so
        requests->routes.push_back(route);
    }
    return true;
}

RouteChoice::RouteChoice(const RequestPlan &requests, const ArrivalPlan &arrivals)
    : m_random(requests.seed, routeStream)
{
    double total = 0;
    for (const RequestRoute &route : requests.routes)
        m_upTo.push_back(total += route.weight);
    for (const QString &target : arrivals.replayTargets) {
        const QByteArray path = target.toUtf8();
        const auto isMeant = [&](const RequestRoute &route) { return route.name == target || route.path == path; };
        const auto found = std::find_if(requests.routes.begin(), requests.routes.end(), isMeant);
        m_ofTarget.push_back(found == requests.routes.end() ? 0 : static_cast<size_t>(found - requests.routes.begin()));
    }
}

size_t RouteChoice::routeOf(quint64 number, qint32 target) const
{
    if (target >= 0)
        return m_ofTarget[static_cast<size_t>(target)];
    if (m_upTo.size() == 1)
        return 0;
    // uniform is above 0, so that a route of weight 0 is never met.
    const double place = m_random.uniform(number) * m_upTo.back();
    const auto found = std::lower_bound(m_upTo.begin(), m_upTo.end(), place);
    return found == m_upTo.end() ? m_upTo.size() - 1 : static_cast<size_t>(found - m_upTo.begin());
}

RequestText::RequestText(const RequestRoute &route, const RequestPlan &plan, const QByteArray &host)
{
    m_text = route.method + ' ' + route.path + " HTTP/1.1\r\n";
    if (!hasHeader(route, "host"))
        m_text += "Host: " + host + "\r\n";
    for (const auto &[name, value] : route.headers)
        m_text += name + ": " + value + "\r\n";
    const qint64 size = route.wholeBody();
    if ((size > 0 || route.method == "POST" || route.method == "PUT" || route.method == "PATCH") && !hasHeader(route, "content-length"))
        m_text += "Content-Length: " + QByteArray::number(size) + "\r\n";
    if (!plan.keepAlive)
        m_text += "Connection: close\r\n";
    if (plan.isNumbered) {
        m_text += "x-loopscope-request: ";
        m_numberAt = m_text.size();
        m_text += QByteArray(numberWidth, ' ') + "\r\n"; // blanks behind a value do not belong to it
    }
    m_text += "\r\n";
    m_block = route.body.isEmpty() ? patternBlock(size) : route.body;
    if (size <= mostTogether && route.writeBytes == 0)
        m_text += m_block;
    else
        m_restBytes = size;
    m_text.detach();
}

void RequestText::setNumber(quint64 number)
{
    if (m_numberAt < 0)
        return;
    char *at = m_text.data() + m_numberAt;
    const std::to_chars_result result = std::to_chars(at, at + numberWidth, number);
    std::fill(result.ptr, at + numberWidth, ' ');
}

QByteArrayView RequestText::rest(qint64 offset) const
{
    const qsizetype inBlock = static_cast<qsizetype>(offset % m_block.size());
    const qint64 size = std::min<qint64>(m_block.size() - inBlock, m_restBytes - offset);
    return QByteArrayView(m_block).sliced(inBlock, static_cast<qsizetype>(size));
}

} // namespace loopscope
