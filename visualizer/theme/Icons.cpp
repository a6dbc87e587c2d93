// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/Icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>

#include <map>
#include <memory>

namespace loopscope {

namespace {

/// Sizes at which icons are drawn: 16 px at text sizes from 100 to 300 %, on plain and on dense screens.
constexpr int kSizes[] = {16, 20, 24, 32, 48, 64};

QPixmap draw(QByteArray svg, const QColor &colour, int size)
{
    QSvgRenderer renderer(svg.replace("currentColor", colour.name().toLatin1()));
    QPixmap pixmap(size, size);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter);
    return pixmap;
}

QByteArray load(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString nameOf(Hue hue)
{
    switch (hue) {
    case Hue::Timers:
        return QStringLiteral("timers");
    case Hue::Poll:
        return QStringLiteral("poll");
    case Hue::Check:
        return QStringLiteral("check");
    case Hue::Closing:
        return QStringLiteral("closing");
    case Hue::Tick:
        return QStringLiteral("tick");
    case Hue::Microtask:
        return QStringLiteral("microtask");
    case Hue::Script:
        return QStringLiteral("script");
    case Hue::Structure:
        break;
    }
    return {};
}

QIcon make(const QString &path, const QColor &colour, const QColor &disabled)
{
    const QByteArray svg = load(path);
    QIcon icon;
    if (svg.isEmpty())
        return icon;
    for (const int size : kSizes) {
        icon.addPixmap(draw(svg, colour, size), QIcon::Normal);
        icon.addPixmap(draw(svg, disabled, size), QIcon::Disabled);
    }
    return icon;
}

} // namespace

QIcon commandIcon(const QString &name, const QColor &colour, const QColor &disabled)
{
    return make(QStringLiteral(":/icons/commands/%1.svg").arg(name), colour, disabled);
}

QIcon kindIcon(Hue hue, const Palette &palette)
{
    return make(QStringLiteral(":/icons/kinds/%1.svg").arg(nameOf(hue)), palette.hueText(hue), palette.faint);
}

void drawKind(QPainter &painter, const QRectF &square, Hue hue, const QColor &colour)
{
    if (hue == Hue::Structure)
        return;
    // A few kinds in the few colours of two themes.
    static std::map<std::pair<Hue, QRgb>, std::unique_ptr<QSvgRenderer>> known;
    std::unique_ptr<QSvgRenderer> &renderer = known[{hue, colour.rgb()}];
    if (renderer == nullptr) {
        QByteArray svg = load(QStringLiteral(":/icons/kinds/%1.svg").arg(nameOf(hue)));
        renderer = std::make_unique<QSvgRenderer>(svg.replace("currentColor", colour.name().toLatin1()));
    }
    const qreal opacity = painter.opacity();
    painter.setOpacity(opacity * colour.alphaF());
    renderer->render(&painter, square);
    painter.setOpacity(opacity);
}

} // namespace loopscope
