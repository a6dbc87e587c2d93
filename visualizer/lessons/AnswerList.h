// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/AnswerChips.h"
#include "shell/PaintedItems.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QPainter;
class QTextDocument;

namespace loopscope {

/// Chips of an answer, one below the other as lines of output are: dragged with the mouse, or moved with Alt (or Ctrl) and the arrows.
/// Space puts one into the queue and takes it out, or chooses it; Enter hands the answer in. As high as it needs to be.
class AnswerList : public QWidget, public PaintedItems
{
    Q_OBJECT
public:
    /// `chips` outlives it.
    explicit AnswerList(AnswerChips &chips, QWidget *parent = nullptr);

    AnswerChips &chips() const { return m_chips; }
    /// Code: texts are names or lines of output and stand in mono, whatever is in them. Else Markdown within a line.
    void setShowsCode(bool isCode);
    /// After the answer was handed in nothing moves any more.
    void setFixedAnswer(bool isFixed);
    bool isFixedAnswer() const { return m_isFixed; }

    int itemCount() override { return m_chips.count(); }
    QString itemName(int item) override;
    QRect itemRect(int item) override;
    int chosenItem() override { return m_chips.current(); }
    void chooseItem(int item) override { m_chips.setCurrent(item); }
    void openItem(int item) override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

Q_SIGNALS:
    /// Enter.
    void handedIn();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QRect rect;
        std::shared_ptr<QTextDocument> text;
    };
    /// Where a chip that is let go here comes to stand.
    struct Target
    {
        int place = 0; ///< among the others
        bool isIn = true;
    };

    void fill();
    void layOut();
    int itemAt(const QPoint &point) const;
    Target targetOf(int y) const;
    void paintRow(QPainter &painter, int item, const QRect &rect);
    void paintMark(QPainter &painter, int item, const QRect &rect) const;
    void paintHeads(QPainter &painter);
    void paintTarget(QPainter &painter) const;
    bool isMovable() const { return !m_isFixed && m_chips.kind() != AnswerChips::Kind::One; }

    AnswerChips &m_chips;
    std::vector<Row> m_rows;
    QRect m_inHead; ///< of a queue: what is in it
    QRect m_outHead; ///< what is not
    int m_height = 0;
    bool m_isCode = true;
    bool m_isFixed = false;
    QPoint m_pressed;
    std::optional<int> m_dragged;
    int m_dragY = 0;
};

} // namespace loopscope
