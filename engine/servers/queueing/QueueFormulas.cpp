// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "QueueFormulas.h"

#include "LaplaceInversion.h"
#include "TaggedCustomer.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace loopscope {

namespace {

constexpr qint64 kMostStates = 1'000'000;

/// The time that `share` of customers do not exceed, where `tail` is P(X > time) and falls.
double quantileOf(const std::function<double(double)> &tail, double share, double guess)
{
    const double wanted = 1 - share;
    double low = 0;
    double high = guess;
    while (tail(high) > wanted && high < 1e300) {
        low = high;
        high *= 2;
    }
    while (high - low > 1e-10 * high) {
        const double middle = (low + high) / 2;
        (tail(middle) > wanted ? low : high) = middle;
    }
    return (low + high) / 2;
}

/// `quantile`: the sojourn that a share of the customers does not exceed.
void setPercentiles(QueuePrediction &prediction, const std::function<std::optional<double>(double)> &quantile)
{
    prediction.p50 = quantile(0.5);
    prediction.p90 = quantile(0.9);
    prediction.p99 = quantile(0.99);
    prediction.p999 = quantile(0.999);
}

void setPercentilesByTail(QueuePrediction &prediction, const std::function<double(double)> &tail)
{
    setPercentiles(prediction, [&](double share) { return quantileOf(tail, share, prediction.meanSojourn); });
}

/// P(X + Y > time), both exponential, the first with the larger rate or the same.
double tailOfTwo(double fast, double slow, double time)
{
    const double difference = (fast - slow) * time;
    const double spread = difference > 0 ? -std::expm1(-difference) / difference : 1;
    return std::exp(-slow * time) * (1 + slow * time * spread);
}

QString letterOf(const Distribution &distribution)
{
    switch (distribution.kind()) {
    case Distribution::Kind::Exponential:
        return QStringLiteral("M");
    case Distribution::Kind::Deterministic:
        return QStringLiteral("D");
    case Distribution::Kind::Erlang:
        return QStringLiteral("E%1").arg(distribution.stages());
    case Distribution::Kind::HyperExponential:
        return QStringLiteral("H2");
    default:
        return QStringLiteral("G");
    }
}

/// Probabilities of 0, 1, 2... customers in M/M/c or M/M/c/K, up to where nothing is left.
std::vector<double> stationary(double load, int servers, qint64 capacity)
{
    // In logarithms first: the weights of thousands of servers leave the range of a double.
    std::vector<double> weights = {0};
    double largest = 0;
    constexpr double negligible = 40; // exp(-40) of the largest
    for (qint64 n = 1; capacity == 0 || n <= capacity; ++n) {
        weights.push_back(weights.back() + std::log(load / static_cast<double>(std::min<qint64>(n, servers))));
        largest = std::max(largest, weights.back());
        if (n > servers && weights.back() < largest - negligible && load < servers)
            break;
        if (n > kMostStates)
            return {};
    }
    double sum = 0;
    for (double &weight : weights)
        sum += weight = std::exp(weight - largest);
    for (double &weight : weights)
        weight /= sum;
    return weights;
}

} // namespace

QString QueueSetting::name() const
{
    QString name = QStringLiteral("%1/%2/%3").arg(letterOf(arrivals), letterOf(service)).arg(servers);
    if (capacity > 0)
        name += QStringLiteral("/%1").arg(capacity);
    return discipline == QueueDiscipline::ProcessorSharing ? name + QStringLiteral("-PS") : name;
}

double QueueFormulas::erlangB(int servers, double load)
{
    double blocked = 1;
    for (int k = 1; k <= servers; ++k)
        blocked = load * blocked / (k + load * blocked);
    return blocked;
}

double QueueFormulas::erlangC(int servers, double load)
{
    if (load >= servers)
        return 1;
    const double blocked = erlangB(servers, load);
    return blocked / (1 - load / servers * (1 - blocked));
}

double QueueFormulas::pollaczekKhinchine(double rate, const Distribution &service)
{
    const double load = rate * service.mean();
    return load < 1 ? rate * service.secondMoment() / (2 * (1 - load)) : std::numeric_limits<double>::infinity();
}

double QueueFormulas::littleDifference(double meanInSystem, double rate, double meanSojourn)
{
    return meanInSystem > 0 ? std::abs(meanInSystem - rate * meanSojourn) / meanInSystem : 0;
}

double QueueFormulas::amdahl(double processors, double serial) { return 1 / (serial + (1 - serial) / processors); }

std::optional<QueuePrediction> QueueFormulas::predict(const QueueSetting &setting)
{
    if (!isStable(setting) || !std::isfinite(setting.service.mean()) || setting.service.mean() <= 0)
        return std::nullopt;
    if (setting.arrivals.kind() != Distribution::Kind::Exponential)
        return exponentialServer(setting);
    if (setting.capacity == setting.servers)
        return lossSystem(setting);
    const bool isExponential = setting.service.kind() == Distribution::Kind::Exponential;
    if (setting.discipline == QueueDiscipline::ProcessorSharing || (isExponential && setting.capacity > 0))
        return birthAndDeath(setting);
    if (isExponential)
        return erlang(setting);
    if (setting.servers == 1 && setting.capacity == 0 && std::isfinite(setting.service.secondMoment()))
        return singleServer(setting);
    return std::nullopt;
}

QueuePrediction QueueFormulas::erlang(const QueueSetting &setting)
{
    const double rate = 1 / setting.arrivals.mean();
    const double service = 1 / setting.service.mean();
    const double waits = erlangC(setting.servers, setting.offeredLoad());
    // Who waits does so exponentially, with this rate.
    const double drain = setting.servers * service - rate;
    QueuePrediction prediction;
    prediction.formula = setting.servers == 1 ? QStringLiteral("M/M/1") : QStringLiteral("M/M/c (Erlang C)");
    prediction.meanWait = waits / drain;
    prediction.meanSojourn = prediction.meanWait + setting.service.mean();
    prediction.utilisation = setting.load();
    prediction.meanInSystem = rate * prediction.meanSojourn;
    const auto tail = [&](double time) {
        return (1 - waits) * std::exp(-service * time) + waits * tailOfTwo(std::max(drain, service), std::min(drain, service), time);
    };
    setPercentilesByTail(prediction, tail);
    return prediction;
}

QueuePrediction QueueFormulas::singleServer(const QueueSetting &setting)
{
    using Complex = std::complex<double>;
    const double rate = 1 / setting.arrivals.mean();
    const Distribution &service = setting.service;
    QueuePrediction prediction;
    prediction.formula = QStringLiteral("M/G/1 (Pollaczek-Khinchine)");
    prediction.meanWait = pollaczekKhinchine(rate, service);
    prediction.meanSojourn = prediction.meanWait + service.mean();
    prediction.utilisation = setting.load();
    prediction.meanInSystem = rate * prediction.meanSojourn;
    if (!service.transform(1.0))
        return prediction;
    // The transform of the wait (Kleinrock I, 5.105), and of the sojourn: wait and service are independent.
    const auto wait = [&](Complex s) { return (1 - prediction.utilisation) * s / (s - rate + rate * *service.transform(s)); };
    const bool isConstant = service.kind() == Distribution::Kind::Deterministic;
    const auto tail = [&](double time) {
        if (!isConstant)
            return tailOfTransform([&](Complex s) { return wait(s) * *service.transform(s); }, time);
        return time <= service.mean() ? 1.0 : tailOfTransform(wait, time - service.mean());
    };
    setPercentilesByTail(prediction, tail);
    return prediction;
}

/// G/M/1, first come first served: who comes finds n others with probability (1 - sigma) sigma^n, where sigma is the root below 1 of
/// sigma = A(mu (1 - sigma)) and A the transform of the time between arrivals (Kleinrock I, 6.4). The sojourn is exponential.
std::optional<QueuePrediction> QueueFormulas::exponentialServer(const QueueSetting &setting)
{
    if (setting.servers != 1 || setting.capacity > 0 || setting.discipline != QueueDiscipline::Fifo
        || setting.service.kind() != Distribution::Kind::Exponential || !setting.arrivals.realTransform(1.0))
        return std::nullopt;
    const double service = 1 / setting.service.mean();
    // A(mu (1 - sigma)) - sigma is positive at 0, falls through the root that is wanted, and is 0 again at 1.
    double low = 0;
    double high = 1;
    for (int halvings = 0; halvings < 50; ++halvings) {
        const double middle = (low + high) / 2;
        (*setting.arrivals.realTransform(service * (1 - middle)) > middle ? low : high) = middle;
    }
    QueuePrediction prediction;
    prediction.formula = QStringLiteral("G/M/1");
    prediction.meanSojourn = 1 / (service * (1 - low));
    prediction.meanWait = low * prediction.meanSojourn;
    prediction.utilisation = setting.load();
    prediction.meanInSystem = prediction.meanSojourn / setting.arrivals.mean();
    setPercentiles(prediction, [&](double share) { return -std::log1p(-share) * prediction.meanSojourn; });
    return prediction;
}

QueuePrediction QueueFormulas::lossSystem(const QueueSetting &setting)
{
    QueuePrediction prediction;
    prediction.formula = QStringLiteral("M/G/c/c (Erlang B)");
    prediction.lost = erlangB(setting.servers, setting.offeredLoad());
    prediction.meanSojourn = setting.service.mean();
    prediction.meanInSystem = setting.offeredLoad() * (1 - prediction.lost);
    prediction.utilisation = prediction.meanInSystem / setting.servers;
    const auto tail = [&](double time) { return setting.service.tail(time); };
    setPercentilesByTail(prediction, tail);
    return prediction;
}

/// The number of customers is a birth and death process: M/M/c/K, and under processor sharing for any service with the same mean (Cohen,
/// The multiple phase service network with generalized processor sharing, 1979).
std::optional<QueuePrediction> QueueFormulas::birthAndDeath(const QueueSetting &setting)
{
    const int servers = setting.servers;
    const bool isShared = setting.discipline == QueueDiscipline::ProcessorSharing;
    const double rate = 1 / setting.arrivals.mean();
    const double service = 1 / setting.service.mean();
    const std::vector<double> present = stationary(setting.offeredLoad(), servers, setting.capacity);
    if (present.empty())
        return std::nullopt;
    QueuePrediction prediction;
    prediction.formula =
        isShared ? QStringLiteral("M/G/%1-PS").arg(servers == 1 ? QStringLiteral("1") : QStringLiteral("c")) : QStringLiteral("M/M/c");
    if (setting.capacity > 0)
        prediction.formula += QStringLiteral(", capacity K");
    const bool isFull = static_cast<qint64>(present.size()) == setting.capacity + 1;
    prediction.lost = setting.capacity > 0 && isFull ? present.back() : 0;
    const double accepted = 1 - prediction.lost;
    const size_t states = present.size() - (isFull ? 1 : 0);
    const auto aheadOf = [servers](size_t n) { return n < static_cast<size_t>(servers) ? 0 : n + 1 - static_cast<size_t>(servers); };
    std::vector<TaggedCustomer::State> chain(isShared ? states : aheadOf(states - 1) + 1);
    for (size_t n = 0; n < present.size(); ++n) {
        const auto count = static_cast<double>(n);
        prediction.meanInSystem += count * present[n];
        prediction.utilisation += std::min(count / servers, 1.0) * present[n];
        if (n >= states)
            continue;
        if (isShared) {
            const double each = service * std::min(1.0, servers / (count + 1));
            chain[n] = {present[n] / accepted, n + 1 < states ? rate : 0, count * each, each};
        } else {
            const size_t ahead = aheadOf(n);
            chain[ahead].probability += present[n] / accepted;
            chain[ahead].down = ahead == 0 ? 0 : servers * service;
            chain[ahead].leave = ahead == 0 ? service : 0;
        }
    }
    prediction.meanSojourn = prediction.meanInSystem / (rate * accepted);
    prediction.meanWait = std::max(0.0, prediction.meanSojourn - setting.service.mean());
    if (setting.service.kind() == Distribution::Kind::Exponential) {
        TaggedCustomer customer(std::move(chain));
        setPercentiles(prediction, [&](double share) { return customer.quantile(share); });
    }
    return prediction;
}

} // namespace loopscope
