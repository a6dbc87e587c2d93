// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline under mouse and keys.
#include "timeline/TimelineView.h"
#include "SampleRecording.h"
#include "recording/RecordingWriter.h"
#include "session/RunSession.h"
#include "state/LoopState.h"
#include "theme/Theme.h"
#include "timeline/TimelineCanvas.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <QWheelEvent>

#include <memory>

namespace loopscope {

class TimelineViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void emptyTimelineSaysWhatToDo();
    void virtualTimeIsShownByEvents();
    void clicksMoveTheCursorAndSelect();
    void draggingMovesTheCursor();
    void shiftDragMeasures();
    void doubleClickZoomsToASpan();
    void wheelPansAndZoomsAtTheMouse();
    void keysMoveTheCursor();
    void keysZoomAndPan();
    void keysGoFromSpanToSpan();
    void keysMeasure();
    void sourceIsAskedFor();
    void searchMarksAndJumps();
    void hoveringTells();
    void namesUnfoldTheirRows();
    void cursorComesIntoSight();
    void cursorBeyondWhatIsTakenInIsShownLater();
    void assistiveTechnologySeesASlider();
    void itemsOfOtherViewsAreOutlined();
    void growsWithARun();
    void everythingIsDrawn();

private:
    TimelineCanvas &canvas() { return m_view->canvas(); }
    void press(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&canvas(), static_cast<Qt::Key>(key), modifiers); }
    /// The middle of a span's label or rectangle in the widget.
    QPoint placeOf(const SpanRef &span);
    QImage picture();

    QTemporaryDir m_folder;
    QString m_recording;
    std::unique_ptr<RunSession> m_session;
    std::unique_ptr<TimelineView> m_view;
    LoopState m_state;
};

void TimelineViewTest::initTestCase()
{
    m_recording = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(m_recording));
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void TimelineViewTest::init()
{
    m_view.reset();
    m_session = std::make_unique<RunSession>();
    m_view = std::make_unique<TimelineView>();
    QObject::connect(
        m_view.get(), &StepView::cursorChosen, m_view.get(), [this](quint64 cursor) { m_view->showMoment(cursor, m_state, false); });
    m_view->resize(1200, 500);
    m_view->setSession(*m_session);
    QVERIFY(m_session->openRecording(m_recording));
    QTRY_VERIFY(m_session->isCaughtUp());
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    m_view->setSession(*m_session);
    QTRY_VERIFY(!m_view->isBehind());
    canvas().setFocus();
    picture();
}

QImage TimelineViewTest::picture() { return m_view->grab().toImage(); }

QPoint TimelineViewTest::placeOf(const SpanRef &span)
{
    for (const SpanLabel &label : canvas().drawList().labels) {
        if (label.span == span)
            return canvas().plotOrigin() + label.room.center();
    }
    return {};
}

void TimelineViewTest::emptyTimelineSaysWhatToDo()
{
    m_session->clear();
    m_view->setSession(*m_session);
    const QImage empty = picture();
    press(Qt::Key_Right);
    press(Qt::Key_Plus);
    press(Qt::Key_F);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(400, 60));
    QCOMPARE(canvas().value(), 0);
    QCOMPARE(empty.size(), picture().size());
    QVERIFY(!m_view->isBehind());
}

void TimelineViewTest::virtualTimeIsShownByEvents()
{
    QCOMPARE(canvas().axis(), TimelineAxis::Events);
    QSignalSpy notes(m_view.get(), &StepView::noteChanged);
    press(Qt::Key_A);
    QCOMPARE(canvas().axis(), TimelineAxis::Time);
    QVERIFY2(notes.last().first().toString().contains(QStringLiteral("ms")), qPrintable(notes.last().first().toString()));
    // Who chose an axis keeps it.
    m_view->setSession(*m_session);
    QCOMPARE(canvas().axis(), TimelineAxis::Time);
}

void TimelineViewTest::clicksMoveTheCursorAndSelect()
{
    QSignalSpy items(m_view.get(), &StepView::itemSelected);
    const SpanRef timer{TrackGroup::Timers, 0, 0};
    const QPoint place = placeOf(timer);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, place);
    QCOMPARE(canvas().selectedSpan(), std::optional(timer));
    QVERIFY(items.last().first().value<SubjectId>() != 0);
    const double clicked = canvas().coordinates().toValue(place.x() - canvas().plotOrigin().x());
    QVERIFY(std::abs(canvas().value() - clicked) <= 0.51);
    // Into nothing.
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(canvas().plotOrigin().x() + 1, 5));
    QCOMPARE(canvas().selectedSpan(), std::nullopt);
    QCOMPARE(canvas().value(), 0);
    QCOMPARE(items.last().first().value<SubjectId>(), SubjectId(0));
}

void TimelineViewTest::draggingMovesTheCursor()
{
    const int left = canvas().plotOrigin().x();
    QTest::mousePress(&canvas(), Qt::LeftButton, {}, QPoint(left + 10, 5));
    QTest::mouseMove(&canvas(), QPoint(left + 400, 5));
    const int half = canvas().value();
    QTest::mouseMove(&canvas(), QPoint(canvas().width() + 50, 5));
    QTest::mouseRelease(&canvas(), Qt::LeftButton, {}, QPoint(canvas().width() + 50, 5));
    QVERIFY(half > 5 && half < canvas().maximum());
    QCOMPARE(canvas().value(), canvas().maximum());
}

void TimelineViewTest::shiftDragMeasures()
{
    const int left = canvas().plotOrigin().x();
    const int before = canvas().value();
    QTest::mousePress(&canvas(), Qt::LeftButton, Qt::ShiftModifier, QPoint(left + 5, 30));
    QTest::mouseMove(&canvas(), QPoint(canvas().width() - 1, 30));
    QTest::mouseRelease(&canvas(), Qt::LeftButton, Qt::ShiftModifier, QPoint(canvas().width() - 1, 30));
    QVERIFY(canvas().measured().has_value());
    const QString said = canvas().measuredText();
    QVERIFY2(said.contains(QStringLiteral("ms")) && said.contains(QStringLiteral("events")) && said.contains(QStringLiteral("4 callbacks")),
        qPrintable(said));
    QCOMPARE(canvas().value(), before);
    press(Qt::Key_Escape);
    QVERIFY(!canvas().measured().has_value());
    QTest::mouseClick(&canvas(), Qt::LeftButton, Qt::ShiftModifier, QPoint(left + 5, 30));
    QVERIFY(!canvas().measured().has_value());
}

void TimelineViewTest::doubleClickZoomsToASpan()
{
    const SpanRef script{TrackGroup::Callbacks, 0, 0};
    QTest::mouseDClick(&canvas(), Qt::LeftButton, {}, placeOf(script));
    const SpanTrack &callbacks = m_view->tracks().rows(TrackGroup::Callbacks).front();
    const TimelineCoordinates &window = canvas().coordinates();
    QVERIFY(window.from() <= static_cast<double>(callbacks.begin(0)));
    QVERIFY(window.to() >= static_cast<double>(*callbacks.last(0)));
    QVERIFY(window.length() < static_cast<double>(*callbacks.last(0) - callbacks.begin(0)) * 1.4);
}

void TimelineViewTest::wheelPansAndZoomsAtTheMouse()
{
    const auto turn = [this](QPoint at, int notches, Qt::KeyboardModifiers modifiers) {
        QWheelEvent event(at, canvas().mapToGlobal(QPointF(at)), {}, {0, notches * 120}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&canvas(), &event);
    };
    const QPoint mouse(canvas().plotOrigin().x() + 300, 60);
    const double under = canvas().coordinates().toValue(300);
    turn(mouse, 5, Qt::ControlModifier);
    QVERIFY(canvas().coordinates().length() < 0.5 * canvas().coordinates().extent());
    QVERIFY(std::abs(canvas().coordinates().toValue(300) - under) < 1e-6);
    const double from = canvas().coordinates().from();
    turn(mouse, -1, {});
    QVERIFY(canvas().coordinates().from() > from);
    turn(mouse, 1, {});
    QVERIFY(std::abs(canvas().coordinates().from() - from) < 1e-6);
    turn(mouse, -50, Qt::ControlModifier);
    QVERIFY(canvas().coordinates().showsWhole());
}

void TimelineViewTest::keysMoveTheCursor()
{
    press(Qt::Key_Home);
    QCOMPARE(canvas().value(), 0);
    press(Qt::Key_Right);
    press(Qt::Key_Right);
    QCOMPARE(canvas().value(), 2);
    press(Qt::Key_Left);
    QCOMPARE(canvas().value(), 1);
    press(Qt::Key_PageDown);
    QVERIFY(canvas().value() > 2);
    press(Qt::Key_End);
    QCOMPARE(canvas().value(), canvas().maximum());
    press(Qt::Key_PageUp);
    QVERIFY(canvas().value() < canvas().maximum());
}

void TimelineViewTest::keysZoomAndPan()
{
    press(Qt::Key_Home);
    press(Qt::Key_Plus);
    press(Qt::Key_Plus);
    const double length = canvas().coordinates().length();
    QVERIFY(length < canvas().coordinates().extent() / 2);
    QCOMPARE(canvas().coordinates().from(), 0.0); // around the cursor
    press(Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(canvas().coordinates().from() > 0);
    press(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(canvas().coordinates().from(), 0.0);
    press(Qt::Key_Minus);
    QVERIFY(canvas().coordinates().length() > length);
    press(Qt::Key_0);
    QVERIFY(canvas().coordinates().showsWhole());
}

void TimelineViewTest::keysGoFromSpanToSpan()
{
    press(Qt::Key_Home);
    const SpanTrack &callbacks = m_view->tracks().rows(TrackGroup::Callbacks).front();
    press(Qt::Key_Down);
    press(Qt::Key_Down); // iterations, phases, callbacks
    for (std::size_t i = 0; i < callbacks.count(); ++i) {
        press(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(canvas().selectedSpan(), std::optional<SpanRef>({TrackGroup::Callbacks, 0, i}));
        QCOMPARE(canvas().value(), static_cast<int>(callbacks.begin(i)) + 1);
    }
    press(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(canvas().selectedSpan(), std::optional<SpanRef>({TrackGroup::Callbacks, 0, callbacks.count() - 2}));
    press(Qt::Key_Return);
    QVERIFY(!canvas().coordinates().showsWhole());
    press(Qt::Key_Escape);
    QCOMPARE(canvas().selectedSpan(), std::nullopt);
}

void TimelineViewTest::keysMeasure()
{
    press(Qt::Key_Home);
    press(Qt::Key_M);
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Right);
    QVERIFY2(canvas().measuredText().contains(QStringLiteral("3 events")), qPrintable(canvas().measuredText()));
    press(Qt::Key_M);
    QVERIFY(!canvas().measured().has_value());
}

void TimelineViewTest::sourceIsAskedFor()
{
    QSignalSpy sites(m_view.get(), &StepView::siteActivated);
    press(Qt::Key_S); // nothing is chosen
    QCOMPARE(sites.count(), 0);
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, placeOf({TrackGroup::Timers, 0, 0}));
    press(Qt::Key_S);
    QCOMPARE(sites.count(), 1);
}

void TimelineViewTest::searchMarksAndJumps()
{
    press(Qt::Key_Home);
    press(Qt::Key_F);
    QLineEdit &field = m_view->searchField();
    QVERIFY(field.hasFocus());
    QTest::keyClicks(&field, QStringLiteral("ping"));
    QTRY_VERIFY(!m_view->isBehind());
    QCOMPARE(m_view->search().matches().size(), std::size_t(4));
    QVERIFY(!canvas().drawList().found.empty());
    QList<int> visited;
    for (int i = 0; i < 4; ++i) {
        QTest::keyClick(&field, Qt::Key_Return);
        visited << canvas().value();
        QVERIFY(canvas().selectedSpan().has_value());
    }
    QVERIFY(std::is_sorted(visited.begin(), visited.end()));
    QTest::keyClick(&field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(canvas().value(), visited.at(2));
    QTest::keyClick(&field, Qt::Key_Down);
    QVERIFY(canvas().hasFocus());
    QCOMPARE(canvas().value(), visited.at(3));
    press(Qt::Key_N); // goes round
    QCOMPARE(canvas().value(), visited.at(0));
    press(Qt::Key_F);
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.text().isEmpty());
    QVERIFY(canvas().hasFocus());
    QVERIFY(canvas().drawList().found.empty());
}

void TimelineViewTest::hoveringTells()
{
    const auto hover = [this](QPoint at) {
        QHelpEvent event(QEvent::ToolTip, at, canvas().mapToGlobal(at));
        QCoreApplication::sendEvent(&canvas(), &event);
        return QToolTip::text();
    };
    const QString timer = hover(placeOf({TrackGroup::Timers, 0, 0}));
    QVERIFY2(
        timer.contains(QStringLiteral("ping")) && timer.contains(QStringLiteral("sample.js:3")) && timer.contains(QStringLiteral("ms")),
        qPrintable(timer));
    // Between the spans the event itself is told.
    const QString event = hover(QPoint(canvas().plotOrigin().x() + 1, canvas().height() - 10));
    QVERIFY2(event.startsWith(QStringLiteral("event 1: ")), qPrintable(event));
}

void TimelineViewTest::namesUnfoldTheirRows()
{
    const QString path = m_folder.filePath(QStringLiteral("timers.lscope"));
    QString error;
    const auto writer = RecordingWriter::create(path, &error);
    for (SubjectId timer = 1; timer <= 9; ++timer) {
        Event event;
        event.kind = EventKind::TaskCreated;
        event.detail = static_cast<quint8>(TaskKind::Timeout);
        event.subject = timer;
        event.time = timer * 1000;
        writer->append(event);
    }
    writer->finish();
    QVERIFY(m_session->openRecording(path));
    QTRY_VERIFY(m_session->isCaughtUp());
    m_view->setSession(*m_session);
    QTRY_VERIFY(!m_view->isBehind());
    QVERIFY(canvas().rows().find(TrackGroup::Timers, 8) == nullptr);
    const int top = canvas().plotOrigin().y() + canvas().rows().find(TrackGroup::Timers, 0)->top;
    QTest::mouseClick(&canvas(), Qt::LeftButton, {}, QPoint(30, top + 5));
    QVERIFY(canvas().rows().find(TrackGroup::Timers, 8) != nullptr);
    // The same by keys.
    for (int i = 0; i < 3; ++i)
        press(Qt::Key_Down);
    press(Qt::Key_U);
    QVERIFY(canvas().rows().find(TrackGroup::Timers, 8) == nullptr);
    // What is jumped to is shown.
    canvas().goTo(7);
    QVERIFY(canvas().rows().find(TrackGroup::Timers, 7) != nullptr);
}

void TimelineViewTest::cursorComesIntoSight()
{
    press(Qt::Key_Home);
    for (int i = 0; i < 6; ++i)
        press(Qt::Key_Plus);
    const double length = canvas().coordinates().length();
    m_view->showMoment(static_cast<quint64>(canvas().maximum()), m_state, false);
    QVERIFY(canvas().coordinates().from() > 0);
    QCOMPARE(canvas().coordinates().length(), length);
    QVERIFY(canvas().coordinates().to() >= canvas().maximum());
}

void TimelineViewTest::cursorBeyondWhatIsTakenInIsShownLater()
{
    // A recording is opened at its end, before the timeline has read it.
    const auto end = m_session->eventCount();
    TimelineView late;
    late.setSession(*m_session);
    QCOMPARE(late.canvas().maximum(), 0);
    late.showMoment(end, m_state, false);
    late.show();
    QTRY_VERIFY(!late.isBehind());
    QCOMPARE(static_cast<quint64>(late.canvas().value()), end);
}

void TimelineViewTest::assistiveTechnologySeesASlider()
{
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&canvas());
    QVERIFY(face != nullptr);
    QCOMPARE(face->role(), QAccessible::Slider);
    QVERIFY(!face->text(QAccessible::Name).isEmpty());
    press(Qt::Key_Home);
    press(Qt::Key_Right);
    QCOMPARE(face->valueInterface()->currentValue().toInt(), 1);
    QCOMPARE(face->valueInterface()->maximumValue().toInt(), static_cast<int>(SampleRecording::eventCount()));
    QVERIFY2(face->text(QAccessible::Description).contains(QStringLiteral("Event 1 of")), qPrintable(face->text(QAccessible::Description)));
    for (const QWidget *control : m_view->findChildren<QWidget *>()) {
        if (control->focusPolicy() != Qt::NoFocus && control->isVisible())
            QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
    }
}

void TimelineViewTest::itemsOfOtherViewsAreOutlined()
{
    const QImage before = picture();
    m_view->setSelectedItem(2); // the timer
    QVERIFY(picture() != before);
    m_view->setSelectedItem(0);
    QCOMPARE(picture(), before);
}

void TimelineViewTest::growsWithARun()
{
    const QString path = m_folder.filePath(QStringLiteral("growing.lscope"));
    QVERIFY(SampleRecording::write(path, QStringLiteral("/tmp/sample.js"), 30));
    QVERIFY(m_session->openRecording(path));
    QTRY_VERIFY(m_session->isCaughtUp());
    m_view->setSession(*m_session);
    QTRY_VERIFY(!m_view->isBehind());
    const SpanTrack &timers = m_view->tracks().rows(TrackGroup::Timers).front();
    QVERIFY(timers.isOpen(0)); // still waits, and is drawn to the end of what there is
    const QPoint waiting = placeOf({TrackGroup::Timers, 0, 0});
    QVERIFY(!waiting.isNull());
    QVERIFY(canvas().coordinates().showsWhole());
    QCOMPARE(m_view->tracks().eventCount(), SampleRecording::eventCount() - 30);
    // Hidden it waits; shown again it catches up.
    m_view->hide();
    QVERIFY(m_session->openRecording(m_recording));
    QTRY_VERIFY(m_session->isCaughtUp());
    m_view->setSession(*m_session);
    QVERIFY(m_view->isBehind());
    m_view->show();
    QTRY_VERIFY(!m_view->isBehind());
    QVERIFY(canvas().coordinates().showsWhole());
}

void TimelineViewTest::everythingIsDrawn()
{
    for (const Theme::Choice choice : {Theme::Choice::Dark, Theme::Choice::Light}) {
        Theme::current().setChoice(choice);
        const QImage shown = picture();
        const Palette &p = Theme::current().palette();
        QSet<QRgb> colours;
        for (int y = 0; y < shown.height(); ++y) {
            for (int x = 0; x < shown.width(); ++x)
                colours.insert(shown.pixel(x, y));
        }
        for (const Hue hue : {Hue::Script, Hue::Timers, Hue::Poll, Hue::Check, Hue::Tick, Hue::Microtask})
            QVERIFY2(colours.contains(p.hue(hue).rgb()), qPrintable(p.hue(hue).name()));
        QVERIFY(colours.contains(p.now.rgb()));
    }
    Theme::current().setChoice(Theme::Choice::FollowSystem);
}

} // namespace loopscope

QTEST_MAIN(loopscope::TimelineViewTest)
#include "TimelineViewTest.moc"
