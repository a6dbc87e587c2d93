// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the window's main states, light and dark, in one folder with an index to look through (build/<preset>/screenshots). What can
// be checked is: no view is blank, no text of a label or button is cut.
#include "KeysDialog.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "Shots.h"
#include "StepWorkspace.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "events/EventPane.h"
#include "loopview/LoopView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QTest>

namespace loopscope {

namespace {

constexpr int kPatience = 30'000; // ms

} // namespace

class ScreenshotsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void emptyWindow();
    void scriptBeforeItsRun();
    void inTheMiddleOfARun();
    void largeScreen();
    void twiceTheTextSize();
    void smallWindow();
    void endOfARun();
    void editedSinceItsRun();
    void scriptThatCannotRun();
    void errorNobodyCaught();
    void filteredEvents();
    void presenterMode();
    void keySheet();
    void tour();

private:
    /// The tour's script, run to its end, with the cursor where some things wait.
    void showRun();
    void runToEnd();
    void shoot(const QString &name, const QString &caption, QWidget *window = nullptr);

    Shots m_shots;
    std::unique_ptr<MainWindow> m_window;
};

void ScreenshotsTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    m_shots.begin(QStringLiteral(SCREENSHOT_FOLDER));
}

void ScreenshotsTest::init()
{
    Theme::current().setZoom(100);
    Theme::current().setChoice(Theme::Choice::Dark);
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->workspace().loopView()->setMotion(LoopView::Motion::Off);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ScreenshotsTest::cleanupTestCase() { QVERIFY(m_shots.writeIndex(QStringLiteral("Loopscope: screenshots"))); }

void ScreenshotsTest::shoot(const QString &name, const QString &caption, QWidget *window)
{
    const QStringList wrong = m_shots.shoot(window != nullptr ? *window : *m_window, name, caption);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1String("; "))));
}

void ScreenshotsTest::runToEnd()
{
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, kPatience);
    QTRY_VERIFY(m_window->session().isCaughtUp());
}

void ScreenshotsTest::showRun()
{
    m_window->commands().examples->actions().constFirst()->trigger();
    runToEnd();
    m_window->stepper().toStart();
    for (int i = 0; i < 2; ++i)
        m_window->commands().nextConsoleLine->trigger();
    m_window->commands().nextStatement->trigger();
}

void ScreenshotsTest::emptyWindow() { shoot(QStringLiteral("empty"), QStringLiteral("The empty window")); }

void ScreenshotsTest::scriptBeforeItsRun()
{
    m_window->commands().examples->actions().constFirst()->trigger();
    shoot(QStringLiteral("script"), QStringLiteral("A script that has not run yet"));
}

void ScreenshotsTest::inTheMiddleOfARun()
{
    showRun();
    shoot(QStringLiteral("middle"), QStringLiteral("In the middle of a run"));
}

void ScreenshotsTest::largeScreen()
{
    m_window->resize(2560, 1440);
    showRun();
    m_window->commands().resetLayout->trigger();
    shoot(QStringLiteral("large"), QStringLiteral("A large screen: 2560x1440"));
}

void ScreenshotsTest::twiceTheTextSize()
{
    const auto *timeline = m_window->findChild<QDockWidget *>(QStringLiteral("timelineDock"));
    QVERIFY(timeline->isVisible());
    while (Theme::current().zoom() < 200)
        m_window->commands().largerText->trigger();
    QVERIFY(!timeline->isVisible()); // the default layout follows
    showRun();
    shoot(QStringLiteral("zoom-200"), QStringLiteral("Text of 200 % on 1366x768"));
}

void ScreenshotsTest::smallWindow()
{
    m_window->resize(960, 600);
    m_window->commands().resetLayout->trigger();
    showRun();
    shoot(QStringLiteral("small"), QStringLiteral("A small window: 960x600"));
}

void ScreenshotsTest::endOfARun()
{
    showRun();
    m_window->commands().toEnd->trigger();
    shoot(QStringLiteral("end"), QStringLiteral("The end of a run"));
}

void ScreenshotsTest::editedSinceItsRun()
{
    showRun();
    m_window->editor().append(QStringLiteral("console.log('more');\n"));
    shoot(QStringLiteral("edited"), QStringLiteral("The text is not the one that ran"));
}

void ScreenshotsTest::scriptThatCannotRun()
{
    m_window->editor().setText(QStringLiteral("setTimeout(function late() {\n  console.log('late'\n}, 10);\n"));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, kPatience);
    shoot(QStringLiteral("refused"), QStringLiteral("A script that cannot run"));
}

void ScreenshotsTest::errorNobodyCaught()
{
    m_window->editor().setText(QStringLiteral("function open(door) {\n  return door.handle.turn();\n}\nsetTimeout(open, 5, {});\n"));
    runToEnd();
    shoot(QStringLiteral("uncaught"), QStringLiteral("An error that nobody caught"));
}

void ScreenshotsTest::filteredEvents()
{
    showRun();
    m_window->commands().findEvent->trigger();
    m_window->workspace().eventPane()->filterText()->setText(QStringLiteral("ping"));
    shoot(QStringLiteral("filter"), QStringLiteral("Filtered events"));
}

void ScreenshotsTest::presenterMode()
{
    showRun();
    m_window->commands().presenter->trigger();
    m_window->setWindowState(Qt::WindowNoState);
    m_window->resize(1366, 768);
    QTest::qWait(50);
    shoot(QStringLiteral("presenter"), QStringLiteral("Presenter mode"));
    m_window->commands().presenter->trigger();
}

void ScreenshotsTest::keySheet()
{
    m_window->commands().keys->trigger();
    shoot(QStringLiteral("keys"), QStringLiteral("The sheet of keys (F1)"), m_window->findChild<KeysDialog *>());
}

void ScreenshotsTest::tour()
{
    m_window->commands().tour->trigger();
    shoot(QStringLiteral("tour"), QStringLiteral("The tour"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ScreenshotsTest)
#include "ScreenshotsTest.moc"
