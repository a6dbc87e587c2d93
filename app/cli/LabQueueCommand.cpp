// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabQueueCommand.h"

#include "LabHelp.h"
#include "Output.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace loopscope {

namespace {

/// JSON has no infinity: null says that there is no such figure.
QJsonValue jsonNumber(double value) { return std::isfinite(value) ? QJsonValue(value) : QJsonValue(); }

QJsonValue jsonNumber(const std::optional<double> &value) { return value ? jsonNumber(*value) : QJsonValue(); }

QString shown(double value) { return std::isfinite(value) ? QString::number(value, 'g', 6) : QStringLiteral("-"); }

/// A line of the table: what, measured, half-width, what theory says.
QString row(const QString &what, const QueueMeasure &measure, const std::optional<double> &theory)
{
    const QString interval = std::isfinite(measure.halfWidth) ? QStringLiteral("+- ") + shown(measure.halfWidth) : QString();
    QString line = QStringLiteral("%1 %2  %3").arg(what, -24).arg(shown(measure.value), 12).arg(interval, -15);
    if (theory && *theory != 0)
        line += QStringLiteral("%1  %2 %").arg(shown(*theory), 12).arg((measure.value - *theory) / *theory * 100, 8, 'f', 3);
    else if (theory)
        line += QStringLiteral("%1").arg(shown(*theory), 12);
    return line + QLatin1Char('\n');
}

} // namespace

bool LabQueueCommand::fail(const QString &sentence)
{
    complain(sentence);
    return false;
}

bool LabQueueCommand::parse(const QStringList &arguments)
{
    static const QStringList names = {QStringLiteral("--arrivals"), QStringLiteral("--service"), QStringLiteral("--servers"),
        QStringLiteral("--discipline"), QStringLiteral("--capacity"), QStringLiteral("--customers"), QStringLiteral("--warmup"),
        QStringLiteral("--seed")};
    bool hasArrivals = false;
    bool hasService = false;
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString name = arguments[i].section(QLatin1Char('='), 0, 0);
        if (arguments[i] == QLatin1String("--json") || arguments[i] == QLatin1String("--help") || arguments[i] == QLatin1String("-h")) {
            (arguments[i] == QLatin1String("--json") ? m_json : m_help) = true;
            continue;
        }
        if (!names.contains(name))
            return fail(tr("'lab queue' has no option '%1'; 'loopscope lab queue --help' lists those it has.").arg(arguments[i]));
        const bool isWithin = name.size() < arguments[i].size();
        if (!isWithin && i + 1 >= arguments.size())
            return fail(tr("the option '%1' needs a value after it; 'loopscope lab queue --help' says which.").arg(name));
        const QString value = isWithin ? arguments[i].mid(name.size() + 1) : arguments[++i];
        if (!apply(name, value))
            return false;
        hasArrivals = hasArrivals || name == QLatin1String("--arrivals");
        hasService = hasService || name == QLatin1String("--service");
    }
    if (m_help)
        return true;
    if (!hasArrivals || !hasService)
        return fail(tr("'lab queue' needs --arrivals and --service, as in --arrivals poisson:3.6 --service exp:1 --servers 4."));
    if (!m_warmupGiven)
        m_length.warmup = QueueSimulation::usualWarmup(m_length.customers);
    return true;
}

bool LabQueueCommand::apply(const QString &name, const QString &value)
{
    if (name == QLatin1String("--arrivals") || name == QLatin1String("--service")) {
        const bool isArrivals = name == QLatin1String("--arrivals");
        const QString poisson = QStringLiteral("poisson:");
        const bool isPoisson = isArrivals && value.startsWith(poisson);
        QString problem;
        const auto distribution = Distribution::parse(isPoisson ? QStringLiteral("exp:") + value.mid(poisson.size()) : value, &problem);
        if (!distribution)
            return fail(tr("%1: %2").arg(name, problem));
        (isArrivals ? m_setting.arrivals : m_setting.service) = *distribution;
        return true;
    }
    if (name != QLatin1String("--discipline"))
        return applyNumber(name, value);
    if (value != QLatin1String("fifo") && value != QLatin1String("ps"))
        return fail(tr("the option '%1' takes 'fifo' or 'ps', not '%2'.").arg(name, value));
    m_setting.discipline = value == QLatin1String("ps") ? QueueDiscipline::ProcessorSharing : QueueDiscipline::Fifo;
    return true;
}

bool LabQueueCommand::applyNumber(const QString &name, const QString &value)
{
    constexpr quint64 mostCustomers = 1'000'000'000'000;
    const bool isSeed = name == QLatin1String("--seed");
    const bool isServers = name == QLatin1String("--servers");
    const quint64 most = isServers ? QueueSimulation::kMostServers : isSeed ? ~0ULL : mostCustomers;
    const quint64 least = isSeed || name == QLatin1String("--warmup") ? 0 : 1;
    bool isNumber = false;
    const quint64 number = value.toULongLong(&isNumber);
    if (!isNumber || number < least || number > most)
        return fail(tr("the option '%1' takes a whole number from %2 to %3, not '%4'.").arg(name).arg(least).arg(most).arg(value));
    if (isSeed) {
        m_seed = number;
    } else if (isServers) {
        m_setting.servers = static_cast<int>(number);
    } else if (name == QLatin1String("--capacity")) {
        m_setting.capacity = static_cast<qint64>(number);
    } else if (name == QLatin1String("--customers")) {
        m_length.customers = number;
    } else {
        m_length.warmup = number;
        m_warmupGiven = true;
    }
    return true;
}

QByteArray LabQueueCommand::json(const QueueResult &result) const
{
    QJsonObject object{{QStringLiteral("truth"), QStringLiteral("modelled")}, {QStringLiteral("queue"), m_setting.name()},
        {QStringLiteral("arrivals"), m_setting.arrivals.text()}, {QStringLiteral("service"), m_setting.service.text()},
        {QStringLiteral("servers"), m_setting.servers},
        {QStringLiteral("discipline"), m_setting.discipline == QueueDiscipline::Fifo ? QStringLiteral("fifo") : QStringLiteral("ps")},
        {QStringLiteral("capacity"), m_setting.capacity > 0 ? QJsonValue(m_setting.capacity) : QJsonValue()},
        {QStringLiteral("seed"), QString::number(m_seed)}, {QStringLiteral("customers"), static_cast<qint64>(result.customers)},
        {QStringLiteral("warmup"), static_cast<qint64>(m_length.warmup)}};
    QJsonObject halfWidths;
    const auto put = [&](const QString &name, const QueueMeasure &measure) {
        object[name] = jsonNumber(measure.value);
        halfWidths[name] = jsonNumber(measure.halfWidth);
    };
    put(QStringLiteral("meanWait"), result.meanWait);
    put(QStringLiteral("meanSojourn"), result.meanSojourn);
    put(QStringLiteral("p50"), result.p50);
    put(QStringLiteral("p90"), result.p90);
    put(QStringLiteral("p99"), result.p99);
    put(QStringLiteral("p999"), result.p999);
    put(QStringLiteral("utilisation"), result.utilisation);
    put(QStringLiteral("meanInSystem"), result.meanInSystem);
    put(QStringLiteral("lostShare"), result.lostShare);
    object[QStringLiteral("lost")] = static_cast<qint64>(result.lost);
    object[QStringLiteral("confidence")] = 0.95;
    object[QStringLiteral("halfWidths")] = halfWidths;
    object[QStringLiteral("batchCorrelation")] = jsonNumber(result.batchCorrelation);
    object[QStringLiteral("arrivalRate")] = jsonNumber(result.arrivalRate);
    object[QStringLiteral("littleDifference")] = jsonNumber(result.littleDifference);
    object[QStringLiteral("wallSeconds")] = result.wallSeconds;
    object[QStringLiteral("customersPerSecond")] = std::round(result.customersPerSecond);
    if (const auto theory = QueueFormulas::predict(m_setting))
        object[QStringLiteral("formula")] = QJsonObject{{QStringLiteral("name"), theory->formula},
            {QStringLiteral("meanWait"), jsonNumber(theory->meanWait)}, {QStringLiteral("meanSojourn"), jsonNumber(theory->meanSojourn)},
            {QStringLiteral("p50"), jsonNumber(theory->p50)}, {QStringLiteral("p90"), jsonNumber(theory->p90)},
            {QStringLiteral("p99"), jsonNumber(theory->p99)}, {QStringLiteral("p999"), jsonNumber(theory->p999)},
            {QStringLiteral("utilisation"), jsonNumber(theory->utilisation)},
            {QStringLiteral("meanInSystem"), jsonNumber(theory->meanInSystem)}, {QStringLiteral("lostShare"), jsonNumber(theory->lost)}};
    else
        object[QStringLiteral("formula")] = QJsonValue();
    object[QStringLiteral("hasSteadyState")] = QueueFormulas::isStable(m_setting);
    object[QStringLiteral("theory")] = theoryText();
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString LabQueueCommand::text(const QueueResult &result) const
{
    const std::optional<QueuePrediction> theory = QueueFormulas::predict(m_setting);
    const auto said = [&](auto member) { return theory ? std::optional<double>((*theory).*member) : std::nullopt; };
    QString text = tr("%1 (modelled): %2 customers counted after %3, seed %4\n")
                       .arg(m_setting.name())
                       .arg(result.customers)
                       .arg(m_length.warmup)
                       .arg(m_seed);
    text += QStringLiteral("%1 %2  %3%4\n")
                .arg(QString(), -24)
                .arg(tr("simulated"), 12)
                .arg(tr("95 %"), -15)
                .arg(theory ? tr("      theory  difference") : QString());
    text += row(tr("mean wait"), result.meanWait, said(&QueuePrediction::meanWait));
    text += row(tr("mean sojourn (W)"), result.meanSojourn, said(&QueuePrediction::meanSojourn));
    text += row(tr("sojourn p50"), result.p50, theory ? theory->p50 : std::nullopt);
    text += row(tr("sojourn p90"), result.p90, theory ? theory->p90 : std::nullopt);
    text += row(tr("sojourn p99"), result.p99, theory ? theory->p99 : std::nullopt);
    text += row(tr("sojourn p99.9"), result.p999, theory ? theory->p999 : std::nullopt);
    text += row(tr("utilisation"), result.utilisation, said(&QueuePrediction::utilisation));
    text += row(tr("mean in system (L)"), result.meanInSystem, said(&QueuePrediction::meanInSystem));
    if (m_setting.capacity > 0)
        text += row(tr("share that is lost"), result.lostShare, said(&QueuePrediction::lost));
    text += theoryText() + QLatin1Char('\n');
    text += tr("Little's law: L = %1, lambda W = %2 x %3 = %4, difference %5 %\n")
                .arg(shown(result.meanInSystem.value), shown(result.arrivalRate), shown(result.meanSojourn.value),
                    shown(result.arrivalRate * result.meanSojourn.value))
                .arg(result.littleDifference * 100, 0, 'f', 4);
    return text
        + tr("%1 lost; %2 s, %3 million customers/s\n")
              .arg(result.lost)
              .arg(result.wallSeconds, 0, 'f', 3)
              .arg(result.customersPerSecond / 1e6, 0, 'f', 2);
}

QString LabQueueCommand::theoryText() const
{
    if (const std::optional<QueuePrediction> theory = QueueFormulas::predict(m_setting))
        return tr("Theory: %1").arg(theory->formula);
    if (!std::isfinite(m_setting.service.mean()))
        return tr("There is no steady state that theory could describe: service takes for ever on average.");
    if (!QueueFormulas::isStable(m_setting))
        return tr("There is no steady state that theory could describe: more comes than can be served.");
    if (QueueFormulas::hasInfiniteWait(m_setting))
        return tr(
            "Theory: the mean wait is infinite, since the squares of the service times have no mean; what is simulated grows with the "
            "length of the run.");
    return tr("Theory has no closed formula for this queue.");
}

void LabQueueCommand::warn(const QueueResult &result) const
{
    QStringList unknown;
    for (const auto &[name, measure] : {std::pair("p50", result.p50), {"p90", result.p90}, {"p99", result.p99}, {"p99.9", result.p999}}) {
        if (!std::isfinite(measure.halfWidth))
            unknown.append(QLatin1String(name));
    }
    if (!unknown.isEmpty() && QueueFormulas::isStable(m_setting))
        complain(tr("too few customers lie beyond the %1 for a confidence interval: ask for more (--customers).")
                     .arg(unknown.join(QLatin1String(", "))));
    constexpr double tooMuch = 0.4; // beyond what 30 independent batches show by chance (0.36 in one of twenty runs)
    if (!std::isfinite(m_setting.service.mean()))
        complain(tr("the mean service of '%1' is infinite: figures are those of a run of just this length.").arg(m_setting.service.text()));
    else if (m_setting.capacity == 0 && m_setting.load() >= 1)
        complain(tr("the servers cannot keep up (%1 arrive while %2 can be served): the line grows without end, and waits are those of a "
                    "run of just "
                    "this length.")
                     .arg(m_setting.offeredLoad(), 0, 'g', 4)
                     .arg(m_setting.servers));
    else if (result.batchCorrelation > tooMuch)
        complain(
            tr("neighbouring batches resemble each other (correlation %1): the run is too short for its confidence intervals; ask for more "
               "customers.")
                .arg(result.batchCorrelation, 0, 'f', 2));
}

ExitCode LabQueueCommand::run(const QStringList &arguments)
{
    if (!parse(arguments))
        return ExitCode::WrongUse;
    Output output;
    if (m_help) {
        output.writeText(LabHelp::queue());
        return ExitCode::Success;
    }
    QString problem;
    const std::optional<QueueResult> result = QueueSimulation::run(m_setting, m_length, m_seed, &problem);
    if (!result) {
        complain(problem);
        return ExitCode::WrongUse;
    }
    if (m_json)
        output.writeLine(json(*result));
    else
        output.writeText(text(*result));
    warn(*result);
    return ExitCode::Success;
}

} // namespace loopscope
