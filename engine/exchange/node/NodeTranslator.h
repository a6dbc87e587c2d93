// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/node/AsyncTable.h"
#include "exchange/node/NodeSamples.h"
#include "exchange/node/NodeSites.h"
#include "exchange/node/NodeStream.h"
#include "exchange/node/NodeTypes.h"
#include "recording/RecordingWriter.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <vector>

namespace loopscope {

/// A worker thread, as the main thread knows it.
struct NodeWorker
{
    quint16 loop = 0; ///< its number in the recording; 0: the main thread
    quint32 thread = 0; ///< Node's number
    double startedAt = 0; ///< what the clock of all threads showed at run time 0, in ms
    SubjectId cause = 0; ///< the task that started it
};

/// Writes what a real Node tells of itself as a recording of ours, event by event as it comes.
///
/// What is told: tasks, promises, requests, handles, who led to whom, waiting of the loop, its iterations where Node counts them, and the
/// functions that samples found, for which all else then waits. What follows from it: phases (from what a callback is of), which promise an
/// await belongs to, which of Node's requests are steps of one call. docs/real-node.md lists it. Anything may come; memory is bounded by
/// what came. One thread.
class NodeTranslator : public NodeStreamSink
{
public:
    /// Of the main thread. `sites` is for all threads of a recording, and must outlive this, as must `writer`.
    NodeTranslator(RecordingWriter &writer, NodeSites &sites, const QJsonObject &metadata);
    /// Of another one: all its events are queued.
    NodeTranslator(RecordingWriter &writer, NodeSites &sites, const NodeWorker &worker);

    /// What the process has written to stdout (1) or stderr (2), as it was read. It becomes part of the recording where the stream says so.
    void takeOutput(int descriptor, QByteArrayView bytes);
    /// Has no more patience with output that the stream does not speak of: it belongs to the moment now.
    void placeAllOutput();
    /// The process has ended. `problem`: a sentence for the recording, or empty.
    void finish(RunEnding ending, int exitCode);

    void takeRecord(const NodeRecord &record) override;
    void takeText(const QString &text) override { m_texts.push_back(text); }
    void takePlace(const NodePlace &place) override;
    void takeFacts(const QJsonObject &facts) override;
    void takeProfile(const QByteArray &json) override;

    /// True once the thread starts workers: what it does from there on is queued, to be written in one order with what they do.
    bool isQueued() const { return m_isQueued; }
    std::deque<Event> &queue() { return m_queue; }
    /// The tasks that started workers, in their order.
    const std::vector<SubjectId> &workerCauses() const { return m_workerCauses; }
    /// What the clock showed at run time 0, in ms.
    double startedAt() const { return m_startedAt; }
    /// No event before this time (ns) comes any more.
    quint64 reached() const { return std::min(m_time, m_lastTime); }
    QString nodeVersion() const { return m_version; }

private:
    using AsyncId = quint64;

    struct AsyncCall
    {
        SiteId function = 0;
        AsyncId promise = 0;
    };
    struct Resource
    {
        NodeType type;
        TaskKind kind = TaskKind::IoCallback;
        bool isSettled = false; ///< a promise
        bool isRejected = false; ///< likewise
        PromiseOrigin origin = PromiseOrigin::Runtime; ///< of a promise
        SiteId onRejected = 0; ///< the function of a reaction to a rejected promise, as site is to a fulfilled one
        bool isAwait = false; ///< a promise that only stands for what goes on behind an await
        bool isHidden = false; ///< Node's own tick: recorded only if something happens in it
        bool isInterval = false;
        bool hasRun = false;
        SubjectId subject = 0; ///< its promise, request, handle or timer; of an await: the promise of its function
        SubjectId task = 0; ///< that waits to run
        SiteId site = 0; ///< of its function
        SiteId scheduledAt = 0;
        AsyncId parent = 0; ///< the promise whose settling it waits for
        double delay = 0;
        QString name;
        AsyncCall call; ///< of an await: whose it is
        std::vector<AsyncId> waiting; ///< reactions to this promise
    };
    struct Running
    {
        AsyncId id = 0;
        bool isRecorded = false;
        SubjectId task = 0;
        TaskKind kind = TaskKind::Script;
        SiteId site = 0;
    };

    void startRun(const QJsonObject &facts);
    void startLoop(const QJsonObject &facts, double time);
    void beginScript(const QString &file);
    void noteWorker();
    void takeWaiting();
    void accept(const NodeRecord &record);
    void advance(double time);
    void followSamples(double time);
    void leaveCalls();
    NodeSamples::Change callWriter();
    void process(const NodeRecord &record, const NodeRecord *next);
    void init(const NodeRecord &record, const NodeRecord *next);
    void initPromise(const NodeRecord &record, const NodeRecord *next);
    bool initAwait(const NodeRecord &record, const NodeRecord *next, const NodeSite &site);
    void initTask(AsyncId id, Resource &resource);
    void initIo(AsyncId id, Resource &resource, const NodeRecord &record);
    void before(const NodeRecord &record, const NodeRecord *next);
    void beginTask(AsyncId id, Resource &resource);
    void after(AsyncId id);
    void endTask(const Running &running);
    void forget(AsyncId id);
    void destroy(AsyncId id);
    void settle(AsyncId id, bool isRejected);
    void makeReady(AsyncId id);
    void createTask(Resource &resource, SubjectId cause);
    void turn(const NodeRecord &record);
    void enterPhase(Phase phase);
    void enterPhaseOf(const NodeType &type);
    void output(int descriptor, quint64 upTo, SiteId site);
    void error(const NodeRecord &record);
    void leaveScript();
    AsyncId promiseOfRunningCall(SiteId function);
    PromiseOrigin originOf(const NodeRecord &record, bool isDerived, bool isSettledAtOnce);
    void createReaction(Resource &reaction, const Resource *parent);

    Event &add(EventKind kind);
    void commit();
    SubjectId cause() const;
    QString text(double number) const;
    const NodeSite &site(quint32 place);
    QString api(quint32 place) const;
    Resource *find(AsyncId id);
    Resource &make(AsyncId id);
    void name(SubjectId subject, const QString &text);

    RecordingWriter &m_writer;
    NodeSites &m_sites;
    NodeSamples m_samples;
    bool m_isSampled = false;
    std::deque<NodeRecord> m_waiting; ///< for the samples of their time
    NodeWorker m_worker;
    SubjectId m_loop = 0; ///< of a worker
    std::vector<SubjectId> m_workerCauses;
    bool m_isQueued = false;
    std::deque<Event> m_queue;
    QJsonObject m_metadata;
    QString m_version;
    std::vector<QString> m_texts;
    std::vector<NodeType> m_types; ///< by number of the text
    std::vector<NodePlace> m_places;
    std::vector<std::optional<NodeSite>> m_found; ///< by number of the place
    AsyncTable<Resource> m_resources;
    Resource m_unplaced; ///< stands in for one whose id cannot be
    std::deque<AsyncId> m_settled; ///< promises, by when
    std::vector<Running> m_running; ///< outermost first
    std::vector<AsyncCall> m_calls; ///< async functions called in the running task
    std::optional<NodeRecord> m_held; ///< the last record: what it means can depend on the next one
    struct Combinator
    {
        quint32 place = 0;
        AsyncId promise = 0;
    };
    Combinator m_combinator; ///< the last call of Promise.all and the like
    AsyncId m_continuing = 0; ///< the request of which the next one is a further step
    double m_delay = 0; ///< of the Init that follows
    bool m_repeats = false;
    QString m_name;
    bool m_hasStarted = false;
    bool m_knowsPlaces = false; ///< what has no place is Node's own
    SubjectId m_script = 0;
    bool m_scriptRuns = false;
    double m_startedAt = 0;
    double m_origin = 0; ///< ms of performance.now() at run time 0
    quint64 m_time = 0; ///< ns of run time
    quint64 m_lastTime = 0; ///< of the record before
    Phase m_phase = Phase::None;
    qint64 m_iteration = 0;
    qint64 m_loopCount = -1; ///< Node's own, as last told
    double m_waited = 0; ///< ms that the loop had waited in all, as last told
    struct Output
    {
        QByteArray bytes; ///< that are in no event yet
        quint64 placed = 0; ///< bytes that are
    };
    std::array<Output, 3> m_outputs;
    Event m_event;
};

} // namespace loopscope
