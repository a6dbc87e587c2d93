// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RunChoices.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QSettings>

namespace loopscope {

namespace {

const QLatin1String kChoicesKey("run/choices"); ///< a JSON array, the newest first; each with the script's path
constexpr qsizetype kMostScripts = 100;

QJsonArray kept() { return QJsonDocument::fromJson(QSettings().value(kChoicesKey).toByteArray()).array(); }

QStringList texts(const QJsonValue &value)
{
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &each : array)
        list.append(each.toString());
    return list;
}

} // namespace

QStringList RunChoices::argumentList() const { return QProcess::splitCommand(arguments); }

QStringList RunChoices::runnerOptions() const
{
    QStringList options;
    if (isReal)
        options << QStringLiteral("--io") << QStringLiteral("real");
    else if (seed != 1)
        options << QStringLiteral("--seed") << QString::number(seed);
    if (!isReal && !latencies.isEmpty())
        options << QStringLiteral("--latency-profile") << QString::fromUtf8(QJsonDocument(latencies).toJson(QJsonDocument::Compact));
    for (const QString &script : beside)
        options << QStringLiteral("--beside") << script;
    if (mayDoAll)
        return options << QStringLiteral("--allow-all");
    return options + permissionOptions();
}

QStringList RunChoices::permissionOptions() const
{
    PermissionGrants grants = permissions;
    if (!isReal)
        grants.write = {};
    return grants.options();
}

bool RunChoices::operator==(const RunChoices &other) const
{
    return isReal == other.isReal && seed == other.seed && latencies == other.latencies && arguments == other.arguments
        && beside == other.beside && permissions.options() == other.permissions.options() && mayDoAll == other.mayDoAll;
}

QString RunChoices::summary() const
{
    QStringList facts;
    if (isReal)
        facts << tr("real clock and I/O");
    if (!isReal && seed != 1)
        facts << tr("seed %1").arg(seed);
    if (!isReal && !latencies.isEmpty())
        facts << tr("other latencies");
    if (const auto count = argumentList().size(); count > 0)
        facts << tr("%n arguments", nullptr, static_cast<int>(count));
    if (!beside.isEmpty())
        facts << tr("%n scripts beside it", nullptr, static_cast<int>(beside.size()));
    if (mayDoAll)
        facts << tr("may do everything");
    else if (!permissionOptions().isEmpty())
        facts << tr("has permissions");
    return facts.join(QStringLiteral(" · "));
}

QString RunChoices::permissionAskedFor(const QString &errorText)
{
    // The resource may hold spaces: it ends with the line.
    static const QRegularExpression named(QStringLiteral("Access to this API has been restricted: .*(--allow-[a-z]+(?:=[^\n]+)?)"));
    return named.match(errorText).captured(1).trimmed();
}

void RunChoices::allow(const QString &option)
{
    const std::pair<const char *, Grant *> grants[] = {{"--allow-read", &permissions.read}, {"--allow-write", &permissions.write},
        {"--allow-net", &permissions.network}, {"--allow-run", &permissions.programs}, {"--allow-env", &permissions.environment}};
    const qsizetype equals = option.indexOf(u'=');
    for (const auto &[name, grant] : grants) {
        if (option.left(equals) != QLatin1String(name))
            continue;
        grant->all = grant->all || equals < 0;
        const QStringList names = equals < 0 ? QStringList() : option.mid(equals + 1).split(u',', Qt::SkipEmptyParts);
        for (const QString &each : names) {
            if (!grant->names.contains(each))
                grant->names.append(each);
        }
    }
}

RunChoices RunChoices::load(const QString &scriptPath)
{
    RunChoices choices;
    const QJsonArray all = kept();
    for (const QJsonValue &each : all) {
        const QJsonObject object = each.toObject();
        if (scriptPath.isEmpty() || object.value(QStringLiteral("script")).toString() != scriptPath)
            continue;
        choices.isReal = object.value(QStringLiteral("real")).toBool();
        choices.seed = object.value(QStringLiteral("seed")).toString(QStringLiteral("1")).toULongLong();
        choices.latencies = object.value(QStringLiteral("latencies")).toObject();
        choices.arguments = object.value(QStringLiteral("arguments")).toString();
        choices.beside = texts(object.value(QStringLiteral("beside")));
        for (const QString &permission : texts(object.value(QStringLiteral("permissions"))))
            choices.allow(permission);
        choices.mayDoAll = object.value(QStringLiteral("mayDoAll")).toBool();
        break;
    }
    return choices;
}

void RunChoices::save(const QString &scriptPath) const
{
    if (scriptPath.isEmpty())
        return;
    QJsonArray all;
    if (*this != RunChoices()) {
        all.append(QJsonObject{{QStringLiteral("script"), scriptPath}, {QStringLiteral("real"), isReal},
            {QStringLiteral("seed"), QString::number(seed)}, {QStringLiteral("latencies"), latencies},
            {QStringLiteral("arguments"), arguments}, {QStringLiteral("beside"), QJsonArray::fromStringList(beside)},
            {QStringLiteral("permissions"), QJsonArray::fromStringList(permissions.options())}, {QStringLiteral("mayDoAll"), mayDoAll}});
    }
    const QJsonArray others = kept();
    for (const QJsonValue &each : others) {
        if (each.toObject().value(QStringLiteral("script")).toString() != scriptPath && all.size() < kMostScripts)
            all.append(each);
    }
    QSettings().setValue(kChoicesKey, QJsonDocument(all).toJson(QJsonDocument::Compact));
}

} // namespace loopscope
