// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/CpuProfileExport.h"

#include "exchange/FrameNames.h"

#include <QUrl>

#include <functional>
#include <unordered_map>

namespace loopscope {
namespace {

constexpr quint32 rootNode = 0;
constexpr quint32 idleNode = 1;

/// A call path: a frame below another path.
struct Node
{
    quint32 parent = rootNode;
    quint32 frame = 0;
    quint64 hits = 0;
    std::vector<quint32> children{};
};

/// The tree of call paths. Equal walks through a recording number them in the same way.
class CallTree
{
public:
    CallTree()
        : m_nodes(2)
    {
        m_nodes[rootNode].children.push_back(idleNode);
    }

    quint32 childOf(quint32 parent, quint32 frame)
    {
        const auto [entry, isNew] = m_numbers.try_emplace(quint64{parent} << 32U | frame, static_cast<quint32>(m_nodes.size()));
        if (isNew) {
            m_nodes[parent].children.push_back(entry->second);
            m_nodes.push_back({.parent = parent, .frame = frame});
        }
        return entry->second;
    }
    std::vector<Node> &nodes() { return m_nodes; }

private:
    std::vector<Node> m_nodes;
    std::unordered_map<quint64, quint32> m_numbers; ///< by parent and frame
};

/// Walks through the main loop and tells which node was on top from when on, each for at least one µs.
class SampleWalk : public SpanListener
{
public:
    using Sample = std::function<void(quint32 node, quint64 microseconds)>;

    SampleWalk(FrameNames &frames, CallTree &tree, Sample sample)
        : m_frames(frames)
        , m_tree(tree)
        , m_sample(std::move(sample))
    {
    }

    void walk()
    {
        const RecordingReader &reader = m_frames.names().reader();
        SpanWalk spans(*this);
        for (quint64 i = 0; i < reader.eventCount(); ++i) {
            const Event event = reader.event(i);
            if (event.loop() == 0)
                spans.apply(event);
        }
        spans.finish();
        m_sample(m_path.back(), m_since);
    }

    void opened(const Span &span, const Event &event) override
    {
        if (span.kind == Span::Kind::Task || span.kind == Span::Kind::Call) {
            moveTo(event.time);
            const quint32 parent = m_path.back() == idleNode ? rootNode : m_path.back();
            m_path.push_back(m_tree.childOf(parent, m_frames.frameOf(span)));
        }
    }

    void closed(const Span &span, quint64 time) override
    {
        if (span.kind == Span::Kind::Task || span.kind == Span::Kind::Call) {
            moveTo(time);
            m_path.pop_back();
        }
    }

private:
    void moveTo(quint64 nanoseconds)
    {
        const quint64 microseconds = nanoseconds / 1000;
        if (microseconds == m_since)
            return;
        m_sample(m_path.back(), m_since);
        m_since = microseconds;
    }

    FrameNames &m_frames;
    CallTree &m_tree;
    Sample m_sample;
    std::vector<quint32> m_path{idleNode};
    quint64 m_since = 0; ///< the moment of the present stack, in µs
};

/// As V8 has it for scripts.
QString urlOf(const QString &path) { return path.startsWith(QLatin1Char('/')) ? QUrl::fromLocalFile(path).toString() : path; }

void writeNode(quint32 number, const Node &node, const Frame &frame, TextSink &sink)
{
    sink << "{\"id\":" << number + 1 << ",\"callFrame\":{\"functionName\":" << jsonText(frame.name)
         << ",\"scriptId\":\"0\",\"url\":" << jsonText(urlOf(frame.file)) << ",\"lineNumber\":" << qint64{frame.line} - 1
         << ",\"columnNumber\":" << qint64{frame.column} - 1 << "},\"hitCount\":" << node.hits;
    QByteArrayView separator = ",\"children\":[";
    for (const quint32 child : node.children) {
        sink << separator << child + 1;
        separator = ",";
    }
    sink << (node.children.empty() ? "}" : "]}");
}

void writeNodes(std::vector<Node> &nodes, const std::vector<Frame> &frames, TextSink &sink)
{
    writeNode(rootNode, nodes[rootNode], {.name = QStringLiteral("(root)")}, sink);
    sink << ",\n";
    writeNode(idleNode, nodes[idleNode], {.name = QStringLiteral("(idle)")}, sink);
    for (quint32 number = idleNode + 1; number < nodes.size(); ++number) {
        sink << ",\n";
        writeNode(number, nodes[number], frames[nodes[number].frame], sink);
    }
}

} // namespace

void writeCpuProfile(const ExportNames &names, TextSink &sink)
{
    FrameNames frames(names);
    CallTree tree;
    SampleWalk(frames, tree, [&](quint32 node, quint64) { ++tree.nodes()[node].hits; }).walk();
    sink << "{\"nodes\":[\n";
    writeNodes(tree.nodes(), frames.frames(), sink);

    const RecordingReader &reader = names.reader();
    const quint64 end = reader.eventCount() == 0 ? 0 : reader.event(reader.eventCount() - 1).time / 1000;
    sink << "\n],\"startTime\":0,\"endTime\":" << end << ",\"samples\":[";
    QByteArrayView separator = "";
    SampleWalk(frames, tree, [&](quint32 node, quint64) {
        sink << separator << node + 1;
        separator = ",";
    }).walk();
    sink << "],\n\"timeDeltas\":[";
    separator = "";
    quint64 before = 0;
    SampleWalk(frames, tree, [&](quint32, quint64 time) {
        sink << separator << time - before;
        before = time;
        separator = ",";
    }).walk();
    sink << "]}\n";
}

} // namespace loopscope
