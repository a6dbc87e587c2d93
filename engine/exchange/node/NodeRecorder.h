// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/node/NodeTranslator.h"

#include <QCoreApplication>
#include <QFile>

#include <memory>
#include <vector>

namespace loopscope {

/// Makes one recording of the streams of a real Node's threads.
///
/// The main thread's becomes events as it comes. Once that starts workers, whose streams are files of their own, times could no longer be
/// kept in order: then the rest of the stream goes to a file, too, and all are merged at the end. Memory: a piece of each thread's stream
/// and its events, and what NodeTranslator keeps of each. One thread.
class NodeRecorder
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::NodeRecorder)

public:
    /// Threads beyond that number are not recorded: the recording has no lanes for them.
    static constexpr int mostWorkers = 127;

    /// `folder` holds the workers' streams, named by Node's numbers of their threads, and takes the main thread's while it waits. All must
    /// outlive this.
    NodeRecorder(RecordingWriter &writer, NodeSourceFinder finder, const QJsonObject &metadata, const QString &folder);

    /// A piece of the main thread's stream.
    void takeStream(QByteArrayView bytes);
    /// As NodeTranslator has it.
    void takeOutput(int descriptor, QByteArrayView bytes) { m_main.translator.takeOutput(descriptor, bytes); }
    /// The process has ended.
    void finish(RunEnding ending, int exitCode);

    QString nodeVersion() const { return m_main.translator.nodeVersion(); }
    /// What was not understood or left out, as a sentence; empty if nothing was.
    QString problem() const { return m_problem; }

private:
    struct Thread
    {
        Thread(RecordingWriter &writer, NodeSites &sites, const QJsonObject &metadata)
            : translator(writer, sites, metadata)
        {
        }
        Thread(RecordingWriter &writer, NodeSites &sites, const NodeWorker &worker)
            : translator(writer, sites, worker)
        {
        }
        NodeTranslator translator;
        NodeStreamDecoder decoder{translator};
        QFile stream;
        bool isOver = false;
    };

    void openWorkers();
    void merge(RunEnding ending, int exitCode);
    void readOn(Thread &thread, RunEnding ending, int exitCode);
    void writeUpTo(quint64 time);

    RecordingWriter &m_writer;
    NodeSites m_sites;
    QString m_folder;
    Thread m_main;
    std::vector<std::unique_ptr<Thread>> m_workers;
    quint64 m_written = 0; ///< time of the last event
    QString m_problem;
};

} // namespace loopscope
