// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeRecorder.h"

#include <QDir>

#include <algorithm>
#include <limits>
#include <utility>

namespace loopscope {

NodeRecorder::NodeRecorder(RecordingWriter &writer, NodeSourceFinder finder, const QJsonObject &metadata, const QString &folder)
    : m_writer(writer)
    , m_sites(writer, std::move(finder))
    , m_folder(folder)
    , m_main(writer, m_sites, metadata)
{
}

void NodeRecorder::takeStream(QByteArrayView bytes)
{
    if (m_main.stream.isOpen()) {
        if (m_main.stream.write(bytes.data(), bytes.size()) != bytes.size())
            m_problem = tr("the temporary file '%1' cannot be written: %2.").arg(m_main.stream.fileName(), m_main.stream.errorString());
        return;
    }
    m_main.decoder.feed(bytes);
    if (!m_main.translator.isQueued())
        return;
    m_main.stream.setFileName(m_folder + QLatin1String("/main"));
    if (!m_main.stream.open(QIODevice::ReadWrite | QIODevice::Truncate))
        m_problem = tr("the temporary file '%1' cannot be made: %2.").arg(m_main.stream.fileName(), m_main.stream.errorString());
}

void NodeRecorder::finish(RunEnding ending, int exitCode)
{
    if (m_main.stream.isOpen())
        m_main.stream.seek(0);
    if (m_main.translator.isQueued()) {
        openWorkers();
        merge(ending, exitCode);
    } else {
        m_main.translator.finish(ending, exitCode);
    }
    if (m_problem.isEmpty())
        m_problem = m_main.decoder.problem();
    for (const auto &worker : m_workers) {
        if (m_problem.isEmpty())
            m_problem = worker->decoder.problem();
    }
}

void NodeRecorder::openWorkers()
{
    std::vector<quint32> numbers;
    for (const QString &name : QDir(m_folder).entryList(QDir::Files)) {
        if (const quint32 number = name.toUInt(); number > 0)
            numbers.push_back(number);
    }
    std::ranges::sort(numbers);
    if (numbers.size() > mostWorkers) {
        m_problem = tr("only the first %1 of %2 workers are in the recording.").arg(mostWorkers).arg(numbers.size());
        numbers.resize(mostWorkers);
    }
    const std::vector<SubjectId> &causes = m_main.translator.workerCauses();
    for (const quint32 number : numbers) {
        NodeWorker worker;
        worker.loop = static_cast<quint16>(m_workers.size() + 1);
        worker.thread = number;
        worker.startedAt = m_main.translator.startedAt();
        worker.cause = number <= causes.size() ? causes[number - 1] : 0;
        m_workers.push_back(std::make_unique<Thread>(m_writer, m_sites, worker));
        m_workers.back()->stream.setFileName(QStringLiteral("%1/%2").arg(m_folder).arg(number));
        const bool hasTold = m_workers.back()->stream.open(QIODevice::ReadOnly) && m_workers.back()->stream.size() > 0;
        m_workers.back()->isOver = !hasTold;
    }
}

void NodeRecorder::merge(RunEnding ending, int exitCode)
{
    std::vector<Thread *> open = {&m_main};
    for (const auto &worker : m_workers)
        open.push_back(worker.get());
    const auto reached = [](const Thread *thread) { return thread->translator.reached(); };
    while (true) {
        std::erase_if(open, [](const Thread *thread) { return thread->isOver; });
        if (open.empty())
            break;
        // The run ends when the last of them has: that is the main thread's to tell.
        const bool isMainDone = open.front() == &m_main && open.size() > 1 && m_main.stream.atEnd();
        Thread *hindmost = *std::ranges::min_element(open.begin() + (isMainDone ? 1 : 0), open.end(), {}, reached);
        writeUpTo(reached(hindmost));
        readOn(*hindmost, ending, exitCode);
    }
    writeUpTo(std::numeric_limits<quint64>::max());
}

/// Takes the next piece of a thread's stream, or ends it.
void NodeRecorder::readOn(Thread &thread, RunEnding ending, int exitCode)
{
    constexpr qint64 piece = 1 << 18;
    const QByteArray bytes = thread.stream.isOpen() ? thread.stream.read(piece) : QByteArray();
    thread.isOver = bytes.isEmpty() || !thread.decoder.feed(bytes);
    if (thread.isOver)
        thread.translator.finish(&thread == &m_main ? ending : RunEnding::Finished, &thread == &m_main ? exitCode : 0);
}

/// Writes what the threads did until then, in the order of time.
void NodeRecorder::writeUpTo(quint64 time)
{
    std::vector<std::deque<Event> *> queues = {&m_main.translator.queue()};
    for (const auto &worker : m_workers)
        queues.push_back(&worker->translator.queue());
    while (true) {
        std::erase_if(queues, [time](const std::deque<Event> *queue) { return queue->empty() || queue->front().time > time; });
        if (queues.empty())
            return;
        std::deque<Event> *next = *std::ranges::min_element(queues, {}, [](const std::deque<Event> *queue) { return queue->front().time; });
        Event event = next->front();
        next->pop_front();
        event.time = m_written = std::max(m_written, event.time);
        m_writer.append(event);
    }
}

} // namespace loopscope
