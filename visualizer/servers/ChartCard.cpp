// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ChartCard.h"

#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QAbstractAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QToolTip>
#include <QVBoxLayout>

namespace loopscope {

ChartCard::ChartCard(const QString &title, const QString &unit, const QString &emptyText, QWidget *parent)
    : QFrame(parent)
    , m_title(title)
    , m_titleLabel(new QLabel(this))
    , m_head(new QHBoxLayout)
    , m_chart(new QChart)
    , m_view(new QChartView(m_chart, this))
    , m_empty(new QLabel(emptyText, this))
{
    setObjectName(QStringLiteral("labCard"));
    m_titleLabel->setObjectName(QStringLiteral("labCardTitle"));
    setUnit(unit);
    m_head->addWidget(m_titleLabel, 1);
    m_chart->legend()->hide();
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->setContentsMargins(0, 0, 0, 0);
    if (m_chart->layout() != nullptr)
        m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setLocalizeNumbers(true);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setObjectName(QStringLiteral("labChart"));
    m_view->setAccessibleName(title);
    m_view->setFocusPolicy(Qt::TabFocus);
    m_view->viewport()->setFocusPolicy(Qt::NoFocus);
    m_view->viewport()->setAccessibleName(title);
    m_view->viewport()->setMouseTracking(true);
    m_view->viewport()->installEventFilter(this);
    m_empty->setObjectName(QStringLiteral("labEmpty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 9, 12, 6);
    layout->setSpacing(2);
    layout->addLayout(m_head);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_empty, 1);
    m_view->hide();
    connect(&Theme::current(), &Theme::changed, this, [this] {
        applyTheme();
        updateGeometry();
    });
}

QString ChartCard::title() const { return m_title; }

QSize ChartCard::sizeHint() const { return {qRound(Theme::current().scaled(420)), qRound(Theme::current().scaled(222))}; }

QSize ChartCard::minimumSizeHint() const { return {qRound(Theme::current().scaled(240)), qRound(Theme::current().scaled(180))}; }

void ChartCard::setUnit(const QString &unit) { m_titleLabel->setText(unit.isEmpty() ? m_title : tr("%1 (%2)").arg(m_title, unit)); }

void ChartCard::setEmpty(bool isEmpty)
{
    if (m_isEmpty == isEmpty)
        return;
    m_isEmpty = isEmpty;
    m_view->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
}

void ChartCard::setEmptyText(const QString &text) { m_empty->setText(text); }

void ChartCard::applyTheme()
{
    const Theme &theme = Theme::current();
    const Palette &p = theme.palette();
    const QFont font = theme.font(Theme::TextRole::Fact);
    m_titleLabel->setFont(theme.font(Theme::TextRole::Strong));
    for (QAbstractAxis *axis : m_chart->axes()) {
        axis->setLabelsFont(font);
        axis->setLabelsBrush(p.dim);
        axis->setTitleFont(font);
        axis->setTitleBrush(p.dim);
        axis->setLinePen(QPen(p.line, 1));
        axis->setGridLinePen(QPen(p.line, 1));
        axis->setMinorGridLineVisible(false);
    }
}

bool ChartCard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseMove && !m_chart->axes(Qt::Horizontal).isEmpty()) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const QPointF place = m_chart->mapFromScene(m_view->mapToScene(mouse->position().toPoint()));
        const QString text = m_chart->plotArea().contains(place) ? textAt(m_chart->mapToValue(place).x()) : QString();
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(mouse->globalPosition().toPoint(), text, m_view);
    }
    if (event->type() == QEvent::Wheel) {
        event->ignore(); // the page scrolls
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

void ChartCard::styleLine(QLineSeries &line, ServerModel model, Qt::PenStyle style, double width)
{
    QPen pen(Theme::current().palette().hue(hueOf(model)), Theme::current().scaled(width), style);
    pen.setCosmetic(true);
    line.setPen(pen);
}

void ChartCard::styleMarks(QScatterSeries &marks, ServerModel model)
{
    // The shapes of markOf(), as far as Qt Charts has them.
    static constexpr QScatterSeries::MarkerShape shapes[] = {QScatterSeries::MarkerShapeCircle, QScatterSeries::MarkerShapeStar,
        QScatterSeries::MarkerShapePentagon, QScatterSeries::MarkerShapeTriangle, QScatterSeries::MarkerShapeRectangle,
        QScatterSeries::MarkerShapeRotatedRectangle, QScatterSeries::MarkerShapeCircle};
    const Palette &p = Theme::current().palette();
    const QColor colour = p.hue(hueOf(model));
    marks.setMarkerShape(shapes[static_cast<std::size_t>(model)]);
    marks.setMarkerSize(Theme::current().scaled(9));
    marks.setPen(QPen(model == ServerModel::Node ? colour : p.card, 1));
    marks.setBrush(model == ServerModel::Node ? QBrush(p.card) : QBrush(colour));
}

} // namespace loopscope
