// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/CallSequence.h"
#include "profile/FlameView.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QStackedWidget;
class QToolButton;

namespace loopscope {

class CallNames;
class ProfileText;
class RecordingReader;

/// The two flame graphs of a loop: all calls of a function from one caller as one frame, or every call at its time. A switch between the
/// two (T), and what the colours mean. The calls in their order are taken in only when they are asked for, in portions. GUI thread only.
class FlamePage : public QWidget
{
    Q_OBJECT
public:
    enum class Order : quint8 { Merged, Time };

    explicit FlamePage(QWidget *parent = nullptr);

    void clear();
    /// Another recording, or another loop of it; both must live until clear() or the next one.
    void setRecording(const RecordingReader &reader, const ProfileText &text, quint16 loop);
    /// As far as the recording goes now: the call tree, and how many events are ready to be shown.
    void setTree(const std::shared_ptr<const CallNames> &names, quint64 events);
    void setSearch(const QString &text);
    void setOrder(Order order);
    Order order() const;
    FlameView &merged() const { return *m_merged; }
    FlameView &inTime() const { return *m_inTime; }
    /// The one of the two that is seen.
    FlameView &shown() const { return order() == Order::Merged ? *m_merged : *m_inTime; }
    /// The event that began the current frame, where frames are in the order of time.
    std::optional<quint64> currentEvent() const;
    /// True while calls are still to be taken in for what is seen.
    bool isBehind() const;

Q_SIGNALS:
    void currentChanged();
    void siteActivated(SiteId site);

protected:
    void showEvent(QShowEvent *event) override;

private:
    FlameView *makeView(const QString &name);
    QToolButton *makeSwitch(Order order, const QString &text, const QString &tip);
    void wake();
    /// Takes in a portion.
    void work();
    FlameLook lookInTime() const;

    QStackedWidget *m_views;
    FlameView *m_merged;
    FlameView *m_inTime;
    QToolButton *m_mergedSwitch;
    QToolButton *m_timeSwitch;
    const RecordingReader *m_reader = nullptr;
    const ProfileText *m_text = nullptr;
    quint64 m_events = 0;
    std::shared_ptr<CallSequence> m_calls;
    QTimer m_timer;
};

} // namespace loopscope
