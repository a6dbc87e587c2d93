// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RequestProfile.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

qint64 nanoseconds(double seconds) { return std::llround(seconds * 1e9); }

/// Shorter computations are not worth being handed to a worker.
constexpr qint64 leastOffload = 1'000'000;

/// The stage that takes longest among those that compute, or that wait; null if there is none.
ProfileStage *longestOf(std::vector<ProfileStage> &stages, ProfileStage::Kind kind)
{
    ProfileStage *longest = nullptr;
    for (ProfileStage &stage : stages) {
        if (stage.kind == kind && (!longest || stage.time > longest->time))
            longest = &stage;
    }
    return longest;
}

bool namesOffload(const ObservedProfile &observed, const QStringList &offload)
{
    for (const ObservedRoute &route : observed.routes) {
        for (const ObservedRequest &request : route.requests) {
            for (const ObservedPhase &phase : request.phases) {
                if (phase.kind == LabStep::Kind::Running && offload.contains(phase.what))
                    return true;
            }
        }
    }
    return false;
}

/// Less than that on other threads is handing over, and no work of theirs.
constexpr qint64 leastPoolTime = 20'000;

/// What is computed on other threads while the request waits is a part of its longest wait.
void setPoolTime(std::vector<ProfileStage> &stages, qint64 time)
{
    ProfileStage *longest = longestOf(stages, ProfileStage::Kind::Wait);
    if (time < leastPoolTime || !longest)
        return;
    const ProfileStage pool{ProfileStage::Kind::Pool, std::min(time, longest->time), longest->name};
    longest->time -= pool.time;
    stages.insert(stages.begin() + (longest - stages.data()), pool);
}

} // namespace

RequestProfile RequestProfile::of(const ObservedProfile &observed, const QStringList &offload)
{
    RequestProfile profile;
    profile.m_assumesOffload = !offload.isEmpty() && !namesOffload(observed, offload);
    for (const ObservedRoute &route : observed.routes) {
        const auto seen = static_cast<double>(route.requests.size());
        Route laid;
        laid.name = route.route;
        laid.network = nanoseconds(route.networkSeconds);
        laid.after = nanoseconds(route.afterSeconds);
        laid.failing = route.failures > 0 ? static_cast<double>(route.failures) / (static_cast<double>(route.failures) + seen) : 0;
        laid.death = route.death;
        laid.bytes = std::llround(route.answerBytes);
        profile.addRoute(laid);
        for (const ObservedRequest &request : route.requests) {
            std::vector<ProfileStage> stages;
            for (const ObservedPhase &phase : request.phases) {
                const bool isWait = phase.kind == LabStep::Kind::Waiting;
                const bool isOffloaded = !isWait && offload.contains(phase.what);
                const auto kind = isWait ? ProfileStage::Kind::Wait : isOffloaded ? ProfileStage::Kind::Offload : ProfileStage::Kind::Cpu;
                stages.push_back({kind, nanoseconds(phase.seconds), profile.nameIndex(phase.what)});
            }
            // What the kernel and the parser do for a request comes first, on whoever has it.
            if (stages.empty() || stages.front().kind != ProfileStage::Kind::Cpu)
                stages.insert(stages.begin(), ProfileStage{});
            stages.front().time = std::max<qint64>(1, stages.front().time + nanoseconds(route.outsideSeconds - route.afterSeconds));
            ProfileStage *longest = longestOf(stages, ProfileStage::Kind::Cpu);
            if (profile.m_assumesOffload && longest->time >= leastOffload)
                longest->kind = ProfileStage::Kind::Offload;
            setPoolTime(stages, nanoseconds(route.elsewhereSeconds));
            if (ProfileStage *waits = longestOf(stages, ProfileStage::Kind::Wait); waits && route.tickSeconds > 0)
                *waits = {ProfileStage::Kind::Tick, nanoseconds(route.tickSeconds), waits->name};
            profile.addSample(stages);
        }
        if (route.requests.empty()) // whoever serves it dies at once
            profile.addSample({{ProfileStage::Kind::Cpu, std::max<qint64>(1, nanoseconds(route.outsideSeconds)), 0}});
    }
    return profile;
}

void RequestProfile::addRoute(const Route &route)
{
    m_routes.push_back(route);
    m_routes.back().firstSample = static_cast<quint32>(m_samples.size());
    m_routes.back().samples = 0;
}

void RequestProfile::addSample(const std::vector<ProfileStage> &stages)
{
    m_samples.push_back({static_cast<quint32>(m_stages.size()), static_cast<quint32>(stages.size())});
    m_stages.insert(m_stages.end(), stages.begin(), stages.end());
    ++m_routes.back().samples;
}

quint32 RequestProfile::nameIndex(const QString &name)
{
    if (const qsizetype found = m_names.indexOf(name); found >= 0)
        return static_cast<quint32>(found);
    // Names are for people, who follow a few requests: those of a handful of functions and files.
    constexpr qsizetype most = 1000;
    if (m_names.size() >= most)
        return 0;
    m_names.append(name);
    return static_cast<quint32>(m_names.size() - 1);
}

int RequestProfile::routeNamed(const QString &name) const
{
    const auto found = std::find_if(m_routes.begin(), m_routes.end(), [&name](const Route &route) { return route.name == name; });
    return found == m_routes.end() ? -1 : static_cast<int>(found - m_routes.begin());
}

double RequestProfile::meanSeconds(const Route &route, ProfileStage::Kind kind) const
{
    double sum = 0;
    for (quint32 i = route.firstSample; i < route.firstSample + route.samples; ++i) {
        for (quint32 k = m_samples[i].firstStage; k < m_samples[i].firstStage + m_samples[i].stages; ++k)
            sum += m_stages[k].kind == kind ? static_cast<double>(m_stages[k].time) / 1e9 : 0;
    }
    return route.samples > 0 ? sum / route.samples : 0;
}

} // namespace loopscope
