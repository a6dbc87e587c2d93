// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/profile/ObservedProfile.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace loopscope {

/// A part of what a request asks of a server.
struct ProfileStage
{
    enum class Kind : quint8 {
        Cpu, ///< computes, where the request is
        Wait, ///< waits for I/O or a timer
        Offload, ///< computes; where there are workers, on one of them
        Tick, ///< waits for the next of the moments, `time` apart, at which all who wait go on together
        Pool, ///< computes in the loop's thread pool (compression, cryptography); a thread that has the request does it itself
    };
    Kind kind = Kind::Cpu;
    qint64 time = 0; ///< ns
    quint32 name = 0; ///< index into RequestProfile::names
};

/// What requests ask for, laid out for millions of them: each route has whole requests as they were seen, one of which is drawn for each
/// request. So a long wait keeps the long computation that goes with it.
class RequestProfile
{
public:
    struct Route
    {
        QString name; ///< "GET /users"
        quint32 firstSample = 0; ///< of those in `samples`
        quint32 samples = 0; ///< 0: nothing was seen
        qint64 network = 0; ///< ns on the way there and back
        double failing = 0; ///< share that gets no good answer
        QString death; ///< what ends whoever serves such a request; null if nothing does
        qint64 after = 0; ///< ns of computing that is left when the answer is on its way
        qint64 bytes = 0; ///< of an answer
    };
    struct Sample
    {
        quint32 firstStage = 0;
        quint32 stages = 0;
    };

    /// `offload`: names of functions that workers run. Where the profile does not tell their computing apart, a request's longest
    /// computation counts as theirs, if it takes a millisecond or more (assumesOffload).
    static RequestProfile of(const ObservedProfile &observed, const QStringList &offload);
    bool assumesOffload() const { return m_assumesOffload; }

    /// Begins a route; samples that are added belong to it.
    void addRoute(const Route &route);
    void addSample(const std::vector<ProfileStage> &stages);
    quint32 nameIndex(const QString &name);
    /// -1 if there is none.
    int routeNamed(const QString &name) const;

    const std::vector<Route> &routes() const { return m_routes; }
    const Sample &sample(quint32 index) const { return m_samples[index]; }
    const ProfileStage &stage(quint32 index) const { return m_stages[index]; }
    const QString &name(quint32 index) const { return m_names[static_cast<qsizetype>(index)]; }
    /// Mean seconds of computing or waiting of a route's requests.
    double meanSeconds(const Route &route, ProfileStage::Kind kind) const;

private:
    std::vector<Route> m_routes;
    std::vector<Sample> m_samples;
    std::vector<ProfileStage> m_stages;
    QStringList m_names = {QString()};
    bool m_assumesOffload = false;
};

} // namespace loopscope
