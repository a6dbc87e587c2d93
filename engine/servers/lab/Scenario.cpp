// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/Scenario.h"

#include "servers/lab/LabFields.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>

namespace loopscope {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("loopscope::Scenario", text); }

QString resolved(const QString &folder, const QString &path)
{
    return path.isEmpty() ? path : QDir::cleanPath(QDir(QDir(folder).absolutePath()).absoluteFilePath(path));
}

QString fileProblem(const char *member, const QString &path)
{
    const QFileInfo info(path);
    const char *text = !info.exists() ? QT_TRANSLATE_NOOP("loopscope::Scenario", "'%1': there is no file '%2'.")
        : !info.isFile()              ? QT_TRANSLATE_NOOP("loopscope::Scenario", "'%1': '%2' is not a file.")
        : !info.isReadable()          ? QT_TRANSLATE_NOOP("loopscope::Scenario", "'%1': the file '%2' may not be read.")
                                      : nullptr;
    return text ? translated(text).arg(QLatin1String(member), path) : QString();
}

QString routeProblem(const ScenarioRoute &route, std::size_t index)
{
    const auto complain = [index](const char *member, const char *expected, const QString &value) {
        return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'load.routes[%1].%2' has to be %3, not '%4'."))
            .arg(QString::number(index), QLatin1String(member), translated(expected), value.left(60));
    };
    static const QRegularExpression token(QRegularExpression::anchoredPattern(QStringLiteral("[!#$%&'*+.^_`|~0-9A-Za-z-]+")));
    static const QRegularExpression target(QRegularExpression::anchoredPattern(QStringLiteral("/[!-~]*")));
    static const QRegularExpression header(
        QRegularExpression::anchoredPattern(QStringLiteral("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \\t]*[\\t -~]*")));
    if (!token.match(route.method).hasMatch())
        return complain("method", QT_TRANSLATE_NOOP("loopscope::Scenario", "a method such as GET"), route.method);
    if (!target.match(route.path).hasMatch())
        return complain("path",
            QT_TRANSLATE_NOOP("loopscope::Scenario", "a path that begins with '/' and has no spaces (escape others than ASCII)"),
            route.path);
    for (const QString &line : route.headers) {
        if (!header.match(line).hasMatch())
            return complain("headers", QT_TRANSLATE_NOOP("loopscope::Scenario", "lines 'Name: value' of ASCII"), line);
    }
    return {};
}

/// What is wrong with values that are right one by one; null if nothing is.
QString togetherProblem(const Scenario &scenario)
{
    if (scenario.script.isEmpty())
        return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'script' is missing: name the JavaScript file of the server."));
    if (scenario.models.empty())
        return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'models' is empty: name at least one of %1."))
            .arg(serverModelKeys().join(QLatin1String(", ")));
    for (auto model = scenario.models.begin(); model != scenario.models.end(); ++model) {
        if (std::find(scenario.models.begin(), model, *model) != model)
            return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'models' names '%1' twice.")).arg(keyOf(*model));
    }
    static const QRegularExpression identifier(QRegularExpression::anchoredPattern(QStringLiteral("[\\p{L}_$][\\p{L}\\p{N}_$]*")));
    for (const QString &name : scenario.offload) {
        if (!identifier.match(name).hasMatch())
            return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'offload' has to be names of functions of the script, not '%1'."))
                .arg(name.left(60));
    }
    const std::vector<ScenarioRoute> &routes = scenario.load.routes;
    if (routes.empty())
        return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'load.routes' is empty: name at least one."));
    double weight = 0;
    for (std::size_t index = 0; index < routes.size(); ++index) {
        if (const QString problem = routeProblem(routes[index], index); !problem.isEmpty())
            return problem;
        weight += routes[index].weight;
    }
    if (!(weight > 0))
        return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'load.routes': one of them has to have a weight above 0."));
    if (scenario.load.arrivals == ScenarioLoad::Arrivals::Replay && scenario.load.replayFile.isEmpty())
        return translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "'load.replayFile' is missing: 'load.arrivals' is \"replay\"."));
    return {};
}

} // namespace

int *ScenarioMachine::threadsOf(ServerModel model)
{
    switch (model) {
    case ServerModel::Workers:
        return &workers;
    case ServerModel::Cluster:
        return &loops;
    case ServerModel::ThreadPerRequest:
        return &threadLimit;
    case ServerModel::ThreadPool:
        return &poolThreads;
    case ServerModel::Processes:
        return &processes;
    case ServerModel::EventLoop:
    case ServerModel::Node:
        break;
    }
    return nullptr;
}

std::optional<Scenario> Scenario::read(const QString &file, QString *problem)
{
    const auto fail = [&](const QString &sentence) {
        *problem = translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "the scenario '%1': %2")).arg(file, sentence);
        return std::nullopt;
    };
    QFile source(file);
    if (!QFileInfo::exists(file))
        return fail(translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "there is no such file.")));
    if (QFileInfo(file).isDir())
        return fail(translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "it is a folder, not a file.")));
    if (!source.open(QIODevice::ReadOnly))
        return fail(translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "it cannot be read: %1.")).arg(source.errorString()));
    constexpr qint64 most = 4 << 20;
    if (source.size() > most)
        return fail(translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "it has more than 4 MB; that is no scenario.")));
    const QByteArray text = source.readAll();
    if (text.trimmed().isEmpty())
        return fail(translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "it is empty.")));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (!document.isObject()) {
        static const QStringList scripts = {
            QStringLiteral("js"), QStringLiteral("mjs"), QStringLiteral("cjs"), QStringLiteral("ts"), QStringLiteral("mts")};
        if (scripts.contains(QFileInfo(file).suffix()))
            return fail(translated(
                QT_TRANSLATE_NOOP("loopscope::Scenario", "it is a script; a scenario is a JSON file that names one: {\"script\": \"%1\"}."))
                            .arg(QFileInfo(file).fileName()));
        const qsizetype line = text.left(error.offset).count('\n') + 1;
        return fail(error.error == QJsonParseError::NoError
                ? translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "it has to be a JSON object."))
                : translated(QT_TRANSLATE_NOOP("loopscope::Scenario", "it is no JSON, line %1: %2.")).arg(line).arg(error.errorString()));
    }
    QString sentence;
    std::optional<Scenario> scenario = fromJson(document.object(), QFileInfo(file).absolutePath(), &sentence);
    if (scenario)
        sentence = scenario->problem();
    if (!sentence.isEmpty())
        return fail(sentence);
    return scenario;
}

std::optional<Scenario> Scenario::fromJson(const QJsonObject &object, const QString &folder, QString *problem)
{
    Scenario scenario;
    problem->clear();
    if (JsonReader::read(object, QString(), problem, scenario))
        *problem = togetherProblem(scenario);
    if (!problem->isEmpty())
        return std::nullopt;
    // Whoever stays connected sends `rate` messages a second; there is no answer that a client could wait for.
    if (scenario.load.protocol == ScenarioLoad::Protocol::WebSocket && scenario.load.arrivals == ScenarioLoad::Arrivals::Closed)
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
    scenario.script = resolved(folder, scenario.script);
    scenario.latencyProfile = resolved(folder, scenario.latencyProfile);
    scenario.profile = resolved(folder, scenario.profile);
    scenario.load.replayFile = resolved(folder, scenario.load.replayFile);
    return scenario;
}

QJsonObject Scenario::toJson() const
{
    Scenario copy = *this;
    return JsonWriter::objectOf(copy);
}

QString Scenario::problem() const
{
    QString sentence;
    if (!fromJson(toJson(), QString(), &sentence))
        return sentence;
    sentence = fileProblem("script", script);
    if (sentence.isEmpty() && !latencyProfile.isEmpty())
        sentence = fileProblem("latencyProfile", latencyProfile);
    if (sentence.isEmpty() && !profile.isEmpty())
        sentence = fileProblem("profile", profile);
    if (sentence.isEmpty() && load.arrivals == ScenarioLoad::Arrivals::Replay)
        sentence = fileProblem("load.replayFile", load.replayFile);
    return sentence;
}

} // namespace loopscope
