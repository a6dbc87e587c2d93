// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <QFrame>

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QToolButton;

namespace loopscope {

class LaneView;
class LaneWindow;
struct LabFigures;
struct ModelRecord;

/// One model of the comparison: its three large figures, a line with the others, the lanes of its threads, and commands about it; or the
/// sentence why it has none.
class ModelCard : public QFrame
{
    Q_OBJECT
public:
    /// `record` outlives the card.
    ModelCard(const ModelRecord &record, LaneWindow &window, QWidget *parent = nullptr);

    const ModelRecord &record() const { return m_record; }
    LaneView &lanes() const { return *m_lanes; }
    /// Shows what the record holds now. Lanes are brought up to date always, figures as they can be read: `withFigures`.
    void refresh(bool withFigures);
    /// The comparison goes on, so that a model of which nothing is known yet is still to come.
    void setLive(bool isLive) { m_isLive = isLive; }
    /// What all models note is said once, elsewhere.
    void setSharedNotes(const QStringList &notes) { m_sharedNotes = notes; }
    /// Opens what each thread did and used as a table, in a window of its own.
    void showThreads();
    /// The sub-line: "one thread · 81 in flight · CPU 60 %".
    QString facts() const;

    QSize sizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    void requestChosen(qint64 number);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct BigFigure
    {
        QLabel *value = nullptr;
        QLabel *caption = nullptr;
    };
    BigFigure addFigure(QGridLayout &grid, int column);
    void applyTheme();
    void showFigures();
    /// Into a large figure: `words` are for those who do not see it, too.
    void show(const BigFigure &figure, const QString &value, const QString &caption);
    void showTips(const LabFigures &figures);
    /// The card as a whole, for those who do not see it.
    void showInWords(const LabFigures &figures);
    QString threadsText() const;
    QString stateText() const;

    const ModelRecord &m_record;
    bool m_isLive = false;
    QStringList m_sharedNotes;
    QLabel *m_name;
    QLabel *m_state; ///< "simulated", and how it ended
    BigFigure m_throughput;
    BigFigure m_p99;
    BigFigure m_memory;
    LaneView *m_lanes;
    QLabel *m_facts;
    QLabel *m_problem; ///< why it has no result, or died
    QLabel *m_notes;
    QWidget *m_legend;
    QHBoxLayout *m_commands; ///< at the foot
    QToolButton *m_threads;
};

} // namespace loopscope
