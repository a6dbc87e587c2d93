// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/ChartCard.h"

#include "servers/FigureTableDialog.h"
#include "servers/ModelLook.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QAbstractAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineSeries>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

ChartCard::ChartCard(const QString &title, const QString &unit, const QString &emptyText, QWidget *parent)
    : QFrame(parent)
    , m_title(title)
    , m_titleLabel(new QLabel(this))
    , m_head(new QHBoxLayout)
    , m_table(makeTextButton(tr("Table"), tr("Show what the chart %1 draws as a table (T on the chart)").arg(title), this, "headSwitch"))
    , m_chart(new QChart)
    , m_view(new QChartView(m_chart, this))
    , m_empty(new QLabel(emptyText, this))
    , m_cursorLine(new QFrame(m_view))
    , m_reading(new QLabel(m_view))
{
    setObjectName(QStringLiteral("labCard"));
    m_titleLabel->setObjectName(QStringLiteral("labCardTitle"));
    m_titleLabel->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // gives way to switches
    setUnit(unit);
    m_head->addWidget(m_titleLabel, 1);
    m_head->addWidget(m_table);
    m_table->hide();
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
    m_view->installEventFilter(this);
    m_cursorLine->setObjectName(QStringLiteral("labCursor"));
    m_reading->setObjectName(QStringLiteral("labReading"));
    m_reading->setTextFormat(Qt::PlainText);
    for (QWidget *each : {static_cast<QWidget *>(m_cursorLine), static_cast<QWidget *>(m_reading)}) {
        each->setAttribute(Qt::WA_TransparentForMouseEvents);
        each->hide();
    }
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
    connect(m_table, &QToolButton::clicked, this, &ChartCard::showTable);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        applyTheme();
        updateGeometry();
    });
}

QString ChartCard::title() const { return m_title; }

QSize ChartCard::sizeHint() const { return {qRound(Theme::current().scaled(420)), qRound(Theme::current().scaled(222))}; }

QSize ChartCard::minimumSizeHint() const { return {qRound(Theme::current().scaled(200)), qRound(Theme::current().scaled(180))}; }

void ChartCard::setUnit(const QString &unit)
{
    m_titleLabel->setText(unit.isEmpty() ? m_title : tr("%1 (%2)").arg(m_title, unit));
    m_titleLabel->setToolTip(m_titleLabel->text()); // may be cut
}

void ChartCard::setEmpty(bool isEmpty)
{
    if (m_isEmpty == isEmpty)
        return;
    m_isEmpty = isEmpty;
    m_view->setVisible(!isEmpty);
    m_table->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
}

void ChartCard::addToHead(QWidget *control) { m_head->insertWidget(m_head->count() - 1, control); }

void ChartCard::showTable()
{
    FigureTableDialog::open(*this, [this] { return table(); });
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

QString ChartCard::reading() const { return m_cursor ? m_reading->text() : QString(); }

bool ChartCard::choose(double) { return false; }

double ChartCard::neighbour(double x, int direction) const
{
    constexpr double steps = 100; // over the whole axis
    const QRectF area = m_chart->plotArea();
    const double place = m_chart->mapToPosition({x, 0}).x() + direction * area.width() / steps;
    return m_chart->mapToValue({std::clamp(place, area.left(), area.right()), area.center().y()}).x();
}

std::optional<double> ChartCard::valueUnder(const QPoint &viewportPlace) const
{
    if (m_chart->axes(Qt::Horizontal).isEmpty())
        return std::nullopt;
    const QPointF place = m_chart->mapFromScene(m_view->mapToScene(viewportPlace));
    if (!m_chart->plotArea().contains(place))
        return std::nullopt;
    return m_chart->mapToValue(place).x();
}

void ChartCard::showCursor(double x)
{
    const QString text = textAt(x);
    if (text.isEmpty())
        return hideCursor();
    m_cursor = x;
    const QRectF area = m_chart->mapToScene(m_chart->plotArea()).boundingRect();
    const int at = m_view->mapFromScene(m_chart->mapToScene(m_chart->mapToPosition({x, 0}))).x();
    m_cursorLine->setGeometry(at, qRound(area.top()), 1, qRound(area.height()));
    m_reading->setText(text);
    m_reading->setFont(Theme::current().font(Theme::TextRole::Fact));
    m_reading->adjustSize();
    // Beside the line, on the side that has room.
    constexpr int gap = 8;
    const bool isLeft = at + gap + m_reading->width() > m_view->width();
    m_reading->move(std::max(0, isLeft ? at - gap - m_reading->width() : at + gap), std::max(0, qRound(area.top())));
    m_cursorLine->show();
    m_reading->show();
}

void ChartCard::hideCursor()
{
    m_cursor.reset();
    m_cursorLine->hide();
    m_reading->hide();
}

void ChartCard::moveCursor(QKeyEvent &event)
{
    const QRectF area = m_chart->plotArea();
    const auto edge = [&](double place) { return m_chart->mapToValue({place, area.center().y()}).x(); };
    const double from = m_cursor.value_or(edge(area.center().x()));
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        double x = from;
        const int times = (event.modifiers() & Qt::ShiftModifier) != 0 ? 10 : 1;
        for (int i = 0; i < times && m_cursor; ++i)
            x = neighbour(x, event.key() == Qt::Key_Left ? -1 : 1);
        showCursor(x);
        break;
    }
    case Qt::Key_Home:
        showCursor(neighbour(edge(area.left()), 1));
        break;
    case Qt::Key_End:
        showCursor(neighbour(edge(area.right()), -1));
        break;
    case Qt::Key_T:
        showTable();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_cursor || !choose(*m_cursor))
            return event.ignore();
        break;
    case Qt::Key_Escape:
        if (!m_cursor)
            return event.ignore();
        hideCursor();
        break;
    default:
        return event.ignore();
    }
    event.accept();
    if (m_cursor)
        m_view->setAccessibleDescription(reading().replace(QLatin1Char('\n'), QLatin1String("; ")));
}

bool ChartCard::eventFilter(QObject *watched, QEvent *event)
{
    const bool isOfViewport = watched == m_view->viewport();
    switch (event->type()) {
    case QEvent::MouseMove:
        if (const auto x = valueUnder(static_cast<QMouseEvent *>(event)->position().toPoint()))
            showCursor(*x);
        else
            hideCursor();
        break;
    case QEvent::MouseButtonRelease:
        if (const auto x = valueUnder(static_cast<QMouseEvent *>(event)->position().toPoint()); x && isOfViewport)
            choose(*x);
        break;
    case QEvent::Leave:
        hideCursor();
        break;
    case QEvent::FocusIn:
        m_view->setAccessibleDescription(tr("Left and right read its values, T shows all of them as a table"));
        break;
    case QEvent::FocusOut:
        if (!isOfViewport)
            hideCursor();
        break;
    case QEvent::KeyPress:
        if (!isOfViewport) {
            moveCursor(*static_cast<QKeyEvent *>(event));
            if (event->isAccepted())
                return true;
        }
        break;
    case QEvent::Wheel:
        event->ignore(); // the page scrolls
        return true;
    default:
        break;
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
