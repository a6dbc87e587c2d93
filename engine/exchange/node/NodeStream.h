// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

namespace loopscope {

/// One thing that async_hooks told in a real Node; docs/real-node.md has the form of the stream.
struct NodeRecord
{
    enum class Operation : quint8 {
        Init = 1, ///< first: async id, second: trigger's, with type and place
        Before = 2, ///< first: async id
        After = 3,
        Destroy = 4,
        Resolve = 5, ///< a promise settled; first: its async id, second: 1 fulfilled, 2 rejected, 3 unknown
        Timer = 6, ///< of the Init that follows; first: delay in ms, second: 1 if it repeats
        Name = 7, ///< of the Init that follows; first: number of the text that is its callback's name
        Turn = 8, ///< the loop itself calls back; first: ms it has waited so far, second: its iterations so far, -1 unknown
        Output = 9, ///< first: 1 stdout, 2 stderr, second: bytes written to it so far, with place
        Error = 10, ///< nobody caught it; first: number of the text, second: 1 if it was a promise's
    };
    Operation operation = Operation::Init;
    quint32 type = 0; ///< number of the text that names the type of the resource
    quint32 place = 0; ///< number of the place; 0: none of the person's
    double first = 0;
    double second = 0;
    double time = 0; ///< ms, as of performance.now()
};

/// A place that called something asynchronous, as V8 tells it.
struct NodePlace
{
    QString file; ///< absolute path, or file: URL
    quint32 line = 0; ///< from 1, as all
    quint32 column = 0;
    QString function; ///< the one that holds it
    quint32 functionLine = 0;
    quint32 functionColumn = 0;
    /// What was called there: a function of the language ("then", "Promise"), or one of Node's with its module ("node:fs:readFile"); empty
    /// if the code itself made the promise (an async function, an await).
    QString api;

    static NodePlace fromJson(const QJsonObject &object);
};

/// Takes in what the stream of a real Node tells.
class NodeStreamSink
{
public:
    virtual ~NodeStreamSink() = default;
    virtual void takeRecord(const NodeRecord &record) = 0;
    virtual void takeText(const QString &text) = 0; ///< the next one, from 1
    virtual void takePlace(const NodePlace &place) = 0; ///< the next one, from 1
    virtual void takeFacts(const QJsonObject &facts) = 0;
    virtual void takeProfile(const QByteArray &json) = 0; ///< a .cpuprofile
};

/// Cuts the bytes of the stream, as they come, into what they tell. Memory: at most one chunk, 64 MiB. Anything may come.
class NodeStreamDecoder
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::NodeStreamDecoder)

public:
    explicit NodeStreamDecoder(NodeStreamSink &sink);

    /// False, with a sentence in problem(), once the stream makes no sense: nothing of it is taken from there on.
    bool feed(QByteArrayView bytes);
    QString problem() const { return m_problem; }

private:
    bool takeChunk(quint32 kind, QByteArrayView content);
    bool takeRecords(QByteArrayView content);
    bool fail(const QString &what);

    NodeStreamSink &m_sink;
    QByteArray m_waiting; ///< the beginning of a chunk that is not all there
    quint64 m_consumed = 0;
    QString m_problem;
};

} // namespace loopscope
