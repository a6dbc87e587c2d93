// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Tour.h"

#include "shell/PlaceFrame.h"
#include "theme/Theme.h"

#include <QAccessible>
#include <QDockWidget>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kWidth = 320; ///< px at 100 %: about 45 letters a line
constexpr int kGap = 14;

} // namespace

TourCallout::TourCallout(QWidget *window)
    : QFrame(window)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_place(new QLabel(this))
    , m_next(new QToolButton(this))
    , m_leave(new QToolButton(this))
{
    setObjectName(QStringLiteral("tourCallout"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::RichText);
    m_place->setObjectName(QStringLiteral("sectionNote"));
    m_next->setProperty("main", true);
    m_leave->setText(tr("Leave the tour"));
    m_leave->setToolTip(tr("Leave the tour (Esc)"));
    m_leave->setProperty("plain", true);
    for (QToolButton *button : {m_next, m_leave})
        button->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout;
    row->addWidget(m_place);
    row->addStretch(1);
    row->addWidget(m_leave);
    row->addWidget(m_next);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addLayout(row);
    connect(m_next, &QToolButton::clicked, this, &TourCallout::nextChosen);
    connect(m_leave, &QToolButton::clicked, this, &TourCallout::leaveChosen);
    connect(&Theme::current(), &Theme::changed, this, &TourCallout::applyTheme);
    applyTheme();
}

void TourCallout::applyTheme()
{
    const Theme &theme = Theme::current();
    m_title->setFont(theme.font(Theme::TextRole::Strong));
    layout()->setSpacing(qRound(theme.scaled(8)));
    const int side = qRound(theme.scaled(14));
    layout()->setContentsMargins(side, side, side, qRound(theme.scaled(10)));
}

void TourCallout::showText(const QString &title, const QString &text, const QString &place, const QString &next)
{
    m_title->setText(title);
    m_text->setText(text);
    m_place->setText(place);
    m_next->setText(next);
    m_next->setVisible(!next.isEmpty());
    setAccessibleName(title);
    QString plain = text;
    setAccessibleDescription(plain.remove(QLatin1String("<b>")).remove(QLatin1String("</b>")));
    show();
    raise();
    // Enter goes on. Where something is to be done, the keyboard is left to the views: Enter must not leave the tour.
    if (!next.isEmpty())
        m_next->setFocus(Qt::OtherFocusReason);
    else if (isAncestorOf(window()->focusWidget()))
        window()->focusWidget()->clearFocus();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void TourCallout::keyPressEvent(QKeyEvent *event)
{
    auto *button = qobject_cast<QToolButton *>(focusWidget());
    if (button != nullptr && button->isVisible() && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        button->click();
    else
        QFrame::keyPressEvent(event);
}

QString TourCallout::text() const { return m_text->text(); }

void TourCallout::standBeside(const QWidget &target)
{
    const QRect window = parentWidget()->rect();
    const int width = std::min(qRound(Theme::current().scaled(kWidth)), window.width() - 2 * kGap);
    // A wrapped label knows its height only when it knows its width.
    const int border = 2;
    const int inner = width - layout()->contentsMargins().left() - layout()->contentsMargins().right() - 2 * border;
    m_text->setMinimumSize(0, 0); // or it answers with that height
    m_text->setFixedSize(inner, m_text->heightForWidth(inner));
    layout()->activate();
    const QSize size(width, std::min(sizeHint().height(), window.height() - 2 * kGap));
    const QRect view(target.mapTo(parentWidget(), QPoint()), target.size());
    // To the right, to the left, below, above; over a view that leaves no room on any side, in its lower corner.
    const QRect places[] = {{QPoint(view.right() + kGap, view.top() + kGap), size},
        {QPoint(view.left() - kGap - size.width(), view.top() + kGap), size}, {QPoint(view.left() + kGap, view.bottom() + kGap), size},
        {QPoint(view.left() + kGap, view.top() - kGap - size.height()), size}};
    const auto *found = std::find_if(std::begin(places), std::end(places), [&](const QRect &place) { return window.contains(place); });
    QRect chosen = found != std::end(places) ? *found : QRect(view.bottomRight() - QPoint(size.width() + kGap, size.height() + kGap), size);
    chosen.moveLeft(std::clamp(chosen.left(), kGap, std::max(kGap, window.width() - size.width() - kGap)));
    chosen.moveTop(std::clamp(chosen.top(), kGap, std::max(kGap, window.height() - size.height() - kGap)));
    setGeometry(chosen);
}

Tour::Tour(QWidget &window)
    : QObject(&window)
    , m_window(window)
    , m_escape(new QShortcut(Qt::Key_Escape, &window))
{
    m_escape->setEnabled(false);
    connect(m_escape, &QShortcut::activated, this, &Tour::leave);
    connect(&Theme::current(), &Theme::changed, this, &Tour::place, Qt::QueuedConnection);
}

void Tour::start(std::vector<Stop> stops)
{
    leave();
    m_stops = std::move(stops);
    if (m_stops.empty())
        return;
    m_frame = new PlaceFrame(&m_window);
    m_callout = new TourCallout(&m_window);
    connect(m_callout, &TourCallout::nextChosen, this, [this] { goTo(m_index + 1); });
    connect(m_callout, &TourCallout::leaveChosen, this, &Tour::leave);
    m_escape->setEnabled(true);
    m_window.installEventFilter(this);
    goTo(0);
}

void Tour::leave()
{
    if (m_callout == nullptr)
        return;
    m_window.removeEventFilter(this);
    m_escape->setEnabled(false);
    const bool hadFocus = m_callout->isAncestorOf(m_window.focusWidget());
    // It may be one of its own buttons that asked for this.
    m_callout->hide();
    m_callout->deleteLater();
    m_callout.clear();
    delete m_frame;
    bringUp(nullptr);
    if (hadFocus && m_stops.front().target != nullptr)
        m_stops.front().target->setFocus();
    Q_EMIT ended();
}

void Tour::goTo(int index)
{
    if (index >= static_cast<int>(m_stops.size())) {
        leave();
        return;
    }
    m_index = index;
    const Stop &stop = m_stops.at(static_cast<std::size_t>(index));
    const bool isLast = index + 1 == static_cast<int>(m_stops.size());
    QString next;
    if (!stop.isDone)
        next = isLast ? tr("Done") : tr("Next");
    Q_EMIT stopShown(index);
    bringUp(stop.target);
    m_callout->showText(stop.title, stop.text, tr("%1 of %2").arg(index + 1).arg(m_stops.size()), next);
    place();
}

/// A view may be hidden, where there is little room, or lie behind another one.
void Tour::bringUp(QWidget *target)
{
    if (m_brought != nullptr)
        m_brought->hide();
    m_brought.clear();
    for (QWidget *around = target; around != nullptr; around = around->parentWidget()) {
        auto *dock = qobject_cast<QDockWidget *>(around);
        if (dock == nullptr)
            continue;
        if (dock->isHidden())
            m_brought = dock;
        dock->show();
        dock->raise();
    }
}

void Tour::look()
{
    if (m_callout == nullptr)
        return;
    const Stop &stop = m_stops.at(static_cast<std::size_t>(m_index));
    if (stop.isDone && stop.isDone())
        goTo(m_index + 1);
}

void Tour::place()
{
    if (m_callout == nullptr)
        return;
    const QWidget &target = *m_stops.at(static_cast<std::size_t>(m_index)).target;
    m_frame->setGeometry(QRect(target.mapTo(&m_window, QPoint()), target.size()));
    m_frame->show();
    m_frame->raise();
    m_callout->standBeside(target);
    m_callout->raise();
}

bool Tour::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)
        QMetaObject::invokeMethod(this, &Tour::place, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

} // namespace loopscope
