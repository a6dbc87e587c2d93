// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/LatencyProfile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <arpa/inet.h>

namespace loopscope {

namespace {

constexpr double nanosecondsPerMillisecond = 1e6;
/// Nobody waits longer, and sums of times stay far from overflow.
constexpr double longestMilliseconds = 86'400'000;

/// An address in its usual form; empty if it is none.
QByteArray normalAddress(const QString &text)
{
    const QByteArray given = text.toLatin1();
    char form[INET6_ADDRSTRLEN] = {};
    for (const int family : {AF_INET, AF_INET6}) {
        in6_addr address{};
        if (inet_pton(family, given.constData(), &address) == 1 && inet_ntop(family, &address, form, sizeof form))
            return form;
    }
    return {};
}

} // namespace

/// Reads a file part by part, and keeps the first complaint.
class ProfileReader
{
public:
    QString complaint;

    static QString tr(const char *text) { return LatencyProfile::tr(text); }

    void complain(const QString &where, const QString &what)
    {
        if (complaint.isEmpty())
            complaint = where + QStringLiteral(": ") + what;
    }

    static QString shown(const QJsonValue &value)
    {
        if (value.isString())
            return QLatin1Char('"') + value.toString() + QLatin1Char('"');
        if (value.isObject())
            return tr("an object");
        return value.isArray() ? tr("a list") : value.toVariant().toString();
    }

    QJsonObject object(const QJsonObject &parent, const QString &name)
    {
        const QJsonValue value = parent.value(name);
        if (!value.isUndefined() && !value.isObject())
            complain(name, tr("%1 stands where an object in braces is wanted.").arg(shown(value)));
        return value.toObject();
    }

    void checkNames(const QString &where, const QJsonObject &object, const QStringList &known)
    {
        for (const QString &name : object.keys()) {
            if (!known.contains(name))
                complain(where.isEmpty() ? name : where + QLatin1Char('.') + name,
                    tr("nothing has this name; write one of: %1.").arg(known.join(QStringLiteral(", "))));
        }
    }

    /// ms of "250us", "1.5 ms", "2s" or a number.
    std::optional<double> milliseconds(const QString &text)
    {
        static const QRegularExpression form(QStringLiteral("^\\s*(\\d+(?:\\.\\d+)?)\\s*(ns|us|ms|s)?\\s*$"));
        const QRegularExpressionMatch match = form.match(text);
        if (!match.hasMatch())
            return {};
        const QString unit = match.captured(2);
        const double number = match.captured(1).toDouble();
        const double factor = unit == QLatin1String("ns") ? 1e-6
            : unit == QLatin1String("us")                 ? 1e-3
            : unit == QLatin1String("s")                  ? 1e3
                                                          : 1;
        const double result = number * factor;
        return result <= longestMilliseconds ? std::optional(result) : std::nullopt;
    }

    void readTime(const QString &where, const QJsonValue &value, LatencyRange *range)
    {
        if (value.isUndefined())
            return;
        const QString text = value.isDouble() ? QString::number(value.toDouble(), 'f') : value.toString();
        const QStringList ends = text.split(QStringLiteral(".."));
        const std::optional<double> least = milliseconds(ends.first());
        const std::optional<double> most = milliseconds(ends.last());
        if (!least || !most || ends.size() > 2 || *least > *most) {
            complain(where,
                tr("%1 is no time; write milliseconds as a number, or a text such as \"250us\", \"2ms\", \"1.5s\" or \"1ms..3ms\".")
                    .arg(shown(value)));
            return;
        }
        *range = {static_cast<quint64>(*least * nanosecondsPerMillisecond), static_cast<quint64>(*most * nanosecondsPerMillisecond)};
    }

    void readRate(const QString &where, const QJsonValue &value, quint64 *bytesPerSecond)
    {
        if (value.isUndefined())
            return;
        static const QRegularExpression form(QStringLiteral("^\\s*(\\d+(?:\\.\\d+)?)\\s*(|k|M|G)(B|bit)/s\\s*$"));
        const QRegularExpressionMatch match = form.match(value.toString());
        double rate = value.toDouble(0);
        if (match.hasMatch()) {
            const QString prefix = match.captured(2);
            const double factor = prefix == QLatin1String("k") ? 1e3
                : prefix == QLatin1String("M")                 ? 1e6
                : prefix == QLatin1String("G")                 ? 1e9
                                                               : 1;
            rate = match.captured(1).toDouble() * factor / (match.captured(3) == QLatin1String("bit") ? 8 : 1);
        }
        if (!(rate >= 1) || rate > 1e12) {
            complain(where,
                tr("%1 is no bandwidth; write bytes a second as a number, or a text such as \"10MB/s\" or \"100Mbit/s\".")
                    .arg(shown(value)));
            return;
        }
        *bytesPerSecond = static_cast<quint64>(rate);
    }

    void readLoss(const QString &where, const QJsonValue &value, quint32 *lossPerMillion)
    {
        if (value.isUndefined())
            return;
        QString text = value.toString();
        bool isNumber = value.isDouble();
        double share = value.toDouble();
        if (text.endsWith(QLatin1Char('%'))) {
            text.chop(1);
            share = text.trimmed().toDouble(&isNumber) / 100;
        }
        if (!isNumber || !(share >= 0) || share >= 1) {
            complain(where,
                tr("%1 is no loss; write the share of packets as a number from 0 to below 1, or a text such as \"2%\".").arg(shown(value)));
            return;
        }
        *lossPerMillion = static_cast<quint32>(share * 1e6 + 0.5);
    }

    void readSize(const QString &where, const QJsonValue &value, qint64 *bytes)
    {
        if (value.isUndefined())
            return;
        const double size = value.toDouble(0);
        if (size < 1024 || size > 1e9) {
            complain(where, tr("%1 is no size of a buffer; write a number of bytes from 1024 to 1000000000.").arg(shown(value)));
            return;
        }
        *bytes = static_cast<qint64>(size);
    }

    void readLink(const QString &where, const QJsonObject &object, NetworkLink *link)
    {
        readTime(where + QStringLiteral(".roundTrip"), object.value(QStringLiteral("roundTrip")), &link->roundTrip);
        readTime(where + QStringLiteral(".connect"), object.value(QStringLiteral("connect")), &link->connect);
        readRate(where + QStringLiteral(".bandwidth"), object.value(QStringLiteral("bandwidth")), &link->bytesPerSecond);
        readLoss(where + QStringLiteral(".loss"), object.value(QStringLiteral("loss")), &link->lossPerMillion);
    }

    void readHost(const QString &name, const QJsonValue &value, NetworkHost *host)
    {
        const QString where = QStringLiteral("hosts.") + name;
        if (!value.isObject()) {
            complain(where, tr("%1 stands where an object in braces is wanted.").arg(shown(value)));
            return;
        }
        const QJsonObject object = value.toObject();
        checkNames(where, object,
            {QStringLiteral("address"), QStringLiteral("roundTrip"), QStringLiteral("connect"), QStringLiteral("bandwidth"),
                QStringLiteral("loss"), QStringLiteral("records")});
        host->name = name.toLower().toUtf8();
        const QJsonValue address = object.value(QStringLiteral("address"));
        const QJsonArray addresses = address.isArray() ? address.toArray() : QJsonArray{address};
        for (const QJsonValue &each : addresses) {
            const QByteArray parsed = normalAddress(each.toString());
            if (parsed.isEmpty())
                complain(where + QStringLiteral(".address"),
                    tr("%1 is no IP address; write one such as \"10.0.0.5\", or a list of them.").arg(shown(each)));
            host->addresses.push_back(parsed);
        }
        host->link.roundTrip = {1'000'000, 3'000'000}; // a machine of the same data centre
        readLink(where, object, &host->link);
        readRecords(where + QStringLiteral(".records"), object.value(QStringLiteral("records")), host);
    }

    void readRecords(const QString &where, const QJsonValue &value, NetworkHost *host)
    {
        if (value.isUndefined())
            return;
        static const QStringList types = {QStringLiteral("CAA"), QStringLiteral("CNAME"), QStringLiteral("MX"), QStringLiteral("NAPTR"),
            QStringLiteral("NS"), QStringLiteral("PTR"), QStringLiteral("SOA"), QStringLiteral("SRV"), QStringLiteral("TXT")};
        const QJsonObject object = value.toObject();
        if (!value.isObject())
            complain(where, tr("%1 stands where an object in braces is wanted.").arg(shown(value)));
        checkNames(where, object, types);
        for (const QString &type : object.keys()) {
            const QJsonValue records = object.value(type);
            if (!records.isArray() && type != QLatin1String("SOA"))
                complain(where + QLatin1Char('.') + type, tr("%1 stands where a list in brackets is wanted.").arg(shown(records)));
            host->records.insert(QStringLiteral("query") + type.at(0) + type.mid(1).toLower(), records);
        }
    }
};

std::optional<LatencyProfile> LatencyProfile::parse(const QByteArray &json, QString *complaint, const LatencyProfile &usual)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull() || !document.isObject()) {
        const auto line = json.first(std::min<qsizetype>(error.offset, json.size())).count('\n') + 1;
        *complaint = document.isNull() ? tr("line %1: this is no JSON (%2).").arg(line).arg(error.errorString())
                                       : tr("line 1: a profile is an object in braces.");
        return {};
    }
    ProfileReader reader;
    LatencyProfile profile = usual;
    profile.m_source = document.object();
    const QJsonObject &root = profile.m_source;
    reader.checkNames({}, root,
        {QStringLiteral("disk"), QStringLiteral("pool"), QStringLiteral("dns"), QStringLiteral("loopback"), QStringLiteral("hosts"),
            QStringLiteral("buffers")});
    const QJsonObject pool = reader.object(root, QStringLiteral("pool"));
    reader.checkNames(QStringLiteral("pool"), pool, {QStringLiteral("wakeUp"), QStringLiteral("bandwidth")});
    reader.readTime(QStringLiteral("pool.wakeUp"), pool.value(QStringLiteral("wakeUp")), &profile.m_poolWakeUp);
    reader.readRate(QStringLiteral("pool.bandwidth"), pool.value(QStringLiteral("bandwidth")), &profile.m_diskBytesPerSecond);
    const QJsonObject disk = reader.object(root, QStringLiteral("disk"));
    for (const QString &operation : disk.keys())
        reader.readTime(QStringLiteral("disk.") + operation, disk.value(operation), &profile.m_disk[operation]);
    NetworkProfile &network = profile.m_network;
    const QJsonObject dns = reader.object(root, QStringLiteral("dns"));
    reader.checkNames(QStringLiteral("dns"), dns, {QStringLiteral("lookup"), QStringLiteral("query")});
    reader.readTime(QStringLiteral("dns.lookup"), dns.value(QStringLiteral("lookup")), &network.lookup);
    reader.readTime(QStringLiteral("dns.query"), dns.value(QStringLiteral("query")), &network.query);
    const QJsonObject loopback = reader.object(root, QStringLiteral("loopback"));
    reader.checkNames(QStringLiteral("loopback"), loopback,
        {QStringLiteral("roundTrip"), QStringLiteral("connect"), QStringLiteral("bandwidth"), QStringLiteral("loss")});
    reader.readLink(QStringLiteral("loopback"), loopback, &network.loopback);
    // A loopback interface that is given a line of its own behaves like one.
    if (!loopback.isEmpty())
        network.loopback.isLoopback = false;
    const QJsonObject hosts = reader.object(root, QStringLiteral("hosts"));
    for (const QString &name : hosts.keys())
        reader.readHost(name, hosts.value(name), &network.hosts.emplace_back());
    const QJsonObject buffers = reader.object(root, QStringLiteral("buffers"));
    reader.checkNames(QStringLiteral("buffers"), buffers, {QStringLiteral("send"), QStringLiteral("receive")});
    reader.readSize(QStringLiteral("buffers.send"), buffers.value(QStringLiteral("send")), &network.sendBuffer);
    reader.readSize(QStringLiteral("buffers.receive"), buffers.value(QStringLiteral("receive")), &network.receiveBuffer);
    if (!reader.complaint.isEmpty()) {
        *complaint = reader.complaint;
        return {};
    }
    return profile;
}

std::optional<LatencyProfile> LatencyProfile::parse(const QByteArray &json, QString *complaint)
{
    return parse(json, complaint, LatencyProfile());
}

LatencyRange LatencyProfile::diskLatency(const QString &operation) const
{
    for (const QString &name : {operation, QStringLiteral("*")}) {
        if (const auto given = m_disk.constFind(name); given != m_disk.cend())
            return *given;
    }
    return latencyRange(operation);
}

quint64 LatencyProfile::transferTime(const IoOperation &operation, const IoResult &result) const
{
    return loopscope::transferTime(operation, result) * usualDisk / m_diskBytesPerSecond;
}

/// docs/simulated-io.md says where the figures come from.
LatencyProfile LatencyProfile::ofServers()
{
    QString complaint;
    const auto profile = parse(R"({
        "disk": {
            "readFile": "15us..30us", "writeFile": "15us..30us", "appendFile": "15us..30us", "copyFile": "20us..60us",
            "rm": "10us..30us", "readdir": "5us..25us", "opendir": "5us..25us",
            "fsync": "1ms..6ms", "fdatasync": "1ms..6ms", "*": "3us..9us"
        },
        "pool": { "wakeUp": "20us..60us", "bandwidth": "5GB/s" }
    })",
        &complaint);
    Q_ASSERT_X(profile, "LatencyProfile::ofServers", qPrintable(complaint));
    return *profile;
}

QJsonObject LatencyProfile::scaledDisk(double factor) const
{
    const auto text = [](const LatencyRange &range, double times) {
        const auto microseconds = [times](quint64 time) { return QString::number(static_cast<double>(time) * times / 1e3, 'f', 2); };
        return QStringLiteral("%1us..%2us").arg(microseconds(range.least), microseconds(range.most));
    };
    QJsonObject disk;
    for (auto each = m_disk.cbegin(); each != m_disk.cend(); ++each)
        disk[each.key()] = text(each.value(), each.key().endsWith(QLatin1String("sync")) ? 1 : factor);
    return {{QStringLiteral("disk"), disk},
        {QStringLiteral("pool"),
            QJsonObject{{QStringLiteral("wakeUp"), text(m_poolWakeUp, factor)},
                {QStringLiteral("bandwidth"), static_cast<double>(m_diskBytesPerSecond)}}}};
}

} // namespace loopscope
