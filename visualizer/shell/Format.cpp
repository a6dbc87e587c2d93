// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/Format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

/// As many decimals as keep three digits that mean something.
QString shortNumber(double value)
{
    const double size = std::abs(value);
    const int decimals = size < 1 ? 2 : size < 100 ? 1 : 0;
    return QLocale().toString(value, 'f', decimals);
}

QString withUnit(const QString &number, const char *unit)
{
    return QCoreApplication::translate("Format", "%1 %2").arg(number, QLatin1String(unit));
}

} // namespace

QString formatTime(qint64 nanoseconds)
{
    const double milliseconds = static_cast<double>(nanoseconds) / 1e6;
    if (std::abs(milliseconds) < 1000)
        return withUnit(shortNumber(milliseconds), "ms");
    return withUnit(QLocale().toString(milliseconds / 1000, 'f', std::abs(milliseconds) < 100'000 ? 2 : 0), "s");
}

QString formatTick(double nanoseconds, double distance)
{
    struct Unit
    {
        double length;
        const char *name;
    };
    const Unit unit = distance >= 1e8 ? Unit{1e9, "s"} : distance >= 1e4 ? Unit{1e6, "ms"} : Unit{1e3, "µs"};
    const int digits = std::max(0, static_cast<int>(std::ceil(std::log10(unit.length / distance) - 1e-9)));
    return QStringLiteral("%1 %2").arg(QLocale().toString(nanoseconds / unit.length, 'f', digits), QString::fromUtf8(unit.name));
}

QString formatClock(quint64 nanoseconds)
{
    // Cut, not rounded, to whole microseconds, as everywhere else in lists.
    const quint64 microseconds = nanoseconds / 1000;
    if (nanoseconds < 10'000'000'000ULL)
        return withUnit(QLocale().toString(static_cast<double>(microseconds) / 1e3, 'f', 3), "ms");
    return withUnit(QLocale().toString(static_cast<double>(nanoseconds) / 1e9, 'f', 3), "s");
}

QString formatBytes(quint64 bytes)
{
    if (bytes < 1000)
        return withUnit(QString::number(bytes), "B");
    double value = static_cast<double>(bytes) / 1000;
    for (const char *unit : {"KB", "MB"}) {
        if (value < 1000)
            return withUnit(shortNumber(value), unit);
        value /= 1000;
    }
    return withUnit(shortNumber(value), "GB");
}

} // namespace loopscope
