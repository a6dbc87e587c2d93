// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/ChromeRecords.h"

#include "exchange/ChromeExport.h"
#include "exchange/ChromeFields.h"
#include "recording/RecordingFormat.h"
#include "state/Names.h"

#include <simdjson.h>

#include <cmath>
#include <optional>

namespace loopscope {

using simdjson::dom::element;
using simdjson::dom::object;

/// The members of a trace event that are of use.
struct ChromeRecords::Fields
{
    char phase = 0;
    std::string_view name;
    std::string_view category;
    std::optional<quint64> time; ///< ns, with zeroTime
    quint64 duration = 0; ///< ns
    quint64 process = 0;
    quint64 thread = 0;
    quint64 id = 0; ///< stands for id, id2 and scope
    bool bindsEnclosing = false;
    std::optional<object> arguments;
};

namespace {

constexpr double longestMicroseconds = 3e15; // about a hundred years
constexpr size_t mostStrings = 65536;

quint64 hashOf(std::string_view text) { return std::hash<std::string_view>()(text); }

quint64 mixed(quint64 left, quint64 right) { return (left ^ (right + 0x9e3779b97f4a7c15ULL + (left << 6U) + (left >> 2U))); }

std::optional<double> numberOf(const element &value)
{
    double number = 0;
    return value.get(number) == simdjson::SUCCESS && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// ns of a time in µs, without losing digits of whole numbers.
std::optional<qint64> nanosecondsOf(const element &value)
{
    int64_t whole = 0;
    if (value.is_int64() && value.get(whole) == simdjson::SUCCESS)
        return std::abs(static_cast<double>(whole)) <= longestMicroseconds ? std::optional<qint64>(whole * 1000) : std::nullopt;
    const std::optional<double> number = numberOf(value);
    return number && std::abs(*number) <= longestMicroseconds ? std::optional<qint64>(std::llround(*number * 1000)) : std::nullopt;
}

/// Processes, threads and ids are numbers or texts: only whether they are equal counts.
quint64 keyOf(const element &value)
{
    std::string_view text;
    int64_t number = 0;
    uint64_t large = 0;
    if (value.get(number) == simdjson::SUCCESS)
        return static_cast<quint64>(number);
    if (value.get(large) == simdjson::SUCCESS)
        return large;
    return value.get(text) == simdjson::SUCCESS ? hashOf(text) : 0;
}

quint64 keyOfAll(const element &value)
{
    object members;
    if (value.get(members) != simdjson::SUCCESS)
        return keyOf(value);
    quint64 key = 0;
    for (const auto [name, member] : members)
        key = mixed(mixed(key, hashOf(name)), keyOf(member));
    return key;
}

/// A whole number within the limits, 0 if the member is not there; nothing if it is anything else.
std::optional<quint64> memberOf(const object &arguments, std::string_view name, quint64 largest)
{
    const auto value = arguments.at_key(name);
    uint64_t number = 0;
    if (value.error() != simdjson::SUCCESS)
        return 0;
    return value.get(number) == simdjson::SUCCESS && number <= largest ? std::optional<quint64>(number) : std::nullopt;
}

std::string_view textOf(const object &arguments, std::string_view name)
{
    std::string_view text;
    return arguments.at_key(name).get(text) == simdjson::SUCCESS ? text : std::string_view();
}

SiteKind siteKindOf(EventKind kind)
{
    switch (kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed:
    case EventKind::TaskBegun:
    case EventKind::TaskEnded:
    case EventKind::CallEntered:
    case EventKind::CallLeft:
    case EventKind::ReactionAdded:
        return SiteKind::Function;
    case EventKind::AwaitSuspended:
    case EventKind::AwaitResumed:
        return SiteKind::Await;
    default:
        return SiteKind::Statement;
    }
}

/// What DevTools calls the work that a thread was woken up for.
TaskKind taskKindOf(std::string_view name)
{
    if (name == "TimerFire" || name == "RunTimers" || name.starts_with("Timeout"))
        return TaskKind::Timeout;
    if (name == "RunMicrotasks" || name == "V8.RunMicrotasks")
        return TaskKind::Microtask;
    if (name == "EvaluateScript" || name == "v8.evaluateModule")
        return TaskKind::Script;
    if (name == "CheckImmediate" || name.starts_with("Immediate"))
        return TaskKind::Immediate;
    return TaskKind::IoCallback;
}

} // namespace

ChromeRecords::ChromeRecords(RecordingWriter &writer, TracePlaces &places, TraceSpool &spool, bool isOurs)
    : m_writer(writer)
    , m_places(places)
    , m_spool(spool)
    , m_profiles(writer, places, spool)
    , m_isOurs(isOurs)
{
    for (int number = 0; number <= std::numeric_limits<quint8>::max(); ++number) {
        const auto kind = static_cast<EventKind>(number);
        if (format::isKnown(kind) && kind != EventKind::Payload)
            m_kinds.emplace(eventKindKey(kind).latin1(), kind);
    }
}

void ChromeRecords::take(const element &event)
{
    ++m_eventCount;
    object members;
    Fields fields;
    const bool isSound =
        event.get(members) == simdjson::SUCCESS && readFields(members, &fields) && (m_isOurs ? takeOurs(fields) : takeForeign(fields));
    m_malformedCount += isSound ? 0 : 1;
}

bool ChromeRecords::readFields(const object &event, Fields *fields) const
{
    for (const auto [key, value] : event) {
        std::string_view text;
        if (key == "ph") {
            fields->phase = value.get(text) == simdjson::SUCCESS && text.size() == 1 ? text.front() : '\0';
        } else if (key == "name") {
            fields->name = value.get(text) == simdjson::SUCCESS ? text : std::string_view();
        } else if (key == "cat") {
            fields->category = value.get(text) == simdjson::SUCCESS ? text : std::string_view();
        } else if (key == "ts") {
            const std::optional<qint64> time = nanosecondsOf(value);
            if (!time)
                return false;
            fields->time = static_cast<quint64>(*time + static_cast<qint64>(zeroTime));
        } else if (key == "dur") {
            const std::optional<qint64> duration = nanosecondsOf(value);
            if (!duration || *duration < 0)
                return false;
            fields->duration = static_cast<quint64>(*duration);
        } else if (key == "pid") {
            fields->process = keyOf(value);
        } else if (key == "tid") {
            fields->thread = keyOf(value);
        } else if (key == "id" || key == "id2" || key == "scope") {
            fields->id = mixed(fields->id, keyOfAll(value));
        } else if (key == "bp") {
            fields->bindsEnclosing = value.get(text) == simdjson::SUCCESS && text == "e";
        } else if (key == "args") {
            object arguments;
            if (value.get(arguments) == simdjson::SUCCESS)
                fields->arguments = arguments;
        }
    }
    return fields->phase != 0 && (fields->time || fields->phase == 'M');
}

StringId ChromeRecords::define(std::string_view text)
{
    m_text.assign(text);
    const auto known = m_strings.find(m_text);
    if (known != m_strings.end())
        return known->second;
    if (m_strings.size() >= mostStrings)
        m_strings.clear();
    const StringId id = m_writer.defineString(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    constexpr size_t longestKept = 1024;
    if (m_text.size() <= longestKept)
        m_strings.emplace(m_text, id);
    return id;
}

bool ChromeRecords::takeOurs(const Fields &fields)
{
    const std::string_view name = fields.arguments ? textOf(*fields.arguments, "event") : std::string_view();
    if (name.empty())
        return fields.name != chromeSourceName || takeSource(fields); // what else has no event is for viewers only
    const auto kind = m_kinds.find(name);
    if (kind == m_kinds.end() || !fields.time)
        return false;
    const object &arguments = *fields.arguments;
    constexpr quint64 largest = std::numeric_limits<quint32>::max();
    const auto subject = memberOf(arguments, "subject", largest);
    const auto cause = memberOf(arguments, "cause", largest);
    const auto detail = memberOf(arguments, "detail", std::numeric_limits<quint8>::max());
    const auto lane = memberOf(arguments, "lane", mostThreads * lanesOfLoop - 1);
    const auto phase = memberOf(arguments, "phase", static_cast<quint64>(Phase::ClosingCallbacks));
    if (!subject || !cause || !detail || !lane || !phase)
        return false;
    TraceRecord record;
    Event &event = record.event;
    event.time = *fields.time;
    event.kind = kind->second;
    event.subject = static_cast<SubjectId>(*subject);
    event.cause = static_cast<SubjectId>(*cause);
    event.detail = static_cast<quint8>(*detail);
    event.setPhase(static_cast<Phase>(*phase), static_cast<quint16>(*lane));
    object place;
    if (arguments.at_key("data").get(place) == simdjson::SUCCESS)
        event.site = placeOf(place, siteKindOf(event.kind));
    int64_t value = 0;
    if (valueKind(event) == ValueKind::Text)
        event.value = define(textOf(arguments, "text"));
    else if (valueKind(event) == ValueKind::Number && arguments.at_key("value").get(value) == simdjson::SUCCESS)
        event.value = value;
    else if (valueKind(event) == ValueKind::Site && arguments.at_key("at").get(place) == simdjson::SUCCESS)
        event.value = placeOf(place, event.kind == EventKind::PromiseCreated ? SiteKind::Function : SiteKind::Call);
    m_spool.add(record);
    return true;
}

bool ChromeRecords::takeSource(const Fields &fields)
{
    if (!fields.arguments)
        return false;
    const auto first = memberOf(*fields.arguments, "first", std::numeric_limits<SiteId>::max());
    const std::string_view text = textOf(*fields.arguments, "source");
    const auto payload = QByteArray::fromBase64Encoding(
        QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())), QByteArray::AbortOnBase64DecodingErrors);
    return first && *first != 0 && payload && m_places.addSource(static_cast<SiteId>(*first), *payload);
}

bool ChromeRecords::takeForeign(const Fields &fields)
{
    if (fields.phase == 'M') {
        takeName(fields);
        return true;
    }
    if (fields.phase == 'P')
        return takeProfile(fields);
    const int thread = threadOf(fields);
    if (thread < 0)
        return true;
    TraceRecord record;
    record.event.time = *fields.time;
    record.event.setPhase(Phase::None, static_cast<quint16>(thread * lanesOfLoop));
    switch (fields.phase) {
    case 'X':
    case 'B':
        addSpan(fields, record, static_cast<quint16>(thread));
        return true;
    case 'E':
        record.event.kind = EventKind::CallLeft;
        m_spool.add(record);
        return true;
    case 'b':
    case 'S':
    case 'e':
    case 'F':
        record.event.kind = fields.phase == 'b' || fields.phase == 'S' ? EventKind::IoSubmitted : EventKind::IoCompleted;
        record.event.detail = static_cast<quint8>(fields.category.find("fs") != std::string_view::npos ? IoKind::File
                : fields.category.find("dns") != std::string_view::npos                                ? IoKind::Dns
                : fields.category.find("net") != std::string_view::npos                                ? IoKind::Tcp
                                                                                                       : IoKind::Other);
        record.event.value = define(fields.name);
        record.extra = mixed(mixed(fields.id, hashOf(fields.category)), fields.process);
        m_spool.add(record);
        return true;
    case 's':
    case 'f':
        record.event.kind = fields.phase == 's' ? EventKind::MessagePosted : EventKind::TaskReady;
        record.event.detail = fields.bindsEnclosing ? 1 : 0;
        record.extra = mixed(mixed(fields.id, hashOf(fields.category)), hashOf(fields.name));
        m_spool.add(record);
        return true;
    case 'i':
    case 'I':
    case 'R':
    case 'n':
    case 'T':
    case 'C':
        addValue(fields, record);
        return true;
    default:
        return true; // steps of flows, objects: nothing of ours
    }
}

bool ChromeRecords::takeProfile(const Fields &fields)
{
    object data;
    const bool isBegin = fields.name == "Profile";
    if (!isBegin && fields.name != "ProfileChunk")
        return true; // a sample of something else
    if (!fields.arguments || fields.arguments->at_key("data").get(data) != simdjson::SUCCESS)
        return false;
    const quint64 key = mixed(fields.id, fields.process);
    if (!isBegin)
        return m_profiles.add(key, data);
    const int thread = threadOf(fields);
    return thread < 0 || m_profiles.begin(key, static_cast<quint16>(thread), data);
}

void ChromeRecords::addSpan(const Fields &fields, TraceRecord record, quint16 thread)
{
    TraceThread &of = m_threads[thread];
    ++of.spans;
    of.hasTasks = of.hasTasks || fields.name == "RunTask" || fields.name == "FunctionCall";
    record.event.kind = EventKind::CallEntered;
    record.event.detail = static_cast<quint8>(taskKindOf(fields.name));
    record.event.value = define(fields.name);
    record.event.site = placeOfSpan(fields);
    record.extra = fields.phase == 'X' ? *fields.time + fields.duration : openEnd;
    m_spool.add(record);
}

/// Instants by their name; counters with their values.
void ChromeRecords::addValue(const Fields &fields, TraceRecord record)
{
    record.event.kind = EventKind::Mark;
    if (fields.phase == 'C' && fields.arguments) {
        std::string text(fields.name);
        for (const auto [key, value] : *fields.arguments) {
            if (const std::optional<double> number = numberOf(value))
                text.append(" ").append(key).append("=").append(QByteArray::number(*number).toStdString());
        }
        record.event.value = define(text);
    } else {
        record.event.value = define(fields.name);
    }
    m_spool.add(record);
}

quint32 ChromeRecords::placeOf(const object &data, SiteKind kind)
{
    constexpr quint64 largest = std::numeric_limits<qint32>::max();
    const quint64 site = m_isOurs ? memberOf(data, "site", largest).value_or(0) : 0;
    if (const quint32 place = m_places.placeOfSite(static_cast<SiteId>(site)); place != 0)
        return place;
    const std::string_view url = textOf(data, "url");
    const std::string_view function = textOf(data, "functionName");
    if (url.empty() && function.empty())
        return 0;
    const quint64 line = memberOf(data, "lineNumber", largest).value_or(0);
    const quint64 column = memberOf(data, "columnNumber", largest).value_or(0);
    return m_places.place(m_isOurs ? url : pathOfUrl(url), function, static_cast<quint32>(std::max<quint64>(line, 1)),
        static_cast<quint32>(std::max<quint64>(column, 1)), kind);
}

/// Where no function is told, the span stands for one in the file of its category.
quint32 ChromeRecords::placeOfSpan(const Fields &fields)
{
    object data;
    if (fields.arguments && fields.arguments->at_key("data").get(data) == simdjson::SUCCESS) {
        if (textOf(data, "functionName").empty() && textOf(data, "url").empty())
            data = {};
        else
            return placeOf(data, SiteKind::Function);
    }
    return m_places.place(fields.category, fields.name, 1, 2, SiteKind::Function);
}

void ChromeRecords::takeName(const Fields &fields)
{
    if (fields.name != "thread_name" || !fields.arguments)
        return;
    const std::string_view text = textOf(*fields.arguments, "name");
    const QString name = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    const quint64 key = mixed(fields.process, fields.thread);
    const auto thread = m_threadNumbers.find(key);
    constexpr size_t mostNames = 65536;
    if (thread != m_threadNumbers.end())
        m_threads[static_cast<size_t>(thread->second)].name = name;
    else if (m_threadNames.size() < mostNames)
        m_threadNames[key] = name;
}

int ChromeRecords::threadOf(const Fields &fields)
{
    const quint64 key = mixed(fields.process, fields.thread);
    const auto known = m_threadNumbers.find(key);
    if (known != m_threadNumbers.end())
        return known->second;
    if (m_threads.size() >= mostThreads) {
        ++m_droppedCount;
        return -1;
    }
    const auto name = m_threadNames.find(key);
    m_threads.push_back({name == m_threadNames.end() ? QString() : name->second, fields.process, fields.process == fields.thread});
    m_threadNumbers.emplace(key, static_cast<int>(m_threads.size()) - 1);
    return static_cast<int>(m_threads.size()) - 1;
}

} // namespace loopscope
