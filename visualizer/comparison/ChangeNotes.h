// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QHash>
#include <QString>

namespace loopscope {

class RecordingReader;
class RunSession;
struct SourceText;

/// What a run does otherwise than the text of its script says, and where that text is another than in the run beside it, as short notes for
/// the lines of a file. Widget-free.
class ChangeNotes
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ChangeNotes)

public:
    enum class Side : quint8 { First, Second };

    /// `other`: the run beside it; null if there is none. Both must outlive this, with their recordings.
    ChangeNotes(const RunSession &run, Side side, const RunSession *other);

    /// By line of the file with this local path, from 1.
    QHash<int, QString> of(const QString &path);
    /// Everything that was changed has been met, so a growing recording adds nothing.
    bool isComplete() const { return m_missing == 0; }

private:
    void addDelays(const QString &path);
    void addEdits(const QString &path);
    void addEdit(int line, const QString &here, const QString &there, bool hasPartner);
    void add(int line, const QString &note);
    const SourceText *sourceOf(const RecordingReader &reader, const QString &path) const;

    const RunSession &m_run;
    Side m_side;
    const RunSession *m_other;
    QHash<int, QString> m_notes;
    int m_missing = 0; ///< changed timers and requests that the recording does not hold yet
};

} // namespace loopscope
