// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/StepView.h"
#include "timeline/TimelineSearch.h"
#include "timeline/TimelineTracks.h"

#include <QTimer>

#include <memory>

class QLabel;
class QLineEdit;
class QToolButton;

namespace loopscope {

class SpanText;
class TimelineCanvas;

/// The timeline: what ran when, over the whole recording. Takes the recording in and searches it in portions of a few milliseconds, so it
/// can be used while it is still behind.
class TimelineView : public StepView
{
    Q_OBJECT
public:
    explicit TimelineView(QWidget *parent = nullptr);
    ~TimelineView() override;

    void setSession(const RunSession &session) override;
    void grow() override;
    void showMoment(quint64 cursor, const LoopState &state, bool byStep) override;
    void setSelectedItem(SubjectId item) override;

    TimelineCanvas &canvas() { return *m_canvas; }
    /// Axis, zoom and search: above the canvas, or where a layout puts it.
    QWidget &bar() { return *m_bar; }
    QLineEdit &searchField() { return *m_search; }
    const TimelineTracks &tracks() const { return m_tracks; }
    const TimelineSearch &search() const { return m_matches; }
    /// True while events are not taken in or looked at yet.
    bool isBehind() const override;

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *addButton(const QString &text, const QString &tip);
    void buildBar();
    void connectCanvas();
    void applyTheme();
    void takeIn();
    void searchFor(const QString &text);
    void goToMatch(bool forward);
    /// Until the search is through, what is behind the cursor may still be found.
    bool mayFindMoreBehind(quint64 event) const;
    void sayFound();
    void sayWindow();
    void showAxis();
    void markItem();

    const RunSession *m_session = nullptr;
    TimelineTracks m_tracks;
    TimelineSearch m_matches;
    std::unique_ptr<SpanText> m_text;
    TimelineCanvas *m_canvas;
    QWidget *m_bar;
    QLineEdit *m_search;
    QLabel *m_found;
    QToolButton *m_byTime = nullptr;
    QToolButton *m_byEvents = nullptr;
    QTimer m_timer; ///< goes on with what is behind
    bool m_isAxisChosen = false; ///< by the person
    bool m_isJumpWanted = false; ///< to a match that the search has not come to yet
    SubjectId m_item = 0;
    quint64 m_cursor = 0;
};

} // namespace loopscope
