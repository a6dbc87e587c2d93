// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/CpuProfileImport.h"

#include "exchange/TracePlaces.h"
#include "state/Names.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>

namespace loopscope {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

namespace {

constexpr double longestMicroseconds = 3e15; // about a hundred years

} // namespace

bool CpuProfileImport::fail(const QString &what)
{
    m_problem = what;
    return false;
}

bool CpuProfileImport::read(const QByteArray &json)
{
    simdjson::dom::parser parser;
    object profile;
    const auto error = parser.parse(json.constData(), static_cast<size_t>(json.size())).get(profile);
    if (error != simdjson::SUCCESS)
        return fail(error == simdjson::DEPTH_ERROR ? tr("it is nested too deep.") : tr("it is no JSON."));
    TracePlaces places;
    if (!readNodes(profile, places) || !readSamples(profile))
        return false;
    places.define(m_writer);
    for (Node &node : m_nodes)
        node.site = places.siteOf(node.frame.place);
    constexpr quint64 perByte = 4; // two or three times what deep stacks that change all the time take
    constexpr quint64 anyway = 1'000'000;
    write(static_cast<quint64>(json.size()) * perByte + anyway);
    return true;
}

bool CpuProfileImport::readNodes(const object &profile, TracePlaces &places)
{
    array nodes;
    if (profile.at_key("nodes").get(nodes) != simdjson::SUCCESS || nodes.size() == 0)
        return fail(tr("it has no 'nodes'; profiles of V8 before 2016 are not read."));
    for (const element node : nodes) {
        if (!readNode(node, places))
            return fail(tr("node %1 of its 'nodes' is none.").arg(m_nodes.size()));
    }
    arrange();
    return true;
}

bool CpuProfileImport::readNode(const element &value, TracePlaces &places)
{
    object members;
    object frame;
    Node node;
    int64_t id = 0;
    if (value.get(members) != simdjson::SUCCESS || members.at_key("id").get(id) != simdjson::SUCCESS
        || members.at_key("callFrame").get(frame) != simdjson::SUCCESS)
        return false;
    node.id = id;
    array children;
    if (members.at_key("children").get(children) == simdjson::SUCCESS) {
        for (const element child : children) {
            if (child.get(id) == simdjson::SUCCESS)
                node.children.push_back(id);
        }
    }
    node.frame = readV8Frame(frame, m_writer, places);
    if (m_nodes.empty())
        node.frame.role = Role::Root;
    if (m_numbers.emplace(node.id, static_cast<quint32>(m_nodes.size())).second) {
        if (node.frame.role == Role::Collector)
            m_collector = static_cast<quint32>(m_nodes.size());
        m_nodes.push_back(std::move(node));
    }
    return true;
}

/// Gives nodes their parents and depths. What the root does not lead to, or what has a parent already, is left below the root.
void CpuProfileImport::arrange()
{
    std::vector<quint32> waiting{0};
    std::vector<bool> isPlaced(m_nodes.size());
    isPlaced[0] = true;
    while (!waiting.empty()) {
        const quint32 parent = waiting.back();
        waiting.pop_back();
        for (const qint64 id : m_nodes[parent].children) {
            const auto child = m_numbers.find(id);
            if (child == m_numbers.end() || isPlaced[child->second])
                continue;
            isPlaced[child->second] = true;
            const bool isTooDeep = m_nodes[parent].depth >= deepest;
            m_nodes[child->second].parent = isTooDeep ? m_nodes[parent].parent : parent;
            m_nodes[child->second].depth = m_nodes[parent].depth + (isTooDeep ? 0 : 1);
            waiting.push_back(child->second);
        }
    }
    for (size_t i = 1; i < m_nodes.size(); ++i)
        m_nodes[i].depth = isPlaced[i] ? m_nodes[i].depth : 1;
}

bool CpuProfileImport::readSamples(const object &profile)
{
    array samples;
    array deltas;
    if (profile.at_key("samples").get(samples) != simdjson::SUCCESS || profile.at_key("timeDeltas").get(deltas) != simdjson::SUCCESS)
        return fail(tr("it has no 'samples' or no 'timeDeltas'."));
    double time = 0;
    auto delta = deltas.begin();
    for (const element sample : samples) {
        double step = 0;
        int64_t id = 0;
        if (!(delta != deltas.end()) || (*delta).get(step) != simdjson::SUCCESS || sample.get(id) != simdjson::SUCCESS)
            return fail(tr("sample %1 has no number or no time.").arg(m_samples.size()));
        ++delta;
        time += step;
        if (!(std::abs(time) <= longestMicroseconds))
            return fail(tr("the time of sample %1 is beyond a hundred years.").arg(m_samples.size()));
        const auto node = m_numbers.find(id);
        if (node != m_numbers.end())
            m_samples.push_back({static_cast<qint64>(std::llround(time)), node->second});
    }
    // V8's threads may tell of samples in another order than they took them.
    std::stable_sort(m_samples.begin(), m_samples.end(), [](const Sample &left, const Sample &right) { return left.time < right.time; });
    const qint64 first = m_samples.empty() ? 0 : std::min<qint64>(m_samples.front().time, 0);
    for (Sample &sample : m_samples)
        sample.time -= first;
    double start = 0;
    double end = 0;
    if (profile.at_key("startTime").get(start) == simdjson::SUCCESS && profile.at_key("endTime").get(end) == simdjson::SUCCESS
        && end - start > 0 && end - start <= longestMicroseconds && !m_samples.empty())
        m_lastTime = static_cast<quint64>(std::llround((end - start) * 1000));
    return true;
}

void CpuProfileImport::append(Event event, quint64 time)
{
    event.time = time;
    m_writer.append(event);
}

void CpuProfileImport::write(quint64 mostEvents)
{
    const quint64 end = m_lastTime;
    append({.kind = EventKind::RunStarted}, 0);
    quint64 time = 0;
    for (const Sample &sample : m_samples) {
        time = static_cast<quint64>(sample.time) * 1000;
        moveTo(sample.node, time);
        if (m_writer.eventCount() > mostEvents) {
            m_problem = tr("its samples jump so much that only those up to %1 ms were read.").arg(milliseconds(time));
            break;
        }
    }
    time = std::max(time, end);
    moveTo(0, time);
    append({.kind = EventKind::RunEnded}, time);
}

void CpuProfileImport::moveTo(quint32 node, quint64 time)
{
    if (std::exchange(m_isCollecting, false))
        append({.cause = m_task, .site = m_nodes[m_collector].site, .kind = EventKind::CallLeft}, time);
    const Role role = m_nodes[node].frame.role;
    if (role == Role::Collector && m_current != 0) {
        append({.cause = m_task, .site = m_nodes[node].site, .kind = EventKind::CallEntered, .detail = CallSampled}, time);
        m_isCollecting = true;
        m_collector = node;
        return;
    }
    if (role == Role::Idle || role == Role::Root) {
        leaveTo(0, time);
        setIdle(role == Role::Idle, time);
        return;
    }
    setIdle(false, time);
    quint32 common = node;
    quint32 left = m_current;
    while (common != left) {
        if (m_nodes[common].depth >= m_nodes[left].depth)
            common = m_nodes[common].parent;
        else
            left = m_nodes[left].parent;
    }
    leaveTo(common, time);
    std::vector<quint32> path;
    for (quint32 each = node; each != common; each = m_nodes[each].parent)
        path.push_back(each);
    for (auto each = path.rbegin(); each != path.rend(); ++each)
        enter(*each, time);
    m_current = node;
}

void CpuProfileImport::leaveTo(quint32 node, quint64 time)
{
    for (; m_current != node; m_current = m_nodes[m_current].parent) {
        if (m_nodes[m_current].parent == 0)
            endTask(time);
        else
            append({.cause = m_task, .site = m_nodes[m_current].site, .kind = EventKind::CallLeft}, time);
    }
}

void CpuProfileImport::endTask(quint64 time)
{
    append({.subject = m_task, .kind = EventKind::TaskEnded, .detail = static_cast<quint8>(m_nodes[m_current].frame.kind)}, time);
    m_task = 0;
}

void CpuProfileImport::enter(quint32 number, quint64 time)
{
    const Node &node = m_nodes[number];
    if (node.parent != 0) {
        append({.cause = m_task, .site = node.site, .kind = EventKind::CallEntered, .detail = CallSampled}, time);
        return;
    }
    m_task = m_writer.newSubject();
    const SiteId site = node.frame.role == Role::Function ? node.site : 0;
    const auto kind = static_cast<quint8>(node.frame.kind);
    append({.subject = m_task, .site = site, .kind = EventKind::TaskCreated, .detail = kind}, time);
    append({.value = node.frame.name, .subject = m_task, .kind = EventKind::SubjectNamed}, time);
    append({.subject = m_task, .site = site, .kind = EventKind::TaskBegun, .detail = kind}, time);
}

void CpuProfileImport::setIdle(bool isIdle, quint64 time)
{
    if (std::exchange(m_isIdle, isIdle) == isIdle)
        return;
    Event event{.value = isIdle ? -1 : static_cast<qint64>(time - m_idleSince),
        .kind = isIdle ? EventKind::PollWaitStarted : EventKind::PollWaitEnded};
    event.setPhase(Phase::Poll);
    m_idleSince = time;
    append(event, time);
}

} // namespace loopscope
