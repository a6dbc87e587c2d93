// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>

namespace loopscope {

class EventText;
class RecordingReader;
class RecordingIndex;
struct LoopState;

/// How to run a script again so that it goes the way of a recording, with at most one thing changed.
struct ForkPlan
{
    QStringList arguments; ///< of the script
    QStringList options; ///< of the runner: seed, clock, what was changed before and what is changed now
    QString title; ///< of the new recording, in options too
    quint64 until = 0; ///< events the fork is to do again before it stops
};

/// A timer's delay or a request's latency, as recorded.
struct RecordedDelay
{
    SubjectId subject = 0; ///< the timer or the request
    bool isRequest = false;
    QString name; ///< "ping", "readFile a.txt"
    std::optional<double> milliseconds; ///< none: the request is still under way
};

/// Makes plans from a recording. Everything is read from it: command line, seed, clock, and what it was told to change itself.
class ForkPlanner
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ForkPlanner)

public:
    /// All must outlive this.
    ForkPlanner(const RecordingReader &reader, const RecordingIndex &index, const EventText &text);

    /// The same again; what is different is the text of the script, which is this now.
    ForkPlan again(quint64 cursor, const QByteArray &script) const;
    /// What waits in a task or request: none if it has no time of its own that could be changed.
    std::optional<RecordedDelay> delayOf(SubjectId item) const;
    ForkPlan withDelay(const RecordedDelay &delay, double milliseconds, quint64 cursor) const;
    /// The other way at the free choice that is the event of the moment of `state`; none if it is no such event.
    std::optional<ForkPlan> withOtherOrder(const LoopState &state) const;
    /// Other draws at every free choice, and other latencies.
    ForkPlan withSeed(quint64 seed, quint64 cursor) const;
    quint64 seed() const;
    /// It was served: its clients come from the server lab, and not with a run of the script alone.
    bool isOfServer() const;
    /// False if it ran on the wall clock: then it need not go the same way again.
    bool isRepeatable() const;

private:
    struct Changes;
    Changes recordedChanges() const;
    ForkPlan planWith(const Changes &changes, quint64 seed, const QString &what, quint64 cursor) const;

    const RecordingReader &m_reader;
    const RecordingIndex &m_index;
    const EventText &m_text;
};

} // namespace loopscope
