// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/V8Frame.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

#include <unordered_map>
#include <vector>

namespace simdjson::dom {
class element;
class object;
} // namespace simdjson::dom

namespace loopscope {

class TracePlaces;

/// Makes a recording of a CPU profile of V8 (`node --cpu-prof`, DevTools).
///
/// Consecutive samples below the same child of the root are a task; what they have in common is one call, so calls are what the samples
/// show: two that follow each other between samples look like one. `(idle)` is waiting in poll; `(program)` a task of that name;
/// `(garbage collector)` a call inside whatever runs.
class CpuProfileImport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::CpuProfileImport)

public:
    explicit CpuProfileImport(RecordingWriter &writer)
        : m_writer(writer)
    {
    }

    /// `json` is the whole file. False, with a sentence in problem(), if it is no profile; then nothing was written.
    bool read(const QByteArray &json);
    QString problem() const { return m_problem; }
    quint64 sampleCount() const { return m_samples.size(); }

private:
    using Role = V8Frame::Role;

    struct Node
    {
        qint64 id = 0;
        quint32 parent = 0;
        quint32 depth = 0; ///< of the root: 0; as deep as deepest at most
        V8Frame frame;
        SiteId site = 0;
        std::vector<qint64> children;
    };
    struct Sample
    {
        qint64 time = 0; ///< µs
        quint32 node = 0;
    };
    /// V8 itself looks at 255 frames.
    static constexpr quint32 deepest = 512;

    bool readNodes(const simdjson::dom::object &profile, TracePlaces &places);
    bool readNode(const simdjson::dom::element &element, TracePlaces &places);
    void arrange();
    bool readSamples(const simdjson::dom::object &profile);
    void write(quint64 mostEvents);
    void moveTo(quint32 node, quint64 time);
    void leaveTo(quint32 node, quint64 time);
    void enter(quint32 node, quint64 time);
    void endTask(quint64 time);
    void setIdle(bool isIdle, quint64 time);
    void append(Event event, quint64 time);
    bool fail(const QString &what);

    RecordingWriter &m_writer;
    QString m_problem;
    std::vector<Node> m_nodes;
    std::unordered_map<qint64, quint32> m_numbers; ///< by id
    std::vector<Sample> m_samples;
    quint32 m_current = 0; ///< node on top of the stack; 0, the root: nothing runs
    SubjectId m_task = 0;
    bool m_isCollecting = false;
    bool m_isIdle = false;
    quint32 m_collector = 0;
    quint64 m_idleSince = 0;
    quint64 m_lastTime = 0;
};

} // namespace loopscope
