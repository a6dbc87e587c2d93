// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Forks of the past in the real window, with the real runner.
#include "DelayField.h"
#include "ForkController.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "analysis/RecordingComparison.h"
#include "comparison/ComparisonModel.h"
#include "comparison/ComparisonTable.h"
#include "comparison/ComparisonView.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "loopview/LoopView.h"
#include "recording/RecordingReader.h"
#include "session/RunPair.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"
#include "timeline/TimelineCanvas.h"
#include "timeline/TimelineView.h"
#include "why/WhyPanel.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDoubleSpinBox>
#include <QJsonObject>
#include <QLabel>
#include <QProcess>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QUrl>

namespace loopscope {

namespace {

constexpr int kPatience = 20'000; ///< ms

const QByteArray timers = "setTimeout(function ping() {\n"
                          "  console.log('ping');\n"
                          "}, 20);\n"
                          "setTimeout(function pong() {\n"
                          "  console.log('pong');\n"
                          "}, 10);\n"
                          "console.log('start');\n";

} // namespace

class ForkWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void anotherDelayIsForked();
    void anotherLatencyIsForked();
    void theWhyPanelOffersForks();
    void theTimelineHasAMenu();
    void whatIsOnlyLateIsSaid();
    void breakpointsArePassedOnTheWay();
    void aChipHasAMenu();
    void editedCodeIsForked();
    void whatIsTheSameGoesOnLive();
    void itMayBeForkedAtItsVeryEnds();
    void theOtherOrderIsTaken_data();
    void theOtherOrderIsTaken();
    void eitherRunCanBeShown();
    void bothRunsStayAlive();
    void forkOfAForkKeepsItsChanges();
    void aRefusedScriptLeavesTheFirstRun();
    void anOpenedRecordingIsForked();
    void aRecordingOfLessDetailIsForked();
    void aRecordingIsComparedWith();
    void anotherScriptEndsTheComparison();
    void choosingARowMovesTheCursor();

private:
    void open(const QByteArray &script);
    void runToEnd();
    /// Puts the cursor behind the first event whose text holds this.
    void goTo(const QString &text);
    void waitForArrival();
    void finish();
    bool isOpen() const { return m_window->runs().isOpen(); }
    const RunSession &session() const { return m_window->session(); }
    quint64 cursor() const { return m_window->stepper().cursor(); }
    QString textAt(quint64 event) const { return session().text()->what(event); }
    QString banner() const { return m_window->banner().sentence(); }
    ComparisonModel &model() const { return *m_window->comparison().model(); }
    /// What a run did, from the rows of the comparison, callbacks and console lines only.
    QStringList did(ComparisonModel::Column side) const;
    void trigger(QAction *action);
    void answerDelay(const QString &milliseconds);
    /// Clicks what the banner offers.
    void choose(const QString &words);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void ForkWindowTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void ForkWindowTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1600, 1100);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_tester = std::make_unique<QAbstractItemModelTester>(&model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void ForkWindowTest::cleanup()
{
    m_tester.reset();
    m_window.reset();
}

void ForkWindowTest::open(const QByteArray &script)
{
    QFile file(m_folder->filePath(QStringLiteral("script.js")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) == script.size());
    file.close();
    QVERIFY(m_window->openFile(file.fileName()));
}

void ForkWindowTest::finish()
{
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), RunSession::State::Ended, kPatience);
    QTRY_VERIFY2_WITH_TIMEOUT(session().isCaughtUp() && cursor() == session().eventCount(),
        qPrintable(QStringLiteral("at event %1 of %2: %3").arg(cursor()).arg(session().eventCount()).arg(banner())), 5000);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->runs().isComparing(), kPatience);
}

void ForkWindowTest::runToEnd()
{
    m_window->runFromStart();
    finish();
}

void ForkWindowTest::goTo(const QString &text)
{
    for (quint64 event = 0; event < session().eventCount(); ++event) {
        if (textAt(event).contains(text)) {
            m_window->stepper().setCursor(event + 1);
            return;
        }
    }
    QFAIL(qPrintable(text + QStringLiteral(" is not in the recording")));
}

void ForkWindowTest::waitForArrival()
{
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->forks().isUnderWay(), kPatience);
    QVERIFY(isOpen());
    QVERIFY(m_window->runs().showsSecond());
}

QStringList ForkWindowTest::did(ComparisonModel::Column side) const
{
    QStringList lines;
    for (int row = 0; row < model().rowCount(); ++row) {
        const QModelIndex cell = model().index(row, side);
        const bool isParting =
            cell.data(ComparisonModel::AgreementRole).toInt() == static_cast<int>(RecordingComparison::Agreement::Parting);
        if (cell.data(ComparisonModel::EventRole).isValid() && !isParting)
            lines << cell.data().toString();
    }
    return lines;
}

void ForkWindowTest::trigger(QAction *action)
{
    QVERIFY2(action->isEnabled(), qPrintable(action->text()));
    action->trigger();
}

void ForkWindowTest::choose(const QString &words)
{
    QAbstractButton *choice = nullptr;
    const auto isThere = [&] {
        const auto choices = m_window->banner().findChildren<QAbstractButton *>();
        const auto found = std::find_if(choices.begin(), choices.end(),
            [&](const QAbstractButton *button) { return button->isVisible() && button->text().startsWith(words); });
        choice = found == choices.end() ? nullptr : *found;
        return choice != nullptr;
    };
    QTRY_VERIFY2(isThere(), qPrintable(words));
    choice->click();
}

void ForkWindowTest::answerDelay(const QString &milliseconds)
{
    auto *field = m_window->findChild<DelayField *>();
    QVERIFY(field != nullptr && field->isVisible());
    field->field()->selectAll();
    QTest::keyClicks(field->field(), milliseconds);
    QTest::keyClick(field->field(), Qt::Key_Return);
}

void ForkWindowTest::anotherDelayIsForked()
{
    open(timers);
    runToEnd();
    const quint64 firstCount = session().eventCount();
    goTo(QStringLiteral("timeout `ping` due"));
    const quint64 armed = cursor() - 1;
    // Standing later, with the timer's chip selected.
    goTo(QStringLiteral("script `script.js` ended"));
    LoopView *loop = m_window->workspace().loopView();
    const auto chips = shownItems(loop->contents(), loop->geometryOfParts());
    const auto chip = std::find_if(
        chips.begin(), chips.end(), [&](const ShownItem &item) { return item.subject == session().reader()->event(armed).subject; });
    QVERIFY(chip != chips.end());
    QTest::mouseClick(loop, Qt::LeftButton, {}, chip->rect.center().toPoint());
    QCOMPARE(m_window->workspace().selectedItem(), session().reader()->event(armed).subject);
    trigger(m_window->commands().forkWithDelay);
    answerDelay(QStringLiteral("5"));
    waitForArrival();

    // It stands where it first differs, live, and has recorded nothing behind that.
    QCOMPARE(cursor(), armed + 1);
    QCOMPARE(session().eventCount(), armed + 1);
    QCOMPARE(session().state(), RunSession::State::Paused);
    QCOMPARE(textAt(armed), QStringLiteral("timeout `ping` due at 5.000 ms"));
    QVERIFY2(banner().contains(QStringLiteral("timeout ping due at 5.000 ms, where the first run had: timeout ping due at 20.000 ms")),
        qPrintable(banner()));
    QCOMPARE(session().reader()->metadata().value(QStringLiteral("title")).toString(),
        QStringLiteral("Fork: `ping` after 5 ms instead of 20 ms"));
    QCOMPARE(m_window->runs().first().eventCount(), firstCount);
    const int row = model().firstDifference();
    QVERIFY(row >= 0);
    QVERIFY(model().index(row, ComparisonModel::Sign).data().toString().contains(QStringLiteral("first difference")));
    QCOMPARE(model().headerData(ComparisonModel::Second, Qt::Horizontal, Qt::DisplayRole).toString(),
        QStringLiteral("Fork: ping after 5 ms instead of 20 ms"));
    QVERIFY(m_window->comparison().isVisible());

    // The text still says 20: a mark at its line says what is so.
    QCOMPARE(m_window->editor().lineChanges(), (QHash<int, QString>{{3, QStringLiteral("≠ 5 ms instead of 20 ms")}}));

    const auto labels = m_window->statusBar()->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel *label) { return label->text() == QStringLiteral("Fork: ping after 5 ms instead of 20 ms · paused"); }));

    m_window->stepper().play();
    finish();
    const QStringList common{QStringLiteral("script script.js begun"), QStringLiteral("stdout: start")};
    const QStringList ping{QStringLiteral("timeout ping begun"), QStringLiteral("stdout: ping")};
    const QStringList pong{QStringLiteral("timeout pong begun"), QStringLiteral("stdout: pong")};
    const QStringList end{QStringLiteral("run ended: finished, exit code 0")};
    QCOMPARE(did(ComparisonModel::First), common + pong + ping + end);
    QCOMPARE(did(ComparisonModel::Second), common + ping + pong + end);
}

void ForkWindowTest::anotherLatencyIsForked()
{
    open("const fs = require('fs');\nfs.readFile(__filename, function read() { console.log('read'); });\n"
         "setTimeout(function timer() { console.log('timer'); }, 10);\n");
    runToEnd();
    goTo(QStringLiteral("submitted"));
    trigger(m_window->commands().forkWithDelay);
    answerDelay(QStringLiteral("30"));
    waitForArrival();
    m_window->stepper().play();
    finish();
    QVERIFY(did(ComparisonModel::First).indexOf(QStringLiteral("stdout: read"))
        < did(ComparisonModel::First).indexOf(QStringLiteral("stdout: timer")));
    QVERIFY(did(ComparisonModel::Second).indexOf(QStringLiteral("stdout: read"))
        > did(ComparisonModel::Second).indexOf(QStringLiteral("stdout: timer")));
    QVERIFY2(banner().contains(QStringLiteral("The change matters from event")), qPrintable(banner()));
}

void ForkWindowTest::breakpointsArePassedOnTheWay()
{
    open(timers);
    runToEnd();
    m_window->editor().setBreakpoints({{5, QString()}, {2, QString()}});
    goTo(QStringLiteral("timeout `ping` begun"));
    const quint64 wanted = cursor();
    trigger(m_window->commands().forkHere);
    waitForArrival();
    QCOMPARE(cursor(), wanted);
    QCOMPARE(session().eventCount(), wanted);
    // From here on they count again.
    m_window->stepper().play();
    QTRY_VERIFY_WITH_TIMEOUT(session().state() == RunSession::State::Paused && cursor() > wanted, kPatience);
    QCOMPARE(textAt(cursor() - 1), QStringLiteral("statement `console.log('ping');`"));
}

void ForkWindowTest::aChipHasAMenu()
{
    open(timers);
    runToEnd();
    goTo(QStringLiteral("script `script.js` ended"));
    LoopView *loop = m_window->workspace().loopView();
    const auto chips = shownItems(loop->contents(), loop->geometryOfParts());
    const auto chip = std::find_if(chips.begin(), chips.end(), [](const ShownItem &item) { return item.subject != 0; });
    QVERIFY(chip != chips.end());
    const QPoint at = chip->rect.center().toPoint();
    QTest::mousePress(loop, Qt::RightButton, {}, at);
    QContextMenuEvent event(QContextMenuEvent::Mouse, at, loop->mapToGlobal(at));
    QApplication::sendEvent(loop, &event);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    QVERIFY(QApplication::activePopupWidget()->actions().contains(m_window->commands().forkWithDelay));
    QVERIFY(m_window->commands().forkWithDelay->isEnabled());
    QApplication::activePopupWidget()->close();
}

void ForkWindowTest::theWhyPanelOffersForks()
{
    open(timers);
    runToEnd();
    goTo(QStringLiteral("timeout `ping` due"));
    const WhyPanel &why = *m_window->workspace().whyPanel();
    QVERIFY2(why.toPlainText().contains(QStringLiteral("Let ping wait another time than 20 ms…")), qPrintable(why.toPlainText()));
    QString link;
    for (QTextBlock block = why.document()->begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); part != block.end(); ++part) {
            if (part.fragment().charFormat().isAnchor() && block.text().startsWith(QStringLiteral("Let ping wait")))
                link = part.fragment().charFormat().anchorHref();
        }
    }
    QVERIFY(!link.isEmpty());
    Q_EMIT m_window->workspace().whyPanel()->anchorClicked(QUrl(link));
    answerDelay(QStringLiteral("5"));
    waitForArrival();
    QCOMPARE(textAt(cursor() - 1), QStringLiteral("timeout `ping` due at 5.000 ms"));
    // At a moment without a delay there is none to change.
    goTo(QStringLiteral("script `script.js` begun"));
    QVERIFY(!why.toPlainText().contains(QStringLiteral("wait another time")));
}

void ForkWindowTest::theTimelineHasAMenu()
{
    open(timers);
    runToEnd();
    TimelineCanvas &canvas = m_window->workspace().timelineView()->canvas();
    canvas.setFocus();
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), canvas.mapToGlobal(canvas.rect().center()));
    QApplication::sendEvent(&canvas, &event);
    QTRY_VERIFY(QApplication::activePopupWidget() != nullptr);
    QVERIFY(QApplication::activePopupWidget()->actions().contains(m_window->commands().forkHere));
    QApplication::activePopupWidget()->close();
}

void ForkWindowTest::whatIsOnlyLateIsSaid()
{
    open("require('fs').readFile(__filename, function read() { console.log('read'); });\n");
    runToEnd();
    goTo(QStringLiteral("submitted"));
    trigger(m_window->commands().forkWithDelay);
    answerDelay(QStringLiteral("3"));
    waitForArrival();
    m_window->stepper().play();
    finish();
    QTRY_VERIFY2(banner().contains(QStringLiteral("at other times from event")), qPrintable(banner()));
    QVERIFY(!m_window->runs().comparison()->parting());
    const int row = model().firstDifference();
    QVERIFY(row > 0);
    QVERIFY(model().index(row, ComparisonModel::Sign).data().toString().contains(QStringLiteral("later")));
    trigger(m_window->commands().firstDifference);
    QCOMPARE(cursor(), m_window->runs().comparison()->firstOtherTime()->right + 1ULL);
}

void ForkWindowTest::editedCodeIsForked()
{
    open(timers);
    runToEnd();
    goTo(QStringLiteral("stdout: pong"));
    const quint64 wanted = cursor();
    m_window->editor().setText(
        QString::fromUtf8(timers).replace(QStringLiteral("console.log('ping')"), QStringLiteral("console.log('PING')")));
    trigger(m_window->commands().forkHere);
    waitForArrival();
    // The change lies ahead: it stands where it was asked for, and says the difference when it comes.
    QCOMPARE(cursor(), wanted);
    QCOMPARE(session().eventCount(), wanted);
    QCOMPARE(session().state(), RunSession::State::Paused);
    QVERIFY2(banner().contains(QStringLiteral("went the same way to event")), qPrintable(banner()));
    QCOMPARE(model().firstDifference(), -1);
    m_window->stepper().play();
    finish();
    QTRY_VERIFY2_WITH_TIMEOUT(
        banner().contains(QStringLiteral("statement console.log('PING'), where the first run had: statement console.log('ping').")),
        qPrintable(banner()), kPatience);
    QVERIFY(did(ComparisonModel::Second).contains(QStringLiteral("stdout: PING")));
    QVERIFY(did(ComparisonModel::First).contains(QStringLiteral("stdout: ping")));
    // Here the change lies before the moment: the fork stands at it.
    m_window->editor().setText(QString::fromUtf8(timers).replace(QStringLiteral("'start'"), QStringLiteral("'begin'")));
    goTo(QStringLiteral("stdout: pong"));
    trigger(m_window->commands().forkHere);
    waitForArrival();
    QVERIFY(cursor() < wanted);
    QCOMPARE(textAt(cursor() - 1), QStringLiteral("statement `console.log('begin');`"));
    QCOMPARE(m_window->runs().nameOfSecond(), QStringLiteral("Fork: 2 lines changed, from line 2"));
    QVERIFY2(m_window->editor().lineChanges().value(7).contains(QStringLiteral("first run: start")),
        qPrintable(m_window->editor().lineChanges().value(7)));
    QCOMPARE(session().eventCount(), cursor());
    QVERIFY2(banner().contains(QStringLiteral("The change matters from event")), qPrintable(banner()));
    // On to the moment that was asked for.
    choose(QStringLiteral("On to event"));
    QTRY_COMPARE_WITH_TIMEOUT(cursor(), wanted, kPatience);
    QCOMPARE(session().eventCount(), wanted);
}

void ForkWindowTest::aRecordingOfLessDetailIsForked()
{
    open(timers);
    const QString recording = m_folder->filePath(QStringLiteral("tasks.lscope"));
    QProcess::execute(RunSession::runnerPath(),
        {QStringLiteral("run"), QStringLiteral("--detail"), QStringLiteral("tasks"), QStringLiteral("--record"), recording,
            m_folder->filePath(QStringLiteral("script.js"))});
    QVERIFY(m_window->openFile(recording));
    QTRY_VERIFY(session().isCaughtUp());
    goTo(QStringLiteral("stdout: pong"));
    const quint64 wanted = cursor();
    trigger(m_window->commands().forkHere);
    waitForArrival();
    // The same moment, though a run of the window's own would have recorded more before it.
    QCOMPARE(cursor(), wanted);
    QCOMPARE(textAt(wanted - 1), QStringLiteral("stdout: pong"));
}

void ForkWindowTest::whatIsTheSameGoesOnLive()
{
    open(timers);
    runToEnd();
    const quint64 count = session().eventCount();
    goTo(QStringLiteral("timeout `pong` begun"));
    const quint64 wanted = cursor();
    trigger(m_window->commands().forkHere);
    waitForArrival();
    QCOMPARE(cursor(), wanted);
    QCOMPARE(session().eventCount(), wanted);
    m_window->stepper().forward(Landmark::Event);
    QTRY_COMPARE_WITH_TIMEOUT(cursor(), wanted + 1, kPatience);
    m_window->stepper().play();
    finish();
    QCOMPARE(session().eventCount(), count);
    QVERIFY(m_window->runs().comparison()->isSame());
    QCOMPARE(did(ComparisonModel::First), did(ComparisonModel::Second));
    QTRY_VERIFY2(banner().contains(QStringLiteral("did the same as the first run")), qPrintable(banner()));
    // A delay that is none differs in nothing.
    goTo(QStringLiteral("timeout `pong` due"));
    trigger(m_window->commands().forkWithDelay);
    answerDelay(QStringLiteral("10"));
    waitForArrival();
    QVERIFY(m_window->runs().comparison()->isSame());
}

void ForkWindowTest::itMayBeForkedAtItsVeryEnds()
{
    open(timers);
    runToEnd();
    m_window->stepper().toStart();
    trigger(m_window->commands().forkHere);
    waitForArrival();
    QCOMPARE(cursor(), 0U);
    QTRY_VERIFY2(banner().contains(QStringLiteral("waits before its first event")), qPrintable(banner()));
    m_window->stepper().play();
    finish();
    QTRY_VERIFY2(banner().contains(QStringLiteral("did the same as the first run")), qPrintable(banner()));
    // At the end there is nothing to wait for.
    trigger(m_window->commands().forkHere);
    waitForArrival();
    finish();
    QTRY_VERIFY2(banner().contains(QStringLiteral("did the same as the first run")), qPrintable(banner()));
}

void ForkWindowTest::theOtherOrderIsTaken_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");

    QTest::newRow("timeout and immediate") << QByteArray(
        "setTimeout(() => console.log('one'), 0); setImmediate(() => console.log('other'));")
                                           << QStringLiteral("stdout: one") << QStringLiteral("stdout: other");
    QTest::newRow("two requests") << QByteArray("const fs = require('fs');\nfs.stat(__filename, () => console.log('one'));\n"
                                                "fs.readFile(__filename, () => console.log('other'));\n")
                                  << QStringLiteral("stdout: one") << QStringLiteral("stdout: other");
}

void ForkWindowTest::theOtherOrderIsTaken()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, one);
    QFETCH(QString, other);
    open(script);
    runToEnd();
    QVERIFY(!m_window->commands().forkOtherOrder->isEnabled());
    goTo(QStringLiteral("free choice"));
    trigger(m_window->commands().forkOtherOrder);
    waitForArrival();
    m_window->stepper().play();
    finish();
    const QStringList first = did(ComparisonModel::First);
    const QStringList second = did(ComparisonModel::Second);
    QVERIFY2(first.indexOf(one) < first.indexOf(other), qPrintable(first.join(QLatin1Char('|'))));
    QVERIFY2(second.indexOf(one) > second.indexOf(other), qPrintable(second.join(QLatin1Char('|'))));
}

void ForkWindowTest::eitherRunCanBeShown()
{
    open(timers);
    runToEnd();
    goTo(QStringLiteral("stdout: pong"));
    const quint64 firstCursor = cursor();
    const quint64 firstCount = session().eventCount();
    m_window->editor().setText(QStringLiteral("\n\n") + QString::fromUtf8(timers) + QStringLiteral("console.log('more');\n"));
    trigger(m_window->commands().forkHere);
    waitForArrival();
    m_window->stepper().play();
    finish();
    const quint64 secondCount = session().eventCount();
    QVERIFY(secondCount > firstCount);

    trigger(m_window->commands().showOtherRun);
    QVERIFY(!m_window->runs().showsSecond());
    QCOMPARE(session().eventCount(), firstCount);
    QCOMPARE(cursor(), firstCursor);
    // The text that ran then, not the one that is in the editor now.
    QTRY_VERIFY(!m_window->source().showsScript());
    QCOMPARE(m_window->source().shown().text(), QString::fromUtf8(timers));
    QVERIFY(m_window->source().shown().isReadOnly());
    // Stepping in a run that is over starts no new one.
    m_window->commands().nextEvent->trigger();
    QCOMPARE(cursor(), firstCursor + 1);
    QCOMPARE(session().eventCount(), firstCount);

    trigger(m_window->commands().showOtherRun);
    QVERIFY(m_window->runs().showsSecond());
    QCOMPARE(session().eventCount(), secondCount);
    QCOMPARE(cursor(), secondCount);
    QVERIFY(m_window->source().showsScript());
}

void ForkWindowTest::bothRunsStayAlive()
{
    open(timers);
    m_window->commands().nextConsoleLine->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(
        session().state() == RunSession::State::Paused && cursor() > 0 && !m_window->stepper().isStepping(), kPatience);
    const quint64 wanted = cursor();
    const qint64 firstProcess = session().processId();
    trigger(m_window->commands().forkHere);
    waitForArrival();
    QCOMPARE(cursor(), wanted);
    QVERIFY(session().processId() != firstProcess);
    QVERIFY(m_window->runs().first().isLive());
    m_window->stepper().play();
    finish();
    trigger(m_window->commands().showOtherRun);
    QCOMPARE(session().processId(), firstProcess);
    QCOMPARE(session().state(), RunSession::State::Paused);
    m_window->stepper().play();
    finish();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->runs().isComparing(), kPatience);
    QVERIFY(m_window->runs().comparison()->isSame());
    QCOMPARE(m_window->runs().comparison()->equalEvents(), session().eventCount());
}

void ForkWindowTest::forkOfAForkKeepsItsChanges()
{
    open(timers);
    runToEnd();
    for (const auto &[name, delay] : {std::pair("ping", "5"), std::pair("pong", "3")}) {
        goTo(QStringLiteral("timeout `%1` due").arg(QLatin1String(name)));
        trigger(m_window->commands().forkWithDelay);
        answerDelay(QString::fromLatin1(delay));
        waitForArrival();
        m_window->stepper().play();
        finish();
    }
    QCOMPARE(
        session().reader()->metadata().value(QStringLiteral("changes")).toObject().value(QStringLiteral("delays")).toObject().size(), 2);
    QCOMPARE(m_window->runs().nameOfFirst(), QStringLiteral("Fork: `ping` after 5 ms instead of 20 ms"));
    QCOMPARE(m_window->runs().nameOfSecond(), QStringLiteral("Fork: `pong` after 3 ms instead of 10 ms"));
}

void ForkWindowTest::aRefusedScriptLeavesTheFirstRun()
{
    open(timers);
    runToEnd();
    const quint64 count = session().eventCount();
    goTo(QStringLiteral("stdout: pong"));
    m_window->editor().setText(QStringLiteral("let = ;"));
    trigger(m_window->commands().forkHere);
    waitForArrival();
    QTRY_VERIFY2_WITH_TIMEOUT(banner().contains(QStringLiteral("SyntaxError")), qPrintable(banner()), kPatience);
    trigger(m_window->commands().showOtherRun);
    QCOMPARE(session().eventCount(), count);
}

void ForkWindowTest::anOpenedRecordingIsForked()
{
    open(timers);
    runToEnd();
    const QString recording = m_folder->filePath(QStringLiteral("kept.lscope"));
    QVERIFY(QFile::copy(session().recordingPath(), recording));
    // As on another machine: only what the recording holds is there.
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("script.js"))));
    QVERIFY(m_window->openFile(recording));
    QTRY_VERIFY_WITH_TIMEOUT(session().isCaughtUp(), kPatience);
    goTo(QStringLiteral("timeout `ping` due"));
    trigger(m_window->commands().forkWithDelay);
    answerDelay(QStringLiteral("1"));
    waitForArrival();
    m_window->stepper().play();
    finish();
    QVERIFY(did(ComparisonModel::Second).indexOf(QStringLiteral("stdout: ping"))
        < did(ComparisonModel::Second).indexOf(QStringLiteral("stdout: pong")));
    QCOMPARE(m_window->runs().nameOfFirst(), QStringLiteral("kept.lscope"));
}

void ForkWindowTest::aRecordingIsComparedWith()
{
    open(timers);
    runToEnd();
    const QString recording = m_folder->filePath(QStringLiteral("before.lscope"));
    QVERIFY(QFile::copy(session().recordingPath(), recording));
    m_window->editor().setText(QString::fromUtf8(timers).replace(QStringLiteral("'start'"), QStringLiteral("'begin'")));
    runToEnd();
    m_window->forks().compareWith(recording);
    QVERIFY(isOpen());
    QTRY_VERIFY_WITH_TIMEOUT(model().firstDifference() >= 0, kPatience);
    QVERIFY(did(ComparisonModel::First).contains(QStringLiteral("stdout: start")));
    QVERIFY(did(ComparisonModel::Second).contains(QStringLiteral("stdout: begin")));
    // What is run anew is the second run, whichever is shown.
    trigger(m_window->commands().showOtherRun);
    m_window->editor().setText(QString::fromUtf8(timers));
    runToEnd();
    QVERIFY(m_window->runs().showsSecond());
    QTRY_VERIFY_WITH_TIMEOUT(m_window->runs().comparison() != nullptr && !m_window->runs().isComparing(), kPatience);
    QVERIFY(m_window->runs().comparison()->isSame());

    m_window->forks().compareWith(m_folder->filePath(QStringLiteral("script.js")));
    QVERIFY2(banner().contains(QStringLiteral("script.js")), qPrintable(banner()));
}

void ForkWindowTest::anotherScriptEndsTheComparison()
{
    open(timers);
    runToEnd();
    goTo(QStringLiteral("stdout: pong"));
    trigger(m_window->commands().forkHere);
    waitForArrival();
    trigger(m_window->commands().closeComparison);
    QVERIFY(!isOpen());
    QCOMPARE(model().rowCount(), 0);
    QCOMPARE(session().state(), RunSession::State::Paused); // the fork is kept
    trigger(m_window->commands().forkHere);
    waitForArrival();
    open("console.log('another');");
    QTRY_VERIFY(!isOpen());
    QCOMPARE(model().rowCount(), 0);
}

void ForkWindowTest::choosingARowMovesTheCursor()
{
    open(timers);
    runToEnd();
    goTo(QStringLiteral("timeout `ping` due"));
    trigger(m_window->commands().forkWithDelay);
    answerDelay(QStringLiteral("5"));
    waitForArrival();
    m_window->stepper().play();
    finish();
    ComparisonTable &table = *m_window->comparison().table();
    table.setFocus();
    table.setCurrentIndex(model().index(0, 0));
    QTest::keyClick(&table, Qt::Key_Down);
    QCOMPARE(cursor(), model().index(1, ComparisonModel::Second).data(ComparisonModel::EventRole).toULongLong() + 1);
    QVERIFY(model().index(1, ComparisonModel::Second).data(ComparisonModel::IsNowRole).toBool());
    QTest::mouseClick(
        table.viewport(), Qt::LeftButton, {}, table.visualRect(model().index(model().rowCount() - 1, ComparisonModel::First)).center());
    QCOMPARE(cursor(), session().eventCount());
    trigger(m_window->commands().firstDifference);
    QCOMPARE(cursor(), m_window->runs().comparison()->parting()->right + 1ULL);
    trigger(m_window->commands().showOtherRun);
    trigger(m_window->commands().firstDifference);
    QCOMPARE(cursor(), m_window->runs().comparison()->parting()->left + 1ULL);
    QCOMPARE(textAt(cursor() - 1), QStringLiteral("timeout `ping` due at 20.000 ms"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ForkWindowTest)
#include "ForkWindowTest.moc"
