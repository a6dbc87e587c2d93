// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

#include <memory>

namespace loopscope {

class RecordingComparison;
class RecordingReader;
class RunSession;
class Stepper;

/// Two runs that are compared: the *first*, and the *second*, which is a fork of it or whatever was run after it.
///
/// The views know one session only, the shown one. exchange() lets the two change places in it, with their recordings, cursors and
/// runners; so each can be stepped on, live or not, while the other stands aside. GUI thread only.
class RunPair : public QObject
{
    Q_OBJECT
public:
    /// Both must outlive the pair.
    RunPair(RunSession &shown, Stepper &stepper, QObject *parent = nullptr);
    ~RunPair() override;

    /// True while there is a run aside.
    bool isOpen() const { return m_isOpen; }
    bool showsSecond() const { return m_showsSecond; }
    const RunSession &first() const { return m_showsSecond ? *m_aside : m_shown; }
    const RunSession &second() const { return m_showsSecond ? m_shown : *m_aside; }

    /// Lays the shown run aside as the first; the shown session is empty then, for the second run to be started in it. What stood aside
    /// before is forgotten.
    void layAside();
    /// Opens a recording as the first; the shown run is the second. False, with a sentence in failure(), if it cannot be read.
    bool openFirst(const QString &path);
    QString failure() const { return m_failure; }
    /// Shows the other run, each at the cursor where it was left.
    void exchange();
    /// Where the run that is not shown was left.
    quint64 cursorAside() const { return m_cursorAside; }
    /// Forgets the run that is not shown.
    void close();

    /// Null until both have a recording.
    const RecordingComparison *comparison() const { return m_comparison.get(); }
    /// True while the two are still to be compared further, as far as they are recorded.
    bool isComparing() const;
    /// What each run is called: its recording's title, else what it is.
    QString nameOfFirst() const;
    QString nameOfSecond() const;

Q_SIGNALS:
    /// Opened, closed, exchanged, or one of the recordings is another now.
    void changed();
    /// comparison() knows more.
    void compared();

private:
    void follow(RunSession &session);
    /// A run that nobody sees waits where it is.
    void setAsideShown();
    void recordingReplaced();
    void shownStateChanged();
    void compareSoon();
    void compareOn();
    bool isCaughtUp() const;

    RunSession &m_shown;
    Stepper &m_stepper;
    std::unique_ptr<RunSession> m_aside;
    quint64 m_cursorAside = 0;
    bool m_isOpen = false;
    bool m_showsSecond = true;
    bool m_isExchanging = false;
    QString m_failure;
    std::unique_ptr<RecordingComparison> m_comparison;
    const RecordingReader *m_comparedFirst = nullptr;
    const RecordingReader *m_comparedSecond = nullptr;
    QTimer m_timer;
};

} // namespace loopscope
