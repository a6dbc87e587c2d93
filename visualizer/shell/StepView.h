// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QWidget>

namespace loopscope {

class RunSession;
struct LoopState;

/// A view of the Step workspace that follows the cursor: it shows one moment of the session's recording, live or reopened.
///
/// The workspace calls the three functions below, on the GUI thread, and obeys the signals. A view keeps nothing of a recording beyond the
/// next setSession(). While it is hidden it may put off all work until it is shown again.
class StepView : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    /// The session holds another recording now, or none (its reader() is null). It outlives the view's use of it.
    virtual void setSession(const RunSession &session) = 0;
    /// The recording has gained events; the cursor stays. Called up to 60 times a second, so only a bounded portion may be taken in.
    virtual void grow() { }
    /// The cursor is here. `byStep`: a single step, so what it changed is worth pointing out.
    virtual void showMoment(quint64 cursor, const LoopState &state, bool byStep) = 0;
    /// This thing was selected in some view; 0: nothing is.
    virtual void setSelectedItem(SubjectId /*item*/) { }
    /// True while the view in sight does not show all it was told of yet, as it takes it in in portions.
    virtual bool isBehind() const { return false; }

Q_SIGNALS:
    /// The person wants the cursor here.
    void cursorChosen(quint64 cursor);
    /// The person wants to see this place in the source.
    void siteActivated(SiteId site);
    /// The person selected a task, request or promise; 0: none.
    void itemSelected(SubjectId item);
    /// One fact for the view's head.
    void noteChanged(const QString &note);
};

} // namespace loopscope
