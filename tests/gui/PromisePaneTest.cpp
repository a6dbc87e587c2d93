// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The promise graph in the real window, on the recording of a real script: it follows the cursor, answers mouse and keys, and says in
// words what it shows.
#include "promises/PromisePane.h"
#include "MainWindow.h"
#include "StepWorkspace.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "promises/PromiseGraphView.h"
#include "session/Stepper.h"
#include "theme/Theme.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QProcess>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

namespace {

constexpr auto kScript = "const sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n" // 1
                         "async function load() {\n" // 2
                         "  await sleep(3);\n" // 3
                         "  return 1;\n" // 4
                         "}\n" // 5
                         "load().then(function show() {\n" // 6
                         "  return sleep(2);\n" // 7
                         "}).then(function last() {\n" // 8
                         "  sleep(5);\n" // 9
                         "});\n" // 10
                         "for (let i = 0; i < 200; ++i) sleep(1).then(function tiny() {});\n"; // 11

} // namespace

class PromisePaneTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void showsThePromisesOfTheMoment();
    void stepsMarkWhatChanged();
    void clickAsksWhyAndDoubleClickShowsTheSource();
    void keysWalkAlongTheLinks();
    void filterAndFocus();
    void warningsAreSaid();
    void zoomsAndScrolls();
    void hiddenViewCatchesUp();
    void promisesOfTheModuleLoaderAreAskedFor();

private:
    bool record(const QString &name, const QByteArray &script) const;
    quint32 itemOf(const QString &label) const;
    QPoint centreOf(quint32 item) const;
    void stopAt(EventKind kind, const QString &label);
    PromiseGraphView &view() const { return *m_pane->graphView(); }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
    PromisePane *m_pane = nullptr;
};

void PromisePaneTest::initTestCase()
{
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    QVERIFY(record(QStringLiteral("s.js"), kScript));
}

/// Runs a script into a recording beside it, "s.js" into "s.js.lscope".
bool PromisePaneTest::record(const QString &name, const QByteArray &script) const
{
    const QString path = m_folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
        return false;
    file.close();
    QProcess runner;
    runner.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("run"), path, QStringLiteral("--record"), path + QStringLiteral(".lscope")});
    return runner.waitForFinished(60'000) && runner.exitCode() == 0;
}

void PromisePaneTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_pane = m_window->findChild<PromisePane *>();
    QVERIFY(m_pane != nullptr && m_pane->isVisible());
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("s.js.lscope"))));
    QTRY_VERIFY(view().picture().total > 400);
}

quint32 PromisePaneTest::itemOf(const QString &label) const
{
    const PromisePicture &picture = view().picture();
    for (quint32 i = 0; i < picture.items.size(); ++i) {
        if (view().model().label(picture.items[i].node) == label)
            return i;
    }
    return noItem;
}

QPoint PromisePaneTest::centreOf(quint32 item) const
{
    const QPointF scrolled(view().horizontalScrollBar()->value(), view().verticalScrollBar()->value());
    return (view().geometryOfItems().centre(view().layoutOfItems().places[item]) - scrolled).toPoint();
}

/// Puts the cursor right behind the first event of that kind about the promise with that label.
void PromisePaneTest::stopAt(EventKind kind, const QString &label)
{
    const PromiseNode node = view().model().graph().nodes()[view().picture().items[itemOf(label)].node];
    m_window->stepper().setCursor(kind == EventKind::PromiseCreated ? node.created + 1 : node.settled + 1);
}

void PromisePaneTest::showsThePromisesOfTheMoment()
{
    QVERIFY(view().picture().isGrouped);
    QVERIFY(view().picture().items.size() < 20);
    QVERIFY(itemOf(QStringLiteral("tiny")) != noItem);
    QCOMPARE(view().picture().items[itemOf(QStringLiteral("tiny"))].count, 200U);
    stopAt(EventKind::PromiseCreated, QStringLiteral("show"));
    QCOMPARE(view().picture().total, size_t(3)); // sleep, load() and this one
    QCOMPARE(view().picture().pending, size_t(3));
    m_window->stepper().toStart();
    QCOMPARE(view().picture().total, size_t(0));
    QVERIFY(view().accessibleDescription().contains(QStringLiteral("appear here")));
}

void PromisePaneTest::stepsMarkWhatChanged()
{
    stopAt(EventKind::PromiseFulfilled, QStringLiteral("load()"));
    m_window->commands().previousEvent->trigger();
    QCOMPARE(view().picture().items[itemOf(QStringLiteral("load()"))].outcome(), PromiseOutcome::Pending);
    m_window->commands().nextEvent->trigger();
    const PromiseItem &load = view().picture().items[itemOf(QStringLiteral("load()"))];
    QVERIFY(load.isChanged);
    QCOMPARE(load.outcome(), PromiseOutcome::Fulfilled);
    m_window->commands().nextEvent->trigger(); // its reaction is queued
    const auto &edges = view().picture().edges;
    const quint32 show = itemOf(QStringLiteral("show"));
    const auto queued =
        std::find_if(edges.begin(), edges.end(), [&](const PromiseEdge &edge) { return edge.to == show && edge.isChanged; });
    QVERIFY(queued != edges.end());
    QCOMPARE(queued->reaction, JobStage::Queued);
    QCOMPARE(queued->reactionTurn, 1U);
}

void PromisePaneTest::clickAsksWhyAndDoubleClickShowsTheSource()
{
    stopAt(EventKind::PromiseCreated, QStringLiteral("last"));
    const quint32 load = itemOf(QStringLiteral("load()"));
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, centreOf(load));
    QVERIFY(view().selected() != 0);
    const QString why = m_window->workspace().whyPanel()->toPlainText();
    QVERIFY2(why.contains(QStringLiteral("load")) && why.contains(QStringLiteral("ts function stands at")), qPrintable(why));
    QVERIFY(view().accessibleDescription().contains(QStringLiteral("load()")));
    QTest::mouseDClick(view().viewport(), Qt::LeftButton, {}, centreOf(load));
    int line = 0;
    int column = 0;
    m_window->editor().getCursorPosition(&line, &column);
    QCOMPARE(line, 1);
}

void PromisePaneTest::keysWalkAlongTheLinks()
{
    stopAt(EventKind::PromiseFulfilled, QStringLiteral("load()"));
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_Home);
    QVERIFY(view().selected() != 0);
    const auto selected = [&] { return view().model().label(*view().model().graph().find(view().selected())); };
    QCOMPARE(selected(), QStringLiteral("load()"));
    QTest::keyClick(&view(), Qt::Key_Right);
    QCOMPARE(selected(), QStringLiteral("show"));
    QTest::keyClick(&view(), Qt::Key_Right);
    QCOMPARE(selected(), QStringLiteral("last"));
    QTest::keyClick(&view(), Qt::Key_Left);
    QCOMPARE(selected(), QStringLiteral("show"));
    QTest::keyClick(&view(), Qt::Key_Down);
    QCOMPARE(selected(), QStringLiteral("sleep"));
    QTest::keyClick(&view(), Qt::Key_Escape);
    QCOMPARE(view().selected(), 0U);
}

void PromisePaneTest::filterAndFocus()
{
    auto *words = m_pane->findChild<QLineEdit *>();
    QTest::keyClicks(words, QStringLiteral("tiny"));
    QCOMPARE(view().picture().shown, size_t(200));
    QTest::keyClick(words, Qt::Key_Escape);
    QVERIFY(view().picture().shown > 400);
    QTest::keyClicks(words, QStringLiteral("nothing like this"));
    QVERIFY(view().picture().items.empty());
    QVERIFY(view().accessibleDescription().contains(QStringLiteral("Esc")));
    QTest::keyClick(words, Qt::Key_Escape);
    const quint32 last = itemOf(QStringLiteral("last"));
    view().setFocus();
    m_pane->setSelectedItem(view().model().graph().nodes()[view().picture().items[last].node].id);
    QTest::keyClick(&view(), Qt::Key_F);
    QCOMPARE(view().picture().shown, size_t(5)); // two sleeps, load(), show, last
    QTest::keyClick(&view(), Qt::Key_Escape);
    QVERIFY(view().picture().shown > 400);
    // On a group it shows each of them.
    m_pane->setSelectedItem(view().model().graph().nodes()[view().picture().items[itemOf(QStringLiteral("tiny"))].node].id);
    QTest::keyClick(&view(), Qt::Key_F);
    QCOMPARE(view().picture().items.size(), size_t(200));
    QTest::keyClick(&view(), Qt::Key_Escape);
    QVERIFY(view().picture().shown > 400);
    m_pane->setOnly(PromiseChoice::Only::Warned);
    QCOMPARE(view().picture().shown, size_t(1));
}

void PromisePaneTest::warningsAreSaid()
{
    QVERIFY2(m_pane->remark().contains(QStringLiteral("Missing return")), qPrintable(m_pane->remark()));
    QSignalSpy selections(m_pane, &StepView::itemSelected);
    view().setFocus();
    QTest::keyClick(&view(), Qt::Key_W);
    QCOMPARE(selections.size(), 1);
    QCOMPARE(view().model().label(*view().model().graph().find(view().selected())), QStringLiteral("last"));
    stopAt(EventKind::PromiseCreated, QStringLiteral("last"));
    QVERIFY(!m_pane->remark().contains(QStringLiteral("Missing return")));
}

void PromisePaneTest::zoomsAndScrolls()
{
    m_pane->setGrouping(PromiseChoice::Grouping::Never);
    QVERIFY(view().verticalScrollBar()->maximum() > 1000);
    const qreal before = view().zoom();
    QTest::keyClick(&view(), Qt::Key_Plus);
    QVERIFY(view().zoom() > before);
    QTest::keyClick(&view(), Qt::Key_0);
    QVERIFY(view().zoom() < 0.5);
    QTest::keyClick(&view(), Qt::Key_1);
    QCOMPARE(view().zoom(), 1.0);
    // What is selected comes into sight.
    const quint32 lowest = view().layoutOfItems().itemsOfRow.back().front();
    m_pane->setSelectedItem(view().model().graph().nodes()[view().picture().items[lowest].node].id);
    QVERIFY(view().viewport()->rect().contains(centreOf(lowest)));
}

void PromisePaneTest::hiddenViewCatchesUp()
{
    auto *dock = qobject_cast<QDockWidget *>(m_pane->parentWidget());
    QVERIFY(dock != nullptr);
    dock->hide();
    m_window->stepper().toStart();
    QVERIFY(view().picture().total > 0);
    dock->show();
    QTRY_COMPARE(view().picture().total, size_t(0));
    // Behind another tab it does not work in vain either.
    m_window->commands().findEvent->trigger();
    QTRY_VERIFY(view().visibleRegion().isEmpty());
    m_window->stepper().toEnd();
    QCOMPARE(view().picture().total, size_t(0));
    dock->raise();
    QTRY_VERIFY(view().picture().total > 0);
}

void PromisePaneTest::promisesOfTheModuleLoaderAreAskedFor()
{
    QVERIFY(record(QStringLiteral("m.mjs"), "await 1;\nPromise.resolve(2).then(function seen() {});\n"));
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("m.mjs.lscope"))));
    QTRY_VERIFY(itemOf(QStringLiteral("seen")) != noItem);
    QVERIFY(view().picture().total <= 3); // the two of line 2, and at most the module's own
    QVERIFY(view().picture().warnings.empty());
    m_pane->setShowsInner(true);
    QVERIFY(view().picture().total > 10);
}

} // namespace loopscope

QTEST_MAIN(loopscope::PromisePaneTest)
#include "PromisePaneTest.moc"
