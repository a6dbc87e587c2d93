// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/FlamePage.h"

#include "analysis/profiler/ProfileText.h"
#include "profile/CallNames.h"
#include "profile/ColourLegend.h"
#include "shell/Format.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QHBoxLayout>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace loopscope {

namespace {

constexpr quint64 kPortion = 100'000; ///< events that are taken in at once: some ms

std::vector<ColourLegend::Entry> kinds()
{
    const auto entry = [](const QString &word, Hue hue) { return ColourLegend::Entry{word, [hue] { return CallNames::fill(hue, 1); }}; };
    return {entry(FlamePage::tr("script"), Hue::Script), entry(FlamePage::tr("timers"), Hue::Timers),
        entry(FlamePage::tr("I/O"), Hue::Poll), entry(FlamePage::tr("setImmediate"), Hue::Check),
        entry(FlamePage::tr("promises and microtasks"), Hue::Microtask), entry(FlamePage::tr("nextTick"), Hue::Tick),
        entry(FlamePage::tr("closing"), Hue::Closing)};
}

} // namespace

FlamePage::FlamePage(QWidget *parent)
    : QWidget(parent)
    , m_views(new QStackedWidget(this))
    , m_merged(makeView(tr("Flame graph, merged")))
    , m_inTime(makeView(tr("Flame graph, in the order of time")))
    , m_mergedSwitch(
          makeSwitch(Order::Merged, tr("merged"), tr("All calls of a function from one caller are one frame, the longest left (T)")))
    , m_timeSwitch(makeSwitch(Order::Time, tr("in time"), tr("Every call at its time (T)")))
{
    m_inTime->setObjectName(QStringLiteral("flameInTime"));
    m_inTime->setRuler(true);
    auto *legend = new ColourLegend;
    legend->setEntries(kinds());
    auto *head = new QHBoxLayout;
    head->setSpacing(0);
    head->addWidget(m_mergedSwitch);
    head->addWidget(m_timeSwitch);
    head->addSpacing(16);
    head->addWidget(legend, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(head);
    layout->addWidget(m_views, 1);
    setFocusProxy(m_merged);
    auto *swap = new QShortcut(Qt::Key_T, this);
    swap->setContext(Qt::WidgetWithChildrenShortcut);
    connect(swap, &QShortcut::activated, this, [this] { setOrder(order() == Order::Merged ? Order::Time : Order::Merged); });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &FlamePage::work);
    setOrder(Order::Merged);
}

FlameView *FlamePage::makeView(const QString &name)
{
    auto *view = new FlameView;
    view->setAccessibleName(name);
    m_views->addWidget(view);
    connect(view, &FlameView::siteActivated, this, &FlamePage::siteActivated);
    connect(view, &FlameView::currentChanged, this, &FlamePage::currentChanged);
    return view;
}

QToolButton *FlamePage::makeSwitch(Order order, const QString &text, const QString &tip)
{
    QToolButton *button = makeTextButton(text, tip, this, "compact");
    button->setCheckable(true);
    button->setProperty("segment", order == Order::Merged ? QStringLiteral("first") : QStringLiteral("last"));
    connect(button, &QToolButton::clicked, this, [this, order] { setOrder(order); });
    return button;
}

FlamePage::Order FlamePage::order() const { return m_views->currentWidget() == m_inTime ? Order::Time : Order::Merged; }

void FlamePage::setOrder(Order order)
{
    const bool hadKeyboard = m_views->currentWidget()->hasFocus();
    m_views->setCurrentWidget(order == Order::Merged ? m_merged : m_inTime);
    m_mergedSwitch->setChecked(order == Order::Merged);
    m_timeSwitch->setChecked(order == Order::Time);
    setFocusProxy(&shown());
    if (hadKeyboard)
        shown().setFocus();
    Q_EMIT currentChanged();
    wake();
}

void FlamePage::clear()
{
    m_timer.stop();
    m_reader = nullptr;
    m_text = nullptr;
    m_events = 0;
    m_calls.reset();
    for (FlameView *view : {m_merged, m_inTime})
        view->setGraph(std::make_shared<FlameGraph>(), {}, false);
}

void FlamePage::setRecording(const RecordingReader &reader, const ProfileText &text, quint16 loop)
{
    clear();
    m_reader = &reader;
    m_text = &text;
    m_calls = std::make_shared<CallSequence>(loop);
}

void FlamePage::setTree(const std::shared_ptr<const CallNames> &names, quint64 events)
{
    m_merged->setGraph(std::make_shared<FlameGraph>(FlameGraph::merged(names->flameNodes())), CallNames::look(names), true);
    m_events = events;
    wake();
}

void FlamePage::setSearch(const QString &text)
{
    m_merged->setSearch(text);
    m_inTime->setSearch(text);
}

std::optional<quint64> FlamePage::currentEvent() const
{
    const std::optional<FlamePlace> place = m_inTime->current();
    return order() == Order::Time && place ? std::optional<quint64>(m_inTime->graph().frame(*place).event) : std::nullopt;
}

bool FlamePage::isBehind() const { return isVisible() && order() == Order::Time && m_calls != nullptr && m_calls->eventCount() < m_events; }

void FlamePage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    wake();
}

void FlamePage::wake()
{
    if (isBehind() && !m_timer.isActive())
        m_timer.start(0);
}

void FlamePage::work()
{
    if (!isBehind())
        return;
    m_calls->update(*m_reader, std::min(kPortion, m_events - m_calls->eventCount()));
    m_inTime->setGraph(m_calls->graph(), lookInTime(), true);
    wake();
}

FlameLook FlamePage::lookInTime() const
{
    const std::shared_ptr<const CallSequence> calls = m_calls;
    const ProfileText &text = *m_text;
    const auto tip = [calls, &text](const FlameFrame &frame) {
        const CallNode &node = calls->nodes().at(frame.node);
        QStringList lines{CallNames::name(node, text)};
        if (const QString place = text.place(node.function); !place.isEmpty())
            lines << place;
        lines << tr("from %1, took %2").arg(formatClock(frame.start), ProfileText::duration(frame.length));
        return lines.join(QLatin1Char('\n'));
    };
    const auto fill = [calls](quint32 node) {
        quint32 task = node; // the callback around it
        while (calls->nodes().at(task).task == 0 && task != CallTree::root)
            task = calls->nodes()[task].parent;
        return CallNames::fill(hueOf(calls->nodes()[task].taskKind()), calls->nodes()[node].function);
    };
    return {[calls, &text](quint32 node) { return CallNames::name(calls->nodes().at(node), text); }, tip, fill,
        [calls](quint32 node) { return calls->nodes().at(node).function; }};
}

} // namespace loopscope
