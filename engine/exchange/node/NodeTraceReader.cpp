// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeTraceReader.h"

#include "exchange/node/NodeTranslator.h"

#include <QFile>
#include <QHash>

#include <simdjson.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

namespace loopscope {

namespace {

using simdjson::ondemand::object;
using Operation = NodeRecord::Operation;

constexpr std::string_view callbackSuffix = "_CALLBACK";

/// What one entry says; nothing if it is about something else.
struct Entry
{
    std::string_view name;
    std::string_view version; ///< of Node, where the entry tells it
    char phase = 0;
    bool isOfHooks = false;
    double time = 0; ///< ms
    quint64 id = 0;
    uint64_t trigger = 0;
    int64_t thread = 0;
};

quint64 hexadecimal(std::string_view text)
{
    quint64 number = 0;
    if (text.starts_with("0x"))
        std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
    return number;
}

/// What is of another type than it should be counts as not there.
template<typename Result, typename Value>
void take(Result result, Value *value)
{
    Value read{};
    if (std::move(result).get(read) == simdjson::SUCCESS)
        *value = read;
}

/// Missing members stay as they are; false if the text is no JSON here.
bool readEntry(object &entry, Entry *read)
{
    for (auto field : entry) {
        std::string_view key;
        if (field.unescaped_key().get(key) != simdjson::SUCCESS)
            return false;
        auto value = field.value();
        std::string_view text;
        if (key == "name") {
            take(value.get_string(), &read->name);
        } else if (key == "cat") {
            read->isOfHooks = value.get_string().get(text) == simdjson::SUCCESS && text.find("async_hooks") != std::string_view::npos;
        } else if (key == "ph") {
            read->phase = value.get_string().get(text) == simdjson::SUCCESS && !text.empty() ? text.front() : '\0';
        } else if (key == "ts") {
            if (value.get_double().get(read->time) == simdjson::SUCCESS)
                read->time /= 1000;
        } else if (key == "id") {
            if (value.get_string().get(text) == simdjson::SUCCESS)
                read->id = hexadecimal(text);
        } else if (key == "tid") {
            take(value.get_int64(), &read->thread);
        } else if (key == "args") {
            object arguments;
            if (value.get_object().get(arguments) != simdjson::SUCCESS)
                continue;
            for (auto argument : arguments) {
                if (argument.unescaped_key().get(key) != simdjson::SUCCESS)
                    return false;
                object data;
                if (key == "version")
                    take(argument.value().get_string(), &read->version);
                else if (key == "data" && argument.value().get_object().get(data) == simdjson::SUCCESS)
                    take(data["triggerAsyncId"].get_uint64(), &read->trigger);
            }
        }
    }
    return true;
}

/// Tells a translator what entries say, as the recorder inside of Node would.
class Teller
{
public:
    Teller(RecordingWriter &writer, const QJsonObject &metadata)
        : m_writer(writer)
        , m_sites(writer, [](const QString &) { return nullptr; })
        , m_metadata(metadata)
    {
    }

    void tell(const Entry &entry)
    {
        if (entry.name == "node" && !entry.version.empty())
            m_version = QString::fromUtf8(entry.version.data(), static_cast<qsizetype>(entry.version.size()));
        if (!entry.isOfHooks || (entry.phase != 'b' && entry.phase != 'e'))
            return;
        if (!m_translator) {
            m_thread = entry.thread;
            m_translator.emplace(m_writer, m_sites, m_metadata);
            m_translator->takeFacts(
                {{QStringLiteral("version"), m_version.isEmpty() ? QStringLiteral("?") : m_version}, {QStringLiteral("now"), entry.time}});
        }
        if (entry.thread != m_thread)
            return; // a worker's, whose numbers mean other things
        const bool isBegin = entry.phase == 'b';
        NodeRecord record;
        record.time = entry.time;
        record.first = static_cast<double>(entry.id);
        if (entry.name.ends_with(callbackSuffix)) {
            record.operation = isBegin ? Operation::Before : Operation::After;
        } else {
            record.operation = isBegin ? Operation::Init : Operation::Destroy;
            record.type = numberOf(entry.name);
            record.second = static_cast<double>(entry.trigger);
        }
        m_translator->takeRecord(record);
    }
    /// False if there was nothing to tell; then nothing is written.
    bool finish()
    {
        if (m_translator)
            m_translator->finish(RunEnding::Finished, 0);
        return m_translator.has_value();
    }

private:
    quint32 numberOf(std::string_view name)
    {
        const QByteArray type(name.data(), static_cast<qsizetype>(name.size()));
        quint32 &number = m_types[type];
        if (number == 0) {
            number = static_cast<quint32>(m_types.size());
            m_translator->takeText(QString::fromUtf8(type));
        }
        return number;
    }

    RecordingWriter &m_writer;
    NodeSites m_sites;
    QJsonObject m_metadata;
    std::optional<NodeTranslator> m_translator; ///< once there is something to tell
    QHash<QByteArray, quint32> m_types;
    QString m_version;
    int64_t m_thread = 0;
};

} // namespace

bool NodeTraceReader::isTrace(QByteArrayView head)
{
    return head.trimmed().startsWith('{') && head.contains("\"traceEvents\"")
        && (head.contains("node,node.") || head.contains("\"name\":\"node\""));
}

bool NodeTraceReader::isTraceFile(const QString &path)
{
    QFile file(path);
    constexpr qint64 telling = 4096;
    return file.open(QIODevice::ReadOnly) && isTrace(file.read(telling));
}

bool NodeTraceReader::read(const QString &path, RecordingWriter &writer, const QJsonObject &origin)
{
    simdjson::padded_string text;
    if (const auto error = simdjson::padded_string::load(QFile::encodeName(path).toStdString()).get(text)) {
        m_problem = tr("the trace '%1' cannot be read: %2.").arg(path, QLatin1String(simdjson::error_message(error)));
        return false;
    }
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::array entries;
    auto error = parser.iterate(text).get(document);
    if (error == simdjson::SUCCESS)
        error = document["traceEvents"].get_array().get(entries);
    if (error != simdjson::SUCCESS) {
        m_problem = tr("'%1' is no trace of Node's: %2. 'node --trace-event-categories node.async_hooks FILE' makes one.")
                        .arg(path, QLatin1String(simdjson::error_message(error)));
        return false;
    }
    QJsonObject metadata{{QStringLiteral("program"), QStringLiteral("node")}, {QStringLiteral("file"), path},
        {QStringLiteral("clock"), QStringLiteral("wall")}, {QStringLiteral("io"), QStringLiteral("real")},
        {QStringLiteral("truth"), QStringLiteral("real")}, {QStringLiteral("detail"), QStringLiteral("tasks")}};
    if (!origin.isEmpty())
        metadata.insert(QStringLiteral("importedFrom"), origin);
    Teller teller(writer, metadata);
    for (auto element : entries) {
        object members;
        Entry entry;
        error = element.get_object().get(members);
        if (error != simdjson::SUCCESS || !readEntry(members, &entry)) {
            m_problem = tr("the trace '%1' is cut or damaged; what comes before that is there.").arg(path);
            break;
        }
        teller.tell(entry);
    }
    if (!teller.finish()) {
        m_problem =
            tr("the trace '%1' tells nothing of the event loop; make it with 'node --trace-event-categories node.async_hooks'.").arg(path);
        return false;
    }
    return true;
}

} // namespace loopscope
