// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loopview/LoopContents.h"

#include <QCoreApplication>
#include <QHash>

namespace loopscope {

class EventText;
class RecordingReader;
struct LoopState;
struct TaskState;
struct HandleState;
struct RequestState;
struct RunningLoop;
enum class LoopQueue : quint8;

/// Puts a LoopState into the words of the loop view. Reads names and places from the recording; no widgets.
class LoopContentsBuilder
{
    Q_DECLARE_TR_FUNCTIONS(LoopContentsBuilder)
public:
    LoopContentsBuilder(const RecordingReader &reader, const EventText &text);

    LoopContents build(const LoopState &state) const;
    /// An empty loop with its six stations, and what to do next.
    static LoopContents empty(const QString &hint);

    /// What waits because of each line of `sourcePath`: "◷ in 7.6 ms", "◌ 2 wait".
    QHash<int, QString> lineNotes(const LoopState &state, const QString &sourcePath) const;

private:
    ChipList chips(const LoopState &state, LoopQueue queue) const;
    LoopItem chip(const LoopState &state, const TaskState &task) const;
    LoopItem chip(const LoopState &state, const RequestState &request) const;
    LoopItem chip(const LoopState &state, const HandleState &handle) const;
    LoopItem chip(const LoopState &state, const RunningLoop &other) const;
    bool isStartedBy(quint16 loop, const RunningLoop &other) const;
    QString placeText(SiteId site) const;
    Hue hueOf(const TaskState &task) const;
    /// Of an I/O callback, what the request it waits for is called.
    QString requestLabel(const TaskState &task) const;
    static QString waitingText(qsizetype count);
    void addStations(const LoopState &state, LoopContents &contents) const;
    void addFrames(const LoopState &state, LoopContents &contents) const;
    void addPool(const LoopState &state, LoopContents &contents) const;

    const RecordingReader &m_reader;
    const EventText &m_text;
};

} // namespace loopscope
