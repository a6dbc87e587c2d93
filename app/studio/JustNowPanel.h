// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace loopscope {

/// What happened with the event of the moment, and what comes next, in a sentence each. Text between backquotes is set as code.
class JustNowPanel : public QWidget
{
    Q_OBJECT
public:
    explicit JustNowPanel(QWidget *parent = nullptr);

    void say(const QString &now, const QString &next);
    QString nowText() const { return m_nowPlain; }

private:
    void applyTheme();
    void fill();

    QLabel *m_nowHead;
    QLabel *m_now;
    QLabel *m_nextHead;
    QLabel *m_next;
    QString m_nowPlain;
    QString m_nextPlain;
};

} // namespace loopscope
