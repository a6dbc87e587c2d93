// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodePreload.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

namespace loopscope {

QByteArray nodePreload(const NodePreloadSettings &settings)
{
    QFile file(QStringLiteral(":/node/preload.js"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject object{{QStringLiteral("parent"), settings.parent}, {QStringLiteral("descriptor"), settings.descriptor},
        {QStringLiteral("folder"), settings.folder}, {QStringLiteral("stacks"), settings.stacks},
        {QStringLiteral("promiseStacks"), static_cast<qint64>(settings.promiseStacks)},
        {QStringLiteral("sampleInterval"), settings.sampleInterval}, {QStringLiteral("flushAfter"), settings.flushAfter}};
    return file.readAll().replace("@SETTINGS@", QJsonDocument(object).toJson(QJsonDocument::Compact));
}

} // namespace loopscope
