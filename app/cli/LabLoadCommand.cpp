// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabLoadCommand.h"

#include "LabHelp.h"
#include "LabLoadReport.h"
#include "Output.h"

#include <QFile>
#include <QJsonDocument>

#include <array>
#include <cmath>
#include <csignal>
#include <unistd.h>

namespace loopscope {

namespace {

volatile std::sig_atomic_t isInterrupted = 0; // NOLINT: set by a signal

/// Until it ends, Ctrl+C ends the load and not the program, so that there is a result.
class InterruptWatch
{
public:
    InterruptWatch()
    {
        struct sigaction action
        {
        };
        action.sa_handler = [](int) { isInterrupted = 1; };
        sigaction(SIGINT, &action, &m_interrupt);
        sigaction(SIGTERM, &action, &m_terminate);
    }
    ~InterruptWatch()
    {
        sigaction(SIGINT, &m_interrupt, nullptr);
        sigaction(SIGTERM, &m_terminate, nullptr);
    }
    InterruptWatch(const InterruptWatch &) = delete;
    InterruptWatch &operator=(const InterruptWatch &) = delete;

private:
    struct sigaction m_interrupt
    {
    };
    struct sigaction m_terminate
    {
    };
};

constexpr quint64 mostRecords = 10'000'000; ///< 480 MB

} // namespace

bool LabLoadCommand::fail(const QString &sentence)
{
    complain(sentence);
    return false;
}

bool LabLoadCommand::failValue(const QString &name, const QString &value, const QString &expected)
{
    return fail(tr("the option '%1' takes %2, not '%3'.").arg(name, expected, value));
}

bool LabLoadCommand::parse(const QStringList &arguments)
{
    static const QStringList names = {QStringLiteral("--clients"), QStringLiteral("--think"), QStringLiteral("--rate"),
        QStringLiteral("--arrivals"), QStringLiteral("--duration"), QStringLiteral("--warmup"), QStringLiteral("--requests"),
        QStringLiteral("--timeout"), QStringLiteral("--connections"), QStringLiteral("--idle"), QStringLiteral("--threads"),
        QStringLiteral("--interval"), QStringLiteral("--seed"), QStringLiteral("--method"), QStringLiteral("--header"),
        QStringLiteral("--body"), QStringLiteral("--body-size"), QStringLiteral("--body-file"), QStringLiteral("--latencies")};
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &argument = arguments[i];
        if (!argument.startsWith(QLatin1String("-"))) {
            if (!takeUrl(argument))
                return false;
            continue;
        }
        if (argument == QLatin1String("--json") || argument == QLatin1String("--help") || argument == QLatin1String("-h")) {
            (argument == QLatin1String("--json") ? m_json : m_help) = true;
            continue;
        }
        if (argument == QLatin1String("--no-keep-alive") || argument == QLatin1String("--numbered")) {
            (argument == QLatin1String("--numbered") ? m_plan.requests.isNumbered : m_plan.requests.keepAlive) =
                argument == QLatin1String("--numbered");
            continue;
        }
        const QString name = argument.section(u'=', 0, 0);
        if (!names.contains(name))
            return fail(tr("'lab load' has no option '%1'; 'loopscope lab load --help' lists those it has.").arg(argument));
        const bool isWithin = name.size() < argument.size();
        if (!isWithin && i + 1 >= arguments.size())
            return fail(tr("the option '%1' needs a value after it; 'loopscope lab load --help' says which.").arg(name));
        if (!apply(name, isWithin ? argument.mid(name.size() + 1) : arguments[++i]))
            return false;
    }
    if (m_help)
        return true;
    if (m_url.isEmpty())
        return fail(tr("'lab load' needs the address of a server on this machine, as in http://127.0.0.1:3000/."));
    if (m_rateGiven && !m_plan.arrivals.isOpen())
        m_plan.arrivals.kind = ArrivalPlan::Kind::Poisson;
    if (!m_rampGiven)
        m_plan.arrivals.rampSeconds = m_plan.seconds;
    return true;
}

bool LabLoadCommand::takeUrl(const QString &url)
{
    if (!m_url.isEmpty())
        return fail(tr("'lab load' takes one address, not '%1' and '%2'.").arg(m_url, url));
    m_url = url;
    if (url.startsWith(QLatin1String("ws:")))
        m_plan.requests.protocol = RequestPlan::Protocol::WebSocket;
    QString problem;
    return LoadTarget::parse(url, &m_plan.target, &m_plan.requests.routes[0].path, &problem) || fail(problem);
}

bool LabLoadCommand::apply(const QString &name, const QString &value)
{
    if (name == QLatin1String("--arrivals"))
        return applyArrivals(value);
    if (name == QLatin1String("--think")) {
        QString problem;
        const std::optional<Distribution> think = Distribution::parse(value, &problem);
        if (!think)
            return fail(tr("%1: %2").arg(name, problem));
        m_plan.arrivals.think = *think;
        return true;
    }
    if (name == QLatin1String("--latencies")) {
        m_recordsFile = value;
        m_plan.mostRecords = mostRecords;
        return !value.isEmpty() || failValue(name, value, tr("the name of a file"));
    }
    static const QStringList ofRequest = {
        QStringLiteral("--method"), QStringLiteral("--header"), QStringLiteral("--body"), QStringLiteral("--body-file")};
    return ofRequest.contains(name) ? applyRequest(name, value) : applyNumber(name, value);
}

bool LabLoadCommand::applyArrivals(const QString &value)
{
    using Kind = ArrivalPlan::Kind;
    ArrivalPlan &arrivals = m_plan.arrivals;
    const QStringList parts = value.split(u':');
    const QString &kind = parts.first();
    if (kind == QLatin1String("replay")) {
        QString problem;
        return arrivals.readReplay(value.mid(kind.size() + 1), &problem) || fail(problem);
    }
    std::vector<double> numbers;
    for (qsizetype i = 1; i < parts.size(); ++i) {
        bool isNumber = false;
        numbers.push_back(parts[i].toDouble(&isNumber));
        if (!isNumber)
            return failValue(QStringLiteral("--arrivals"), value, tr("numbers behind '%1:'").arg(kind));
    }
    const size_t count = numbers.size();
    if (kind == QLatin1String("closed") && count <= 1) {
        arrivals.kind = Kind::Closed;
        if (count == 1)
            arrivals.clients = static_cast<int>(std::clamp(numbers[0], -1.0, 2.0 * ArrivalPlan::MostClients));
    } else if ((kind == QLatin1String("poisson") || kind == QLatin1String("even")) && count <= 1) {
        arrivals.kind = kind == QLatin1String("even") ? Kind::Even : Kind::Poisson;
        arrivals.rate = count == 1 ? numbers[0] : arrivals.rate;
    } else if (kind == QLatin1String("bursts") && (count == 0 || count == 2)) {
        arrivals.kind = Kind::Bursts;
        if (count == 2) {
            arrivals.burstSize = static_cast<int>(std::clamp(numbers[0], -1.0, 2.0 * ArrivalPlan::MostClients));
            arrivals.burstSeconds = numbers[1];
        }
    } else if (kind == QLatin1String("ramp") && (count == 2 || count == 3)) {
        arrivals.kind = Kind::Ramp;
        arrivals.rate = numbers[0];
        arrivals.rateEnd = numbers[1];
        m_rampGiven = count == 3;
        arrivals.rampSeconds = m_rampGiven ? numbers[2] : arrivals.rampSeconds;
    } else {
        return failValue(QStringLiteral("--arrivals"), value,
            tr("closed[:CLIENTS], poisson[:RATE], even[:RATE], bursts[:SIZE:SECONDS], ramp:FROM:TO[:SECONDS] or replay:FILE"));
    }
    return true;
}

bool LabLoadCommand::applyRequest(const QString &name, const QString &value)
{
    RequestRoute &route = m_plan.requests.routes[0];
    if (name == QLatin1String("--method")) {
        route.method = value.toUtf8();
    } else if (name == QLatin1String("--body")) {
        route.body = value.toUtf8();
    } else if (name == QLatin1String("--header")) {
        const qsizetype colon = value.indexOf(u':');
        if (colon < 1)
            return failValue(name, value, tr("a name and a value, as in 'Accept: text/html'"));
        route.headers.emplace_back(value.left(colon).trimmed().toUtf8(), value.mid(colon + 1).trimmed().toUtf8());
    } else {
        QFile file(value);
        if (!file.open(QIODevice::ReadOnly))
            return fail(tr("the body '%1' cannot be read: %2.").arg(value, file.errorString()));
        route.body = file.readAll();
    }
    if (name.startsWith(QLatin1String("--body")) && route.method == "GET")
        route.method = "POST";
    return true;
}

bool LabLoadCommand::applyNumber(const QString &name, const QString &value)
{
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (!isNumber || !(number >= 0) || number > 1e18)
        return failValue(name, value, tr("a number from 0 to 1e18"));
    const std::array<std::pair<const char *, double *>, 5> times = {{{"--rate", &m_plan.arrivals.rate}, {"--duration", &m_plan.seconds},
        {"--warmup", &m_plan.warmupSeconds}, {"--timeout", &m_plan.timeoutSeconds}, {"--interval", &m_plan.expectedInterval}}};
    for (const auto &[option, target] : times) {
        if (name == QLatin1String(option)) {
            *target = number;
            m_rateGiven = m_rateGiven || target == &m_plan.arrivals.rate;
            return true;
        }
    }
    const quint64 whole = value.toULongLong(&isNumber);
    if (!isNumber)
        return failValue(name, value, tr("a whole number"));
    const int small = static_cast<int>(std::min<quint64>(whole, 2'000'000'000));
    if (name == QLatin1String("--clients"))
        m_plan.arrivals.clients = small;
    else if (name == QLatin1String("--connections"))
        m_plan.mostConnections = small;
    else if (name == QLatin1String("--idle"))
        m_plan.idleConnections = small;
    else if (name == QLatin1String("--threads"))
        m_plan.threads = small;
    else if (name == QLatin1String("--requests"))
        m_plan.mostRequests = whole;
    else if (name == QLatin1String("--seed"))
        m_plan.arrivals.seed = m_plan.requests.seed = whole;
    else if (name == QLatin1String("--body-size"))
        return (m_plan.requests.routes[0].bodyBytes = static_cast<qint64>(whole), applyRequest(QStringLiteral("--body"), QString()));
    return true;
}

bool LabLoadCommand::writeRecords(LoadGenerator &generator)
{
    QFile file(m_recordsFile);
    if (!file.open(QIODevice::WriteOnly))
        return fail(tr("the latencies cannot be written to '%1': %2.").arg(m_recordsFile, file.errorString()));
    const std::vector<LoadRecord> records = generator.takeRecords();
    QByteArray text = "number,route,due,sent,latency,status\n";
    for (const LoadRecord &record : records) {
        const auto seconds = [](qint64 nanoseconds) { return QByteArray::number(static_cast<double>(nanoseconds) / 1e9, 'f', 9); };
        text += QByteArray::number(record.number) + ',' + generator.plan().requests.routes[record.route].path + ','
            + seconds(record.intended) + ',' + seconds(record.sent) + ',' + seconds(record.ended - record.intended) + ','
            + QByteArray::number(record.status) + '\n';
        constexpr qsizetype piece = 1 << 20;
        if (text.size() > piece) {
            file.write(text);
            text.clear();
        }
    }
    file.write(text);
    file.close();
    return file.error() == QFileDevice::NoError
        || fail(tr("the latencies cannot be written to '%1': %2.").arg(m_recordsFile, file.errorString()));
}

ExitCode LabLoadCommand::run(const QStringList &arguments)
{
    if (!parse(arguments))
        return ExitCode::WrongUse;
    Output output;
    if (m_help) {
        output.writeText(LabHelp::load());
        return ExitCode::Success;
    }
    const InterruptWatch watch;
    m_plan.sampleSeconds = 1;
    LoadGenerator generator(m_plan);
    if (const QString problem = generator.start(); !problem.isEmpty()) {
        complain(problem);
        return ExitCode::WrongUse;
    }
    const bool isWatched = isatty(STDERR_FILENO) != 0;
    constexpr double glance = 0.1; // seconds
    while (!generator.waitForEnd(glance)) {
        if (isInterrupted != 0)
            generator.stop();
        for (const LoadSample &sample : generator.takeSamples()) {
            if (isWatched)
                complain(LabLoadReport::progress(sample));
        }
    }
    const LoadResult result = generator.result();
    const LabLoadReport report(generator.plan(), result, m_url, generator.notes());
    if (m_json)
        output.writeLine(QJsonDocument(report.json()).toJson(QJsonDocument::Compact));
    else
        output.writeText(report.text());
    output.flush();
    if (!m_recordsFile.isEmpty() && !writeRecords(generator))
        return ExitCode::WrongUse;
    if (result.whole.completed + result.whole.failedBy(LoadFailure::BadStatus) > 0 || result.whole.arrivals == 0)
        return ExitCode::Success;
    complain(tr("no request to %1 was answered: is the server running there?").arg(m_url));
    return ExitCode::WrongUse;
}

} // namespace loopscope
