// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/LabJson.h"

#include "servers/lab/LabFields.h"

#include <QJsonDocument>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

using Knob = LabControls::Knob;

/// In the order of LabMessage.
constexpr std::array<const char *, std::variant_size_v<LabMessage>> types = {
    "start", "sample", "lanes", "request", "result", "problem", "verdict", "end"};

/// What a knob may be set to: the ranges of what it stands for in a scenario.
JsonRange rangeOf(Knob knob)
{
    switch (knob) {
    case Knob::Rate:
        return {0.001, 1e7};
    case Knob::Clients:
    case Knob::Threads:
        return {1, 1e7};
    case Knob::IoMilliseconds:
    case Knob::CpuMilliseconds:
        return {0, 60000};
    case Knob::Cores:
        return {1, 1024};
    case Knob::KeepAliveSeconds:
    case Knob::Pace:
        return {0, 1e6};
    case Knob::Follow:
    case Knob::Count:
        break;
    }
    return {0, 1e15};
}

constexpr double mostRecordedEvents = 1e9;

std::optional<QJsonObject> objectOf(const QByteArray &line, QString *problem)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(line, &error);
    if (document.isObject())
        return document.object();
    *problem = error.error == QJsonParseError::NoError
        ? QCoreApplication::translate("loopscope::LabJson", "a line has to be a JSON object.")
        : QCoreApplication::translate("loopscope::LabJson", "a line is no JSON: %1.").arg(error.errorString());
    return std::nullopt;
}

template<std::size_t Index = 0>
std::optional<LabMessage> messageOf(const QString &type, const QJsonObject &object, QString *problem)
{
    if constexpr (Index < types.size()) {
        if (type != QLatin1String(types[Index]))
            return messageOf<Index + 1>(type, object, problem);
        std::variant_alternative_t<Index, LabMessage> part;
        if (!JsonReader::read(object, QString(), problem, part))
            return std::nullopt;
        return part;
    } else {
        *problem = QCoreApplication::translate("loopscope::LabJson", "there are no lines of the type '%1'.").arg(type.left(60));
        return std::nullopt;
    }
}

QByteArray lineOf(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n'; }

} // namespace

template<typename Fields>
void describe(Fields &fields, LabStart &start)
{
    fields.whole("format", start.format, {1, 1});
    fields.text("version", start.version);
    fields.text("machine", start.machine);
    fields.part("scenario", start.scenario);
    fields.parts("runs", start.runs);
    fields.text("recordingFile", start.recording.file);
    fields.whole("recordingMostEvents", start.recording.mostEvents, {0, mostRecordedEvents});
}

template<typename Fields>
void describe(Fields &fields, LabEnd &end)
{
    fields.flag("wasStopped", end.wasStopped);
    fields.number("wallSeconds", end.wallSeconds);
}

/// Knobs as members of an object; those that are there become settings.
struct KnobSettings
{
    bool isBefore = false; ///< a run, whose scenario they change
    std::vector<LabCommand::Setting> settings;
};

static void readKnob(JsonReader &fields, Knob knob, std::vector<LabCommand::Setting> *settings)
{
    const QByteArray key = LabControls::keyOf(knob).toLatin1();
    constexpr qint64 unset = -1; // no knob can be
    qint64 count = unset;
    double value = unset;
    if (LabControls::isWhole(knob)) {
        fields.whole(key.constData(), count, rangeOf(knob));
        value = static_cast<double>(count);
    } else {
        fields.number(key.constData(), value, rangeOf(knob));
    }
    if (value != unset)
        settings->push_back({knob, value});
}

static void describe(JsonReader &fields, KnobSettings &knobs)
{
    for (int knob = 0; knob < static_cast<int>(Knob::Count); ++knob) {
        const bool isKnown = static_cast<Knob>(knob) != Knob::KeepAliveSeconds || knobs.isBefore;
        if (static_cast<Knob>(knob) != Knob::Follow && isKnown)
            readKnob(fields, static_cast<Knob>(knob), &knobs.settings);
    }
}

static void describe(JsonReader &fields, LabCommand &command)
{
    constexpr qsizetype none = -1;
    qsizetype model = none;
    KnobSettings knobs;
    fields.part("set", knobs);
    command.settings = knobs.settings;
    readKnob(fields, Knob::Follow, &command.settings);
    fields.choice("model", model, serverModelKeys());
    if (model != none)
        command.model = static_cast<ServerModel>(model);
    fields.flag("stop", command.stop);
}

bool LabCommand::Setting::applyTo(Scenario &scenario) const
{
    ScenarioMachine &machine = scenario.machine;
    const auto count = static_cast<int>(std::clamp(value, -1.0, 2e9)); // saved values may be anything
    switch (knob) {
    case Knob::Rate:
        scenario.load.rate = value;
        return true;
    case Knob::Clients:
        scenario.load.clients = count;
        return true;
    case Knob::IoMilliseconds:
        scenario.extra.ioMilliseconds = value;
        return true;
    case Knob::CpuMilliseconds:
        scenario.extra.cpuMilliseconds = value;
        return true;
    case Knob::Threads:
        for (const ServerModel model : scenario.models) {
            if (int *threads = machine.threadsOf(model))
                *threads = count;
        }
        return true;
    case Knob::Cores:
        machine.cores = count;
        return true;
    case Knob::KeepAliveSeconds:
        machine.keepAliveSeconds = value;
        return true;
    case Knob::Pace:
    case Knob::Follow:
    case Knob::Count:
        break;
    }
    return false;
}

void LabCommand::apply(LabControls &controls, ServerModel ofRun) const
{
    if (model && *model != ofRun)
        return;
    for (const Setting &setting : settings)
        controls.set(setting.knob, setting.value);
    if (stop)
        controls.stop();
}

QByteArray LabJson::line(const LabMessage &message)
{
    QJsonObject object = std::visit([](auto part) { return JsonWriter::objectOf(part); }, message);
    object.insert(QLatin1String("type"), QLatin1String(types[message.index()]));
    return lineOf(object);
}

std::optional<LabMessage> LabJson::message(const QByteArray &line, QString *problem)
{
    problem->clear();
    std::optional<QJsonObject> object = objectOf(line, problem);
    if (!object)
        return std::nullopt;
    return messageOf(object->take(QLatin1String("type")).toString(), *object, problem);
}

QByteArray LabJson::line(const LabCommand &command)
{
    QJsonObject object;
    QJsonObject knobs;
    for (const LabCommand::Setting &setting : command.settings) {
        if (setting.knob == Knob::Follow)
            object.insert(QLatin1String("follow"), setting.value);
        else
            knobs.insert(LabControls::keyOf(setting.knob), setting.value);
    }
    if (!knobs.isEmpty())
        object.insert(QLatin1String("set"), knobs);
    if (command.model)
        object.insert(QLatin1String("model"), keyOf(*command.model));
    if (command.stop)
        object.insert(QLatin1String("stop"), true);
    return lineOf(object);
}

std::optional<LabCommand> LabJson::command(const QByteArray &line, QString *problem)
{
    problem->clear();
    const std::optional<QJsonObject> object = objectOf(line, problem);
    if (!object)
        return std::nullopt;
    LabCommand command;
    if (!JsonReader::read(*object, QString(), problem, command))
        return std::nullopt;
    return command;
}

std::optional<LabCommand::Setting> LabJson::setting(const QString &text, QString *problem)
{
    problem->clear();
    const QString key = text.section(QLatin1Char('='), 0, 0);
    const QString value = text.section(QLatin1Char('='), 1);
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    KnobSettings knobs;
    knobs.isBefore = true;
    const QJsonObject object = {{key, isNumber && std::isfinite(number) ? QJsonValue(number) : QJsonValue(value)}};
    if (!JsonReader::read(object, QString(), problem, knobs))
        return std::nullopt;
    return knobs.settings.front();
}

} // namespace loopscope
