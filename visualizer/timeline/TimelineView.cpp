// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelineView.h"

#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "shell/Format.h"
#include "shell/TextButton.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"
#include "timeline/SpanText.h"
#include "timeline/TimelineCanvas.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr qint64 kPortion = 4'000'000; ///< ns of work at a time
constexpr int kPause = 4; ///< ms between portions
constexpr quint64 kEventsAtOnce = 8192; ///< between two looks at the clock

} // namespace

TimelineView::TimelineView(QWidget *parent)
    : StepView(parent)
    , m_canvas(new TimelineCanvas(this))
    , m_bar(new QWidget(this))
    , m_search(new QLineEdit(m_bar))
    , m_found(new QLabel(m_bar))
{
    setObjectName(QStringLiteral("timelineView"));
    buildBar();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_canvas, 1);
    setFocusProxy(m_canvas);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TimelineView::takeIn);
    connectCanvas();
    connect(&Theme::current(), &Theme::changed, this, &TimelineView::applyTheme);
    applyTheme();
    m_canvas->setSource(m_tracks, nullptr, m_matches);
}

TimelineView::~TimelineView() = default;

QToolButton *TimelineView::addButton(const QString &text, const QString &tip)
{
    QToolButton *button = makeTextButton(text, tip, m_bar, "compact");
    m_bar->layout()->addWidget(button);
    return button;
}

void TimelineView::buildBar()
{
    auto *layout = new QHBoxLayout(m_bar);
    m_search->setPlaceholderText(tr("Find in the timeline"));
    m_search->setAccessibleName(tr("Find in the timeline by name"));
    m_search->setToolTip(tr("Marks what has this in its name (F). Enter: the next one, Shift+Enter: the one before, Esc: show all again"));
    m_search->setProperty("compact", true);
    m_search->installEventFilter(this);
    m_found->setObjectName(QStringLiteral("filterFound"));
    m_byTime = addButton(tr("time"), tr("The axis is time (A)"));
    m_byEvents = addButton(tr("events"), tr("The axis counts events: each is equally wide (A)"));
    for (QToolButton *axis : {m_byTime, m_byEvents}) {
        axis->setCheckable(true);
        axis->setProperty("segment", axis == m_byTime ? QStringLiteral("first") : QStringLiteral("last"));
    }
    layout->addSpacing(8);
    QToolButton *farther = addButton(QStringLiteral("−"), tr("Farther (-)"));
    QToolButton *closer = addButton(QStringLiteral("+"), tr("Closer (+, or Ctrl and the wheel)"));
    QToolButton *whole = addButton(tr("whole"), tr("The whole recording (0)"));
    farther->setProperty("segment", QStringLiteral("first"));
    closer->setProperty("segment", QStringLiteral("middle"));
    whole->setProperty("segment", QStringLiteral("last"));
    layout->addSpacing(8);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_found);
    layout->addStretch(1);
    connect(m_byTime, &QToolButton::clicked, this, [this] { m_canvas->setAxis(TimelineAxis::Time); });
    connect(m_byEvents, &QToolButton::clicked, this, [this] { m_canvas->setAxis(TimelineAxis::Events); });
    connect(closer, &QToolButton::clicked, m_canvas, [this] { m_canvas->zoomBy(2); });
    connect(farther, &QToolButton::clicked, m_canvas, [this] { m_canvas->zoomBy(0.5); });
    connect(whole, &QToolButton::clicked, m_canvas, &TimelineCanvas::showWhole);
    connect(m_search, &QLineEdit::textChanged, this, &TimelineView::searchFor);
}

void TimelineView::connectCanvas()
{
    connect(m_canvas, &QAbstractSlider::valueChanged, this, [this](int value) { Q_EMIT cursorChosen(static_cast<quint64>(value)); });
    connect(m_canvas, &TimelineCanvas::itemSelected, this, &TimelineView::itemSelected);
    connect(m_canvas, &TimelineCanvas::siteActivated, this, &TimelineView::siteActivated);
    connect(m_canvas, &TimelineCanvas::axisChanged, this, &TimelineView::showAxis);
    connect(m_canvas, &TimelineCanvas::windowChanged, this, &TimelineView::sayWindow);
    connect(m_canvas, &TimelineCanvas::nextMatchWanted, this, &TimelineView::goToMatch);
    connect(m_canvas, &TimelineCanvas::searchWanted, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    showAxis();
    m_isAxisChosen = false;
}

void TimelineView::applyTheme()
{
    const auto pixels = [](qreal length) { return qRound(Theme::current().scaled(length)); };
    m_bar->layout()->setContentsMargins(pixels(12), 0, pixels(12), 0);
    m_bar->layout()->setSpacing(0);
    m_found->setContentsMargins(pixels(8), 0, 0, 0);
    m_search->setMinimumWidth(pixels(90));
    m_search->setMaximumWidth(pixels(220));
}

// --- the recording -------------------------------------------------------------------------------------------------------------------

void TimelineView::setSession(const RunSession &session)
{
    m_session = &session;
    m_tracks.clear();
    m_text.reset();
    m_item = 0;
    m_cursor = 0;
    const bool hasRecording = session.reader() != nullptr;
    if (hasRecording)
        m_text = std::make_unique<SpanText>(*session.reader(), *session.text(), m_tracks);
    if (hasRecording && !m_isAxisChosen) {
        // Virtual time passes hundreds of events in one instant and then jumps: there the events are the better measure.
        const bool isVirtual = session.reader()->metadata().value(QLatin1String("clock")).toString() == QLatin1String("virtual");
        m_canvas->setAxis(isVirtual ? TimelineAxis::Events : TimelineAxis::Time);
        m_isAxisChosen = false;
    }
    m_tracks.setNodesWork(hasRecording ? &session.timeline()->index().nodesWork() : nullptr);
    m_matches.setSource(session.reader(), session.text());
    m_canvas->setSource(m_tracks, m_text.get(), m_matches);
    m_timer.stop();
    grow();
}

bool TimelineView::isBehind() const
{
    if (m_session == nullptr || m_session->reader() == nullptr)
        return false;
    const quint64 end = m_session->eventCount();
    return m_tracks.eventCount() < end || (m_matches.isActive() && !m_matches.isFull() && m_matches.lookedAt() < end);
}

void TimelineView::grow()
{
    if (isVisible() && !m_timer.isActive())
        takeIn();
}

void TimelineView::showEvent(QShowEvent *event)
{
    StepView::showEvent(event);
    grow();
}

void TimelineView::takeIn()
{
    if (m_session == nullptr || m_session->reader() == nullptr) {
        sayWindow();
        return;
    }
    QElapsedTimer clock;
    clock.start();
    const RecordingReader &reader = *m_session->reader();
    const quint64 end = m_session->eventCount();
    while (m_tracks.eventCount() < end && clock.nsecsElapsed() < kPortion) {
        for (const quint64 stop = std::min(end, m_tracks.eventCount() + kEventsAtOnce); m_tracks.eventCount() < stop;)
            m_tracks.add(reader.event(m_tracks.eventCount()));
    }
    while (m_matches.isActive() && !m_matches.isFull() && m_matches.lookedAt() < end && clock.nsecsElapsed() < 2 * kPortion)
        m_matches.lookOn(end, kEventsAtOnce);
    // A recording may be opened at its end before the canvas knows how long it is.
    const bool isCursorBeyond = m_cursor > static_cast<quint64>(m_canvas->maximum());
    m_canvas->grow(end);
    if (isCursorBeyond)
        m_canvas->showCursor(m_cursor);
    if (m_item != 0)
        markItem();
    if (m_matches.isActive())
        sayFound();
    if (m_isJumpWanted)
        goToMatch(true);
    if (isBehind())
        m_timer.start(kPause);
}

void TimelineView::showMoment(quint64 cursor, const LoopState &, bool)
{
    m_cursor = cursor;
    m_canvas->showCursor(cursor);
}

void TimelineView::setSelectedItem(SubjectId item)
{
    m_item = item;
    markItem();
}

/// Outlines the item's wait and its run.
void TimelineView::markItem()
{
    std::vector<SpanRef> spans;
    if (m_item != 0 && m_session != nullptr && m_session->timeline() != nullptr) {
        const SubjectHistory history = m_session->timeline()->index().history(m_item);
        for (const std::optional<quint64> &event : {history.created, history.begun}) {
            if (!event || *event >= m_tracks.eventCount())
                continue;
            if (const std::optional<SpanRef> span = spanBeginningWith(m_tracks, *event))
                spans.push_back(*span);
        }
    }
    m_canvas->setMarked(std::move(spans));
}

// --- search --------------------------------------------------------------------------------------------------------------------------

void TimelineView::searchFor(const QString &text)
{
    m_isJumpWanted = false;
    m_matches.setText(text.trimmed());
    m_canvas->searchChanged();
    takeIn();
    sayFound();
}

bool TimelineView::mayFindMoreBehind(quint64 event) const
{
    const bool hasOne = !m_matches.matches().empty() && m_matches.matches().back() > event;
    return !hasOne && m_matches.isActive() && isBehind();
}

void TimelineView::goToMatch(bool forward)
{
    const quint64 here = m_cursor > 0 ? m_cursor - 1 : 0;
    m_isJumpWanted = forward && mayFindMoreBehind(here);
    if (m_isJumpWanted)
        return;
    const std::optional<quint64> match = forward ? m_matches.next(here) : m_matches.previous(here);
    if (match)
        m_canvas->goTo(*match);
}

void TimelineView::sayFound()
{
    const std::size_t found = m_matches.matches().size();
    if (!m_matches.isActive())
        m_found->clear();
    else if (isBehind())
        m_found->setText(tr("%L1 so far …").arg(found));
    else if (found == 0)
        m_found->setText(tr("nothing has that name"));
    else if (m_matches.isFull())
        m_found->setText(tr("the first %L1").arg(found));
    else
        m_found->setText(found == 1 ? tr("1 found") : tr("%L1 found").arg(found));
}

bool TimelineView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return StepView::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Escape:
        m_search->clear();
        m_canvas->setFocus(Qt::TabFocusReason);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        goToMatch(!key->modifiers().testFlag(Qt::ShiftModifier));
        return true;
    case Qt::Key_Down:
        goToMatch(true);
        m_canvas->setFocus(Qt::TabFocusReason);
        return true;
    default:
        return StepView::eventFilter(watched, event);
    }
}

// --- what is shown -------------------------------------------------------------------------------------------------------------------

void TimelineView::showAxis()
{
    m_isAxisChosen = true;
    m_byTime->setChecked(m_canvas->axis() == TimelineAxis::Time);
    m_byEvents->setChecked(m_canvas->axis() == TimelineAxis::Events);
}

void TimelineView::sayWindow()
{
    const quint64 count = m_tracks.eventCount();
    if (count == 0 || m_session == nullptr || m_session->reader() == nullptr) {
        Q_EMIT noteChanged({});
        return;
    }
    const TimelineCoordinates &window = m_canvas->coordinates();
    QString shown;
    if (m_canvas->axis() == TimelineAxis::Events)
        shown = window.showsWhole() ? tr("0 – %1").arg(formatTime(m_tracks.times().last()))
                                    : tr("events %L1 – %L2")
                                          .arg(qRound64(window.from()) + 1)
                                          .arg(std::min<qint64>(qRound64(window.to()), static_cast<qint64>(count)));
    else
        shown = tr("%1 – %2").arg(formatTime(qRound64(window.from())),
            formatTime(std::min<qint64>(qRound64(window.to()), static_cast<qint64>(m_tracks.times().last()))));
    QString note =
        m_session->eventCount() == 1 ? tr("%1 · 1 event").arg(shown) : tr("%1 · %L2 events").arg(shown).arg(m_session->eventCount());
    if (count < m_session->eventCount())
        note = tr("%1 · %2 % read").arg(note).arg(count * 100 / m_session->eventCount());
    Q_EMIT noteChanged(note);
}

} // namespace loopscope
