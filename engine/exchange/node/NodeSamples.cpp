// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeSamples.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace loopscope {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

constexpr double longestNanoseconds = 3e18; // about a hundred years

QString textOf(const object &members, std::string_view name)
{
    std::string_view text;
    if (members.at_key(name).get(text) != simdjson::SUCCESS)
        return {};
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Profiles count lines and columns from 0; -1 is none.
quint32 fromOne(const object &frame, std::string_view name)
{
    int64_t number = 0;
    const bool isSound = frame.at_key(name).get(number) == simdjson::SUCCESS && number >= 0 && number < std::numeric_limits<qint32>::max();
    return isSound ? static_cast<quint32>(number + 1) : 1;
}

/// Functions of Node's that run whatever is due.
bool isDispatcher(const QString &name)
{
    static constexpr std::array names = {"processTimers", "listOnTimeout", "processImmediate", "processTicksAndRejections", "runNextTicks",
        "runMicrotasks", "runMicrotask", "callbackTrampoline", "runInAsyncScope"};
    return std::any_of(names.begin(), names.end(), [&](const char *each) { return name == QLatin1String(each); });
}

} // namespace

NodeSamples::NodeSamples(RecordingWriter &writer, NodeSites &sites)
    : m_writer(writer)
    , m_sites(sites)
    , m_nodes(1)
{
}

void NodeSamples::setClock(double zero, const QString &recorder)
{
    m_zero = zero;
    m_recorder = recorder;
}

void NodeSamples::take(const QByteArray &json)
{
    simdjson::dom::parser parser;
    object profile;
    array nodes;
    array samples;
    array deltas;
    double time = 0;
    if (parser.parse(json.constData(), static_cast<size_t>(json.size())).get(profile) != simdjson::SUCCESS
        || profile.at_key("nodes").get(nodes) != simdjson::SUCCESS || profile.at_key("samples").get(samples) != simdjson::SUCCESS
        || profile.at_key("timeDeltas").get(deltas) != simdjson::SUCCESS || profile.at_key("startTime").get(time) != simdjson::SUCCESS)
        return;
    Frames frames = readFrames(nodes);
    auto delta = deltas.begin();
    for (const element sample : samples) {
        double step = 0;
        int64_t id = 0;
        if (!(delta != deltas.end()) || (*delta).get(step) != simdjson::SUCCESS || sample.get(id) != simdjson::SUCCESS)
            break;
        ++delta;
        time += step;
        const auto frame = frames.numbers.find(id);
        const double at = (time - m_zero) * 1000;
        if (frame != frames.numbers.end() && at >= 0 && at < longestNanoseconds)
            m_samples.push_back({static_cast<quint64>(at), stackOf(frames.list, frame->second)});
    }
    // Samples of one thread may come in another order than they were taken, and profiles overlap a little.
    std::ranges::stable_sort(m_samples, {}, &Sample::time);
}

NodeSamples::Frames NodeSamples::readFrames(const array &nodes)
{
    Frames frames;
    std::vector<std::pair<quint32, int64_t>> below;
    for (const element node : nodes) {
        object members;
        object call;
        int64_t id = 0;
        if (node.get(members) != simdjson::SUCCESS || members.at_key("id").get(id) != simdjson::SUCCESS
            || members.at_key("callFrame").get(call) != simdjson::SUCCESS)
            continue;
        const auto number = static_cast<quint32>(frames.list.size());
        frames.numbers.emplace(id, number);
        readFrame(call, frames);
        array children;
        if (members.at_key("children").get(children) != simdjson::SUCCESS)
            continue;
        for (const element child : children) {
            if (child.get(id) == simdjson::SUCCESS)
                below.emplace_back(number, id);
        }
    }
    // V8 lists a node before what it called; anything else might be a circle.
    for (const auto &[parent, id] : below) {
        const auto child = frames.numbers.find(id);
        if (child != frames.numbers.end() && child->second > parent)
            frames.list[child->second].parent = parent;
    }
    placeOthers(frames);
    return frames;
}

void NodeSamples::readFrame(const object &call, Frames &frames)
{
    const QString file = textOf(call, "url");
    const QString name = textOf(call, "functionName");
    const quint32 line = fromOne(call, "lineNumber");
    const quint32 column = fromOne(call, "columnNumber");
    Frame frame;
    frame.isOfNode = file.isEmpty() || file.startsWith(QLatin1String("node:"));
    frame.isRecorder = !m_recorder.isEmpty() && file.endsWith(m_recorder); // a path, or a URL of it
    frame.isDispatch = frame.isOfNode && isDispatcher(name);
    if (file.isEmpty() && name == QLatin1String("(idle)"))
        frame.role = Role::Idle;
    else if (file.isEmpty() && name == QLatin1String("(garbage collector)"))
        frame.role = Role::Collector;
    else if (file.isEmpty() && (name == QLatin1String("(root)") || name == QLatin1String("(program)")))
        frame.role = Role::Nothing;
    frame.key = QStringLiteral("%1\n%2\n%3:%4").arg(file, name).arg(line).arg(column);
    if (!m_found.contains(frame.key) && !frame.isRecorder) {
        const SiteId site = frame.isOfNode ? 0 : m_sites.function(file, line, column);
        if (site != 0)
            m_found.insert(frame.key, site);
        else
            frames.unplaced[file].insert(frame.key, {line, column, line, column + 1, 0, SiteKind::Function, name});
    }
    frames.list.push_back(frame);
}

/// Functions of Node's own, and such whose text is nowhere, have a name and a place, but nothing to show there.
void NodeSamples::placeOthers(const Frames &frames)
{
    for (auto file = frames.unplaced.begin(); file != frames.unplaced.end(); ++file) {
        SourceText source{file.key().isEmpty() ? QStringLiteral("V8") : file.key(), {}, {{1, 1, 1, 1, 0, SiteKind::Function, {}}}};
        for (const Site &function : file.value())
            source.sites.push_back(function);
        SiteId site = m_writer.defineSource(source);
        for (auto function = file->begin(); function != file->end(); ++function)
            m_found.insert(function.key(), ++site);
    }
}

quint32 NodeSamples::child(quint32 parent, SiteId site)
{
    if (m_nodes.size() >= mostNodes)
        return parent;
    const auto [entry, isNew] = m_children.try_emplace((quint64{parent} << 32U) | site, static_cast<quint32>(m_nodes.size()));
    if (isNew)
        m_nodes.push_back({parent, m_nodes[parent].depth + 1, site});
    return entry->second;
}

/// The stack whose top a frame is, without those of Node's that lead to the first one of the person's.
quint32 NodeSamples::stackOf(std::vector<Frame> &frames, quint32 leaf)
{
    if (frames[leaf].role == Role::Collector) {
        m_collector = m_found.value(frames[leaf].key);
        return collector;
    }
    if (frames[leaf].role == Role::Idle)
        return idle;
    if (frames[leaf].stack != none)
        return frames[leaf].stack;
    std::vector<quint32> path; // the innermost first
    for (quint32 frame = leaf; frames[frame].role == Role::Function; frame = frames[frame].parent) {
        path.push_back(frame);
        if (frame == frames[frame].parent)
            break;
    }
    const auto isPersons = [&](quint32 frame) { return !frames[frame].isOfNode; };
    const auto isDispatch = [&](quint32 frame) { return frames[frame].isDispatch; };
    const auto isRecorder = [&](quint32 frame) { return frames[frame].isRecorder; };
    const auto end = std::find_if(path.rbegin(), path.rend(), isRecorder);
    const auto outermost = std::find_if(path.rbegin(), end, isPersons);
    auto from = outermost != end ? outermost : std::find_if_not(path.rbegin(), end, isDispatch);
    quint32 stack = 0;
    for (; from != end; ++from)
        stack = child(stack, m_found.value(frames[*from].key));
    return frames[leaf].stack = stack;
}

void NodeSamples::skip(quint64 until)
{
    for (; !m_samples.empty() && m_samples.front().time <= until; m_samples.pop_front())
        m_lastTime = m_samples.front().time;
}

void NodeSamples::follow(quint64 from, quint64 until, const Change &change)
{
    for (; !m_samples.empty() && m_samples.front().time <= until; m_samples.pop_front()) {
        const Sample sample = m_samples.front();
        const quint64 time = std::max(from, (m_lastTime + sample.time) / 2);
        m_lastTime = sample.time;
        if (sample.stack == idle)
            continue;
        from = time;
        const bool wasCollecting = m_current != 0 && m_nodes[m_current].site == m_collector;
        const quint32 below = wasCollecting ? m_nodes[m_current].parent : m_current;
        moveTo(sample.stack == collector ? child(below, m_collector) : sample.stack, time, change);
    }
}

void NodeSamples::leaveAll(quint64 time, const Change &change) { moveTo(0, time, change); }

void NodeSamples::moveTo(quint32 stack, quint64 time, const Change &change)
{
    quint32 common = stack;
    quint32 left = m_current;
    while (common != left) {
        if (m_nodes[common].depth >= m_nodes[left].depth)
            common = m_nodes[common].parent;
        else
            left = m_nodes[left].parent;
    }
    for (; m_current != common; m_current = m_nodes[m_current].parent)
        change(time, m_nodes[m_current].site, false);
    std::vector<SiteId> path;
    for (quint32 each = stack; each != common; each = m_nodes[each].parent)
        path.push_back(m_nodes[each].site);
    for (auto each = path.rbegin(); each != path.rend(); ++each)
        change(time, *each, true);
    m_current = stack;
}

} // namespace loopscope
