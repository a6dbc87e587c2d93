// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LabMeasures.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace loopscope {

std::optional<LabMeasures> LabMeasures::fromReport(const QByteArray &json, const QStringList &models, QString *problem)
{
    const QJsonObject report = QJsonDocument::fromJson(json).object();
    LabMeasures measures;
    for (const QJsonValue &result : report.value(QLatin1String("results")).toArray())
        measures.m_results.insert(result.toObject().value(QLatin1String("model")).toString(), result);
    for (const QString &model : models) {
        if (measures.m_results.contains(model))
            continue;
        *problem = tr("The server lab has no result under the model '%1'.").arg(model);
        for (const QJsonValue &told : report.value(QLatin1String("problems")).toArray()) {
            if (told.toObject().value(QLatin1String("model")).toString() == model)
                *problem += QLatin1Char(' ') + told.toObject().value(QLatin1String("text")).toString();
        }
        return std::nullopt;
    }
    return measures;
}

MeasureValue LabMeasures::measure(MeasureId id, const QStringList &arguments) const
{
    const QJsonObject result = m_results.value(arguments.value(0)).toObject();
    const auto value = [&](const char *name) {
        return result.value(QLatin1String(name)).toDouble(std::numeric_limits<double>::quiet_NaN());
    };
    const auto latency = [&](const char *name) {
        constexpr double nanosecondsPerSecond = 1e9;
        const QJsonObject latencies = result.value(QLatin1String("latency")).toObject();
        return MeasureValue::duration(
            latencies.value(QLatin1String(name)).toDouble(std::numeric_limits<double>::quiet_NaN()) * nanosecondsPerSecond);
    };
    switch (id) {
    case MeasureId::Throughput:
        return MeasureValue::count(value("throughput"));
    case MeasureId::P50:
        return latency("p50");
    case MeasureId::P99:
        return latency("p99");
    case MeasureId::Answered:
        return MeasureValue::count(value("completed"));
    case MeasureId::Failed: {
        double failed = result.isEmpty() ? std::numeric_limits<double>::quiet_NaN() : 0;
        for (const QJsonValue &count : result.value(QLatin1String("failures")).toObject())
            failed += count.toDouble();
        return MeasureValue::count(failed);
    }
    case MeasureId::Cpu:
        return MeasureValue::count(value("cpuCores"));
    case MeasureId::Memory: {
        constexpr double bytesPerMegabyte = 1e6;
        return MeasureValue::count(value("mostMemoryBytes") / bytesPerMegabyte);
    }
    default: { // of runs
        const MeasureForm &form = MeasureForm::all()[static_cast<qsizetype>(id)];
        return {form.gives, 0, {}};
    }
    }
}

} // namespace loopscope
