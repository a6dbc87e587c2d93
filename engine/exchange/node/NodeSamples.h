// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/node/NodeSites.h"

#include <QByteArray>
#include <QHash>

#include <deque>
#include <functional>
#include <unordered_map>
#include <vector>

namespace simdjson::dom {
class array;
class object;
} // namespace simdjson::dom

namespace loopscope {

/// The samples of V8's profiler in a real Node as calls: what samples that follow each other have in common is one call, so that two calls
/// between them look like one, and what is called and left between them is not seen.
///
/// A sample stands for the time from half way to the one before it, within the callback in which it was taken. Node's own functions that
/// led to the person's are left out: the callback stands for them. Memory: 16 bytes a sample that is not written yet, and of stacks at most
/// mostNodes nodes; what lies deeper is then counted in its callers. Not thread-safe.
class NodeSamples
{
public:
    static constexpr size_t mostNodes = 1U << 20U;
    using Change = std::function<void(quint64 time, SiteId function, bool isEntered)>;

    NodeSamples(RecordingWriter &writer, NodeSites &sites);

    /// `zero`: what V8's clock shows at run time 0, in µs; `recorder`: the file whose functions are no part of the program.
    void setClock(double zero, const QString &recorder);
    /// Adds the samples of a .cpuprofile (V8's Profiler.Profile as JSON). What makes no sense is passed over.
    void take(const QByteArray &json);
    /// Forgets the samples up to a time, in ns of run time: nothing of a callback ran.
    void skip(quint64 until);
    /// Tells the calls and returns that samples up to a time show; none is before `from`.
    void follow(quint64 from, quint64 until, const Change &change);
    /// The callback ends: tells that all functions are left.
    void leaveAll(quint64 time, const Change &change);

private:
    enum class Role : quint8 { Function, Nothing, Idle, Collector };
    struct Frame
    {
        quint32 parent = 0;
        Role role = Role::Function;
        bool isOfNode = false; ///< no function of the person's
        bool isDispatch = false; ///< Node's, and calls callbacks of all kinds
        bool isRecorder = false;
        QString key; ///< of m_found
        quint32 stack = none;
    };
    struct Frames ///< of one profile
    {
        std::vector<Frame> list; ///< a frame's caller before it
        std::unordered_map<qint64, quint32> numbers; ///< by id
        QHash<QString, QHash<QString, Site>> unplaced; ///< functions whose text is not there, by file and key
    };
    struct Node ///< a stack: a function and the stack below it; 0 is the empty one
    {
        quint32 parent = 0;
        quint32 depth = 0;
        SiteId site = 0;
    };
    struct Sample
    {
        quint64 time = 0; ///< ns of run time
        quint32 stack = 0;
    };
    static constexpr quint32 none = ~0U;
    static constexpr quint32 collector = none - 1; ///< in place of a stack: memory was cleaned, whatever ran
    static constexpr quint32 idle = none - 2; ///< likewise: nothing ran

    Frames readFrames(const simdjson::dom::array &nodes);
    void readFrame(const simdjson::dom::object &call, Frames &frames);
    void placeOthers(const Frames &frames);
    quint32 stackOf(std::vector<Frame> &frames, quint32 leaf);
    quint32 child(quint32 parent, SiteId site);
    void moveTo(quint32 stack, quint64 time, const Change &change);

    RecordingWriter &m_writer;
    NodeSites &m_sites;
    double m_zero = 0;
    QString m_recorder;
    quint64 m_lastTime = 0; ///< of the last sample that was written or skipped
    std::deque<Sample> m_samples;
    std::vector<Node> m_nodes;
    std::unordered_map<quint64, quint32> m_children; ///< by parent and site
    QHash<QString, SiteId> m_found; ///< functions, by what V8 says of them
    quint32 m_current = 0;
    SiteId m_collector = 0;
};

} // namespace loopscope
