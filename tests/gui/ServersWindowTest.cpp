// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Servers workspace in the real window, beside a runner that says what the test wants it to say.
#include "MainWindow.h"
#include "SampleStream.h"
#include "StepWorkspace.h"
#include "loopview/LoopView.h"
#include "servers/ComparisonCard.h"
#include "servers/FigureChart.h"
#include "servers/FigureTableDialog.h"
#include "servers/FollowCard.h"
#include "servers/FollowView.h"
#include "servers/HistogramChart.h"
#include "servers/KnobSlider.h"
#include "servers/LabPanel.h"
#include "servers/LaneView.h"
#include "servers/ModelCard.h"
#include "servers/RunComparison.h"
#include "servers/ServersBar.h"
#include "servers/ServersStatus.h"
#include "servers/ServersView.h"
#include "servers/SweepCard.h"
#include "servers/SweepChart.h"
#include "servers/VerdictView.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSlider>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

class ServersWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void workspacesKeepTheirViews();
    void runIsShown();
    void runEndsWithVerdictAndLaw();
    void requestIsFollowed();
    void knobsActDuringTheRun();
    void stopEndsTheRun();
    void problemsStandWhereTheyHappened_data();
    void problemsStandWhereTheyHappened();
    void scenarioIsSavedAndOpened();
    void runIsSavedAndOpened();
    void brokenScenarioIsASentence();
    void scriptBecomesTheServer();
    void nothingToRunIsSaid();
    void sweepIsDrawn();
    void sweepDrawsPointsAsTheyCome();
    void sweepSaysWhyItFailed();
    void runsAreCompared();
    void runIsExported_data();
    void runIsExported();
    void exactValuesAreTyped();
    void lanesAreUsedFromTheKeyboard();
    void chartsAreReadFromTheKeyboard();
    void requestIsChosenByWhatItWasLike();
    void barNamesTheServer();
    void valuesAreATable();
    void threadsAreATable();
    void deathIsDrawnAndSaid();
    void cardsAreToldInWords();

private:
    /// What the runner does when it is started: a shell script's body; the stream's file is "$STREAM", standard input goes to "$HEARD".
    void runnerDoes(const QByteArray &body);
    ServersView &servers() { return m_window->servers(); }
    ComparisonProcess &session() { return servers().session(); }
    QByteArray heard() const;
    void openSample();

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void ServersWindowTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true); // presets are placed in the cache
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    QFile script(m_folder.filePath(QStringLiteral("server.js")));
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("require('http').createServer((request, response) => response.end('yes')).listen(0);\n");
    QFile stream(m_folder.filePath(QStringLiteral("stream.jsonl")));
    QVERIFY(stream.open(QIODevice::WriteOnly));
    stream.write(SampleStream::lines({.seconds = 3, .poolThreads = 16, .spansASecond = 40, .ends = true}));
}

void ServersWindowTest::init()
{
    QFile::remove(m_folder.filePath(QStringLiteral("heard")));
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ServersWindowTest::cleanup() { m_window.reset(); }

void ServersWindowTest::runnerDoes(const QByteArray &body)
{
    const QString path = m_folder.filePath(QStringLiteral("runner"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("#!/bin/sh\nSTREAM='" + m_folder.filePath(QStringLiteral("stream.jsonl")).toLocal8Bit() + "'\nHEARD='"
        + m_folder.filePath(QStringLiteral("heard")).toLocal8Bit() + "'\n" + body + '\n');
    file.close();
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    qputenv("LOOPSCOPE_RUNNER", path.toLocal8Bit());
}

QByteArray ServersWindowTest::heard() const
{
    QFile file(m_folder.filePath(QStringLiteral("heard")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void ServersWindowTest::openSample()
{
    Scenario scenario = SampleStream::scenario();
    scenario.script = m_folder.filePath(QStringLiteral("server.js"));
    const QString path = m_folder.filePath(QStringLiteral("scenario.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(scenario.toJson()).toJson());
    file.close();
    QVERIFY2(m_window->openScenario(path), qPrintable(m_window->banner().sentence()));
    QVERIFY(m_window->showsServers());
}

void ServersWindowTest::workspacesKeepTheirViews()
{
    const auto places = [this] {
        QList<QRect> all;
        for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>())
            all << (dock->isVisible() ? dock->geometry() : QRect());
        return all;
    };
    QTest::qWait(50); // until the docks have settled
    const QList<QRect> before = places();
    m_window->commands().serversWorkspace->trigger();
    QVERIFY(servers().isVisible());
    QVERIFY(servers().hasScript()); // a preset to begin with
    QVERIFY(!m_window->workspace().loopView()->isEnabled());
    QVERIFY(!m_window->commands().nextEvent->isEnabled());
    m_window->commands().stepWorkspace->trigger();
    QVERIFY(!servers().isVisible());
    QVERIFY(m_window->workspace().loopView()->isEnabled());
    QVERIFY(m_window->commands().nextEvent->isEnabled());
    QTRY_COMPARE(places(), before);
}

void ServersWindowTest::runIsShown()
{
    runnerDoes("cat \"$STREAM\"");
    openSample();
    QCOMPARE(servers().cards().size(), 3);
    m_window->commands().run->trigger();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Ended);
    QTRY_VERIFY(servers().isUpToDate());
    QCOMPARE(servers().cards().size(), 3);
    const ModelCard &pool = *servers().cards().at(1);
    QCOMPARE(pool.record().lanes.laneCount(), 16);
    QVERIFY2(pool.facts().contains(QStringLiteral("64 threads")), qPrintable(pool.facts()));
    for (const FigureChart *chart : servers().findChildren<FigureChart *>())
        QVERIFY(chart->findChild<QWidget *>(QStringLiteral("labChart"))->isVisibleTo(chart));
}

void ServersWindowTest::runEndsWithVerdictAndLaw()
{
    runnerDoes("cat \"$STREAM\"");
    openSample();
    QVERIFY(servers().verdict().text().contains(QStringLiteral("waits 20 ms")));
    servers().run();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Ended);
    QTRY_VERIFY(servers().isUpToDate());
    QVERIFY(servers().verdict().text().contains(QStringLiteral("keeps p99 at 24 ms")));
    QVERIFY(servers().verdict().text().contains(QStringLiteral("queue grows")));
    QVERIFY2(servers().status().text().contains(QStringLiteral("off by 0.1 %")), qPrintable(servers().status().text()));
}

void ServersWindowTest::requestIsFollowed()
{
    runnerDoes("cat \"$STREAM\"");
    openSample();
    servers().run();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Ended);
    m_window->commands().followRequest->trigger();
    auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(field != nullptr);
    QTest::keyClicks(field, QStringLiteral("4711"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(servers().followed().request(), 4711);
    servers().followed().setFocus();
    QTest::keyClick(&servers().followed(), Qt::Key_Right);
    QTest::keyClick(&servers().followed(), Qt::Key_Down);
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&servers().followed(), Qt::Key_Right);
    const QString told = servers().followed().accessibleDescription();
    QVERIFY2(told.contains(QStringLiteral("thread pool: waiting (GET backend.example/user/7)")), qPrintable(told));
}

void ServersWindowTest::knobsActDuringTheRun()
{
    runnerDoes("echo \"$*\" > \"$HEARD\"; head -n 40 \"$STREAM\"; while read -r line; do echo \"$line\" >> \"$HEARD\"; case \"$line\" in "
               "*stop*) tail -n 8 "
               "\"$STREAM\"; exit 0;; esac; done");
    openSample();
    servers().run();
    QTRY_VERIFY(!session().record().isEmpty() && session().record().models().front()->newest);
    servers().panel().knob(QStringLiteral("rate"))->field().setValue(2500);
    servers().panel().knob(QStringLiteral("poolThreads"))->slider().setValue(300);
    QTRY_VERIFY2(heard().contains("\"rate\":2500"), heard());
    QTRY_VERIFY2(heard().contains("\"model\":\"thread-pool\"") && heard().contains("\"threads\":"), heard());
    QVERIFY2(heard().contains("--stream --pace 1"), heard());
    QCOMPARE(servers().panel().scenario().load.rate, 2500.0);
    servers().follow(12);
    QTRY_VERIFY2(heard().contains("\"follow\":12"), heard());
    servers().stop();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Ended);
}

void ServersWindowTest::stopEndsTheRun()
{
    runnerDoes("head -n 40 \"$STREAM\"; trap '' TERM; while true; do sleep 0.1; done"); // does not listen
    openSample();
    servers().run();
    QTRY_VERIFY(!session().record().isEmpty() && session().record().models().front()->newest);
    QVERIFY(m_window->commands().stop->isEnabled());
    m_window->commands().stop->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(session().state(), ComparisonProcess::State::Failed, 10'000);
    QVERIFY(session().failure().contains(QStringLiteral("did not react")));
    QVERIFY(session().record().models().front()->newest); // what it told stays
}

void ServersWindowTest::problemsStandWhereTheyHappened_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("refused") << QByteArray("echo 'loopscope: the script never listens.' >&2; exit 2")
                             << QStringLiteral("The script never listens.");
    QTest::newRow("silent") << QByteArray("exit 3") << QStringLiteral("exit code 3");
    QTest::newRow("crashed") << QByteArray("head -n 20 \"$STREAM\"; kill -SEGV $$") << QStringLiteral("without warning");
    QTest::newRow("no messages") << QByteArray("echo nonsense; exit 1") << QStringLiteral("no JSON");
}

void ServersWindowTest::problemsStandWhereTheyHappened()
{
    QFETCH(const QByteArray, body);
    QFETCH(const QString, sentence);
    runnerDoes(body);
    openSample();
    servers().run();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Failed);
    QVERIFY2(servers().verdict().text().contains(sentence), qPrintable(servers().verdict().text()));
    QVERIFY(m_window->commands().run->isEnabled());
}

void ServersWindowTest::scenarioIsSavedAndOpened()
{
    openSample();
    servers().panel().knob(QStringLiteral("ioMilliseconds"))->field().setValue(12.5);
    const QString path = m_folder.filePath(QStringLiteral("saved.json"));
    QVERIFY(servers().saveScenario(path));
    QVERIFY(servers().openPreset(QStringLiteral("rest-api")));
    QVERIFY(servers().panel().scenario().extra.ioMilliseconds != 12.5);
    QVERIFY(m_window->openFile(path));
    QCOMPARE(servers().panel().scenario().extra.ioMilliseconds, 12.5);
    QCOMPARE(servers().panel().knob(QStringLiteral("ioMilliseconds"))->value(), 12.5);
}

void ServersWindowTest::runIsSavedAndOpened()
{
    runnerDoes("cat \"$STREAM\"");
    openSample();
    servers().run();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Ended);
    const QString path = m_folder.filePath(QStringLiteral("kept.jsonl"));
    QVERIFY(servers().saveRun(path));
    QVERIFY(servers().saveRun(path)); // over itself
    const QString folder = m_folder.path();
    QVERIFY(!servers().saveRun(folder));
    QVERIFY2(m_window->banner().sentence().contains(folder), qPrintable(m_window->banner().sentence()));
    QVERIFY(!servers().saveRun(QStringLiteral("/dev/full")));
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("No space left")), qPrintable(m_window->banner().sentence()));
    QVERIFY(servers().openPreset(QStringLiteral("rest-api")));
    QVERIFY(session().record().isEmpty());
    QVERIFY(m_window->openFile(path));
    QTRY_VERIFY(servers().isUpToDate());
    QCOMPARE(session().state(), ComparisonProcess::State::Ended);
    QCOMPARE(session().record().models().size(), std::size_t(3));
    QVERIFY(servers().verdict().text().contains(QStringLiteral("keeps p99 at 24 ms")));
}

void ServersWindowTest::brokenScenarioIsASentence()
{
    const QString path = m_folder.filePath(QStringLiteral("broken.json"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"script\": \"server.js\", \"load\": {\"clients\": 0}}");
    file.close();
    QVERIFY(!m_window->openScenario(path));
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("clients")), qPrintable(m_window->banner().sentence()));
}

void ServersWindowTest::scriptBecomesTheServer()
{
    const QString script = m_folder.filePath(QStringLiteral("server.js"));
    QVERIFY(m_window->openFile(script));
    m_window->commands().serveScript->trigger();
    QVERIFY(m_window->showsServers());
    QCOMPARE(servers().panel().scenario().script, QFileInfo(script).canonicalFilePath());
}

void ServersWindowTest::nothingToRunIsSaid()
{
    openSample();
    for (QCheckBox *box : servers().panel().findChildren<QCheckBox *>())
        box->setChecked(false);
    servers().run();
    QVERIFY(m_window->banner().sentence().contains(QStringLiteral("No model")));
    QCOMPARE(session().state(), ComparisonProcess::State::Empty);
}

void ServersWindowTest::sweepIsDrawn()
{
    const QString report = m_folder.filePath(QStringLiteral("sweep.json"));
    QVERIFY(SampleStream::sweep().write(report).isEmpty());
    // "-o FILE" comes last.
    runnerDoes("echo \"$*\" > \"$HEARD\"; echo 'loopscope: 3/15 clients = 10' >&2; for last; do :; done; cp '" + report.toLocal8Bit()
        + "' \"$last\"");
    openSample();
    m_window->commands().sweep->trigger();
    QTRY_VERIFY(servers().sweep().isVisible());
    servers().sweep().start();
    QTRY_VERIFY(!servers().sweep().isLive());
    QVERIFY2(heard().contains("--over rate --from 400 --to 40000 --steps 10"), heard());
    QVERIFY2(servers().sweep().process().report(), qPrintable(servers().sweep().process().failure()));
    QVERIFY2(servers().sweep().text().contains(QStringLiteral("thread pool (simulated)")), qPrintable(servers().sweep().text()));
    for (const SweepChart *chart : servers().sweep().charts())
        QCOMPARE(chart->markCount(), 2); // the pool bends, and breaks
}

void ServersWindowTest::sweepDrawsPointsAsTheyCome()
{
    SweepReport report = SampleStream::sweep();
    report.points.resize(report.points.size() / 2);
    const QString file = m_folder.filePath(QStringLiteral("half.json"));
    QVERIFY(report.write(file).isEmpty());
    runnerDoes("for last; do :; done; cp '" + file.toLocal8Bit()
        + "' \"$last\"; echo 'loopscope: 7/15 clients = 10' >&2; trap 'exit 0' TERM; while true; do sleep 0.05; done");
    openSample();
    servers().showSweep();
    servers().sweep().start();
    const SweepChart *chart = servers().sweep().charts().constFirst();
    QTRY_VERIFY(chart->findChild<QWidget *>(QStringLiteral("labChart"))->isVisible());
    QVERIFY(servers().sweep().isLive());
    QCOMPARE(chart->markCount(), 0);
    servers().stop();
    QTRY_VERIFY(!servers().sweep().isLive());
}

void ServersWindowTest::sweepSaysWhyItFailed()
{
    runnerDoes("echo 'loopscope: the script never listens.' >&2; exit 2");
    openSample();
    servers().showSweep();
    servers().sweep().start();
    QTRY_VERIFY(!servers().sweep().isLive());
    QCOMPARE(servers().sweep().text(), QStringLiteral("the script never listens."));
}

void ServersWindowTest::runsAreCompared()
{
    runnerDoes("cat \"$STREAM\"");
    openSample();
    servers().run();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Ended);
    LabReport other;
    other.scenario = session().told()->scenario;
    other.scenario.load.rate = 2000;
    other.results = {SampleStream::result(ServerModel::EventLoop, 3)};
    other.results.front().throughput /= 2;
    const QString path = m_folder.filePath(QStringLiteral("other.json"));
    QVERIFY(other.write(path).isEmpty());
    QVERIFY2(servers().compareWith(path), qPrintable(m_window->banner().sentence()));
    QVERIFY(servers().comparison().isVisible());
    const RunComparison &model = servers().comparison().model();
    QVERIFY(model.rowCount() > 10);
    const QString first = model.data(model.index(0, 0), Qt::AccessibleTextRole).toString();
    QVERIFY2(first.contains(QStringLiteral("throughput: 3,990/s, other run 1,995/s, +100 %")), qPrintable(first));
    QVERIFY(!servers().compareWith(m_folder.filePath(QStringLiteral("server.js"))));
    QVERIFY(!m_window->banner().sentence().isEmpty());
}

void ServersWindowTest::runIsExported_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("holds");
    QTest::newRow("page") << QStringLiteral("run.html") << QByteArray("thread pool");
    QTest::newRow("table") << QStringLiteral("run.csv") << QByteArray("thread-pool,");
    QTest::newRow("report") << QStringLiteral("run.json") << QByteArray("\"verdict\"");
    QTest::newRow("charts") << QStringLiteral("run.svg") << QByteArray("<svg");
    QTest::newRow("unknown") << QStringLiteral("run.xyz") << QByteArray();
}

void ServersWindowTest::runIsExported()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, holds);
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("stream.jsonl"))));
    const QString path = m_folder.filePath(name);
    QCOMPARE(servers().exportTo(path), !holds.isEmpty());
    QFile file(path);
    QVERIFY(holds.isEmpty() || (file.open(QIODevice::ReadOnly) && file.readAll().contains(holds)));
    QVERIFY(!holds.isEmpty() || m_window->banner().sentence().contains(QStringLiteral("run.xyz")));
}

void ServersWindowTest::exactValuesAreTyped()
{
    KnobSlider knob(QStringLiteral("rate"), QStringLiteral("/s"), {1, 100'000, true, true, 1});
    QList<double> told;
    connect(&knob, &KnobSlider::valueChanged, this, [&told](double value) { told << value; });
    knob.field().setValue(1234.5);
    QCOMPARE(knob.value(), 1234.5);
    QVERIFY(std::abs(knob.valueAt(knob.placeOf(1234.5)) - 1234.5) < 1e-6);
    knob.field().setValue(250'000); // beyond the slider
    QCOMPARE(knob.value(), 250'000.0);
    QCOMPARE(knob.slider().value(), knob.slider().maximum());
    knob.slider().setValue(0);
    QCOMPARE(knob.value(), 0.0);
    QTest::keyClick(&knob.slider(), Qt::Key_Right);
    QVERIFY(knob.value() > 0);
    QCOMPARE(told.size(), 4);
}

void ServersWindowTest::lanesAreUsedFromTheKeyboard()
{
    runnerDoes("cat \"$STREAM\"");
    openSample();
    servers().run();
    QTRY_COMPARE(session().state(), ComparisonProcess::State::Ended);
    QTRY_VERIFY(servers().isUpToDate());
    LaneView &lanes = servers().cards().at(1)->lanes();
    lanes.setFocus();
    QTest::keyClick(&lanes, Qt::Key_Down);
    for (int i = 0; i < 6 && servers().followed().request() == 0; ++i) {
        QTest::keyClick(&lanes, Qt::Key_Left);
        QTest::keyClick(&lanes, Qt::Key_Return);
    }
    QVERIFY(lanes.accessibleDescription().contains(QStringLiteral("thread 2")));
    QVERIFY(servers().followed().request() > 0);
}

void ServersWindowTest::chartsAreReadFromTheKeyboard()
{
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("stream.jsonl"))));
    QTRY_VERIFY(servers().isUpToDate());
    QTest::qWait(50); // until the page is laid out
    for (ChartCard *chart : servers().findChildren<ChartCard *>()) {
        if (!chart->isVisible())
            continue; // of the sweep
        auto *view = chart->findChild<QWidget *>(QStringLiteral("labChart"));
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Home);
        const QString first = chart->reading();
        QVERIFY2(!first.isEmpty(), qPrintable(chart->title()));
        QTest::keyClick(view, Qt::Key_Right);
        QVERIFY2(chart->reading() != first, qPrintable(chart->title() + u' ' + first));
        QVERIFY(view->accessibleDescription().contains(QStringLiteral("event loop")));
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(chart->reading().isEmpty());
    }
}

void ServersWindowTest::requestIsChosenByWhatItWasLike()
{
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("stream.jsonl"))));
    QTRY_VERIFY(servers().isUpToDate());
    QCOMPARE(servers().followed().request(), 4711); // the only one that all models told
    servers().followCard().setRequest(12);
    servers().histogram().setFocus();
    QWidget *view = servers().histogram().findChild<QWidget *>(QStringLiteral("labChart"));
    QTest::qWait(50);
    QTest::keyClick(view, Qt::Key_Home);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(servers().followed().request(), 4711);
    servers().followCard().setRequest(12);
    QMenu *menu = servers().followCard().chooser().menu();
    Q_EMIT menu->aboutToShow();
    QVERIFY2(menu->actions().constFirst()->text().contains(QStringLiteral("4,711")), qPrintable(menu->actions().constFirst()->text()));
    menu->actions().constFirst()->trigger();
    QCOMPARE(servers().followed().request(), 4711);
}

void ServersWindowTest::valuesAreATable()
{
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("stream.jsonl"))));
    QTRY_VERIFY(servers().isUpToDate());
    FigureChart *latency = servers().findChildren<FigureChart *>().at(1);
    QCOMPARE(latency->title(), QStringLiteral("latency"));
    auto *view = latency->findChild<QWidget *>(QStringLiteral("labChart"));
    view->setFocus();
    QTest::keyClick(view, Qt::Key_T);
    auto *dialog = m_window->findChild<FigureTableDialog *>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QCOMPARE(dialog->view().model()->rowCount(), 3 * 30); // models, samples
    QTest::keyClick(&dialog->view(), Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 1 + 90 + 1);
    QCOMPARE(lines.at(0), QStringLiteral("model\ttime (s)\tp50 (ms)\tp90 (ms)\tp99 (ms)\tp99.9 (ms)"));
    const LabSample first = SampleStream::sample(ServerModel::EventLoop, 0.1);
    const QStringList cells = lines.at(1).split(u'\t');
    QCOMPARE(cells.at(0), QStringLiteral("event loop"));
    QVERIFY2(std::abs(cells.at(4).toDouble() - first.latency.p99 * 1e3) < 1e-5, qPrintable(lines.at(1)));
    // Sorted by the p99, the greatest first: the pool's last one.
    dialog->view().setCurrentIndex(dialog->view().model()->index(0, 4));
    QTest::keyClick(&dialog->view(), Qt::Key_S);
    dialog->view().selectRow(0);
    const QString chosen = dialog->copiedText();
    QCOMPARE(chosen.count(u'\n'), 2);
    QVERIFY2(chosen.section(u'\n', 1, 1).startsWith(QLatin1String("thread pool\t3\t")), qPrintable(chosen));
    dialog->close();
    QTRY_VERIFY(m_window->findChild<FigureTableDialog *>() == nullptr);
    servers().histogram().showTable();
    dialog = m_window->findChild<FigureTableDialog *>();
    QVERIFY(dialog->view().model()->rowCount() > 30);
    dialog->close();
}

void ServersWindowTest::threadsAreATable()
{
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("stream.jsonl"))));
    QTRY_VERIFY(servers().isUpToDate());
    auto *button = servers().cards().at(1)->findChild<QToolButton *>(QStringLiteral("threadTable"));
    QVERIFY(button->isVisible());
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    auto *dialog = m_window->findChild<FigureTableDialog *>();
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->view().model()->rowCount(), 16);
    dialog->view().sortByColumn(0, Qt::AscendingOrder);
    QCOMPARE(dialog->view().model()->index(1, 0).data().toString(), QStringLiteral("thread 2")); // not 10
    servers().openPreset(QStringLiteral("rest-api")); // the card goes, what it told stays
    QTRY_COMPARE(dialog->view().model()->rowCount(), 16);
    dialog->close();
}

void ServersWindowTest::deathIsDrawnAndSaid()
{
    const QString path = m_folder.filePath(QStringLiteral("death.jsonl"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QByteArray lines = SampleStream::lines({.seconds = 2, .poolThreads = 4, .spansASecond = 40, .ends = false});
    for (const ServerModel model : SampleStream::scenario().models) {
        LabResult result = SampleStream::result(model, 2);
        if (model == ServerModel::EventLoop) {
            result.death = QStringLiteral("the handler threw");
            result.lostToDeath = 3;
        }
        lines += LabJson::line(result);
    }
    file.write(lines + LabJson::line(LabEnd{false, 1}));
    file.close();
    QVERIFY(m_window->openFile(path));
    QTRY_VERIFY(servers().isUpToDate());
    const LaneView &dead = servers().cards().at(0)->lanes();
    QCOMPARE(dead.textAt(0, 2.01), QStringLiteral("the server died at 2.0000 s"));
    QVERIFY(servers().cards().at(1)->lanes().textAt(0, 2.01).isEmpty());
    QVERIFY(dead.textAt(0, 1.95).contains(QStringLiteral("thread 1")));
    // The mark lies within what is shown.
    const auto hasMark = [](const LaneView &lanes) {
        const QImage picture = lanes.viewport()->grab().toImage();
        for (int x = 0; x < picture.width(); ++x) {
            if (picture.pixelColor(x, picture.height() - 1) == Theme::current().palette().error)
                return true;
        }
        return false;
    };
    QVERIFY(hasMark(dead));
    QVERIFY(!hasMark(servers().cards().at(1)->lanes()));
}

void ServersWindowTest::cardsAreToldInWords()
{
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("stream.jsonl"))));
    QTRY_VERIFY(servers().isUpToDate());
    const ModelCard &pool = *servers().cards().at(1);
    QCOMPARE(pool.accessibleName(), QStringLiteral("thread pool, simulated · over"));
    QVERIFY2(pool.accessibleDescription().contains(QStringLiteral("3,201 requests a second, p99 570 ms")),
        qPrintable(pool.accessibleDescription()));
    QStringList figures;
    for (const QLabel *label : pool.findChildren<QLabel *>(QStringLiteral("labFigure")))
        figures << label->accessibleName();
    QCOMPARE(figures.at(1), QStringLiteral("thread pool, p99 of the run: 570 ms"));
}

void ServersWindowTest::barNamesTheServer()
{
    openSample();
    const auto *name = m_window->findChild<QLabel *>(QStringLiteral("fileName"));
    QCOMPARE(name->text(), QStringLiteral("server.js"));
    QVERIFY2(m_window->windowTitle().contains(SampleStream::scenario().title), qPrintable(m_window->windowTitle()));
    m_window->commands().stepWorkspace->trigger();
    QVERIFY(name->text() != QStringLiteral("server.js"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ServersWindowTest)
#include "ServersWindowTest.moc"
