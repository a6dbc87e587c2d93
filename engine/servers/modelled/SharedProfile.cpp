// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SharedProfile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QStandardPaths>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int mostProfiles = 100; ///< in the cache; the oldest ones go
constexpr int mostDepth = 16; ///< of folders: links may go round
constexpr int lookMilliseconds = 100;

QString cacheFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/loopscope/profiles");
}

void addFile(QCryptographicHash &hash, const QFileInfo &file)
{
    hash.addData(QStringLiteral("%1 %2 %3\n")
                     .arg(file.absoluteFilePath(), QString::number(file.isFile() ? file.size() : 0),
                         QString::number(file.lastModified().toMSecsSinceEpoch()))
                     .toUtf8());
}

void addFolder(QCryptographicHash &hash, const QString &path, int depth)
{
    const QFileInfoList entries = QDir(path).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    const bool isOfPackages = path.endsWith(QLatin1String("/node_modules")); // tens of thousands of files that nobody edits
    for (const QFileInfo &entry : entries) {
        if (entry.fileName() == QLatin1String(".git"))
            continue;
        addFile(hash, entry);
        if (entry.isDir() && !isOfPackages && depth < mostDepth)
            addFolder(hash, entry.absoluteFilePath(), depth + 1);
    }
}

/// What short runs with one client take from the scenario.
QJsonObject dependencies(const Scenario &scenario)
{
    const QJsonObject all = scenario.toJson();
    const QJsonObject load = all[QStringLiteral("load")].toObject();
    QJsonObject machine = all[QStringLiteral("machine")].toObject();
    QJsonObject some;
    for (const char *member : {"script", "arguments", "offload", "latencyProfile", "seed"})
        some[QLatin1String(member)] = all[QLatin1String(member)];
    for (const char *member : {"protocol", "routes", "keepAlive", "timeoutSeconds"})
        some[QLatin1String(member)] = load[QLatin1String(member)];
    if (scenario.load.protocol == ScenarioLoad::Protocol::WebSocket) {
        some[QStringLiteral("clients")] = load[QStringLiteral("clients")];
        some[QStringLiteral("rate")] = load[QStringLiteral("rate")];
    }
    for (const char *member : {"poolThreads", "threadLimit", "processes", "loops", "workers", "stackBytes", "keepAliveSeconds"})
        machine.remove(QLatin1String(member)); // of one event loop they change nothing
    some[QStringLiteral("machine")] = machine;
    return some;
}

/// Nothing if there is none, or none that this scenario can use: a file may be damaged. Why is nobody's concern.
std::optional<ObservedProfile> keptProfile(const QString &file, const Scenario &scenario)
{
    QString problem;
    std::optional<ObservedProfile> profile = QFileInfo::exists(file) ? ObservedProfile::read(file, &problem) : std::nullopt;
    return profile && profile->problemWith(scenario).isEmpty() ? profile : std::nullopt;
}

void removeOldest(const QDir &folder)
{
    const QFileInfoList files = folder.entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Time);
    for (qsizetype index = mostProfiles; index < files.size(); ++index)
        QFile::remove(files[index].absoluteFilePath());
}

} // namespace

QString profileKey(const Scenario &scenario)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    addFile(hash, QFileInfo(QCoreApplication::applicationFilePath()));
    hash.addData(QJsonDocument(dependencies(scenario)).toJson(QJsonDocument::Compact));
    if (!scenario.latencyProfile.isEmpty())
        addFile(hash, QFileInfo(scenario.latencyProfile));
    addFolder(hash, QFileInfo(scenario.script).absolutePath(), 0);
    return QString::fromLatin1(hash.result().toHex());
}

std::optional<ObservedProfile> sharedProfile(
    const Scenario &scenario, const std::function<std::optional<ObservedProfile>()> &make, const std::function<bool()> &isStopped)
{
    const QDir folder(cacheFolder());
    const QString file = folder.filePath(profileKey(scenario) + QStringLiteral(".json"));
    if (!folder.mkpath(QStringLiteral(".")))
        return make();
    if (auto profile = keptProfile(file, scenario))
        return profile;
    QLockFile lock(file + QStringLiteral(".lock"));
    lock.setStaleLockTime(0); // only that of a process that is no more
    while (!lock.tryLock(lookMilliseconds) && lock.error() == QLockFile::LockFailedError && !isStopped()) { }
    if (auto profile = keptProfile(file, scenario)) // made by another one meanwhile
        return profile;
    std::optional<ObservedProfile> profile = make();
    if (profile && lock.isLocked() && !isStopped() && profile->write(file).isEmpty())
        removeOldest(folder);
    return profile;
}

} // namespace loopscope
