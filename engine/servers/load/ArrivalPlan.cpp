// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ArrivalPlan.h"

#include <QCoreApplication>
#include <QFile>
#include <QHash>

#include <cmath>

namespace loopscope {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ArrivalPlan)
};

constexpr qsizetype mostReplayed = 20'000'000; ///< 320 MB
constexpr double mostSeconds = 1e6;
constexpr quint64 thinkStream = 3; ///< of CounterRandom

bool isWithin(double value, double least, double most) { return value >= least && value <= most; }

} // namespace

ThinkSequence::ThinkSequence(const ArrivalPlan &plan)
    : m_think(plan.think)
    , m_isNone(plan.think.mean() == 0)
    , m_random(plan.seed, thinkStream)
{
}

qint64 ThinkSequence::pause(quint32 client, quint32 turn) const
{
    if (m_isNone)
        return 0;
    RandomStream random(m_random.bits(static_cast<quint64>(client) << 32U | turn));
    return std::llround(std::min(m_think.sample(random), mostSeconds) * 1e9);
}

QString ArrivalPlan::problem() const
{
    switch (kind) {
    case Kind::Closed:
        if (clients < 1 || clients > MostClients)
            return Text::tr("A closed load takes 1 to %1 clients, not %2.").arg(MostClients).arg(clients);
        break;
    case Kind::Ramp:
        if (!isWithin(rateEnd, 0, MostRate))
            return Text::tr("A rate is 0 to %1 requests a second, not %2.").arg(MostRate, 0, 'f', 0).arg(rateEnd);
        if (!isWithin(rampSeconds, 1e-3, mostSeconds))
            return Text::tr("A ramp takes 0.001 to %1 seconds, not %2.").arg(mostSeconds, 0, 'f', 0).arg(rampSeconds);
        [[fallthrough]];
    case Kind::Even:
    case Kind::Poisson:
        if (!isWithin(rate, 0, MostRate))
            return Text::tr("A rate is 0 to %1 requests a second, not %2.").arg(MostRate, 0, 'f', 0).arg(rate);
        break;
    case Kind::Bursts:
        if (burstSize < 1 || burstSize > MostClients)
            return Text::tr("A burst has 1 to %1 requests, not %2.").arg(MostClients).arg(burstSize);
        if (!isWithin(burstSeconds, 1e-6, mostSeconds))
            return Text::tr("Bursts come every 0.000001 to %1 seconds, not every %2.").arg(mostSeconds, 0, 'f', 0).arg(burstSeconds);
        break;
    case Kind::Replay:
        if (!replay || replay->empty())
            return Text::tr("There are no arrivals to replay.");
        break;
    }
    return {};
}

bool ArrivalPlan::readReplay(const QString &path, QString *problem)
{
    const auto fail = [&](const QString &text) {
        *problem = text;
        return false;
    };
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Text::tr("The arrivals in '%1' cannot be read: %2.").arg(path, file.errorString()));
    auto arrivals = std::make_shared<std::vector<ReplayedArrival>>();
    std::vector<QString> targets;
    QHash<QByteArray, qint32> indexOf;
    for (int line = 1; !file.atEnd(); ++line) {
        const QByteArray text = file.readLine(64 * 1024).trimmed();
        if (text.isEmpty() || text.startsWith('#'))
            continue;
        const auto blank = std::find_if(text.begin(), text.end(), [](char c) { return c == ' ' || c == '\t' || c == ','; });
        bool isNumber = false;
        const double seconds = text.left(blank - text.begin()).toDouble(&isNumber);
        if (!isNumber || !isWithin(seconds, 0, mostSeconds))
            return fail(Text::tr("Line %1 of '%2' does not begin with a time in seconds.").arg(line).arg(path));
        ReplayedArrival arrival{std::llround(seconds * 1e9), -1};
        if (!arrivals->empty() && arrival.time < arrivals->back().time)
            return fail(Text::tr("The time in line %1 of '%2' lies before the one above it; sort the file.").arg(line).arg(path));
        if (blank != text.end()) {
            const QByteArray target = text.mid(blank - text.begin() + 1).trimmed();
            auto found = indexOf.find(target);
            if (found == indexOf.end()) {
                found = indexOf.insert(target, static_cast<qint32>(targets.size()));
                targets.push_back(QString::fromUtf8(target));
            }
            arrival.target = *found;
        }
        if (static_cast<qsizetype>(arrivals->size()) >= mostReplayed)
            return fail(Text::tr("'%1' has more than %2 arrivals.").arg(path).arg(mostReplayed));
        arrivals->push_back(arrival);
    }
    if (arrivals->empty())
        return fail(Text::tr("There are no arrivals in '%1': write one time a line, in seconds.").arg(path));
    kind = Kind::Replay;
    replay = std::move(arrivals);
    replayTargets = std::move(targets);
    return true;
}

} // namespace loopscope
