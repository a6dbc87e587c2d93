// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/LoadPlan.h"

#include <QTest>

#include <cmath>

using namespace loopscope;

class RequestPlanTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choosesByWeight();
    void replayedOnesAskForWhatTheFileSays();
    void writesRequests();
    void numbersRequests();
    void sendsLongBodiesInPieces();
    void refusesRoutes_data();
    void refusesRoutes();
    void readsAddresses_data();
    void readsAddresses();
    void staysOnThisMachine_data();
    void staysOnThisMachine();
};

namespace {

RequestRoute routeOf(const QByteArray &method, const QByteArray &path, double weight = 1)
{
    RequestRoute route;
    route.method = method;
    route.path = path;
    route.weight = weight;
    return route;
}

QByteArray textOf(const RequestRoute &route, const RequestPlan &plan = {})
{
    return RequestText(route, plan, "127.0.0.1:80").text().toByteArray();
}

} // namespace

void RequestPlanTest::choosesByWeight()
{
    RequestPlan plan;
    plan.routes = {routeOf("GET", "/a", 6), routeOf("GET", "/never", 0), routeOf("GET", "/b", 3), routeOf("POST", "/c", 1)};
    const RouteChoice choice(plan, {});
    constexpr int count = 100'000;
    std::array<double, 4> found = {};
    for (quint64 number = 1; number <= count; ++number)
        ++found[choice.routeOf(number)];
    const std::array<double, 4> share = {0.6, 0, 0.3, 0.1};
    for (size_t i = 0; i < share.size(); ++i) {
        const double deviation = std::sqrt(count * share[i] * (1 - share[i]));
        QVERIFY(std::abs(found[i] - count * share[i]) <= 4 * deviation);
    }
    // Asked in any order, and by another one: the same.
    const RouteChoice other(plan, {});
    for (quint64 number = 1000; number > 0; --number)
        QCOMPARE(other.routeOf(number), choice.routeOf(number));
}

void RequestPlanTest::replayedOnesAskForWhatTheFileSays()
{
    ArrivalPlan arrivals;
    arrivals.replayTargets = {QStringLiteral("/b"), QStringLiteral("/new"), QStringLiteral("named")};
    RequestPlan plan;
    plan.routes = {routeOf("GET", "/a"), routeOf("POST", "/b")};
    plan.routes[0].name = QStringLiteral("named");
    QString problem;
    QVERIFY(RouteChoice::addTargets(arrivals, &plan, &problem));
    QCOMPARE(plan.routes.size(), size_t{3});
    QCOMPARE(plan.routes[2].path, QByteArray("/new"));
    const RouteChoice choice(plan, arrivals);
    QCOMPARE(choice.routeOf(1, 0), size_t{1});
    QCOMPARE(choice.routeOf(1, 1), size_t{2});
    QCOMPARE(choice.routeOf(1, 2), size_t{0});
    for (quint64 number = 0; number < 1000; ++number)
        QVERIFY(choice.routeOf(number) < 2); // what only the file asks for is not drawn
    arrivals.replayTargets = {QStringLiteral("unknown")};
    QVERIFY(!RouteChoice::addTargets(arrivals, &plan, &problem));
    QVERIFY(problem.contains(QLatin1String("'unknown'")));
}

void RequestPlanTest::writesRequests()
{
    QCOMPARE(textOf(routeOf("GET", "/x?y=1")), QByteArray("GET /x?y=1 HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n"));
    RequestRoute route = routeOf("POST", "/");
    QCOMPARE(textOf(route), QByteArray("POST / HTTP/1.1\r\nHost: 127.0.0.1:80\r\nContent-Length: 0\r\n\r\n"));
    route.body = "{}";
    route.headers = {{"host", "me"}, {"Content-Type", "application/json"}};
    RequestPlan plan;
    plan.keepAlive = false;
    QCOMPARE(textOf(route, plan),
        QByteArray("POST / HTTP/1.1\r\nhost: me\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"));
    route = routeOf("PUT", "/");
    route.bodyBytes = 30;
    QVERIFY(textOf(route).endsWith("Content-Length: 30\r\n\r\nabcdefghijklmnopqrstuvwxyzabcd"));
}

void RequestPlanTest::numbersRequests()
{
    RequestPlan plan;
    plan.isNumbered = true;
    RequestText text(routeOf("GET", "/"), plan, "h");
    for (const quint64 number : {7ULL, 123456789012ULL, ~0ULL, 1ULL}) {
        text.setNumber(number);
        const QByteArray line = text.text().toByteArray().split('\n')[2];
        QVERIFY(line.startsWith("x-loopscope-request: "));
        QCOMPARE(line.mid(21).trimmed(), QByteArray::number(number));
    }
    RequestText unnumbered(routeOf("GET", "/"), {}, "h");
    unnumbered.setNumber(7);
    QVERIFY(!unnumbered.text().toByteArray().contains("loopscope"));
}

void RequestPlanTest::sendsLongBodiesInPieces()
{
    RequestRoute route = routeOf("POST", "/");
    route.bodyBytes = 1'000'003;
    const RequestText text(route, {}, "h");
    QVERIFY(text.text().toByteArray().endsWith("Content-Length: 1000003\r\n\r\n"));
    QByteArray body;
    while (body.size() < text.restBytes())
        body += text.rest(body.size()).toByteArray();
    QCOMPARE(body.size(), qsizetype{1'000'003});
    QVERIFY(body.startsWith("abcdefghijklmnopqrstuvwxyza"));
    route.bodyBytes = 0;
    route.body = "in pieces";
    route.writeBytes = 2;
    const RequestText slow(route, {}, "h");
    QCOMPARE(slow.restBytes(), 9);
    QCOMPARE(slow.rest(3).toByteArray(), QByteArray("pieces"));
}

void RequestPlanTest::refusesRoutes_data()
{
    QTest::addColumn<RequestRoute>("route");
    const auto row = [](const char *name, auto &&change) {
        RequestRoute route;
        change(route);
        QTest::newRow(name) << route;
    };
    row("no method", [](RequestRoute &route) { route.method.clear(); });
    row("two methods", [](RequestRoute &route) { route.method = "GET POST"; });
    row("no path", [](RequestRoute &route) { route.path = "users"; });
    row("blank in the path", [](RequestRoute &route) { route.path = "/a b"; });
    row("a second request in the path", [](RequestRoute &route) { route.path = "/ HTTP/1.1\r\n\r\nGET /"; });
    row("a second header in a value", [](RequestRoute &route) { route.headers = {{"A", "b\r\nC: d"}}; });
    row("header without name", [](RequestRoute &route) { route.headers = {{"", "b"}}; });
    row("colon in a name", [](RequestRoute &route) { route.headers = {{"A:", "b"}}; });
    row("negative weight", [](RequestRoute &route) { route.weight = -1; });
    row("weight that is no number", [](RequestRoute &route) { route.weight = std::nan(""); });
    row("negative body", [](RequestRoute &route) { route.bodyBytes = -1; });
    row("body beyond all bounds", [](RequestRoute &route) { route.bodyBytes = std::numeric_limits<qint64>::max(); });
    row("negative pause", [](RequestRoute &route) { route.readPause = -1; });
    row("no weight at all", [](RequestRoute &route) { route.weight = 0; });
}

void RequestPlanTest::refusesRoutes()
{
    QFETCH(RequestRoute, route);
    RequestPlan plan;
    QVERIFY(plan.problem().isEmpty());
    plan.routes = {route};
    QVERIFY2(plan.problem().endsWith(u'.'), qPrintable(plan.problem()));
    plan.routes.clear();
    QVERIFY(!plan.problem().isEmpty());
}

void RequestPlanTest::readsAddresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("whole") << QStringLiteral("http://127.0.0.1:8080/a/b?c=d&e=%20") << QByteArray("127.0.0.1:8080")
                           << QByteArray("/a/b?c=d&e=%20");
    QTest::newRow("short") << QStringLiteral("localhost:3000") << QByteArray("localhost:3000") << QByteArray("/");
    QTest::newRow("usual port") << QStringLiteral("http://127.1.2.3") << QByteArray("127.1.2.3:80") << QByteArray("/");
    QTest::newRow("IPv6") << QStringLiteral("http://[::1]:81/x") << QByteArray("[::1]:81") << QByteArray("/x");
}

void RequestPlanTest::readsAddresses()
{
    QFETCH(QString, url);
    LoadTarget target;
    QByteArray path;
    QString problem;
    QVERIFY2(LoadTarget::parse(url, &target, &path, &problem), qPrintable(problem));
    QTEST(target.hostText(), "host");
    QTEST(path, "path");
}

void RequestPlanTest::staysOnThisMachine_data()
{
    QTest::addColumn<QString>("url");
    for (const char *url : {"http://example.com/", "http://8.8.8.8:80/", "http://10.0.0.1/", "http://128.0.0.1/", "http://[::2]/",
             "http://[::ffff:8.8.8.8]/", "http://0.0.0.0:80/", "http://localhost.example.com/", "https://127.0.0.1/", "http://127.0.0.1:0/",
             "http://127.0.0.1:70000/", "http:///", ""})
        QTest::newRow(*url ? url : "nothing") << QString::fromLatin1(url);
}

void RequestPlanTest::staysOnThisMachine()
{
    QFETCH(QString, url);
    LoadTarget target;
    QByteArray path;
    QString problem;
    QVERIFY(!LoadTarget::parse(url, &target, &path, &problem));
    QVERIFY(problem.endsWith(u'.'));
}

QTEST_APPLESS_MAIN(RequestPlanTest)
#include "RequestPlanTest.moc"
