// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the Servers workspace in its states, light and dark, from real runs of the server lab, in one folder with an index to look
// through (build/<preset>/screenshots-servers).
#include "MainWindow.h"
#include "Shots.h"
#include "servers/ComparisonCard.h"
#include "servers/FollowCard.h"
#include "servers/LabPanel.h"
#include "servers/LaneView.h"
#include "servers/ModelCard.h"
#include "servers/ServersBar.h"
#include "servers/ServersView.h"
#include "servers/SweepCard.h"
#include "servers/VerdictView.h"
#include "servers/presets/LabPresets.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QFile>
#include <QJsonDocument>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

namespace loopscope {

namespace {

constexpr int kPatience = 60'000; // ms

} // namespace

class ServersScreenshotsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void beforeTheRun();
    void whileItRuns();
    void endOfARun();
    void largeScreen();
    void twiceTheTextSize();
    void stopped();
    void modelled();
    void real();
    void aServerDies();
    void aThousandLanes();
    void sweep();
    void comparison();
    void whatGoesWrong_data();
    void whatGoesWrong();
    void brokenScenario();

private:
    ServersView &servers() { return m_window->servers(); }
    /// A preset with less time, and changed by `change`.
    void open(const QString &preset, const std::function<void(Scenario &)> &change);
    void runToEnd();
    void shoot(const QString &name, const QString &caption);
    /// Scrolls until it is in sight.
    void show(QWidget &part);

    Shots m_shots;
    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void ServersScreenshotsTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    QStandardPaths::setTestModeEnabled(true); // presets are placed in the cache
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    m_shots.begin(QStringLiteral(SCREENSHOT_FOLDER));
}

void ServersScreenshotsTest::init()
{
    Theme::current().setZoom(100);
    Theme::current().setChoice(Theme::Choice::Dark);
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->commands().serversWorkspace->trigger();
    servers().bar().setPace(0);
}

void ServersScreenshotsTest::cleanup() { m_window.reset(); }

void ServersScreenshotsTest::cleanupTestCase() { QVERIFY(m_shots.writeIndex(QStringLiteral("Loopscope: the Servers workspace"))); }

void ServersScreenshotsTest::open(const QString &preset, const std::function<void(Scenario &)> &change)
{
    QString problem;
    const auto placed = placeLabPreset(preset, labPresetFolder(), &problem);
    QVERIFY2(placed, qPrintable(problem));
    auto scenario = Scenario::read(*placed, &problem);
    QVERIFY2(scenario, qPrintable(problem));
    scenario->load.seconds = 2;
    scenario->load.warmupSeconds = 0.5;
    change(*scenario);
    const QString path = m_folder.filePath(QStringLiteral("scenario.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(scenario->toJson()).toJson()) > 0);
    file.close();
    QVERIFY2(m_window->openScenario(path), qPrintable(m_window->banner().sentence()));
}

void ServersScreenshotsTest::runToEnd()
{
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(servers().session().state(), ComparisonProcess::State::Ended, kPatience);
    QTRY_VERIFY(servers().isUpToDate());
}

void ServersScreenshotsTest::shoot(const QString &name, const QString &caption)
{
    const QStringList wrong = m_shots.shoot(*m_window, name, caption);
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1String("; "))));
    for (const QScrollArea *scroll : servers().findChildren<QScrollArea *>())
        QVERIFY2(scroll->widget()->width() <= scroll->viewport()->width(), "what is beyond the right edge cannot be reached");
}

void ServersScreenshotsTest::show(QWidget &part)
{
    QTest::qWait(50); // until the page is laid out
    for (QWidget *parent = part.parentWidget(); parent != nullptr; parent = parent->parentWidget()) {
        if (auto *scroll = qobject_cast<QScrollArea *>(parent))
            scroll->verticalScrollBar()->setValue(part.mapTo(scroll->widget(), QPoint()).y() - 12);
    }
}

void ServersScreenshotsTest::beforeTheRun() { shoot(QStringLiteral("start"), QStringLiteral("What a newcomer sees")); }

void ServersScreenshotsTest::whileItRuns()
{
    open(QStringLiteral("slow-backend"), [](Scenario &scenario) { scenario.load.seconds = 30; });
    servers().bar().setPace(1);
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(
        !servers().session().record().isEmpty() && servers().session().record().models().front()->measuredAnswers > 2000, kPatience);
    shoot(QStringLiteral("running"), QStringLiteral("While it runs"));
    show(servers().followCard());
    shoot(QStringLiteral("running-below"), QStringLiteral("While it runs, further down"));
    servers().stop();
    QTRY_COMPARE_WITH_TIMEOUT(servers().session().state(), ComparisonProcess::State::Ended, kPatience);
}

void ServersScreenshotsTest::endOfARun()
{
    open(QStringLiteral("slow-backend"), [](Scenario &) {});
    runToEnd();
    QVERIFY(servers().followCard().request() > 0);
    shoot(QStringLiteral("over"), QStringLiteral("The end of a run (simulated)"));
    show(servers().followCard());
    shoot(QStringLiteral("over-below"), QStringLiteral("The same, further down: one request, followed"));
}

void ServersScreenshotsTest::largeScreen()
{
    m_window->resize(2560, 1440);
    open(QStringLiteral("images"), [](Scenario &) {});
    runToEnd();
    shoot(QStringLiteral("large"), QStringLiteral("A large screen: 2560x1440"));
}

void ServersScreenshotsTest::twiceTheTextSize()
{
    Theme::current().setZoom(200);
    open(QStringLiteral("streaming"), [](Scenario &) {});
    runToEnd();
    shoot(QStringLiteral("zoom-200"), QStringLiteral("Text of 200 % on 1366x768"));
    show(servers().followCard());
    shoot(QStringLiteral("zoom-200-below"), QStringLiteral("Text of 200 %, further down"));
}

void ServersScreenshotsTest::stopped()
{
    open(QStringLiteral("rest-api"), [](Scenario &scenario) {
        scenario.load.seconds = 60;
        scenario.load.warmupSeconds = 0.1;
    });
    servers().bar().setPace(4);
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(
        !servers().session().record().isEmpty() && servers().session().record().models().front()->measuredAnswers > 30, kPatience);
    m_window->commands().stop->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(servers().session().state(), ComparisonProcess::State::Ended, kPatience);
    QTRY_VERIFY(servers().isUpToDate());
    shoot(QStringLiteral("stopped"), QStringLiteral("Stopped before its end"));
}

void ServersScreenshotsTest::modelled()
{
    open(QStringLiteral("images"), [](Scenario &scenario) { scenario.truth = Truth::Modelled; });
    runToEnd();
    shoot(QStringLiteral("modelled"), QStringLiteral("A modelled run"));
    show(servers().followCard());
    shoot(QStringLiteral("modelled-below"), QStringLiteral("A modelled run, further down"));
}

void ServersScreenshotsTest::real()
{
    open(QStringLiteral("slow-backend"), [](Scenario &scenario) {
        scenario.truth = Truth::Real;
        scenario.models = {ServerModel::EventLoop, ServerModel::ThreadPool};
        scenario.machine.poolThreads = 4;
        scenario.load.clients = 40;
    });
    runToEnd();
    shoot(QStringLiteral("real"), QStringLiteral("A real run"));
    show(servers().followCard());
    shoot(QStringLiteral("real-below"), QStringLiteral("A real run, further down"));
}

void ServersScreenshotsTest::aServerDies()
{
    open(QStringLiteral("crash"), [](Scenario &scenario) { scenario.load.seconds = 6; });
    runToEnd();
    shoot(QStringLiteral("crash"), QStringLiteral("A server dies of an error that nobody caught"));
}

void ServersScreenshotsTest::aThousandLanes()
{
    open(QStringLiteral("slow-backend"), [](Scenario &scenario) {
        scenario.truth = Truth::Modelled;
        scenario.machine.poolThreads = 1000;
        scenario.load.clients = 3000;
        scenario.load.seconds = 1;
    });
    runToEnd();
    QVERIFY(servers().cards().at(1)->record().lanes.laneCount() > 600);
    shoot(QStringLiteral("lanes"), QStringLiteral("A thousand lanes"));
}

void ServersScreenshotsTest::sweep()
{
    open(QStringLiteral("slow-backend"), [](Scenario &scenario) {
        scenario.truth = Truth::Modelled;
        scenario.load.seconds = 1;
    });
    m_window->commands().sweep->trigger();
    QTRY_VERIFY(servers().sweep().isVisible());
    show(servers().sweep());
    shoot(QStringLiteral("sweep-start"), QStringLiteral("A sweep before it begins"));
    servers().sweep().findChild<QSpinBox *>()->setValue(6);
    servers().sweep().start();
    QTRY_VERIFY_WITH_TIMEOUT(!servers().sweep().isLive(), kPatience);
    QVERIFY2(servers().sweep().process().report(), qPrintable(servers().sweep().process().failure()));
    show(servers().sweep());
    shoot(QStringLiteral("sweep"), QStringLiteral("A sweep"));
}

void ServersScreenshotsTest::comparison()
{
    const auto modelled = [](Scenario &scenario) { scenario.truth = Truth::Modelled; };
    open(QStringLiteral("slow-backend"), modelled);
    runToEnd();
    const QString before = m_folder.filePath(QStringLiteral("before.jsonl"));
    QVERIFY(servers().saveRun(before));
    open(QStringLiteral("slow-backend"), [&](Scenario &scenario) {
        modelled(scenario);
        scenario.load.clients = 500;
    });
    runToEnd();
    QVERIFY(servers().compareWith(before));
    shoot(QStringLiteral("comparison"), QStringLiteral("Two runs beside each other"));
}

void ServersScreenshotsTest::whatGoesWrong_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<Truth>("truth");
    QTest::newRow("throws") << QByteArray("const settings = undefined;\nconsole.log(settings.port);\n") << Truth::Simulated;
    QTest::newRow("never-listens") << QByteArray("setTimeout(() => {}, 10);\n") << Truth::Simulated;
    QTest::newRow("syntax") << QByteArray("require('http').createServer((request, response => response.end()).listen(0);\n")
                            << Truth::Modelled;
}

void ServersScreenshotsTest::whatGoesWrong()
{
    QFETCH(const QByteArray, script);
    QFETCH(const Truth, truth);
    QFile file(m_folder.filePath(QStringLiteral("wrong.js")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(script) > 0);
    file.close();
    open(QStringLiteral("slow-backend"), [&](Scenario &scenario) {
        scenario.script = file.fileName();
        scenario.title = QStringLiteral("My server");
        scenario.truth = truth;
        scenario.load.seconds = 0.5;
    });
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!servers().session().isLive(), kPatience);
    QTRY_VERIFY(servers().isUpToDate());
    shoot(QStringLiteral("wrong-") + QString::fromUtf8(QTest::currentDataTag()), QStringLiteral("A script that cannot be a server"));
}

void ServersScreenshotsTest::brokenScenario()
{
    const QString path = m_folder.filePath(QStringLiteral("broken.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"script": "server.js", "machine": {"poolThreads": 0}})");
    file.close();
    QVERIFY(!m_window->openScenario(path));
    shoot(QStringLiteral("broken"), QStringLiteral("A scenario that is none"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ServersScreenshotsTest)
#include "ServersScreenshotsTest.moc"
