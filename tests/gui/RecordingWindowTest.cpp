// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The real window on a finished recording and on files: every way to move the cursor, and all views at the same moment.
#include "MainWindow.h"
#include "RefusalMessage.h"
#include "SampleRecording.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "console/ConsoleModel.h"
#include "console/ConsoleSearch.h"
#include "console/ConsoleView.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "events/EventListModel.h"
#include "events/EventListView.h"
#include "events/EventPane.h"
#include "loopview/LoopView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"
#include "timeline/TimelineCanvas.h"
#include "timeline/TimelineView.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDropEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

class RecordingWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void emptyWindowSaysWhatToDo();
    void openingShowsTheEndOfTheRun();
    void stepsMoveEveryView();
    void landmarksAreSteppedTo();
    void slidersAndListsMoveTheCursor();
    void keysMoveTheCursor();
    void eventsAreFilteredAndCopied();
    void hitsAreGoneToAmongAllEvents();
    void rowsOfEventsAreSelectedAndCopied();
    void consoleIsSearchedAndCopied();
    void droppedFilesAreOpened();
    void placesInTheWhyPanelAreLinks();
    void theWhyPanelTellsMoreOnDemand();
    void stepsMoveAndQuickOnesDoNot();
    void chipsAreAskedAboutByKeys();
    void cutRecordingSaysThatItEnds();
    void viewsAreReachedByKeys();
    void recordedSourceIsReadOnly();
    void cutRecordingIsShownAsFarAsItGoes();
    void damagedFileIsRefusedWithASentence();
    void playingStopsAtABreakpoint();
    void slowPlayGoesEventByEvent();
    void scriptsAreOpenedSavedAndReloaded();
    void changesFromOutsideAreAskedAbout();
    void missingRunnerIsSaid();
    void themesAndZoomApplyEverywhere();
    void examplesAreThere();
    void refusalsNameTheLine();

private:
    void press(QWidget &widget, Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&widget, key, modifiers); }
    quint64 cursor() const { return m_window->stepper().cursor(); }

    QTemporaryDir m_folder;
    QString m_recording;
    std::unique_ptr<MainWindow> m_window;
};

void RecordingWindowTest::initTestCase()
{
    m_recording = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(m_recording));
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void RecordingWindowTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void RecordingWindowTest::emptyWindowSaysWhatToDo()
{
    QVERIFY(m_window->workspace().loopView()->contents().emptyHint.contains(QStringLiteral("F5")));
    QVERIFY(m_window->commands().run->isEnabled());
    QVERIFY(!m_window->commands().previousEvent->isEnabled());
    QVERIFY(!m_window->commands().saveRecording->isEnabled());
}

void RecordingWindowTest::openingShowsTheEndOfTheRun()
{
    QVERIFY(m_window->openFile(m_recording));
    QTRY_COMPARE(cursor(), SampleRecording::eventCount());
    QCOMPARE(m_window->workspace().consoleModel()->rowCount(), 3);
    QCOMPARE(m_window->workspace().eventModel()->rowCount(), static_cast<int>(SampleRecording::eventCount()));
    QVERIFY(!m_window->commands().nextEvent->isEnabled());
    QVERIFY(m_window->banner().sentence().isEmpty());
}

void RecordingWindowTest::stepsMoveEveryView()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toStart();
    const quint64 printed = SampleRecording::afterScript() - 1; // the event before the script's end
    for (quint64 i = 0; i < printed; ++i)
        m_window->commands().nextEvent->trigger();
    StepWorkspace &workspace = m_window->workspace();
    QCOMPARE(cursor(), printed);
    QCOMPARE(m_window->editor().currentLine(), 12);
    QCOMPARE(workspace.consoleModel()->rowCount(), 1);
    QCOMPARE(workspace.eventPane()->list()->currentIndex().row(), static_cast<int>(printed) - 1);
    QCOMPARE(workspace.timelineView()->canvas().value(), static_cast<int>(printed));
    const LoopContents &shown = workspace.loopView()->contents();
    QCOMPARE(shown.stations.at(0).queue.items.front().name, QStringLiteral("ping"));
    QCOMPARE(shown.ticks.total, 1);

    m_window->commands().previousEvent->trigger();
    QCOMPARE(cursor(), printed - 1);
    QCOMPARE(workspace.consoleModel()->rowCount(), 0);
    m_window->commands().previousEvent->trigger();
    m_window->commands().previousEvent->trigger();
    QCOMPARE(workspace.loopView()->contents().microtasks.total, 0);
    // Forward again: only what the step brought is pointed out.
    m_window->commands().nextEvent->trigger();
    QCOMPARE(workspace.loopView()->contents().microtasks.total, 1);
    QVERIFY(workspace.loopView()->contents().microtasks.items.front().changed);
    QVERIFY(!workspace.loopView()->contents().ticks.items.front().changed);
}

void RecordingWindowTest::landmarksAreSteppedTo()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toStart();
    const LoopContents &shown = m_window->workspace().loopView()->contents();
    m_window->commands().nextIteration->trigger();
    QCOMPARE(shown.iteration, quint64(1));
    m_window->commands().nextPhase->trigger();
    QVERIFY(shown.stations.at(0).current);
    m_window->commands().nextPhase->trigger();
    QVERIFY(shown.stations.at(3).current);
    m_window->commands().nextCallback->trigger();
    QVERIFY(shown.stations.at(4).current);
    QVERIFY(!shown.frames.empty());
    m_window->commands().nextIteration->trigger();
    QCOMPARE(shown.iteration, quint64(2));
    m_window->commands().previousIteration->trigger();
    QCOMPARE(shown.iteration, quint64(1));
    m_window->commands().toEnd->trigger();
    QCOMPARE(cursor(), SampleRecording::eventCount());
    m_window->commands().previousStatement->trigger();
    QCOMPARE(m_window->editor().currentLine(), 4);
    m_window->commands().previousStatement->trigger();
    const quint64 seventh = cursor();
    m_window->commands().nextStatement->trigger();
    QCOMPARE(m_window->editor().currentLine(), 4);
    m_window->commands().previousStatement->trigger();
    QCOMPARE(cursor(), seventh);
}

void RecordingWindowTest::slidersAndListsMoveTheCursor()
{
    QVERIFY(m_window->openFile(m_recording));
    StepWorkspace &workspace = m_window->workspace();
    workspace.timelineView()->canvas().setValue(7);
    QCOMPARE(cursor(), quint64(7));
    TimelineCanvas &timeline = workspace.timelineView()->canvas();
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, QPoint(timeline.width() - 1, 10));
    QCOMPARE(cursor(), SampleRecording::eventCount());

    EventListView &events = *workspace.eventPane()->list();
    events.scrollToTop();
    QTest::mouseClick(
        events.viewport(), Qt::LeftButton, {}, events.visualRect(workspace.eventModel()->index(3, EventListModel::What)).center());
    QCOMPARE(cursor(), quint64(4));
    press(events, Qt::Key_Down);
    QCOMPARE(cursor(), quint64(5));

    m_window->stepper().toEnd();
    ConsoleView &console = *workspace.consoleView();
    QTest::mouseClick(console.viewport(), Qt::LeftButton, {}, console.visualRect(workspace.consoleModel()->index(1, 0)).center());
    QCOMPARE(workspace.consoleModel()->rowCount(), 2);
    QCOMPARE(m_window->editor().currentLine(), 7);
}

void RecordingWindowTest::keysMoveTheCursor()
{
    QVERIFY(m_window->openFile(m_recording));
    press(m_window->editor(), Qt::Key_Home, Qt::AltModifier);
    QCOMPARE(cursor(), quint64(0));
    press(m_window->editor(), Qt::Key_F10);
    QCOMPARE(cursor(), quint64(1));
    press(m_window->editor(), Qt::Key_F7);
    QCOMPARE(m_window->workspace().loopView()->contents().iteration, quint64(1));
    press(m_window->editor(), Qt::Key_F10, Qt::ShiftModifier);
    QCOMPARE(m_window->workspace().loopView()->contents().iteration, quint64(0));
    press(m_window->editor(), Qt::Key_End, Qt::AltModifier);
    QCOMPARE(cursor(), SampleRecording::eventCount());
}

void RecordingWindowTest::eventsAreFilteredAndCopied()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toStart();
    m_window->commands().findEvent->trigger();
    EventPane &pane = *m_window->workspace().eventPane();
    QVERIFY(pane.filterText()->hasFocus());
    QTest::keyClicks(pane.filterText(), QStringLiteral("stdout"));
    QTRY_COMPARE(m_window->workspace().eventModel()->rowCount(), 3);
    press(*pane.filterText(), Qt::Key_Return);
    QCOMPARE(cursor(), SampleRecording::afterScript() - 1);
    press(*pane.list(), Qt::Key_Down);
    QVERIFY(m_window->session().text()->what(cursor() - 1).contains(QStringLiteral("stdout")));
    press(*pane.list(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("stdout")));
    pane.list()->copyAll();
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 3);
    press(*pane.filterText(), Qt::Key_Escape);
    QCOMPARE(m_window->workspace().eventModel()->rowCount(), static_cast<int>(SampleRecording::eventCount()));
}

void RecordingWindowTest::hitsAreGoneToAmongAllEvents()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toStart();
    press(m_window->editor(), Qt::Key_F3); // nothing is looked for yet
    EventPane &pane = *m_window->workspace().eventPane();
    const EventListModel &model = *m_window->workspace().eventModel();
    QVERIFY(pane.filterText()->hasFocus());
    QTest::keyClicks(pane.filterText(), QStringLiteral("stdout"));
    QTRY_COMPARE(model.rowCount(), 3);
    pane.onlyHitsButton()->click();
    QCOMPARE(model.rowCount(), static_cast<int>(SampleRecording::eventCount()));
    QList<quint64> hits;
    for (int i = 0; i < 3; ++i) {
        press(m_window->editor(), Qt::Key_F3);
        hits.append(cursor());
        QVERIFY(m_window->session().text()->what(cursor() - 1).contains(QStringLiteral("stdout")));
        QVERIFY(pane.list()->currentIndex().data(EventListModel::IsHitRole).toBool());
    }
    QVERIFY(hits.at(0) < hits.at(1) && hits.at(1) < hits.at(2));
    press(m_window->editor(), Qt::Key_F3); // behind the last there is none
    QCOMPARE(cursor(), hits.at(2));
    press(m_window->editor(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(cursor(), hits.at(1));
    pane.onlyHitsButton()->click();
    QCOMPARE(model.rowCount(), 3);
}

void RecordingWindowTest::rowsOfEventsAreSelectedAndCopied()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().setCursor(5);
    EventListView &events = *m_window->workspace().eventPane()->list();
    press(events, Qt::Key_Down, Qt::ShiftModifier);
    press(events, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(cursor(), quint64(7));
    QCOMPARE(events.selectedRows(100), QList<int>({4, 5, 6}));
    press(events, Qt::Key_C, Qt::ControlModifier);
    const QString copied = QGuiApplication::clipboard()->text();
    QCOMPARE(copied.count(QLatin1Char('\n')), 3);
    QVERIFY(copied.contains(m_window->session().text()->what(5)));
    m_window->commands().nextEvent->trigger();
    QCOMPARE(events.selectedRows(100), QList<int>({7}));
}

void RecordingWindowTest::consoleIsSearchedAndCopied()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toEnd();
    ConsoleView &console = *m_window->workspace().consoleView();
    press(console, Qt::Key_F, Qt::ControlModifier);
    QVERIFY(console.search()->isVisible());
    QTest::keyClicks(console.search()->field(), QStringLiteral("PING"));
    QCOMPARE(console.currentIndex().data().toString(), QStringLiteral("ping"));
    press(*console.search()->field(), Qt::Key_Return); // round to the only one
    QCOMPARE(console.currentIndex().data().toString(), QStringLiteral("ping"));
    press(*console.search()->field(), Qt::Key_Escape);
    QVERIFY(!console.search()->isVisible());
    press(console, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("ping\n"));
    console.copyAll();
    QCOMPARE(QGuiApplication::clipboard()->text().count(QLatin1Char('\n')), 3);
    press(console, Qt::Key_Return);
    QVERIFY(m_window->session().text()->what(cursor() - 1).contains(QStringLiteral("ping")));
}

void RecordingWindowTest::droppedFilesAreOpened()
{
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(m_recording)});
    // On the editor, which takes text for itself.
    QWidget *target = m_window->editor().viewport();
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(target, &drop);
    QTRY_COMPARE(m_window->session().state(), RunSession::State::Opened);
}

void RecordingWindowTest::placesInTheWhyPanelAreLinks()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().setCursor(SampleRecording::afterScript());
    WhyPanel &why = *m_window->workspace().whyPanel();
    QVERIFY2(why.toPlainText().contains(QStringLiteral("Still waiting")), qPrintable(why.toPlainText()));
    static const QRegularExpression link(QStringLiteral("href=\"(site:\\d+)\"[^>]*>(?:<[^>]*>)*ping<"));
    const auto match = link.match(why.toHtml());
    QVERIFY2(match.hasMatch(), qPrintable(why.toHtml()));
    Q_EMIT why.anchorClicked(QUrl(match.captured(1)));
    QCOMPARE(m_window->editor().caretLine(), 3);
}

void RecordingWindowTest::chipsAreAskedAboutByKeys()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().setCursor(SampleRecording::afterScript());
    LoopView &loop = *m_window->workspace().loopView();
    WhyPanel &why = *m_window->workspace().whyPanel();
    press(loop, Qt::Key_Right);
    QVERIFY2(why.toPlainText().contains(QStringLiteral("The timeout ping waits")), qPrintable(why.toPlainText()));
    press(loop, Qt::Key_Return);
    QCOMPARE(m_window->editor().caretLine(), 3);
    press(loop, Qt::Key_Escape);
    QVERIFY(!why.toPlainText().contains(QStringLiteral("What this is")));
    press(loop, Qt::Key_Left);
    m_window->stepper().toEnd();
    QVERIFY2(why.toPlainText().contains(QStringLiteral("the run is over")), qPrintable(why.toPlainText()));
}

void RecordingWindowTest::stepsMoveAndQuickOnesDoNot()
{
    QVERIFY(m_window->openFile(m_recording));
    LoopView &loop = *m_window->workspace().loopView();
    if (loop.style()->styleHint(QStyle::SH_Widget_Animate, nullptr, &loop) == 0)
        QSKIP("the style asks for no motion");
    Stepper &stepper = m_window->stepper();
    const std::optional<quint64> created = m_window->session().timeline()->nextOf(0,
        [](const Event &event) { return event.kind == EventKind::TaskCreated && event.detail == static_cast<quint8>(TaskKind::Timeout); });
    QVERIFY(created);
    stepper.setCursor(*created - 1);
    QVERIFY2(!loop.isMoving(), "a jump moves nothing");
    stepper.forward(Landmark::Event);
    QVERIFY2(loop.isMoving(), "a step moves what it changed");
    stepper.forward(Landmark::Event);
    QVERIFY2(!loop.isMoving(), "the next step ends the motion");
    loop.setMotion(LoopView::Motion::Off);
    stepper.setCursor(*created - 1);
    stepper.forward(Landmark::Event);
    QVERIFY(!loop.isMoving());
    loop.setMotion(LoopView::Motion::Normal);
}

void RecordingWindowTest::theWhyPanelTellsMoreOnDemand()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().setCursor(SampleRecording::afterScript());
    WhyPanel &why = *m_window->workspace().whyPanel();
    QVERIFY(!why.toPlainText().contains(QStringLiteral("How Node does it")));
    m_window->commands().whyDepth->trigger();
    QVERIFY2(why.toPlainText().contains(QStringLiteral("How Node does it")), qPrintable(why.toPlainText()));
    m_window->commands().whyDepth->trigger();
    // Moments are links, too, and the chain of causes unfolds.
    const auto reads = m_window->session().timeline()->nextOf(0, [](const Event &event) { return event.kind == EventKind::TaskReady; });
    QVERIFY(reads);
    m_window->stepper().setCursor(*reads);
    QVERIFY(!why.toPlainText().contains(QStringLiteral("handed to the system")));
    Q_EMIT why.anchorClicked(QUrl(QStringLiteral("chain:toggle")));
    QVERIFY2(why.toPlainText().contains(QStringLiteral("handed to the system")), qPrintable(why.toPlainText()));
    Q_EMIT why.anchorClicked(QUrl(QStringLiteral("event:4")));
    QCOMPARE(m_window->stepper().cursor(), quint64(5));
    why.setShowsChain(false);
}

void RecordingWindowTest::cutRecordingSaysThatItEnds()
{
    const QString cut = QDir::temp().filePath(QStringLiteral("loopscope-cut.lscope"));
    QVERIFY(SampleRecording::write(cut, QStringLiteral("/tmp/sample.js"), 5));
    QVERIFY(m_window->openFile(cut));
    QFile::remove(cut);
    QVERIFY(m_window->workspace().whyPanel()->toPlainText().contains(QStringLiteral("The recording ends here")));
}

void RecordingWindowTest::viewsAreReachedByKeys()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->editor().setFocus();
    QSet<QWidget *> reached;
    for (int i = 0; i < 8; ++i) {
        m_window->commands().nextView->trigger();
        reached.insert(QApplication::focusWidget());
        const QWidget *view = QApplication::focusWidget(); // is not behind another one
        QTRY_VERIFY(m_window->rect().contains(view->mapTo(m_window.get(), view->rect().center())));
        QVERIFY2(!QApplication::focusWidget()->accessibleName().isEmpty(), qPrintable(QApplication::focusWidget()->objectName()));
    }
    QCOMPARE(reached.size(), 8);
    QVERIFY(m_window->editor().hasFocus());
    m_window->commands().previousView->trigger();
    QVERIFY(m_window->workspace().timelineView()->canvas().hasFocus());
}

void RecordingWindowTest::recordedSourceIsReadOnly()
{
    QVERIFY(m_window->openFile(m_recording));
    QVERIFY(m_window->editor().isReadOnly());
    QCOMPARE(m_window->editor().text(), QString::fromLatin1(SampleRecording::script));
    QCOMPARE(m_window->document().name(), QStringLiteral("sample.js"));
    QVERIFY(!m_window->commands().runAgain->isEnabled());
}

void RecordingWindowTest::cutRecordingIsShownAsFarAsItGoes()
{
    const QString path = m_folder.filePath(QStringLiteral("cut.lscope"));
    QVERIFY(SampleRecording::write(path, QStringLiteral("/tmp/sample.js"), 20));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(file.size() - 5)); // and the last record only half
    file.close();
    QVERIFY(m_window->openFile(path));
    QTRY_COMPARE(m_window->session().eventCount(), SampleRecording::eventCount() - 21);
    m_window->stepper().toEnd();
    QCOMPARE(cursor(), SampleRecording::eventCount() - 21);
}

void RecordingWindowTest::damagedFileIsRefusedWithASentence()
{
    const QString path = m_folder.filePath(QStringLiteral("no.lscope"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("this is no recording at all, but long enough to be one, if only by its size");
    file.close();
    QVERIFY(!m_window->openFile(path));
    QVERIFY(!m_window->banner().sentence().isEmpty());
    QVERIFY(m_window->banner().isVisible());
    QVERIFY(!m_window->openFile(m_folder.filePath(QStringLiteral("missing.js"))));
    QVERIFY(m_window->banner().sentence().contains(QStringLiteral("missing.js")));
}

void RecordingWindowTest::playingStopsAtABreakpoint()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toStart();
    m_window->editor().toggleBreakpoint(7);
    m_window->commands().run->trigger();
    QCOMPARE(m_window->editor().currentLine(), 7);
    QVERIFY(cursor() < SampleRecording::eventCount());
    m_window->commands().run->trigger();
    QCOMPARE(cursor(), SampleRecording::eventCount());
    m_window->stepper().toStart();
    m_window->commands().clearBreakpoints->trigger();
    m_window->editor().setCursorPosition(3, 0);
    m_window->commands().runToLine->trigger();
    QCOMPARE(m_window->editor().currentLine(), 4);
}

void RecordingWindowTest::slowPlayGoesEventByEvent()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toStart();
    m_window->stepper().setPace({Pace::Basis::Events, 20});
    m_window->commands().run->trigger();
    QVERIFY(m_window->stepper().isPlaying());
    QTRY_VERIFY(cursor() > 3);
    m_window->commands().pause->trigger();
    QVERIFY(!m_window->stepper().isPlaying());
    const quint64 here = cursor();
    QVERIFY(here < SampleRecording::eventCount());
    m_window->commands().run->trigger();
    QTRY_COMPARE(cursor(), SampleRecording::eventCount());
    QTRY_VERIFY(!m_window->stepper().isPlaying());
}

void RecordingWindowTest::scriptsAreOpenedSavedAndReloaded()
{
    const QString path = m_folder.filePath(QStringLiteral("notes.js"));
    ScriptDocument &document = m_window->document();
    m_window->editor().setText(QStringLiteral("console.log(1);\n"));
    m_window->editor().setModified(true);
    QVERIFY(document.saveAs(path));
    QVERIFY(!document.isModified());
    QVERIFY(m_window->openFile(path));
    QCOMPARE(m_window->editor().text(), QStringLiteral("console.log(1);\n"));
    m_window->editor().toggleBreakpoint(1);
    QTest::keyClicks(&m_window->editor(), QStringLiteral("// typed"));
    QVERIFY(document.isModified());
    QVERIFY(m_window->isWindowModified());
    m_window->commands().save->trigger();
    QVERIFY(!document.isModified());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("// typedconsole.log(1);\n"));
    file.close();

    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("console.log(2);\n");
    file.close();
    QTRY_COMPARE(m_window->editor().text(), QStringLiteral("console.log(2);\n"));
    QCOMPARE(m_window->editor().breakpoints(), (LineBreakpoints{{1, QString()}}));
}

void RecordingWindowTest::changesFromOutsideAreAskedAbout()
{
    const QString path = m_folder.filePath(QStringLiteral("shared.js"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("1;\n");
    file.close();
    QVERIFY(m_window->openFile(path));
    QTest::keyClicks(&m_window->editor(), QStringLiteral("mine "));
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("2;\n");
    file.close();
    QTRY_VERIFY(m_window->banner().sentence().contains(QStringLiteral("shared.js")));
    QVERIFY(m_window->editor().text().startsWith(QStringLiteral("mine")));
    QVERIFY(m_window->document().reload());
    QCOMPARE(m_window->editor().text(), QStringLiteral("2;\n"));
}

void RecordingWindowTest::missingRunnerIsSaid()
{
    qputenv("LOOPSCOPE_RUNNER", "/nowhere/loopscope");
    m_window->editor().setText(QStringLiteral("console.log(1);\n"));
    m_window->commands().run->trigger();
    QTRY_COMPARE(m_window->session().state(), RunSession::State::Lost);
    QVERIFY(m_window->banner().sentence().contains(QStringLiteral("/nowhere/loopscope")));
    QVERIFY(m_window->commands().run->isEnabled());
    qunsetenv("LOOPSCOPE_RUNNER");
}

void RecordingWindowTest::themesAndZoomApplyEverywhere()
{
    QVERIFY(m_window->openFile(m_recording));
    const auto corner = [this] { return m_window->grab().toImage().pixelColor(m_window->width() / 2, m_window->height() / 2); };
    m_window->commands().darkTheme->trigger();
    QVERIFY(corner().lightness() < 80);
    QVERIFY(m_window->editor().lexer()->paper(0).lightness() < 80);
    m_window->commands().lightTheme->trigger();
    QVERIFY(corner().lightness() > 200);
    QVERIFY(m_window->editor().lexer()->paper(0).lightness() > 200);
    const int before = m_window->workspace().timelineView()->canvas().sizeHint().height();
    for (int i = 0; i < 5; ++i)
        press(m_window->editor(), Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(Theme::current().zoom(), 150);
    QVERIFY(m_window->workspace().timelineView()->canvas().sizeHint().height() > before);
    press(m_window->editor(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(Theme::current().zoom(), 100);
}

void RecordingWindowTest::examplesAreThere()
{
    const QList<QAction *> examples = m_window->commands().examples->actions();
    QVERIFY(examples.size() >= 12);
    examples.front()->trigger();
    QVERIFY(m_window->editor().text().contains(QStringLiteral("setTimeout")));
    QVERIFY(!m_window->document().isModified());
}

void RecordingWindowTest::refusalsNameTheLine()
{
    const auto refusal =
        RefusalMessage::parse(QStringLiteral("/tmp/a b.js:3:7\nlet x = ;\n        ^\n\nSyntaxError: Unexpected token ';'\n"));
    QCOMPARE(refusal.path, QStringLiteral("/tmp/a b.js"));
    QCOMPARE(refusal.line, 3);
    QCOMPARE(refusal.text, QStringLiteral("SyntaxError: Unexpected token ';'"));
    QCOMPARE(RefusalMessage::parse(QStringLiteral("loopscope: no such file\n")).text, QStringLiteral("loopscope: no such file"));
    QCOMPARE(RefusalMessage::parse({}).text, QString());
}

} // namespace loopscope

QTEST_MAIN(loopscope::RecordingWindowTest)
#include "RecordingWindowTest.moc"
