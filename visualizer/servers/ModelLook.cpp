// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ModelLook.h"

#include <QCoreApplication>
#include <QLocale>
#include <QPainter>

#include <cmath>
#include <numbers>

namespace loopscope {

namespace {

QPainterPath polygon(int corners, double turned)
{
    QPolygonF points;
    for (int corner = 0; corner <= corners; ++corner) {
        const double angle = turned + corner * 2 * std::numbers::pi / corners;
        points << QPointF(std::sin(angle) / 2, -std::cos(angle) / 2);
    }
    QPainterPath path;
    path.addPolygon(points);
    return path;
}

QPainterPath cross()
{
    QPainterPath path;
    path.addRect(-0.5, -0.16, 1, 0.32);
    path.addRect(-0.16, -0.5, 0.32, 1);
    return path.simplified();
}

QPainterPath circle(bool isRing)
{
    QPainterPath path;
    path.addEllipse(QPointF(0, 0), 0.5, 0.5);
    if (isRing)
        path.addEllipse(QPointF(0, 0), 0.26, 0.26); // odd-even: a hole
    return path;
}

QString withUnit(const QString &number, const QString &unit) { return QCoreApplication::translate("Format", "%1 %2").arg(number, unit); }

} // namespace

Hue hueOf(ServerModel model)
{
    switch (model) {
    case ServerModel::EventLoop:
        return Hue::Poll;
    case ServerModel::Workers:
        return Hue::Check;
    case ServerModel::Cluster:
        return Hue::Script;
    case ServerModel::ThreadPerRequest:
        return Hue::Microtask;
    case ServerModel::ThreadPool:
        return Hue::Timers;
    case ServerModel::Processes:
        return Hue::Tick;
    case ServerModel::Node:
        return Hue::Closing;
    }
    return Hue::Structure;
}

QPainterPath markOf(ServerModel model)
{
    switch (model) {
    case ServerModel::EventLoop:
        return circle(false);
    case ServerModel::Workers:
        return cross();
    case ServerModel::Cluster:
        return polygon(5, 0);
    case ServerModel::ThreadPerRequest:
        return polygon(3, 0);
    case ServerModel::ThreadPool:
        return polygon(4, std::numbers::pi / 4);
    case ServerModel::Processes:
        return polygon(4, 0);
    case ServerModel::Node:
        return circle(true);
    }
    return {};
}

void drawMark(QPainter &painter, const QRectF &place, ServerModel model, const Palette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(place.center());
    painter.scale(place.width(), place.height());
    painter.fillPath(markOf(model), palette.hue(hueOf(model)));
    painter.restore();
}

QString explanationOf(ServerModel model)
{
    switch (model) {
    case ServerModel::EventLoop:
        return QCoreApplication::translate("Models", "One thread, one loop: Node as it is");
    case ServerModel::Workers:
        return QCoreApplication::translate("Models", "One loop; the functions that the scenario names run on worker threads");
    case ServerModel::Cluster:
        return QCoreApplication::translate("Models", "Several processes with a loop each; connections in turn");
    case ServerModel::ThreadPerRequest:
        return QCoreApplication::translate("Models", "A thread for each request, which waits where the request waits");
    case ServerModel::ThreadPool:
        return QCoreApplication::translate("Models", "A fixed number of threads, one request each at a time; others queue");
    case ServerModel::Processes:
        return QCoreApplication::translate("Models", "A process for each request at a time, started before, as PHP does");
    case ServerModel::Node:
        return QCoreApplication::translate("Models", "The Node that is installed on this machine, measured: real only");
    }
    return {};
}

QString capitalised(QString words)
{
    if (!words.isEmpty())
        words[0] = words.at(0).toUpper();
    return words;
}

QString formatFigure(double value)
{
    const double size = std::abs(value);
    return QLocale().toString(value, 'f', size == 0 || size >= 100 ? 0 : size < 1 ? 3 : size < 10 ? 2 : 1);
}

QString formatSeconds(double seconds)
{
    if (!(seconds > 0))
        return QStringLiteral("–");
    const auto number = [](double value) { return QLocale().toString(value, 'f', value < 10 ? 2 : value < 100 ? 1 : 0); };
    if (seconds < 1e-3)
        return withUnit(number(seconds * 1e6), QStringLiteral("µs"));
    if (seconds < 1)
        return withUnit(number(seconds * 1e3), QStringLiteral("ms"));
    return withUnit(number(seconds), QStringLiteral("s"));
}

} // namespace loopscope
