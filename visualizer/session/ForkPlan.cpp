// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/ForkPlan.h"

#include "analysis/SiteMatch.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "state/EventText.h"
#include "state/LoopState.h"
#include "state/RecordingIndex.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <map>

namespace loopscope {

namespace {

constexpr double kMillisecond = 1e6; ///< ns
constexpr quint64 kRoomBehind = 1'000'000; ///< events that a fork of a recording longer than a run may be, may have more
constexpr quint64 kNearby = 8; ///< a timer is armed within so many events of its creation

/// "20", "1.25": to the microsecond.
QString inMilliseconds(double milliseconds) { return QString::number(std::round(milliseconds * 1000) / 1000, 'g', 12); }

} // namespace

struct ForkPlanner::Changes
{
    std::map<SubjectId, double> delays; ///< ms
    std::map<SubjectId, double> latencies; ///< ms
    QString first;
};

ForkPlanner::ForkPlanner(const RecordingReader &reader, const RecordingIndex &index, const EventText &text)
    : m_reader(reader)
    , m_index(index)
    , m_text(text)
{
}

quint64 ForkPlanner::seed() const { return m_reader.metadata().value(QStringLiteral("seed")).toString().toULongLong(); }

bool ForkPlanner::isOfServer() const { return m_reader.metadata().contains(QStringLiteral("serverModel")); }

bool ForkPlanner::isRepeatable() const { return m_reader.metadata().value(QStringLiteral("clock")).toString() != QLatin1String("wall"); }

ForkPlanner::Changes ForkPlanner::recordedChanges() const
{
    const QJsonObject recorded = m_reader.metadata().value(QStringLiteral("changes")).toObject();
    Changes changes;
    const QJsonObject delays = recorded.value(QStringLiteral("delays")).toObject();
    for (auto delay = delays.constBegin(); delay != delays.constEnd(); ++delay)
        changes.delays[delay.key().toUInt()] = delay.value().toDouble();
    const QJsonObject latencies = recorded.value(QStringLiteral("latencies")).toObject();
    for (auto latency = latencies.constBegin(); latency != latencies.constEnd(); ++latency)
        changes.latencies[latency.key().toUInt()] = latency.value().toDouble() / kMillisecond;
    changes.first = recorded.value(QStringLiteral("first")).toString();
    return changes;
}

ForkPlan ForkPlanner::planWith(const Changes &changes, quint64 seed, const QString &what, quint64 cursor) const
{
    const QJsonObject metadata = m_reader.metadata();
    ForkPlan plan;
    plan.until = cursor;
    plan.title = what;
    const QJsonArray arguments = metadata.value(QStringLiteral("arguments")).toArray();
    for (const QJsonValue &argument : arguments)
        plan.arguments.append(argument.toString());
    plan.options << QStringLiteral("--seed") << QString::number(seed) << QStringLiteral("--title") << plan.title;
    if (metadata.value(QStringLiteral("io")).toString() == QLatin1String("real"))
        plan.options << QStringLiteral("--io") << QStringLiteral("real");
    else if (!isRepeatable())
        plan.options << QStringLiteral("--clock") << QStringLiteral("wall");
    // The moment is a number of events: as many as the recording has are to be recorded again, and the same ones.
    plan.options << QStringLiteral("--detail") << metadata.value(QStringLiteral("detail")).toString(QStringLiteral("statements"));
    if (const QJsonValue cap = metadata.value(QStringLiteral("callbackCap")); cap.isDouble())
        plan.options << QStringLiteral("--callback-cap") << QString::number(cap.toInteger());
    if (metadata.value(QStringLiteral("module")).toBool())
        plan.options << QStringLiteral("--module");
    const QJsonArray permissions = metadata.value(QStringLiteral("permissions")).toArray();
    for (const QJsonValue &permission : permissions)
        plan.options.append(permission.toString());
    if (const QJsonObject profile = metadata.value(QStringLiteral("latencyProfile")).toObject(); !profile.isEmpty())
        plan.options << QStringLiteral("--latency-profile")
                     << QString::fromUtf8(
                            QJsonDocument(profile.value(QStringLiteral("content")).toObject()).toJson(QJsonDocument::Compact));
    const QJsonArray beside = metadata.value(QStringLiteral("beside")).toArray();
    for (const QJsonValue &script : beside)
        plan.options << QStringLiteral("--beside") << script.toString();
    if (m_reader.eventCount() >= RunSession::mostEvents)
        plan.options << QStringLiteral("--max-events") << QString::number(m_reader.eventCount() + kRoomBehind);
    for (const auto &[timer, milliseconds] : changes.delays)
        plan.options << QStringLiteral("--set-delay") << QStringLiteral("%1=%2").arg(timer).arg(milliseconds, 0, 'g', 12);
    for (const auto &[request, milliseconds] : changes.latencies)
        plan.options << QStringLiteral("--set-latency") << QStringLiteral("%1=%2").arg(request).arg(milliseconds, 0, 'g', 12);
    if (!changes.first.isEmpty())
        plan.options << QStringLiteral("--set-first") << changes.first;
    return plan;
}

ForkPlan ForkPlanner::again(quint64 cursor, const QByteArray &script) const
{
    QString title = tr("Fork at event %L1").arg(cursor);
    if (const auto &sources = m_reader.sources(); !sources.empty() && sources.front()->text != script) {
        const std::vector<int> edited = editedLines(script, sources.front()->text);
        title = edited.empty()   ? tr("Fork: lines removed")
            : edited.size() == 1 ? tr("Fork: line %L1 changed").arg(edited.front() + 1)
                                 : tr("Fork: %L1 lines changed, from line %L2").arg(edited.size()).arg(edited.front() + 1);
    }
    return planWith(recordedChanges(), seed(), title, cursor);
}

ForkPlan ForkPlanner::withSeed(quint64 other, quint64 cursor) const
{
    return planWith(recordedChanges(), other, tr("Fork with seed %1 instead of %2").arg(other).arg(seed()), cursor);
}

std::optional<RecordedDelay> ForkPlanner::delayOf(SubjectId item) const
{
    const SubjectHistory history = m_index.history(item);
    if (item == 0 || !history.created)
        return std::nullopt;
    const Event created = m_reader.event(*history.created);
    if (created.kind == EventKind::IoSubmitted) {
        RecordedDelay latency{item, true, m_text.subjectName(item), std::nullopt};
        if (history.begun && history.ended)
            latency.milliseconds =
                static_cast<double>(m_reader.event(*history.ended).time - m_reader.event(*history.begun).time) / kMillisecond;
        return latency;
    }
    if (created.kind != EventKind::TaskCreated)
        return std::nullopt;
    const auto kind = static_cast<TaskKind>(created.detail);
    if (kind == TaskKind::IoCallback)
        return delayOf(created.cause);
    if (kind != TaskKind::Timeout && kind != TaskKind::Interval)
        return std::nullopt;
    const quint64 end = std::min(m_reader.eventCount(), *history.created + kNearby);
    for (quint64 index = *history.created; index < end; ++index) {
        const Event event = m_reader.event(index);
        if (event.kind != EventKind::TimerArmed || event.subject != item)
            continue;
        // The loop counts whole ms: a timer is due its delay after the ms in which it was set.
        const auto set = static_cast<qint64>(event.time / static_cast<quint64>(kMillisecond));
        return RecordedDelay{
            item, false, m_text.subjectName(item), static_cast<double>(event.value / static_cast<qint64>(kMillisecond) - set)};
    }
    return std::nullopt;
}

ForkPlan ForkPlanner::withDelay(const RecordedDelay &delay, double milliseconds, quint64 cursor) const
{
    Changes changes = recordedChanges();
    (delay.isRequest ? changes.latencies : changes.delays)[delay.subject] = milliseconds;
    const QString before = delay.milliseconds ? tr(" instead of %1 ms").arg(inMilliseconds(*delay.milliseconds)) : QString();
    const QString what = delay.isRequest ? tr("Fork: `%1` takes %2 ms%3") : tr("Fork: `%1` after %2 ms%3");
    return planWith(changes, seed(), what.arg(delay.name, inMilliseconds(milliseconds), before), cursor);
}

std::optional<ForkPlan> ForkPlanner::withOtherOrder(const LoopState &state) const
{
    if (state.cursor == 0 || state.cursor > m_reader.eventCount())
        return std::nullopt;
    const Event choice = m_reader.event(state.cursor - 1);
    if (choice.kind != EventKind::FreeChoice)
        return std::nullopt;
    Changes changes = recordedChanges();
    if (choice.detail == static_cast<quint8>(ChoiceKind::TimeoutBeforeImmediate)) {
        const bool tookTimeout = choice.value == 1;
        changes.first = tookTimeout ? QStringLiteral("immediate") : QStringLiteral("timeout");
        return planWith(
            changes, seed(), tookTimeout ? tr("Fork: immediate before timeout") : tr("Fork: timeout before immediate"), state.cursor);
    }
    // Another request is on a thread as well: it is made quick enough to come first.
    for (const SubjectId other : state.poolThreads) {
        const SubjectHistory history = m_index.history(other);
        if (other == 0 || other == choice.subject || !history.begun)
            continue;
        const quint64 started = m_reader.event(*history.begun).time;
        changes.latencies[other] = static_cast<double>(choice.time - started) / 2 / kMillisecond;
        return planWith(
            changes, seed(), tr("Fork: `%1` before `%2`").arg(m_text.subjectName(other), m_text.subjectName(choice.subject)), state.cursor);
    }
    return std::nullopt;
}

} // namespace loopscope
