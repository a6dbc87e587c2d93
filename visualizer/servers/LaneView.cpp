// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/LaneView.h"

#include "servers/LaneWindow.h"
#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace loopscope {

namespace {

constexpr int kMostPitch = 30; ///< pixels from lane to lane, where few have room
constexpr int kLeastPitch = 4; ///< below, lanes are scrolled
constexpr int kShapedPitch = 6; ///< from here on a lane's states differ in height, too

QRgb mixed(QRgb under, QRgb over, float share)
{
    if (share <= 0)
        return under;
    if (share >= 1)
        return over;
    const auto channel = [share](int from, int to) {
        return static_cast<int>(static_cast<float>(from) + static_cast<float>(to - from) * share);
    };
    return qRgb(channel(qRed(under), qRed(over)), channel(qGreen(under), qGreen(over)), channel(qBlue(under), qBlue(over)));
}

/// A share of a pixel, so that also the shortest run can be seen.
float seen(float share) { return share <= 0 ? 0 : 0.3F + 0.7F * share; }

QString wordFor(ThreadState state)
{
    switch (state) {
    case ThreadState::Idle:
        return LaneView::tr("idle");
    case ThreadState::Running:
        return LaneView::tr("running");
    case ThreadState::Ready:
        return LaneView::tr("ready, waits for a core");
    case ThreadState::Blocked:
        return LaneView::tr("blocked on I/O");
    case ThreadState::Gone:
        return LaneView::tr("ended");
    }
    return {};
}

} // namespace

LaneView::LaneView(ServerModel model, LaneWindow &window, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_model(model)
    , m_window(window)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Threads of the model: %1").arg(nameOf(model)));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&m_window, &LaneWindow::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&Theme::current(), &Theme::changed, this, [this] {
        m_imagePitch = 0;
        updateScrollBar();
        viewport()->update();
    });
}

void LaneView::setLanes(const LaneModel *lanes)
{
    m_lanes = lanes;
    m_imagePitch = 0;
    m_cursorLane = 0;
    refresh();
}

void LaneView::refresh()
{
    updateScrollBar();
    viewport()->update();
}

void LaneView::setDeath(std::optional<double> second)
{
    if (m_death == second)
        return;
    m_death = second;
    viewport()->update();
}

LaneView::Colours LaneView::colours() const
{
    const Palette &p = Theme::current().palette();
    const QRgb ground = p.card.rgb();
    return {ground, mixed(ground, p.line.rgb(), 0.9F), p.hue(hueOf(m_model)).rgb(), mixed(ground, p.hue(hueOf(m_model)).rgb(), 0.75F),
        p.track.rgb()};
}

int LaneView::pitch() const
{
    const double ratio = devicePixelRatioF();
    const int lanes = std::max(1, laneCount());
    const int most = qRound(Theme::current().scaled(kMostPitch) * ratio);
    return std::clamp(static_cast<int>(viewport()->height() * ratio) / lanes, qRound(kLeastPitch * ratio), most);
}

int LaneView::heightForLanes(int most) const
{
    const int lanes = std::max(1, laneCount());
    return std::min(most, lanes * qRound(Theme::current().scaled(kMostPitch)));
}

void LaneView::updateScrollBar()
{
    const int inSight = std::max(1, static_cast<int>(viewport()->height() * devicePixelRatioF()) / pitch());
    verticalScrollBar()->setRange(0, std::max(0, laneCount() - inSight));
    verticalScrollBar()->setPageStep(inSight);
}

void LaneView::resizeEvent(QResizeEvent *) { updateScrollBar(); }

void LaneView::scrollContentsBy(int, int) { viewport()->update(); }

double LaneView::secondsPerPixel() const { return m_window.span() / std::max(1.0, viewport()->width() * devicePixelRatioF()); }

double LaneView::timeAt(double x) const { return (static_cast<double>(m_firstColumn) + x * devicePixelRatioF()) * m_imageScale; }

double LaneView::xOf(double time) const { return (time / m_imageScale - static_cast<double>(m_firstColumn)) / devicePixelRatioF(); }

int LaneView::laneAt(double y) const
{
    const int lane = verticalScrollBar()->value() + static_cast<int>(y * devicePixelRatioF()) / pitch();
    return lane < laneCount() ? lane : -1;
}

void LaneView::makeCurrent()
{
    const QSize size = (QSizeF(viewport()->size()) * devicePixelRatioF()).toSize();
    const double scale = secondsPerPixel();
    const int first = verticalScrollBar()->value();
    const auto lastColumn = static_cast<qint64>(std::floor(m_window.end() / scale));
    const qint64 firstColumn = lastColumn - size.width() + 1;
    const bool isOther = m_image.size() != size || m_imageScale != scale || m_imageFirstLane != first || m_imagePitch != pitch()
        || std::abs(firstColumn - m_firstColumn) >= size.width();
    // What the last picture could not know yet is drawn again.
    auto stale = static_cast<qint64>(std::floor(m_imageToldUpTo / scale)) - 1 - firstColumn;
    qint64 uncovered = 0; // on the left, where the window went back
    if (isOther) {
        m_image = m_image.size() == size ? std::move(m_image) : QImage(size, QImage::Format_RGB32);
        stale = 0;
    } else {
        const qint64 moved = firstColumn - m_firstColumn;
        moveImage(static_cast<int>(moved));
        uncovered = std::max<qint64>(0, -moved);
        stale = std::min<qint64>(stale, size.width() - std::max<qint64>(0, moved));
    }
    m_imageScale = scale;
    m_imageFirstLane = first;
    m_imagePitch = pitch();
    m_firstColumn = firstColumn;
    m_imageToldUpTo = m_lanes != nullptr ? m_lanes->toldUpTo() : 0;
    paintColumns(0, static_cast<int>(uncovered));
    paintColumns(static_cast<int>(std::clamp<qint64>(stale, uncovered, size.width())), size.width());
}

void LaneView::moveImage(int columns)
{
    if (columns == 0)
        return;
    const auto kept = static_cast<std::size_t>(m_image.width() - std::abs(columns));
    for (int y = 0; y < m_image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(y));
        std::memmove(line + std::max(0, -columns), line + std::max(0, columns), kept * sizeof(QRgb));
    }
}

void LaneView::paintColumns(int from, int to)
{
    if (from >= to)
        return;
    const QRgb ground = colours().ground;
    const int rows = (m_image.height() + m_imagePitch - 1) / m_imagePitch;
    for (int row = 0; row < rows; ++row) {
        if (m_imageFirstLane + row < laneCount()) {
            paintLane(row, m_imageFirstLane + row, from, to);
            continue;
        }
        for (int y = row * m_imagePitch; y < m_image.height(); ++y)
            std::fill_n(reinterpret_cast<QRgb *>(m_image.scanLine(y)) + from, to - from, ground);
        break;
    }
}

void LaneView::paintLane(int row, int lane, int from, int to)
{
    const Colours c = colours();
    const auto width = static_cast<std::size_t>(to - from);
    m_shares.resize(width);
    m_lanes->fold(lane, static_cast<double>(m_firstColumn + from) * m_imageScale, m_imageScale, m_shares);
    const int gap = std::max(1, m_imagePitch / 5);
    const int height = m_imagePitch - gap;
    const bool isShaped = m_imagePitch >= qRound(kShapedPitch * devicePixelRatioF());
    const int rim = isShaped ? std::max(1, height / 4) : 0; // above and below a blocked thread's bar
    // Every row is one of these: at the rim, in the middle or between them; and each with the hatch of ready threads and without.
    for (auto &kinds : m_rowColours) {
        for (std::vector<QRgb> &kind : kinds)
            kind.resize(width);
    }
    for (std::size_t x = 0; x < width; ++x) {
        const LaneModel::Shares &share = m_shares[x];
        const QRgb idle = mixed(c.ground, c.idle, share.idle);
        const QRgb unders[] = {c.ground, mixed(idle, c.blocked, share.blocked), mixed(c.ground, c.blocked, share.blocked)};
        for (std::size_t kind = 0; kind < std::size(unders); ++kind) {
            m_rowColours[kind][0][x] = mixed(unders[kind], c.running, seen(share.running));
            m_rowColours[kind][1][x] = mixed(mixed(unders[kind], c.ready, seen(share.ready)), c.running, seen(share.running));
        }
    }
    const auto phase = static_cast<int>((m_firstColumn + from) & 3);
    for (int y = 0; y < m_imagePitch && row * m_imagePitch + y < m_image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(m_image.scanLine(row * m_imagePitch + y)) + from;
        if (y >= height) {
            std::fill_n(line, to - from, c.ground);
            continue;
        }
        const std::size_t kind = y < rim || y >= height - rim ? 0 : !isShaped || y == height / 2 ? 1 : 2;
        const QRgb *plain = m_rowColours[kind][0].data();
        const QRgb *hatched = m_rowColours[kind][1].data();
        for (int x = 0; x < to - from; ++x)
            line[x] = ((phase + x + y) & 2) != 0 ? hatched[x] : plain[x];
    }
}

void LaneView::paintEvent(QPaintEvent *)
{
    makeCurrent();
    QPainter painter(viewport());
    m_image.setDevicePixelRatio(devicePixelRatioF());
    painter.drawImage(0, 0, m_image);
    m_image.setDevicePixelRatio(1);
    if (m_death) {
        paintDeath(painter);
    } else if (laneCount() > 0 && m_lanes->toldUpTo() <= m_window.begin()) {
        painter.setFont(Theme::current().font(Theme::TextRole::Fact));
        painter.setPen(Theme::current().palette().dim);
        painter.drawText(viewport()->rect(), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
            tr("nothing is told of it after %1 s").arg(QLocale().toString(m_lanes->toldUpTo(), 'f', 2)));
    }
    if (!hasFocus() || laneCount() == 0)
        return;
    const double ratio = devicePixelRatioF();
    const double x = xOf(m_cursorTime);
    const double height = m_imagePitch / ratio;
    const double y = (m_cursorLane - m_imageFirstLane) * height;
    painter.setPen(QPen(Theme::current().palette().link, 1));
    painter.drawRect(QRectF(0.5, y + 0.5, viewport()->width() - 1, height - 1.5));
    painter.setPen(QPen(Theme::current().palette().nowText, 1));
    painter.drawLine(QPointF(x, y), QPointF(x, y + height - 1));
}

void LaneView::paintDeath(QPainter &painter) const
{
    const double x = xOf(*m_death);
    if (x >= viewport()->width())
        return;
    const Palette &p = Theme::current().palette();
    QColor shade = p.error;
    shade.setAlphaF(0.1F);
    painter.fillRect(QRectF(QPointF(x, 0), QPointF(viewport()->width(), viewport()->height())), shade);
    painter.fillRect(QRectF(x - 1, 0, 2, viewport()->height()), p.error);
    painter.setFont(Theme::current().font(Theme::TextRole::Strong));
    const QString words = tr("✕ died at %1 s").arg(QLocale().toString(*m_death, 'f', 2));
    const QFontMetrics metrics(painter.font());
    const int needed = metrics.horizontalAdvance(words) + 8;
    const double behind = std::max(0.0, x) + 6;
    const bool hasRoom = behind + needed <= viewport()->width();
    const QRectF place(hasRoom ? behind : std::max(0.0, x - needed - 4), 0, needed, metrics.height() + 4);
    if (!hasRoom)
        painter.fillRect(place, p.card); // over what the threads did before
    painter.setPen(p.error);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft, words);
}

void LaneView::paintSample(QPainter &painter, const QRect &place, ThreadState state) const
{
    const Colours c = colours();
    painter.save();
    painter.setPen(Qt::NoPen);
    switch (state) {
    case ThreadState::Running:
        painter.fillRect(place, QColor(c.running));
        break;
    case ThreadState::Ready:
        painter.fillRect(place, QBrush(QColor(c.ready), Qt::BDiagPattern));
        break;
    case ThreadState::Blocked:
        painter.fillRect(place.adjusted(0, place.height() / 4, 0, -place.height() / 4), QColor(c.blocked));
        break;
    case ThreadState::Idle:
    case ThreadState::Gone:
        painter.fillRect(QRect(place.left(), place.center().y(), place.width(), 1), Theme::current().palette().faint);
        break;
    }
    painter.restore();
}

QString LaneView::textAt(int lane, double time) const
{
    if (m_death && lane >= 0 && time >= *m_death)
        return tr("the server died at %1 s").arg(QLocale().toString(*m_death, 'f', 4));
    const auto found = m_lanes != nullptr ? m_lanes->at(lane, time) : std::nullopt;
    if (!found)
        return {};
    QString text = (m_lanes->hasReusedLanes() ? tr("lane %L1: %2").arg(lane + 1) : tr("thread %L1: %2").arg(m_lanes->threadOf(lane)))
                       .arg(wordFor(found->state));
    if (found->request > 0)
        text += tr(", request %L1").arg(found->request);
    text += tr("\n%1, from %2 s on").arg(formatSeconds(found->to - found->from), QLocale().toString(found->from, 'f', 4));
    const QString words = m_threadWords && !m_lanes->hasReusedLanes() ? m_threadWords(m_lanes->threadOf(lane)) : QString();
    if (!words.isEmpty())
        text += u'\n' + words;
    if (found->request > 0)
        text += tr("\nClick to follow this request");
    return text;
}

void LaneView::mousePressEvent(QMouseEvent *event)
{
    m_dragX = event->position().x();
    m_isDragged = false;
}

void LaneView::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) == 0)
        return;
    const double moved = event->position().x() - m_dragX;
    if (!m_isDragged && std::abs(moved) < 4)
        return;
    m_isDragged = true;
    m_dragX = event->position().x();
    m_window.pan(-moved * m_window.span() / std::max(1, viewport()->width()));
}

void LaneView::mouseReleaseEvent(QMouseEvent *event)
{
    const int lane = laneAt(event->position().y());
    if (m_isDragged || lane < 0)
        return;
    m_cursorLane = lane;
    m_cursorTime = timeAt(event->position().x());
    viewport()->update();
    const auto found = m_lanes->at(lane, m_cursorTime);
    if (found && found->request > 0)
        Q_EMIT requestChosen(found->request);
}

void LaneView::wheelEvent(QWheelEvent *event)
{
    if ((event->modifiers() & Qt::ControlModifier) != 0)
        m_window.zoom(event->angleDelta().y() > 0 ? 1.25 : 0.8, timeAt(event->position().x()));
    else if ((event->modifiers() & Qt::ShiftModifier) != 0)
        m_window.pan(-m_window.span() * event->angleDelta().y() / 1200.0);
    else if (verticalScrollBar()->maximum() > 0)
        QAbstractScrollArea::wheelEvent(event);
    else
        event->ignore(); // the page scrolls
}

void LaneView::focusInEvent(QFocusEvent *event)
{
    if (m_cursorTime < m_window.begin() || m_cursorTime > m_window.end())
        m_cursorTime = m_window.end() - m_window.span() / 2;
    QAbstractScrollArea::focusInEvent(event);
}

void LaneView::moveCursor(int lanes, int spans)
{
    m_cursorLane = std::clamp(m_cursorLane + lanes, 0, std::max(0, laneCount() - 1));
    const auto found = m_lanes != nullptr ? m_lanes->at(m_cursorLane, m_cursorTime) : std::nullopt;
    if (spans != 0 && found)
        m_cursorTime = spans > 0 ? found->to + 1e-6 : found->from - 1e-6;
    if (m_cursorTime < m_window.begin() || m_cursorTime > m_window.end())
        m_window.pan(m_cursorTime < m_window.begin() ? m_cursorTime - m_window.begin() : m_cursorTime - m_window.end());
    QScrollBar &bar = *verticalScrollBar();
    bar.setValue(std::clamp(bar.value(), m_cursorLane - bar.pageStep() + 1, m_cursorLane));
    setAccessibleDescription(textAt(m_cursorLane, m_cursorTime));
    viewport()->update();
}

void LaneView::keyPressEvent(QKeyEvent *event)
{
    const bool pans = (event->modifiers() & Qt::ShiftModifier) != 0;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int direction = event->key() == Qt::Key_Left ? -1 : 1;
        if (pans)
            m_window.pan(direction * m_window.span() / 10);
        else
            moveCursor(0, direction);
        break;
    }
    case Qt::Key_Up:
        moveCursor(-1, 0);
        break;
    case Qt::Key_Down:
        moveCursor(1, 0);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_window.zoom(1.5, m_cursorTime);
        break;
    case Qt::Key_Minus:
        m_window.zoom(1 / 1.5, m_cursorTime);
        break;
    case Qt::Key_End:
        m_window.setFollows(true);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        const auto found = m_lanes != nullptr ? m_lanes->at(m_cursorLane, m_cursorTime) : std::nullopt;
        if (found && found->request > 0)
            Q_EMIT requestChosen(found->request);
        break;
    }
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

bool LaneView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QString text = textAt(laneAt(help->pos().y()), timeAt(help->pos().x()));
    if (text.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), text, viewport());
    return true;
}

} // namespace loopscope
