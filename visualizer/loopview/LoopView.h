// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loopview/LoopContents.h"
#include "loopview/LoopLayout.h"
#include "loopview/LoopTransition.h"
#include "shell/PaintedItems.h"

#include <QVariantAnimation>
#include <QWidget>

namespace loopscope {

/// Shows the loop: six stations on their track, the JavaScript thread inside, thread pool and I/O below. Says what was clicked; knows
/// nothing of recordings. Arrows go from chip to chip, Return to a chip's source, Space to why it waits.
class LoopView : public QWidget, public PaintedItems
{
    Q_OBJECT
public:
    /// How quickly things move to where a step takes them.
    enum class Motion : quint8 { Off, Slow, Normal, Fast };

    explicit LoopView(QWidget *parent = nullptr);

    /// `animated`: things move there from where they were, if motion is on, the system has nothing against it, and the last motion is
    /// over. A view that is told anew while it moves shows the new moment at once: quick stepping is never held up.
    void setContents(LoopContents contents, bool animated = false);
    const LoopContents &contents() const { return m_contents; }
    const LoopLayout &geometryOfParts() const { return m_layout; }

    Motion motion() const { return m_motion; }
    void setMotion(Motion motion);
    bool isMoving() const { return m_animation.state() == QAbstractAnimation::Running; }
    /// What is selected; place Nothing if nothing is.
    const ShownItem &selected() const { return m_selected; }
    /// This was selected in another view; says nothing itself.
    void setSelectedSubject(SubjectId subject);

    int itemCount() override;
    QString itemName(int item) override;
    QRect itemRect(int item) override;
    int chosenItem() override;
    void chooseItem(int item) override;
    void openItem(int item) override;

    QSize sizeHint() const override { return {620, 560}; }
    QSize minimumSizeHint() const override { return {420, 300}; }

Q_SIGNALS:
    /// A chip or frame was double-clicked: its place in the source is wanted.
    void siteActivated(SiteId site);
    /// A chip was chosen, by click or keys; 0 if none is any more.
    void itemSelected(SubjectId subject);
    /// The why panel is wanted for what is selected.
    void whyRequested();
    /// What can be done with the selected chip is asked for, by the right button or the menu key.
    void itemMenuWanted(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool event(QEvent *event) override;

private:
    void relayout();
    void startMotion(const LoopContents &before, const LoopLayout &beforeLayout);
    void select(const ShownItem &item);
    void keepSelection();
    void goTo(int key);
    QString tipOf(const LoopLayout::Hit &hit) const;
    QString wordsOf(const ShownItem &item) const;
    QString describe() const;

    LoopContents m_contents;
    LoopLayout m_layout;
    LoopContents m_before; ///< the moment the motion comes from
    LoopLayout m_beforeLayout;
    LoopTransition m_transition;
    QVariantAnimation m_animation; ///< from 0 to 1
    Motion m_motion = Motion::Normal;
    ShownItem m_selected;
};

} // namespace loopscope
