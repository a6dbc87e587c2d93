// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"

#include <QByteArrayView>

namespace loopscope {
namespace {

QByteArrayView lineOf(QByteArrayView text, quint32 line)
{
    qsizetype start = 0;
    for (quint32 i = 1; i < line; ++i) {
        const qsizetype end = text.indexOf('\n', start);
        if (end < 0)
            return {};
        start = end + 1;
    }
    const qsizetype end = text.indexOf('\n', start);
    return text.sliced(start, (end < 0 ? text.size() : end) - start).trimmed();
}

} // namespace

QString SitePlace::functionName() const
{
    if (!isValid())
        return {};
    const Site *function = site;
    if (function->kind != SiteKind::Function) {
        if (function->function >= source->sites.size())
            return {};
        function = &source->sites[function->function];
    }
    if (function == source->sites.data())
        return {};
    return function->name.isEmpty() ? QStringLiteral("(anonymous)") : function->name;
}

QString SitePlace::snippet() const { return isValid() ? QString::fromUtf8(lineOf(source->text, site->line)) : QString(); }

QString SitePlace::shortPlace() const
{
    if (!isValid())
        return {};
    return QStringLiteral("%1:%2").arg(source->path.section(QLatin1Char('/'), -1)).arg(site->line);
}

} // namespace loopscope
