// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/BlockingReport.h"
#include "analysis/profiler/Verdict.h"
#include "state/EventText.h"

#include <QCoreApplication>

namespace loopscope {

/// Says in words what a profile shows: for the command line, the window and exported pages. Names stand between backquotes, as in the
/// Explainer's sentences. Not thread-safe.
class ProfileText
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProfileText)

public:
    /// All must outlive this.
    ProfileText(const RecordingReader &reader, const EventText &text)
        : m_reader(reader)
        , m_text(text)
    {
    }

    /// The whole verdict in one line: the most important finding with its evidence, or that the loop is healthy and why.
    QString verdict(const Verdict &verdict, const Profile &profile, const BlockingReport &blocking) const;
    /// One finding with its evidence, a sentence.
    QString finding(const ProfileFinding &finding) const;
    /// What to do about it, a sentence or two.
    QString advice(const ProfileFinding &finding) const;
    QString advice(const Blocker &blocker) const;
    /// The lesson of the course that is about this: the name of its folder below lessons/course.
    static QString lesson(ProfileFinding::Kind kind);

    /// "timeout `work`" or "microtasks, most of them of `loop`".
    QString blockerName(const Blocker &blocker) const;
    /// "held the loop 3 times, 120.0 ms in all, 60.0 ms the longest".
    QString blockerTimes(const Blocker &blocker) const;
    /// "2 timers, 1 I/O callback waited 80.0 ms for it, in all".
    QString blockerHarm(const Blocker &blocker) const;
    /// "p99 of requests 80.0 ms, without it 4.0 ms"; empty if it makes no difference.
    QString blockerEffect(const Blocker &blocker) const;
    /// "timer `tick` was 12.0 ms late".
    QString victim(const Victim &victim) const;
    /// "`a` > `b` > `c`"; empty without calls.
    QString callPath(const Blocker &blocker) const;
    /// "file.js:12"; empty for no place.
    QString place(SiteId site) const;
    /// As EventText has it, with a word for code that has no place.
    QString functionName(SiteId site) const;
    /// "timeout `again`"; of Node's own callbacks what the first of them is called.
    QString asyncName(const AsyncNode &node) const;
    /// Where they were started, "file.js:12"; else where their function is.
    QString asyncPlace(const AsyncNode &node) const;
    /// "work"; of a callback with its kind, "timeout work".
    QString callName(const CallNode &node) const;

    /// "12.3 ms", "4.56 s", "120 us".
    static QString duration(quint64 nanoseconds);
    /// "12.3 %".
    static QString percent(double share);

private:
    QString at(SiteId site) const;

    const RecordingReader &m_reader;
    const EventText &m_text;
};

} // namespace loopscope
