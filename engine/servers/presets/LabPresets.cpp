// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/presets/LabPresets.h"
#include "servers/lab/WholeFile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QStringList>

#include <algorithm>

namespace loopscope {

namespace {

const QString kResources = QStringLiteral(":/lab");
const QString kOrder = QStringLiteral("presets.json");

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonDocument resource(const QString &name) { return QJsonDocument::fromJson(contentOf(kResources + u'/' + name)); }

/// False, with a sentence, if it cannot be written.
bool place(const QString &name, const QString &folder, QString *problem)
{
    const QByteArray content = contentOf(kResources + u'/' + name);
    const QString path = folder + u'/' + name;
    if (QFile::exists(path) && contentOf(path) == content)
        return true;
    const QString error = writeWholeFile(path, content);
    if (!error.isNull())
        *problem = QCoreApplication::translate("loopscope::LabPresets", "'%1' cannot be written: %2.").arg(path, error);
    return error.isNull();
}

} // namespace

std::vector<LabPreset> labPresets()
{
    std::vector<LabPreset> presets;
    const QJsonArray names = resource(kOrder).array();
    for (const QJsonValue &name : names) {
        const QJsonObject scenario = resource(name.toString() + QStringLiteral(".json")).object();
        presets.push_back({name.toString(), scenario[QStringLiteral("title")].toString(),
            scenario[QStringLiteral("description")].toString(), scenario[QStringLiteral("lookFor")].toString()});
    }
    return presets;
}

std::optional<QString> placeLabPreset(const QString &name, const QString &folder, QString *problem)
{
    QStringList names;
    for (const LabPreset &preset : labPresets())
        names.append(preset.name);
    if (!names.contains(name)) {
        *problem = QCoreApplication::translate("loopscope::LabPresets", "there is no preset '%1'; there are %2.")
                       .arg(name, names.join(QStringLiteral(", ")));
        return std::nullopt;
    }
    if (!QDir().mkpath(folder)) {
        *problem = QCoreApplication::translate("loopscope::LabPresets", "the folder '%1' cannot be made.").arg(folder);
        return std::nullopt;
    }
    const QStringList files = QDir(kResources).entryList(QDir::Files);
    const bool isPlaced =
        std::all_of(files.begin(), files.end(), [&](const QString &file) { return file == kOrder || place(file, folder, problem); });
    return isPlaced ? std::optional(folder + u'/' + name + QStringLiteral(".json")) : std::nullopt;
}

QString labPresetFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/loopscope/lab");
}

} // namespace loopscope
