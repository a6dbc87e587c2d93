// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who steps an ES module meets its code, not the hundreds of jobs by which Node loads it, unless that is asked for.
#include "MainWindow.h"
#include "StepWorkspace.h"
#include "events/EventListModel.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

class NodesWorkWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void callbacksOfTheModuleComeNext();
    void eventsOfTheModuleComeNext();
    void theListFoldsAndUnfolds();

private:
    void step(QAction *action);
    const Event moment() const { return m_window->session().reader()->event(m_window->stepper().cursor() - 1); }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void NodesWorkWindowTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void NodesWorkWindowTest::init()
{
    QFile file(m_folder.filePath(QStringLiteral("module.mjs")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("console.log('body');\nsetTimeout(function later() { console.log('later'); }, 5);\n");
    file.close();
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->openFile(file.fileName()));
}

void NodesWorkWindowTest::step(QAction *action)
{
    action->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->stepper().isStepping() && m_window->session().state() != RunSession::State::Starting, 20'000);
}

void NodesWorkWindowTest::callbacksOfTheModuleComeNext()
{
    step(m_window->commands().nextCallback);
    QCOMPARE(moment().kind, EventKind::TaskBegun); // the script
    step(m_window->commands().nextCallback);
    QCOMPARE(moment().kind, EventKind::CallEntered); // the module's body, inside of a job of Node's own
    QVERIFY(moment().site != 0);
    const quint64 body = m_window->stepper().cursor();
    bool isLater = false;
    for (int i = 0; i < 6 && !isLater; ++i) {
        step(m_window->commands().nextCallback);
        isLater = moment().kind == EventKind::TaskBegun && moment().detail == static_cast<quint8>(TaskKind::Timeout);
    }
    QVERIFY(isLater);
    for (int i = 0; i < 6 && m_window->stepper().cursor() > body; ++i)
        m_window->commands().previousCallback->trigger();
    QCOMPARE(m_window->stepper().cursor(), body);
}

void NodesWorkWindowTest::eventsOfTheModuleComeNext()
{
    int steps = 0;
    do {
        step(m_window->commands().nextEvent);
    } while (moment().kind != EventKind::ConsoleText && ++steps < 60);
    QCOMPARE(moment().kind, EventKind::ConsoleText);
    const NodesWork &work = m_window->session().timeline()->index().nodesWork();
    QVERIFY2(work.foldedBefore(m_window->stepper().cursor()) > 50, "the loader's jobs are recorded");
    for (; m_window->stepper().cursor() > 1 && steps > -80; --steps) {
        m_window->commands().previousEvent->trigger();
        QVERIFY(!work.isFolded(m_window->stepper().cursor() - 1));
    }
    QCOMPARE(m_window->stepper().cursor(), quint64(1));
}

void NodesWorkWindowTest::theListFoldsAndUnfolds()
{
    EventListModel &model = *m_window->workspace().eventModel();
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_window->runFromStart();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, 20'000);
    QTRY_COMPARE(m_window->stepper().cursor(), m_window->session().eventCount());
    const auto count = static_cast<int>(m_window->session().eventCount());
    const NodesWork &work = m_window->session().timeline()->index().nodesWork();
    QVERIFY(work.foldedBefore(m_window->session().eventCount()) > 50);
    QCOMPARE(model.rowCount(), count - static_cast<int>(model.foldedCount()));
    for (int row = 0; row < model.rowCount(); ++row) {
        QVERIFY(!work.isFolded(model.eventOf(row)));
        QCOMPARE(model.rowUpTo(model.eventOf(row)), row);
    }
    m_window->commands().showNodesWork->setChecked(true);
    QCOMPARE(model.rowCount(), count);
    QCOMPARE(model.foldedCount(), quint64(0));
    m_window->commands().showNodesWork->setChecked(false);
    QVERIFY(model.rowCount() < count);
}

} // namespace loopscope

QTEST_MAIN(loopscope::NodesWorkWindowTest)
#include "NodesWorkWindowTest.moc"
