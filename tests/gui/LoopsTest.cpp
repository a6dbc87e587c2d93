// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A run with several loops: the views show the one in which something happened, or always the chosen one.
#include "MainWindow.h"
#include "StepWorkspace.h"
#include "loopview/LoopView.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "state/EventText.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int patience = 30'000; // ms
const char *const script = "const { Worker, isMainThread, parentPort } = require('worker_threads');\n"
                           "if (isMainThread) {\n"
                           "  new Worker(__filename, { name: 'adder' }).on('message', function told(m) { console.log(m); });\n"
                           "} else {\n"
                           "  setTimeout(function add() { parentPort.postMessage(1 + 1); }, 5);\n"
                           "}\n";

} // namespace

class LoopsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void followsWhatHappens();
    void staysAtTheChosenOne();
    void menuListsThem();
    void whyNamesTheLoop();

private:
    /// The cursor at which a function runs.
    quint64 momentOf(const QString &function) const;
    StepWorkspace &workspace() { return m_window->workspace(); }
    const LoopContents &loop() { return workspace().loopView()->contents(); }

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void LoopsTest::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    Theme::current().install(*qApp);
    qputenv("LOOPSCOPE_RUNNER", qgetenv("LOOPSCOPE_BIN") + "/loopscope");
    QFile file(m_folder.filePath(QStringLiteral("main.js")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(script);
    file.close();
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->show();
    QVERIFY(m_window->openFile(file.fileName()));
    m_window->runFromStart();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isCaughtUp(), patience);
}

quint64 LoopsTest::momentOf(const QString &function) const
{
    const RecordingReader &reader = *m_window->session().reader();
    for (quint64 index = 0; index < reader.eventCount(); ++index) {
        const Event event = reader.event(index);
        if (event.kind == EventKind::CallEntered && m_window->session().text()->functionName(event.site) == function)
            return index + 1;
    }
    return 0;
}

void LoopsTest::followsWhatHappens()
{
    const quint64 adds = momentOf(QStringLiteral("add"));
    QVERIFY(adds > 0);
    m_window->stepper().setCursor(adds);
    QCOMPARE(workspace().shownState()->loop, quint16(1));
    QCOMPARE(loop().frames.front().name, QStringLiteral("add"));
    m_window->stepper().setCursor(momentOf(QStringLiteral("told")));
    QCOMPARE(workspace().shownState()->loop, quint16(0));
    QCOMPARE(loop().frames.front().name, QStringLiteral("told"));
}

void LoopsTest::staysAtTheChosenOne()
{
    workspace().showLoop(quint16(0));
    m_window->stepper().setCursor(momentOf(QStringLiteral("add")));
    QCOMPARE(workspace().shownState()->loop, quint16(0));
    QVERIFY(loop().frames.empty());
    // What poll waits for.
    const auto &watched = loop().kernel.items;
    QVERIFY(std::any_of(watched.begin(), watched.end(), [](const LoopItem &item) { return item.name == QStringLiteral("worker adder"); }));
    m_window->commands().nextLoop->trigger();
    QCOMPARE(workspace().chosenLoop(), std::optional<quint16>(1));
    m_window->stepper().toEnd();
    QCOMPARE(workspace().shownState()->loop, quint16(1));
    QCOMPARE(loop().frameNote, QStringLiteral("this loop has ended"));
    m_window->stepper().toStart();
    QCOMPARE(loop().frameNote, QStringLiteral("this loop has not started yet"));
    m_window->commands().nextLoop->trigger();
    QVERIFY(!workspace().chosenLoop());
}

void LoopsTest::menuListsThem()
{
    m_window->stepper().toStart();
    QMenu menu;
    workspace().fillLoops(menu);
    QStringList texts;
    for (const QAction *action : menu.actions()) {
        if (!action->isSeparator())
            texts << action->text();
    }
    QCOMPARE(texts.size(), 3);
    QCOMPARE(texts.last(), QStringLiteral("worker adder (not started yet)"));
}

void LoopsTest::whyNamesTheLoop()
{
    m_window->stepper().setCursor(momentOf(QStringLiteral("add")));
    const QString why = workspace().whyPanel()->toPlainText();
    QVERIFY2(why.contains(QStringLiteral("In worker adder")), qPrintable(why));
    // A message says where it came from.
    m_window->stepper().setCursor(momentOf(QStringLiteral("told")));
    QVERIFY2(workspace().whyPanel()->toPlainText().contains(QStringLiteral("a message from worker adder")),
        qPrintable(workspace().whyPanel()->toPlainText()));
}

} // namespace loopscope

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    loopscope::LoopsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "LoopsTest.moc"
