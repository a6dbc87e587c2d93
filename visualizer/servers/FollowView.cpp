// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/FollowView.h"

#include "servers/AxisRange.h"
#include "servers/LabRecord.h"
#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

QString wordFor(LabStep::Kind kind)
{
    switch (kind) {
    case LabStep::Kind::Network:
        return FollowView::tr("on the network");
    case LabStep::Kind::Queued:
        return FollowView::tr("queued");
    case LabStep::Kind::Running:
        return FollowView::tr("running");
    case LabStep::Kind::Ready:
        return FollowView::tr("ready, waits for the loop or a core");
    case LabStep::Kind::Waiting:
        return FollowView::tr("waiting");
    }
    return {};
}

} // namespace

FollowView::FollowView(QWidget *parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Request followed through all models"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void FollowView::setRecord(const LabRecord *record)
{
    m_record = record;
    m_selectedStep = -1;
    refresh();
}

void FollowView::setRequest(qint64 number)
{
    m_request = number;
    m_selectedStep = -1;
    refresh();
}

void FollowView::refresh()
{
    m_rows.clear();
    m_length = 0;
    if (m_record != nullptr && m_request > 0) {
        for (const auto &record : m_record->models()) {
            const auto found = record->requests.find(m_request);
            m_rows.push_back({record.get(), {}});
            if (found == record->requests.end())
                continue;
            std::optional<LabRequest> &request = m_rows.back().request;
            request = found->second;
            m_length = std::max(m_length, request->latency);
            for (const LabStep &step : request->steps)
                m_length = std::max(m_length, step.to - request->arrival);
        }
    }
    updateGeometry();
    update();
}

int FollowView::rowHeight() const { return qRound(Theme::current().scaled(27)); }

int FollowView::labelWidth() const
{
    const QFontMetrics metrics(Theme::current().font(Theme::TextRole::Fact));
    int widest = 0;
    for (const Row &row : m_rows)
        widest = std::max(widest, metrics.horizontalAdvance(nameOf(row.record->model)));
    return widest + qRound(Theme::current().scaled(30));
}

QSize FollowView::sizeHint() const
{
    const int rows = std::max<int>(1, static_cast<int>(m_rows.size()));
    return {qRound(Theme::current().scaled(500)), rows * rowHeight() + qRound(Theme::current().scaled(44))};
}

QSize FollowView::minimumSizeHint() const { return {qRound(Theme::current().scaled(200)), sizeHint().height()}; }

QRectF FollowView::bandOf(int row) const
{
    const double margin = Theme::current().scaled(6);
    return {static_cast<double>(labelWidth()), row * rowHeight() + margin, width() - labelWidth() - Theme::current().scaled(84),
        rowHeight() - 2 * margin};
}

double FollowView::xOf(double seconds) const
{
    const QRectF band = bandOf(0);
    return band.left() + (m_length > 0 ? seconds / m_length * band.width() : 0);
}

QString FollowView::textOf(const LabRequest &request, const LabStep *step)
{
    if (step == nullptr) {
        const QString outcome = request.latency < 0 ? tr("no answer")
            : request.status > 0                    ? tr("%1 after %2").arg(request.status).arg(formatSeconds(request.latency))
                                                    : tr("answered after %1").arg(formatSeconds(request.latency));
        return tr("%1, request %L2 (%3): %4").arg(nameOf(request.model)).arg(request.number).arg(request.route, outcome);
    }
    QString text = tr("%1: %2").arg(nameOf(request.model), wordFor(step->kind));
    if (!step->what.isEmpty())
        text += tr(" (%1)").arg(step->what);
    const double since = step->from - request.arrival;
    text += since > 0 ? tr(", %1, from %2 after its arrival on").arg(formatSeconds(step->to - step->from), formatSeconds(since))
                      : tr(", %1, from its arrival on").arg(formatSeconds(step->to - step->from));
    if (step->thread > 0)
        text += tr(", on thread %L1").arg(step->thread);
    return text;
}

QString FollowView::textOfStep(int row, int step) const
{
    if (row < 0 || row >= static_cast<int>(m_rows.size()))
        return {};
    const std::optional<LabRequest> &request = m_rows[static_cast<std::size_t>(row)].request;
    if (!request)
        return {};
    const bool hasStep = step >= 0 && step < static_cast<int>(request->steps.size());
    return textOf(*request, hasStep ? &request->steps[static_cast<std::size_t>(step)] : nullptr);
}

QString FollowView::shownText() const
{
    return m_hoveredRow >= 0 ? textOfStep(m_hoveredRow, m_hoveredStep) : textOfStep(m_selectedRow, m_selectedStep);
}

void FollowView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &theme = Theme::current();
    painter.setFont(theme.font(Theme::TextRole::Fact));
    if (m_rows.empty()) {
        painter.setPen(theme.palette().dim);
        painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap,
            tr("One request is shown here on its way through every model. Choose one above when the run is over, click one in a lane, a "
               "bar of "
               "the histogram or a moment in the chart of latencies, or type its number."));
        return;
    }
    paintAxis(painter);
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row)
        paintRow(painter, row);
    const QFontMetrics metrics(painter.font());
    const int legend = paintLegend(painter);
    painter.setPen(m_hoveredRow >= 0 || hasFocus() ? theme.palette().text : theme.palette().dim);
    const QRect line(0, height() - metrics.height() - 2, legend - 12, metrics.height() + 2);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(shownText(), Qt::ElideRight, line.width()));
}

int FollowView::paintLegend(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const QFontMetrics metrics(painter.font());
    const int side = qRound(theme.scaled(16));
    const int gap = qRound(theme.scaled(5));
    const std::pair<LabStep::Kind, QString> entries[] = {{LabStep::Kind::Waiting, tr("waits for I/O")},
        {LabStep::Kind::Ready, tr("ready, waits for its turn")}, {LabStep::Kind::Running, tr("runs")},
        {LabStep::Kind::Queued, tr("queued")}, {LabStep::Kind::Network, tr("network")}};
    int x = width();
    for (const auto &[kind, words] : entries) {
        x -= metrics.horizontalAdvance(words);
        painter.setPen(theme.palette().dim);
        painter.drawText(QPoint(x, height() - metrics.descent() - 2), words);
        x -= side + gap;
        const double high = theme.scaled(11);
        paintKind(painter, QRectF(x, height() - metrics.height() / 2.0 - high / 2 - 1, side, high), kind, theme.palette().dim);
        x -= 2 * gap + 3;
        if (x < width() / 2)
            break; // the rest is told by hovering
    }
    return x;
}

void FollowView::paintKind(QPainter &painter, const QRectF &place, LabStep::Kind kind, const QColor &hue)
{
    const Palette &p = Theme::current().palette();
    QColor soft = hue;
    soft.setAlphaF(0.42F);
    const QRectF thin = place.adjusted(0, place.height() * 0.28, 0, -place.height() * 0.28);
    switch (kind) {
    case LabStep::Kind::Running:
        painter.fillRect(place, hue);
        break;
    case LabStep::Kind::Ready:
        painter.fillRect(place, QBrush(hue, Qt::BDiagPattern));
        break;
    case LabStep::Kind::Queued: // dashes: whoever queues stands in pieces
        for (double x = thin.left(); x < thin.right(); x += 5)
            painter.fillRect(QRectF(x, thin.top(), std::min(3.0, thin.right() - x), thin.height()), soft);
        break;
    case LabStep::Kind::Waiting:
        painter.fillRect(thin, p.track);
        break;
    case LabStep::Kind::Network:
        painter.setPen(QPen(p.dim, 1.5, Qt::DotLine));
        painter.drawLine(QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y()));
        break;
    }
}

void FollowView::paintAxis(QPainter &painter) const
{
    if (m_length <= 0)
        return;
    const Palette &p = Theme::current().palette();
    const QFontMetrics metrics(painter.font());
    const double bottom = static_cast<double>(m_rows.size()) * rowHeight();
    const double step = niceEnd(m_length / std::max(2.0, bandOf(0).width() / Theme::current().scaled(120)));
    for (int tick = 0; tick * step <= m_length * 1.0001; ++tick) {
        const double x = std::round(xOf(tick * step)) + 0.5;
        painter.setPen(QPen(p.line, 1));
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom));
        painter.setPen(p.dim);
        const QString text = tick == 0 ? tr("arrival") : formatSeconds(tick * step);
        painter.drawText(QPointF(tick == 0 ? x : x - metrics.horizontalAdvance(text) / 2.0, bottom + metrics.ascent() + 2), text);
    }
}

void FollowView::paintRow(QPainter &painter, int row) const
{
    const Palette &p = Theme::current().palette();
    const Row &shown = m_rows[static_cast<std::size_t>(row)];
    const QRectF band = bandOf(row);
    const double side = Theme::current().scaled(9);
    drawMark(painter, QRectF(1, band.center().y() - side / 2, side, side), shown.record->model, p);
    painter.setPen(p.hueText(hueOf(shown.record->model)));
    const double textLeft = side + Theme::current().scaled(7);
    painter.drawText(QRectF(textLeft, row * rowHeight(), band.left() - textLeft, rowHeight()), Qt::AlignVCenter | Qt::AlignLeft,
        nameOf(shown.record->model));
    const QRectF behind(band.right() + 6, row * rowHeight(), width() - band.right() - 6, rowHeight());
    if (!shown.request) {
        painter.setPen(p.dim);
        const QString why = !shown.record->isOver() ? tr("has not been told yet")
            : m_request > shown.record->arrivals    ? tr("there was no such request: %L1 came").arg(shown.record->arrivals)
                                                    : tr("not told in this run");
        painter.drawText(band, Qt::AlignVCenter | Qt::AlignLeft, why);
        return;
    }
    for (const LabStep &step : shown.request->steps)
        paintStep(painter, band, shown, step);
    painter.setPen(p.text);
    const QString end = shown.request->latency < 0 ? tr("no answer") : formatSeconds(shown.request->latency);
    painter.drawText(behind, Qt::AlignVCenter | Qt::AlignLeft, end);
    if (row == m_selectedRow && m_selectedStep < 0 && hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(p.link, 1));
        painter.drawRoundedRect(QRectF(0.5, row * rowHeight() + 2.5, width() - 1, rowHeight() - 5), 4, 4);
    }
    if (row == m_selectedRow && m_selectedStep >= 0 && m_selectedStep < static_cast<int>(shown.request->steps.size())) {
        const LabStep &step = shown.request->steps[static_cast<std::size_t>(m_selectedStep)];
        const double left = xOf(step.from - shown.request->arrival);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(p.link, 1.5));
        painter.drawRect(
            QRectF(left - 1, band.top() - 2, std::max(3.0, xOf(step.to - shown.request->arrival) - left) + 2, band.height() + 4));
    }
}

void FollowView::paintStep(QPainter &painter, const QRectF &band, const Row &row, const LabStep &step) const
{
    const Palette &p = Theme::current().palette();
    const QColor hue = p.hue(hueOf(row.record->model));
    const double left = xOf(step.from - row.request->arrival);
    const QRectF place(left, band.top(), std::max(1.5, xOf(step.to - row.request->arrival) - left), band.height());
    paintKind(painter, place, step.kind, hue);
    if (step.kind != LabStep::Kind::Queued && step.kind != LabStep::Kind::Waiting)
        return;
    const QString word = step.kind == LabStep::Kind::Queued || step.what.isEmpty() ? wordFor(step.kind) : step.what;
    const int advance = QFontMetrics(painter.font()).horizontalAdvance(word);
    if (advance + 12 > place.width())
        return;
    // On the card's ground, so that no bar or line goes through the word.
    const QRectF label(place.left() + 8, place.top() - 4, advance + 8, place.height() + 8);
    painter.fillRect(label.adjusted(0, 4, 0, -4), p.card);
    painter.setPen(p.text);
    painter.drawText(label, Qt::AlignCenter, word);
}

void FollowView::select(int row, int step)
{
    if (m_rows.empty())
        return;
    m_selectedRow = std::clamp(row, 0, static_cast<int>(m_rows.size()) - 1);
    const std::optional<LabRequest> &request = m_rows[static_cast<std::size_t>(m_selectedRow)].request;
    m_selectedStep = request ? std::clamp(step, -1, static_cast<int>(request->steps.size()) - 1) : -1;
    setAccessibleDescription(textOfStep(m_selectedRow, m_selectedStep));
    update();
}

void FollowView::focusInEvent(QFocusEvent *event)
{
    select(m_selectedRow, m_selectedStep);
    QWidget::focusInEvent(event);
}

void FollowView::focusOutEvent(QFocusEvent *event)
{
    update();
    QWidget::focusOutEvent(event);
}

std::pair<int, int> FollowView::stepAt(const QPointF &place) const
{
    const int row = static_cast<int>(place.y()) / rowHeight();
    if (place.y() < 0 || row >= static_cast<int>(m_rows.size()) || !m_rows[static_cast<std::size_t>(row)].request)
        return {-1, -1};
    const LabRequest &request = *m_rows[static_cast<std::size_t>(row)].request;
    const auto hit = std::find_if(request.steps.rbegin(), request.steps.rend(), [&](const LabStep &step) {
        return place.x() >= xOf(step.from - request.arrival) - 1 && place.x() <= xOf(step.to - request.arrival) + 1;
    });
    return {row, static_cast<int>(request.steps.rend() - hit) - 1};
}

void FollowView::mousePressEvent(QMouseEvent *event)
{
    if (const auto [row, step] = stepAt(event->position()); row >= 0)
        select(row, step);
}

void FollowView::mouseMoveEvent(QMouseEvent *event)
{
    const auto [row, step] = stepAt(event->position());
    hover(row, step);
}

void FollowView::leaveEvent(QEvent *) { hover(-1, -1); }

void FollowView::hover(int row, int step)
{
    if (m_hoveredRow == row && m_hoveredStep == step)
        return;
    m_hoveredRow = row;
    m_hoveredStep = step;
    update();
}

void FollowView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        select(m_selectedRow, m_selectedStep - 1);
        break;
    case Qt::Key_Right:
        select(m_selectedRow, m_selectedStep + 1);
        break;
    case Qt::Key_Up:
        select(m_selectedRow - 1, m_selectedStep);
        break;
    case Qt::Key_Down:
        select(m_selectedRow + 1, m_selectedStep);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool FollowView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const auto [row, step] = stepAt(help->pos());
    const QString text = textOfStep(row, step);
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace loopscope
