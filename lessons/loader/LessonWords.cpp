// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonWords.h"

#include "servers/lab/ServerModel.h"

#include <algorithm>
#include <array>
#include <utility>

namespace loopscope::lessonwords {

namespace {

constexpr std::pair<const char *, TaskKind> kindWords[] = {{"script", TaskKind::Script}, {"module", TaskKind::ModuleEvaluation},
    {"timeout", TaskKind::Timeout}, {"interval", TaskKind::Interval}, {"immediate", TaskKind::Immediate}, {"tick", TaskKind::Tick},
    {"microtask", TaskKind::Microtask}, {"reaction", TaskKind::PromiseReaction}, {"await", TaskKind::AwaitContinuation},
    {"adopt", TaskKind::ThenableJob}, {"io", TaskKind::IoCallback}, {"close", TaskKind::CloseCallback},
    {"process", TaskKind::ProcessEvent}};
constexpr std::pair<const char *, Phase> phaseWords[] = {{"timers", Phase::Timers}, {"pending", Phase::PendingCallbacks},
    {"poll", Phase::Poll}, {"check", Phase::Check}, {"closing", Phase::ClosingCallbacks}};
constexpr std::pair<const char *, LoopQueue> queueWords[] = {{"timers", LoopQueue::Timers}, {"immediates", LoopQueue::Check},
    {"ticks", LoopQueue::NextTick}, {"microtasks", LoopQueue::Microtasks}, {"poll", LoopQueue::Poll}, {"closing", LoopQueue::Closing}};

template<typename Kind, std::size_t Count>
QStringList wordsOf(const std::pair<const char *, Kind> (&words)[Count])
{
    QStringList list;
    for (const auto &word : words)
        list.append(QLatin1String(word.first));
    return list;
}

template<typename Kind, std::size_t Count>
std::optional<Kind> kindOf(const std::pair<const char *, Kind> (&words)[Count], const QString &word)
{
    const auto found =
        std::find_if(std::begin(words), std::end(words), [&](const auto &entry) { return word == QLatin1String(entry.first); });
    return found == std::end(words) ? std::nullopt : std::optional(found->second);
}

template<typename Kind, std::size_t Count>
QString wordFor(const std::pair<const char *, Kind> (&words)[Count], Kind kind)
{
    const auto found = std::find_if(std::begin(words), std::end(words), [&](const auto &entry) { return kind == entry.second; });
    return found == std::end(words) ? QString() : QString(QLatin1String(found->first));
}

} // namespace

const QStringList &taskKinds()
{
    static const QStringList words = wordsOf(kindWords);
    return words;
}

QString wordOf(TaskKind kind)
{
    // Node itself tells the two apart by the error that led to the callback only.
    return wordFor(kindWords, kind == TaskKind::PendingCallback ? TaskKind::IoCallback : kind);
}

const QStringList &phases()
{
    static const QStringList words = wordsOf(phaseWords);
    return words;
}

std::optional<Phase> phaseOf(const QString &word) { return kindOf(phaseWords, word); }

QString wordOf(Phase phase)
{
    const QString word = wordFor(phaseWords, phase);
    return word.isNull() ? QStringLiteral("none") : word;
}

const QStringList &queues()
{
    static const QStringList words = wordsOf(queueWords) + QStringList{QStringLiteral("stack")};
    return words;
}

std::optional<LoopQueue> queueOf(const QString &word) { return kindOf(queueWords, word); }

const QStringList &rules()
{
    static const QStringList words = {QStringLiteral("script-first"), QStringLiteral("ticks-first"), QStringLiteral("microtasks-first"),
        QStringLiteral("timer-due"), QStringLiteral("poll-finished-io"), QStringLiteral("check-after-poll"),
        QStringLiteral("closing-last")};
    return words;
}

const QStringList &endings()
{
    static const QStringList words = {
        QStringLiteral("finished"), QStringLiteral("exited"), QStringLiteral("uncaught"), QStringLiteral("limit")};
    return words;
}

const QStringList &findings()
{
    static const QStringList words = {QStringLiteral("cpu-bound"), QStringLiteral("starved-by-microtasks"),
        QStringLiteral("starved-by-ticks"), QStringLiteral("pool-saturated"), QStringLiteral("serial-awaits"),
        QStringLiteral("timer-storm"), QStringLiteral("unhandled-rejections"), QStringLiteral("uncaught-errors"),
        QStringLiteral("promise-leak"), QStringLiteral("timer-leak"), QStringLiteral("chatty-io")};
    return words;
}

const QStringList &views()
{
    static const QStringList words = {QStringLiteral("loop"), QStringLiteral("source"), QStringLiteral("console"), QStringLiteral("why"),
        QStringLiteral("promises"), QStringLiteral("timeline"), QStringLiteral("events")};
    return words;
}

const QStringList &viewsAlone()
{
    static const QStringList words = {QStringLiteral("servers"), QStringLiteral("profile")};
    return words;
}

const QStringList &places()
{
    static const QStringList words = phases()
        + QStringList{QStringLiteral("stack"), QStringLiteral("ticks"), QStringLiteral("microtasks"), QStringLiteral("pool")} + views()
        + viewsAlone();
    return words;
}

const QStringList &events()
{
    static const QStringList words = {QStringLiteral("created"), QStringLiteral("ready"), QStringLiteral("begun"), QStringLiteral("ended"),
        QStringLiteral("cancelled"), QStringLiteral("printed"), QStringLiteral("settled"), QStringLiteral("suspended"),
        QStringLiteral("resumed"), QStringLiteral("submitted"), QStringLiteral("started"), QStringLiteral("completed"),
        QStringLiteral("entered"), QStringLiteral("waits"), QStringLiteral("iteration"), QStringLiteral("run-ended")};
    return words;
}

const QStringList &models()
{
    static const QStringList words = [] {
        QStringList keys;
        for (const ServerModel model : serverModels)
            keys.append(keyOf(model));
        return keys;
    }();
    return words;
}

} // namespace loopscope::lessonwords
