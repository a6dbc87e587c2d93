// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Distribution.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace loopscope {

namespace {

using Kind = Distribution::Kind;

/// Times and rates in these bounds can be added up, squared and divided without leaving those of a double.
constexpr double kLeast = 1e-50;
constexpr double kMost = 1e50;

bool canBeCounted(double number) { return number == 0 || (std::abs(number) >= kLeast && std::abs(number) <= kMost); }

constexpr double kInfinite = std::numeric_limits<double>::infinity();

struct Form
{
    Kind kind;
    const char *name;
    size_t parameters;
    const char *shown;
};

constexpr std::array forms = {
    Form{Kind::Exponential, "exp", 1, "exp:RATE"},
    Form{Kind::Deterministic, "det", 1, "det:TIME"},
    Form{Kind::Erlang, "erlang", 2, "erlang:K:RATE"},
    Form{Kind::HyperExponential, "hyperexp", 3, "hyperexp:P:R1:R2"},
    Form{Kind::LogNormal, "lognormal", 2, "lognormal:MU:SIGMA"},
    Form{Kind::Pareto, "pareto", 2, "pareto:SHAPE:SCALE"},
    Form{Kind::Empirical, "empirical", 1, "empirical:FILE"},
};

const Form &formOf(Kind kind)
{
    return *std::find_if(forms.begin(), forms.end(), [kind](const Form &form) { return form.kind == kind; });
}

QString shownForms()
{
    QStringList shown;
    for (const Form &form : forms)
        shown.append(QLatin1String(form.shown));
    return shown.join(QStringLiteral(", "));
}

QString number(double value) { return QString::number(value, 'g', 15); }

} // namespace

Distribution::Distribution(Kind kind, double first, double second, double third)
    : m_kind(kind)
    , m_first(first)
    , m_second(second)
    , m_third(third)
{
    m_mean = computedMean();
}

Distribution Distribution::empirical(std::vector<double> values)
{
    Distribution distribution(Kind::Empirical, 0);
    std::sort(values.begin(), values.end());
    distribution.m_mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    distribution.m_values = std::make_shared<const std::vector<double>>(std::move(values));
    return distribution;
}

std::optional<Distribution> Distribution::parse(const QString &text, QString *problem)
{
    const QString name = text.section(u':', 0, 0);
    const auto form = std::find_if(forms.begin(), forms.end(), [&](const Form &known) { return name == QLatin1String(known.name); });
    if (form == forms.end()) {
        *problem = tr("there is no distribution '%1'; these are: %2.").arg(name.left(100), shownForms());
        return std::nullopt;
    }
    if (form->kind == Kind::Empirical)
        return fromFile(text.section(u':', 1), problem);
    std::vector<double> numbers;
    for (const QString &part : text.section(u':', 1).split(u':')) {
        bool isNumber = false;
        numbers.push_back(part.toDouble(&isNumber));
        if (!isNumber || !std::isfinite(numbers.back())) {
            *problem = tr("'%1' in '%2' is no number; it is written %3.").arg(part.left(100), text.left(100), QLatin1String(form->shown));
            return std::nullopt;
        }
    }
    if (numbers.size() != form->parameters) {
        *problem = tr("'%1' is written %2.").arg(text.left(100), QLatin1String(form->shown));
        return std::nullopt;
    }
    return fromNumbers(form->kind, text, numbers, problem);
}

std::optional<Distribution> Distribution::fromNumbers(Kind kind, const QString &text, const std::vector<double> &numbers, QString *problem)
{
    const auto refused = [&](const QString &why) {
        *problem = tr("'%1' is no distribution of times: %2.").arg(text.left(100), why);
        return std::nullopt;
    };
    // All but a count of stages, a probability and the shape of a distribution, which have bounds of their own.
    const bool isFirstOther = kind == Kind::Erlang || kind == Kind::HyperExponential || kind == Kind::Pareto;
    if (!std::all_of(numbers.begin() + (isFirstOther ? 1 : 0), numbers.end(), canBeCounted))
        return refused(tr("numbers have to lie between 1e-50 and 1e50"));
    switch (kind) {
    case Kind::Exponential:
        return numbers[0] > 0 ? std::optional(exponential(numbers[0])) : refused(tr("the rate has to be above 0"));
    case Kind::Deterministic:
        return numbers[0] >= 0 ? std::optional(deterministic(numbers[0])) : refused(tr("the time cannot be negative"));
    case Kind::Erlang: {
        constexpr double most = 1e6;
        if (numbers[0] < 1 || numbers[0] > most || numbers[0] != std::floor(numbers[0]))
            return refused(tr("the number of stages is a whole number from 1 to 1000000"));
        return numbers[1] > 0 ? std::optional(erlang(static_cast<int>(numbers[0]), numbers[1])) : refused(tr("the rate has to be above 0"));
    }
    case Kind::HyperExponential:
        if (numbers[0] < 0 || numbers[0] > 1)
            return refused(tr("the probability lies between 0 and 1"));
        if (numbers[1] <= 0 || numbers[2] <= 0)
            return refused(tr("both rates have to be above 0"));
        return hyperExponential(numbers[0], numbers[1], numbers[2]);
    case Kind::LogNormal:
        if (numbers[1] < 0)
            return refused(tr("sigma cannot be negative"));
        if (!std::isfinite(logNormal(numbers[0], numbers[1]).secondMoment()) || std::abs(numbers[0]) > std::log(kMost))
            return refused(tr("its times are too large or too small to be counted"));
        return logNormal(numbers[0], numbers[1]);
    case Kind::Pareto:
        if (numbers[0] <= 0 || numbers[1] <= 0)
            return refused(tr("shape and scale have to be above 0"));
        if (numbers[0] < 0.1 || numbers[0] > 1e6)
            return refused(tr("the shape lies between 0.1 and 1000000"));
        return pareto(numbers[0], numbers[1]);
    case Kind::Empirical:
        break;
    }
    return std::nullopt;
}

std::optional<Distribution> Distribution::fromFile(const QString &path, QString *problem)
{
    constexpr size_t most = 20'000'000;
    if (QFileInfo::exists(path) && !QFileInfo(path).isFile()) { // a pipe would have to be waited for
        *problem = tr("'%1' is no file; an empirical distribution is read from one with one number a line.").arg(path);
        return std::nullopt;
    }
    QFile file(path);
    if (path.isEmpty() || !file.open(QIODevice::ReadOnly | QIODevice::Text)) {
        *problem = path.isEmpty() ? tr("'empirical:' needs the name of a file behind it, with one number a line.")
                                  : tr("the file '%1' of an empirical distribution cannot be read: %2.").arg(path, file.errorString());
        return std::nullopt;
    }
    std::vector<double> values;
    for (int line = 1; !file.atEnd(); ++line) {
        const QByteArray text = file.readLine(1000).trimmed();
        if (text.isEmpty() || text.startsWith('#'))
            continue;
        bool isNumber = false;
        values.push_back(text.toDouble(&isNumber));
        if (!isNumber || !std::isfinite(values.back()) || values.back() < 0 || !canBeCounted(values.back())) {
            *problem = tr("'%1' has no time in line %2, but '%3': one number from 0 to 1e50 a line, please.")
                           .arg(path)
                           .arg(line)
                           .arg(QString::fromUtf8(text.left(60)));
            return std::nullopt;
        }
        if (values.size() > most) {
            *problem = tr("'%1' has more than %2 numbers, too many for a distribution.").arg(path).arg(most);
            return std::nullopt;
        }
    }
    if (values.empty()) {
        *problem = tr("'%1' has no numbers in it; an empirical distribution needs one at least.").arg(path);
        return std::nullopt;
    }
    Distribution distribution = empirical(std::move(values));
    distribution.m_file = path;
    return distribution;
}

QString Distribution::text() const
{
    const QString name = QLatin1String(formOf(m_kind).name);
    switch (m_kind) {
    case Kind::Empirical:
        return QStringLiteral("%1:%2").arg(
            name, m_file.isEmpty() ? tr("%n value(s)", nullptr, static_cast<int>(m_values->size())) : m_file);
    case Kind::Erlang:
        return QStringLiteral("%1:%2:%3").arg(name, number(m_second), number(m_first));
    case Kind::HyperExponential:
        return QStringLiteral("%1:%2:%3:%4").arg(name, number(m_first), number(m_second), number(m_third));
    case Kind::LogNormal:
    case Kind::Pareto:
        return QStringLiteral("%1:%2:%3").arg(name, number(m_first), number(m_second));
    default:
        return QStringLiteral("%1:%2").arg(name, number(m_first));
    }
}

double Distribution::computedMean() const
{
    switch (m_kind) {
    case Kind::Deterministic:
        return m_first;
    case Kind::Exponential:
        return 1 / m_first;
    case Kind::Erlang:
        return m_second / m_first;
    case Kind::HyperExponential:
        return m_first / m_second + (1 - m_first) / m_third;
    case Kind::LogNormal:
        return std::exp(m_first + m_second * m_second / 2);
    case Kind::Pareto:
        return m_first > 1 ? m_first * m_second / (m_first - 1) : kInfinite;
    case Kind::Empirical:
        break;
    }
    return 0;
}

double Distribution::mean() const { return m_mean; }

double Distribution::secondMoment() const
{
    switch (m_kind) {
    case Kind::Deterministic:
        return m_first * m_first;
    case Kind::Exponential:
        return 2 / (m_first * m_first);
    case Kind::Erlang:
        return m_second * (m_second + 1) / (m_first * m_first);
    case Kind::HyperExponential:
        return 2 * (m_first / (m_second * m_second) + (1 - m_first) / (m_third * m_third));
    case Kind::LogNormal:
        return std::exp(2 * m_first + 2 * m_second * m_second);
    case Kind::Pareto:
        return m_first > 2 ? m_first * m_second * m_second / (m_first - 2) : kInfinite;
    case Kind::Empirical:
        break;
    }
    return std::inner_product(m_values->begin(), m_values->end(), m_values->begin(), 0.0) / static_cast<double>(m_values->size());
}

double Distribution::tail(double time) const
{
    if (time < 0)
        return 1;
    switch (m_kind) {
    case Kind::Deterministic:
        return time < m_first ? 1 : 0;
    case Kind::Exponential:
        return std::exp(-m_first * time);
    case Kind::Erlang: {
        // The probability of fewer than K events of a Poisson process; in logarithms, since K may be large.
        const double x = m_first * time;
        double sum = 0;
        for (int k = 0; k < static_cast<int>(m_second); ++k)
            sum += std::exp((k == 0 ? 0 : k * std::log(x)) - x - std::lgamma(k + 1.0));
        return std::min(sum, 1.0);
    }
    case Kind::HyperExponential:
        return m_first * std::exp(-m_second * time) + (1 - m_first) * std::exp(-m_third * time);
    case Kind::LogNormal:
        if (time <= 0 || m_second <= 0)
            return time <= 0 || std::log(time) < m_first ? 1 : 0;
        return 0.5 * std::erfc((std::log(time) - m_first) / (m_second * std::sqrt(2.0)));
    case Kind::Pareto:
        return time <= m_second ? 1 : std::pow(m_second / time, m_first);
    case Kind::Empirical:
        break;
    }
    const auto above = m_values->end() - std::upper_bound(m_values->begin(), m_values->end(), time);
    return static_cast<double>(above) / static_cast<double>(m_values->size());
}

std::optional<std::complex<double>> Distribution::transform(std::complex<double> s) const
{
    switch (m_kind) {
    case Kind::Deterministic:
        return std::exp(-s * m_first);
    case Kind::Exponential:
        return m_first / (m_first + s);
    case Kind::Erlang:
        return std::pow(m_first / (m_first + s), m_second);
    case Kind::HyperExponential:
        return m_first * m_second / (m_second + s) + (1 - m_first) * m_third / (m_third + s);
    default:
        return std::nullopt;
    }
}

std::optional<double> Distribution::realTransform(double s) const
{
    // Sums of a smooth function that falls to nothing at both ends are as good as its integral (the trapezoidal rule).
    const auto sum = [](double from, double to, auto &&function) {
        constexpr int steps = 4000;
        const double width = (to - from) / steps;
        double total = 0;
        for (int step = 0; step <= steps; ++step)
            total += function(from + step * width);
        return total * width;
    };
    switch (m_kind) {
    case Kind::LogNormal:
        return sum(-12, 12, [&](double z) { // exp(-72) is nothing beside 1
            return std::exp(-z * z / 2 - s * std::exp(m_first + m_second * z)) / std::sqrt(2 * 3.14159265358979323846);
        });
    case Kind::Pareto:
        // X is SCALE u^(-1 / SHAPE) for u between 0 and 1, which is 1 / (1 + exp(-z)): smooth, and gone on both sides.
        return sum(-40, 40, [&](double z) {
            const double share = 1 / (1 + std::exp(-z));
            return share * (1 - share) * std::exp(-s * m_second * std::pow(share, -1 / m_first));
        });
    case Kind::Empirical: {
        constexpr size_t most = 1'000'000;
        if (m_values->size() > most)
            return std::nullopt;
        const double total = std::accumulate(
            m_values->begin(), m_values->end(), 0.0, [s](double before, double value) { return before + std::exp(-s * value); });
        return total / static_cast<double>(m_values->size());
    }
    default:
        return transform(s)->real();
    }
}

Distribution Distribution::scaled(double factor) const
{
    switch (m_kind) {
    case Kind::Deterministic:
        return deterministic(m_first * factor);
    case Kind::Exponential:
        return exponential(m_first / factor);
    case Kind::Erlang:
        return erlang(static_cast<int>(m_second), m_first / factor);
    case Kind::HyperExponential:
        return hyperExponential(m_first, m_second / factor, m_third / factor);
    case Kind::LogNormal:
        return logNormal(m_first + std::log(factor), m_second);
    case Kind::Pareto:
        return pareto(m_first, m_second * factor);
    case Kind::Empirical:
        break;
    }
    std::vector<double> values = *m_values;
    for (double &value : values)
        value *= factor;
    return empirical(std::move(values));
}

double Distribution::sampleOther(RandomStream &random) const
{
    switch (m_kind) {
    case Kind::Erlang: {
        constexpr double fewStages = 8; // beyond, one gamma number is cheaper than their sum
        if (m_second > fewStages)
            return random.gamma(m_second) / m_first;
        double sum = 0;
        for (int k = 0; k < static_cast<int>(m_second); ++k)
            sum += random.exponential();
        return sum / m_first;
    }
    case Kind::HyperExponential:
        return random.uniform() < m_first ? random.exponential() / m_second : random.exponential() / m_third;
    case Kind::LogNormal:
        return std::exp(m_first + m_second * random.normal());
    case Kind::Pareto:
        return m_second * std::exp(random.exponential() / m_first);
    case Kind::Empirical:
        return (*m_values)[random.below(m_values->size())];
    default:
        return m_mean;
    }
}

} // namespace loopscope
