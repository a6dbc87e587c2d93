// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/JsonFile.h"
#include "servers/lab/WholeFile.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>

namespace loopscope {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("loopscope::JsonFile", text); }

} // namespace

QString writeJsonFile(const QString &file, const QJsonObject &object)
{
    const QString error = writeWholeFile(file, QJsonDocument(object).toJson());
    if (error.isNull())
        return {};
    return translated(QT_TRANSLATE_NOOP("loopscope::JsonFile", "the file '%1' cannot be written: %2.")).arg(file, error);
}

std::optional<QJsonObject> readJsonFile(const QString &file, QString *problem)
{
    problem->clear();
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        *problem =
            translated(QT_TRANSLATE_NOOP("loopscope::JsonFile", "the file '%1' cannot be read: %2.")).arg(file, source.errorString());
        return std::nullopt;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(source.readAll(), &error);
    if (document.isObject())
        return document.object();
    *problem = error.error == QJsonParseError::NoError
        ? translated(QT_TRANSLATE_NOOP("loopscope::JsonFile", "the file '%1' has to be a JSON object.")).arg(file)
        : translated(QT_TRANSLATE_NOOP("loopscope::JsonFile", "the file '%1' is no JSON: %2.")).arg(file, error.errorString());
    return std::nullopt;
}

} // namespace loopscope
