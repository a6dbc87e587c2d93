// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

#include <functional>
#include <vector>

class QLabel;
class QShortcut;
class QToolButton;

namespace loopscope {

/// A few sentences beside the view they are about, with a frame around that view. It covers nothing that has to be reached: the person
/// goes on working below it.
class TourCallout : public QFrame
{
    Q_OBJECT
public:
    explicit TourCallout(QWidget *window);

    /// `next` empty: there is no button, the person is to do something.
    void showText(const QString &title, const QString &text, const QString &place, const QString &next);
    /// Stands beside `target`, inside the window.
    void standBeside(const QWidget &target);
    QString text() const;

Q_SIGNALS:
    void nextChosen();
    void leaveChosen();

protected:
    /// Enter presses the button that has the keyboard, as Space does.
    void keyPressEvent(QKeyEvent *event) override;

private:
    void applyTheme();

    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_place;
    QToolButton *m_next;
    QToolButton *m_leave;
};

/// The tour: callouts one after the other, over the real window and a real script. Some go on by a button, some when the person has done
/// what they say. It can be left at any moment (Escape).
class Tour : public QObject
{
    Q_OBJECT
public:
    struct Stop
    {
        QWidget *target = nullptr;
        QString title;
        QString text;
        /// Asked whenever something moved: the person has done it. Empty: a button goes on.
        std::function<bool()> isDone;
    };

    /// `window` is what the callouts stand in.
    explicit Tour(QWidget &window);

    void start(std::vector<Stop> stops);
    void leave();
    bool isOn() const { return m_callout != nullptr; }
    int stop() const { return m_index; }
    TourCallout *callout() const { return m_callout; }
    /// Something moved: a stop may be done.
    void look();

Q_SIGNALS:
    void stopShown(int stop);
    /// It was left or came to its end.
    void ended();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void goTo(int index);
    void place();
    /// Lets the target be seen, and no longer what was hidden before the stop before.
    void bringUp(QWidget *target);

    QWidget &m_window;
    std::vector<Stop> m_stops;
    int m_index = 0;
    QPointer<TourCallout> m_callout;
    QPointer<QWidget> m_brought; ///< was hidden until this stop
    QPointer<QWidget> m_frame; ///< drawn around the target
    QShortcut *m_escape;
};

} // namespace loopscope
