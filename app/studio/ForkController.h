// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/RecordingComparison.h"
#include "profile/RecordingCost.h"
#include "session/ForkPlan.h"

#include <QObject>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace loopscope {

class ChangeMarks;
class MainWindow;
class WorkspaceDocks;

/// Forks of the past: the commands that run a script again to the cursor's moment, with the code or one delay or choice changed, and
/// what is said when the second run gets there. The two runs and their comparison are RunPair's.
class ForkController : public QObject
{
    Q_OBJECT
public:
    /// The window's parts must exist; connect() hooks into them.
    ForkController(MainWindow &window, WorkspaceDocks &docks);

    void connectCommands();
    void updateActions();

    void forkHere();
    /// Asks in place for the delay of the selected item, or of what the moment is about.
    void askForDelay();
    void forkOtherOrder();
    void forkOtherSeed();
    void fork(const ForkPlan &plan);
    bool compareWith(const QString &recording);
    void showOtherRun();
    /// How to run the script of the shown run again, the same way.
    RecordingCost::Command rerun();
    /// True while a fork is on its way to where it was asked for.
    bool isUnderWay() const { return m_underWay.has_value(); }

private:
    ForkPlanner planner() const;
    bool hasRecording() const;
    /// What can be tried at this moment, in the why panel.
    void makeOffers();
    std::optional<RecordedDelay> delayAtHand() const;
    /// The script to run: the document's, or that of a recording, which may have to be written first. Empty, said in the banner, if there
    /// is none.
    QString scriptToRun();
    QString scriptOfRecording();
    void lookForArrival();
    void arrive(const ForkPlan &plan);
    /// The fork differs in that its script ends by an error, as one does that cannot be parsed.
    bool endsByError(const RecordingComparison::Place &parting) const;
    /// Lets the fork run on to a moment, whatever it does otherwise on the way.
    void goOnTo(quint64 event);
    void sayParting();
    void saySame();
    QString partingSentence() const;
    void showItemMenu(const QPoint &globalPosition);
    void chooseRecordingToCompare();
    void showDock();

    MainWindow &m_window;
    WorkspaceDocks &m_docks;
    ChangeMarks *m_marks;
    std::optional<ForkPlan> m_underWay;
    bool m_awaitsParting = false; ///< the two are the same so far, and their first difference is worth a word
    std::unique_ptr<QTemporaryDir> m_folder; ///< sources of a recording that is forked
};

} // namespace loopscope
