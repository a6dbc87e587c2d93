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
    if (!isReal && !latencyProfile.isEmpty())
        options << QStringLiteral("--latency-profile") << latencyProfile;
    for (const QString &script : beside)
        options << QStringLiteral("--beside") << script;
    if (mayDoAll)
        return options << QStringLiteral("--allow-all");
    const auto allow = [&](const char *option, const QStringList &list) {
        if (!list.isEmpty())
            options << QLatin1String(option) + list.join(QLatin1Char(','));
    };
    allow("--allow-read=", readable);
    if (isReal)
        allow("--allow-write=", writable);
    allow("--allow-net=", hosts);
    allow("--allow-env=", environment);
    if (mayRun)
        options << QStringLiteral("--allow-run");
    return options;
}

QString RunChoices::summary() const
{
    QStringList facts;
    if (isReal)
        facts << tr("real clock and I/O");
    if (!isReal && seed != 1)
        facts << tr("seed %1").arg(seed);
    if (!isReal && !latencyProfile.isEmpty())
        facts << tr("latencies of %1").arg(latencyProfile.section(QLatin1Char('/'), -1));
    if (const auto count = argumentList().size(); count > 0)
        facts << tr("%n arguments", nullptr, static_cast<int>(count));
    if (!beside.isEmpty())
        facts << tr("%n scripts beside it", nullptr, static_cast<int>(beside.size()));
    if (mayDoAll)
        facts << tr("may do everything");
    else if (!readable.isEmpty() || (isReal && !writable.isEmpty()) || !hosts.isEmpty() || !environment.isEmpty() || mayRun)
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
    const QString name = option.section(QLatin1Char('='), 0, 0);
    const QString what = option.section(QLatin1Char('='), 1);
    const auto add = [&](QStringList &list) {
        if (!list.contains(what))
            list.append(what);
    };
    if (name == QLatin1String("--allow-read"))
        add(readable);
    else if (name == QLatin1String("--allow-write"))
        add(writable);
    else if (name == QLatin1String("--allow-net"))
        add(hosts);
    else if (name == QLatin1String("--allow-env"))
        add(environment);
    else if (name == QLatin1String("--allow-run"))
        mayRun = true;
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
        choices.latencyProfile = object.value(QStringLiteral("latencyProfile")).toString();
        choices.arguments = object.value(QStringLiteral("arguments")).toString();
        choices.beside = texts(object.value(QStringLiteral("beside")));
        choices.readable = texts(object.value(QStringLiteral("readable")));
        choices.writable = texts(object.value(QStringLiteral("writable")));
        choices.hosts = texts(object.value(QStringLiteral("hosts")));
        choices.environment = texts(object.value(QStringLiteral("environment")));
        choices.mayRun = object.value(QStringLiteral("mayRun")).toBool();
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
            {QStringLiteral("seed"), QString::number(seed)}, {QStringLiteral("latencyProfile"), latencyProfile},
            {QStringLiteral("arguments"), arguments}, {QStringLiteral("beside"), QJsonArray::fromStringList(beside)},
            {QStringLiteral("readable"), QJsonArray::fromStringList(readable)},
            {QStringLiteral("writable"), QJsonArray::fromStringList(writable)},
            {QStringLiteral("hosts"), QJsonArray::fromStringList(hosts)},
            {QStringLiteral("environment"), QJsonArray::fromStringList(environment)}, {QStringLiteral("mayRun"), mayRun},
            {QStringLiteral("mayDoAll"), mayDoAll}});
    }
    const QJsonArray others = kept();
    for (const QJsonValue &each : others) {
        if (each.toObject().value(QStringLiteral("script")).toString() != scriptPath && all.size() < kMostScripts)
            all.append(each);
    }
    QSettings().setValue(kChoicesKey, QJsonDocument(all).toJson(QJsonDocument::Compact));
}

} // namespace loopscope
