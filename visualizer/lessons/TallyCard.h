// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/Tally.h"

#include <QFrame>

class QLabel;
class QSpinBox;
class QVBoxLayout;

namespace loopscope {

/// A show of hands to be typed in, an answer a row; once the answer is shown, as bars with their counts, the right one marked by a word.
class TallyCard : public QFrame
{
    Q_OBJECT
public:
    explicit TallyCard(QWidget *parent = nullptr);

    /// `answers`: code, or Markdown within a line. Begins at no hands.
    void ask(const QString &question, const QStringList &answers, bool isCode);
    /// Shows the bars; `right`: the answer that the run gave, -1 if it is none of them.
    void reveal(int right);
    const Tally &tally() const { return m_tally; }
    QList<QSpinBox *> fields() const { return m_fields; }
    /// "`tick`: 12 of 30 hands, this is what the run did"
    QStringList said() const;

private:
    void clear();
    void applyTheme();

    Tally m_tally;
    QLabel *m_question;
    QVBoxLayout *m_rows;
    QList<QWidget *> m_parts;
    QList<QSpinBox *> m_fields;
    QList<std::pair<QWidget *, QLabel *>> m_bars; ///< each with what it says
    int m_right = -1;
    bool m_isRevealed = false;
};

} // namespace loopscope
