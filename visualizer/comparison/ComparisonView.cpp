// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/ComparisonView.h"

#include "comparison/ComparisonModel.h"
#include "comparison/ComparisonTable.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace loopscope {

ComparisonView::ComparisonView(RunPair &pair, QWidget *parent)
    : StepView(parent)
    , m_pair(pair)
    , m_model(new ComparisonModel(this))
    , m_table(new ComparisonTable)
    , m_bar(new QWidget)
    , m_summary(new QLabel)
    , m_hint(new QLabel)
{
    setObjectName(QStringLiteral("comparisonView"));
    setFocusProxy(m_table);
    buildBar();
    m_table->setComparison(m_model);
    m_hint->setWordWrap(true);
    m_hint->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_hint->setText(
        tr("Two runs stand here side by side, with their first difference marked. Fork the run at the cursor (Ctrl+Alt+F), give "
           "a waiting timer or request another delay (Ctrl+Alt+D), or compare with a recording (Run › Compare with "
           "recording…)."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_hint, 1);

    connect(&m_pair, &RunPair::changed, this, &ComparisonView::pairChanged);
    connect(&m_pair, &RunPair::compared, this, &ComparisonView::compared);
    connect(m_table, &ComparisonTable::rowChosen, this, &ComparisonView::choose);
    connect(&Theme::current(), &Theme::changed, this, &ComparisonView::applyTheme);
    applyTheme();
    pairChanged();
}

QToolButton *ComparisonView::makeButton(QHBoxLayout &row, const QString &text, const QString &tip)
{
    QToolButton *button = makeTextButton(text, tip, m_bar);
    row.addWidget(button);
    return button;
}

void ComparisonView::buildBar()
{
    auto *row = new QHBoxLayout(m_bar);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_summary, 1);
    m_goThere = makeButton(*row, tr("First difference"), tr("Go to the first difference"));
    auto *sides = new QHBoxLayout;
    sides->setSpacing(0);
    row->addLayout(sides);
    m_showFirst = makeButton(*sides, tr("Show first"), tr("The other views show the first run"));
    m_showSecond = makeButton(*sides, tr("Show second"), tr("The other views show the second run"));
    m_close = makeButton(*row, tr("Close"), tr("Close the comparison and keep the run that is shown"));
    for (QToolButton *side : {m_showFirst, m_showSecond}) {
        side->setCheckable(true);
        side->setProperty("segment", side == m_showFirst ? QStringLiteral("first") : QStringLiteral("last"));
        connect(side, &QToolButton::clicked, this, [this, side] {
            const bool isThere = m_pair.showsSecond() == (side == m_showSecond);
            if (!isThere)
                Q_EMIT exchangeWanted();
            refreshBar(); // a button that was on stays on
        });
    }
    connect(m_goThere, &QToolButton::clicked, this, &ComparisonView::goToFirstDifference);
    connect(m_close, &QToolButton::clicked, this, &ComparisonView::closeWanted);
}

void ComparisonView::applyTheme()
{
    const Theme &theme = Theme::current();
    const int side = qRound(theme.scaled(12));
    m_bar->layout()->setContentsMargins(side, qRound(theme.scaled(4)), side, qRound(theme.scaled(4)));
    m_bar->layout()->setSpacing(qRound(theme.scaled(6)));
    m_hint->setContentsMargins(side, qRound(theme.scaled(4)), side, side);
    QPalette dim = m_hint->palette();
    dim.setColor(QPalette::WindowText, theme.palette().dim);
    m_hint->setPalette(dim);
}

void ComparisonView::resizeEvent(QResizeEvent *event)
{
    StepView::resizeEvent(event);
    refreshBar();
}

void ComparisonView::setSession(const RunSession &) { pairChanged(); }

void ComparisonView::showMoment(quint64 cursor, const LoopState &, bool)
{
    m_cursor = cursor;
    showCursor();
}

void ComparisonView::showCursor()
{
    m_model->setCursor(m_pair.showsSecond(), m_cursor);
    const int row = m_cursor > 0 ? m_model->rowUpTo(m_pair.showsSecond(), m_cursor - 1) : -1;
    // Who goes through the rows looks where the keys are.
    if (row >= 0 && !m_table->hasFocus())
        m_table->showRow(row);
}

void ComparisonView::pairChanged()
{
    const RecordingComparison *comparison = m_pair.comparison();
    const auto side = [](const QString &name, const RunSession &session) {
        return ComparisonModel::Side{name, session.reader(), session.text()};
    };
    if (comparison != nullptr)
        m_model->setSource(comparison, side(m_pair.nameOfFirst(), m_pair.first()), side(m_pair.nameOfSecond(), m_pair.second()));
    else
        m_model->setSource(nullptr, {}, {});
    m_bar->setVisible(m_pair.isOpen());
    m_table->setVisible(m_pair.isOpen());
    m_hint->setVisible(!m_pair.isOpen());
    refreshBar();
    showCursor();
}

void ComparisonView::compared()
{
    m_model->refresh();
    m_model->setNames(m_pair.nameOfFirst(), m_pair.nameOfSecond()); // a run that has just begun has told its title by now
    refreshBar();
    showCursor();
}

void ComparisonView::refreshBar()
{
    const bool isNarrow = width() < Theme::current().scaled(760);
    m_summary->setText(m_model->summary());
    m_showFirst->setText(isNarrow ? tr("First") : tr("Show first"));
    m_showSecond->setText(isNarrow ? tr("Second") : tr("Show second"));
    m_showFirst->setChecked(!m_pair.showsSecond());
    m_showSecond->setChecked(m_pair.showsSecond());
    m_goThere->setEnabled(m_model->firstDifference() >= 0);
    QString note;
    if (m_pair.isComparing())
        note = tr("comparing…");
    else if (const RecordingComparison *comparison = m_pair.comparison())
        note = comparison->isSame() ? tr("the same") : comparison->parting() ? tr("different") : tr("other times");
    Q_EMIT noteChanged(note);
}

void ComparisonView::choose(int row)
{
    const int column = m_pair.showsSecond() ? ComparisonModel::Second : ComparisonModel::First;
    // Beside what only the other run did, this one stands where it was before that.
    for (int at = row; at >= 0; --at) {
        if (const QVariant event = m_model->index(at, column).data(ComparisonModel::EventRole); event.isValid()) {
            Q_EMIT cursorChosen(event.toULongLong() + 1);
            return;
        }
    }
    Q_EMIT cursorChosen(0);
}

void ComparisonView::goToFirstDifference()
{
    const int row = m_model->firstDifference();
    if (row < 0)
        return;
    m_table->showRow(row);
    const RecordingComparison &comparison = *m_pair.comparison();
    const RecordingComparison::Place place =
        comparison.parting() ? *comparison.parting() : comparison.firstOtherTime().value_or(RecordingComparison::Place());
    const quint32 event = m_pair.showsSecond() ? place.right : place.left;
    if (event != RecordingComparison::none)
        Q_EMIT cursorChosen(event + 1ULL);
}

} // namespace loopscope
