// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/ObservedProfile.h"

#include "servers/lab/JsonFields.h"
#include "servers/lab/LabFields.h"
#include "servers/lab/WholeFile.h"

#include <QFile>
#include <QJsonDocument>

#include <algorithm>

namespace loopscope {

namespace {

constexpr JsonRange kTimes{0, 1e6};

} // namespace

// In this namespace and not in the one without a name, where JsonWriter and JsonReader would not find them.

template<typename Fields>
void describe(Fields &fields, ObservedPhase &phase)
{
    static const QStringList kinds = {
        QStringLiteral("network"), QStringLiteral("queued"), QStringLiteral("running"), QStringLiteral("ready"), QStringLiteral("waiting")};
    fields.choice("kind", phase.kind, kinds);
    fields.number("seconds", phase.seconds, kTimes);
    fields.text("what", phase.what);
}

template<typename Fields>
void describe(Fields &fields, ObservedRequest &request)
{
    fields.rows("phases", request.phases);
}

template<typename Fields>
void describe(Fields &fields, ObservedRoute &route)
{
    fields.needed({"route", "requests"});
    fields.text("route", route.route);
    fields.number("weight", route.weight, {0, 1e9});
    fields.number("outsideSeconds", route.outsideSeconds, kTimes);
    fields.number("afterSeconds", route.afterSeconds, kTimes);
    fields.number("elsewhereSeconds", route.elsewhereSeconds, kTimes);
    fields.number("networkSeconds", route.networkSeconds, kTimes);
    fields.number("wakeUpSeconds", route.wakeUpSeconds, kTimes);
    fields.number("aloneSeconds", route.aloneSeconds, kTimes);
    fields.number("busySeconds", route.busySeconds, kTimes);
    fields.number("tickSeconds", route.tickSeconds, kTimes);
    fields.number("answerBytes", route.answerBytes, {0, 1e12});
    fields.text("death", route.death);
    fields.whole("failures", route.failures, {0, 1e15});
    fields.parts("requests", route.requests);
}

template<typename Fields>
void describe(Fields &fields, ObservedProfile &profile)
{
    fields.needed({"script", "truth", "routes"});
    fields.text("script", profile.script);
    fields.choice("truth", profile.truth, truthKeys());
    fields.number("clientWakeUpSeconds", profile.clientWakeUpSeconds, kTimes);
    fields.parts("routes", profile.routes);
}

double ObservedRequest::seconds(LabStep::Kind kind) const
{
    double sum = 0;
    for (const ObservedPhase &phase : phases)
        sum += phase.kind == kind ? phase.seconds : 0;
    return sum;
}

double ObservedRoute::meanSeconds(LabStep::Kind kind) const
{
    double sum = 0;
    for (const ObservedRequest &request : requests)
        sum += request.seconds(kind);
    return requests.empty() ? 0 : sum / static_cast<double>(requests.size());
}

void ObservedRoute::scaleRunning(double factor)
{
    for (ObservedRequest &request : requests) {
        for (ObservedPhase &phase : request.phases)
            phase.seconds *= phase.kind == LabStep::Kind::Running ? factor : 1;
    }
}

const ObservedRoute *ObservedProfile::find(const QString &route) const
{
    const auto found =
        std::find_if(routes.begin(), routes.end(), [&route](const ObservedRoute &observed) { return observed.route == route; });
    return found == routes.end() ? nullptr : &*found;
}

QJsonObject ObservedProfile::toJson() const
{
    ObservedProfile copy = *this;
    return JsonWriter::objectOf(copy);
}

QString ObservedProfile::write(const QString &file) const
{
    const QString error = writeWholeFile(file, QJsonDocument(toJson()).toJson(QJsonDocument::Compact) + '\n');
    return error.isNull() ? QString() : tr("the profile '%1' cannot be written: %2.").arg(file, error);
}

std::optional<ObservedProfile> ObservedProfile::read(const QString &file, QString *problem)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        *problem = tr("the profile '%1' cannot be read: %2.").arg(file, source.errorString());
        return std::nullopt;
    }
    const QJsonDocument document = QJsonDocument::fromJson(source.readAll());
    ObservedProfile profile;
    QString sentence = document.isObject() ? QString() : tr("it has to be a JSON object.");
    if (sentence.isEmpty())
        JsonReader::read(document.object(), QString(), &sentence, profile);
    for (ObservedRoute &route : profile.routes) {
        if (route.death.isEmpty())
            route.death = QString(); // null, as it was
        if (sentence.isEmpty() && route.requests.empty() && route.death.isEmpty())
            sentence = tr("'%1' has no requests.").arg(route.route);
    }
    if (sentence.isEmpty())
        return profile;
    *problem = tr("the profile '%1': %2").arg(file, sentence);
    return std::nullopt;
}

QString ObservedProfile::problemWith(const Scenario &scenario) const
{
    for (const ScenarioRoute &route : scenario.load.routes) {
        const QString name = routeName(route);
        if (route.weight > 0 && !find(name))
            return tr("the profile of '%1' has no route '%2': make it anew with 'loopscope lab profile'.").arg(script, name);
    }
    return {};
}

QString routeName(const ScenarioRoute &route) { return route.method + u' ' + route.path; }

} // namespace loopscope
