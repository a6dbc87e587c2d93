// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <functional>
#include <vector>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace loopscope {

/// A strip below the bar that says what went wrong, in a sentence, with the ways on as buttons. Hidden while there is nothing to say.
class Banner : public QWidget
{
    Q_OBJECT
public:
    enum class Severity : quint8 { Note, Error };
    struct Choice
    {
        QString text;
        std::function<void()> act;
    };

    explicit Banner(QWidget *parent = nullptr);

    void say(Severity severity, const QString &sentence, const std::vector<Choice> &choices = {});
    /// The same, and the keyboard goes to the first choice: the person cannot go on without an answer.
    void ask(const QString &question, const std::vector<Choice> &choices);
    void dismiss();
    QString sentence() const;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QLabel *m_sign;
    QLabel *m_text;
    QHBoxLayout *m_choicesLayout;
    QToolButton *m_close;
};

} // namespace loopscope
