// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/queueing/RandomStream.h"

#include <QCoreApplication>
#include <QString>

#include <complex>
#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// A distribution of times (service, between arrivals, thinking, waiting), all of them 0 or more. Their unit is whatever the caller
/// takes it for; seconds in the server lab. A value type, cheap to copy.
class Distribution
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Distribution)

public:
    enum class Kind : quint8 {
        Deterministic, ///< det:TIME
        Exponential, ///< exp:RATE
        Erlang, ///< erlang:K:RATE, the sum of K exponential times of that rate
        HyperExponential, ///< hyperexp:P:R1:R2, exponential with rate R1 (probability P) or R2
        LogNormal, ///< lognormal:MU:SIGMA, exp of a normal number
        Pareto, ///< pareto:SHAPE:SCALE, at least SCALE; P(X > x) = (SCALE / x)^SHAPE
        Empirical, ///< empirical:FILE, one of the numbers in a file, each as likely
    };

    static Distribution deterministic(double time) { return Distribution(Kind::Deterministic, time); }
    /// Rate above 0.
    static Distribution exponential(double rate) { return Distribution(Kind::Exponential, rate); }
    /// `stages` from 1, rate above 0.
    static Distribution erlang(int stages, double rate) { return Distribution(Kind::Erlang, rate, stages); }
    static Distribution hyperExponential(double probability, double rate1, double rate2)
    {
        return Distribution(Kind::HyperExponential, probability, rate1, rate2);
    }
    static Distribution logNormal(double mu, double sigma) { return Distribution(Kind::LogNormal, mu, sigma); }
    static Distribution pareto(double shape, double scale) { return Distribution(Kind::Pareto, shape, scale); }
    /// At least one value, none negative.
    static Distribution empirical(std::vector<double> values);
    /// Reads the text that `Kind` shows beside each name. A file has one number a line; empty lines and those that begin with # do not
    /// count. Nothing, with a sentence in `problem`, if the text makes no sense.
    static std::optional<Distribution> parse(const QString &text, QString *problem);

    /// 0, always.
    Distribution()
        : Distribution(Kind::Deterministic, 0)
    {
    }

    Kind kind() const { return m_kind; }
    int stages() const { return m_kind == Kind::Erlang ? static_cast<int>(m_second) : 1; }
    /// As `parse` reads it; of empirical values made by a program: how many they are.
    QString text() const;
    /// Infinite for a Pareto distribution with a shape of 1 or less.
    double mean() const;
    /// The mean of the squares. Infinite for a Pareto distribution with a shape of 2 or less.
    double secondMoment() const;
    double variance() const { return secondMoment() - mean() * mean(); }
    /// P(X > time).
    double tail(double time) const;
    /// E[exp(-s X)], for Re s of 0 or more; nothing where there is no closed form (log-normal, Pareto) or none
    /// that is quick (empirical).
    std::optional<std::complex<double>> transform(std::complex<double> s) const;
    /// The same for a real s of 0 or more, of any distribution: where there is no closed form by numerical integration, exact to about
    /// 1e-10. Takes up to some milliseconds; nothing for more than a million empirical values.
    std::optional<double> realTransform(double s) const;
    /// All times multiplied.
    Distribution scaled(double factor) const;

    double sample(RandomStream &random) const
    {
        if (m_kind == Kind::Exponential)
            return random.exponential() * m_mean;
        return m_kind == Kind::Deterministic ? m_mean : sampleOther(random);
    }

private:
    Distribution(Kind kind, double first, double second = 0, double third = 0);

    static std::optional<Distribution> fromNumbers(Kind kind, const QString &text, const std::vector<double> &numbers, QString *problem);
    static std::optional<Distribution> fromFile(const QString &path, QString *problem);
    double sampleOther(RandomStream &random) const;
    double computedMean() const;

    Kind m_kind;
    double m_first; ///< the parameters in the order of the text (Erlang: rate, then stages)
    double m_second;
    double m_third;
    double m_mean = 0;
    std::shared_ptr<const std::vector<double>> m_values; ///< of Empirical, sorted
    QString m_file;
};

} // namespace loopscope
