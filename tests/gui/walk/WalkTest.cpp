// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One walk through the whole program with real keys and a real mouse: an X server without a screen (Xvfb), keys and clicks by xdotool, the
// real window, the real runner. What happened is read from the window itself.
#include "KeysDialog.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "Tour.h"
#include "console/ConsoleModel.h"
#include "console/ConsoleView.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "events/EventListModel.h"
#include "loopview/LoopView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "theme/Theme.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QProcess>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <csignal>
#include <cstdio>

#include <sys/prctl.h>

namespace loopscope {

namespace {

constexpr int kPatience = 20'000; // ms
constexpr int kSkipped = 77; // CTest's SKIP_RETURN_CODE for this test

} // namespace

class WalkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void firstStartShowsTheTour();
    void tourGoesOnByRealKeys();
    void scriptIsTypedAndRun();
    void keysStepBothWays();
    void mouseMovesTheCursor();
    void chipIsAskedAboutByClick();
    void breakpointStopsTheRun();
    void eventsAreFilteredByTyping();
    void textIsZoomedForAProjector();
    void presenterModeAndBack();
    void editIsStaleUntilUndone();
    void keySheetOpensAndCloses();
    void recordingIsSavedAndReopened();
    void unsavedTextIsAskedAboutAtTheEnd();

private:
    /// Lets xdotool do something, while the window goes on living.
    void act(const QStringList &arguments);
    void key(const QString &name) { act({QStringLiteral("key"), name}); }
    void type(const QString &text);
    void click(const QWidget &widget, QPoint at);
    RunSession::State state() const { return m_window->session().state(); }
    quint64 cursor() const { return m_window->stepper().cursor(); }
    QStringList console() const;

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void WalkTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.filePath(QStringLiteral("settings")));
    QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation)).removeRecursively();
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    m_window = std::make_unique<MainWindow>();
    m_window->welcome({});
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void WalkTest::act(const QStringList &arguments)
{
    QProcess tool;
    tool.start(QStringLiteral("xdotool"), arguments);
    QTRY_COMPARE_WITH_TIMEOUT(tool.state(), QProcess::NotRunning, kPatience);
    QCOMPARE(tool.exitCode(), 0);
    QTest::qWait(30); // what was sent has to come through the X server
}

void WalkTest::type(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (i > 0)
            key(QStringLiteral("Return"));
        if (!lines.at(i).isEmpty())
            act({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("2"), lines.at(i)});
    }
}

void WalkTest::click(const QWidget &widget, QPoint at)
{
    const QPoint place = widget.mapToGlobal(at);
    act({QStringLiteral("mousemove"), QString::number(place.x()), QString::number(place.y()), QStringLiteral("click"),
        QStringLiteral("1")});
}

QStringList WalkTest::console() const
{
    const ConsoleModel &model = *m_window->workspace().consoleModel();
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines << model.index(row).data().toString();
    return lines;
}

void WalkTest::firstStartShowsTheTour()
{
    QVERIFY(m_window->tour().isOn());
    QVERIFY(m_window->editor().text().contains(QStringLiteral("setTimeout"))); // a real script is there
    QCOMPARE(m_window->tour().stop(), 0);
}

void WalkTest::tourGoesOnByRealKeys()
{
    key(QStringLiteral("Return"));
    QCOMPARE(m_window->tour().stop(), 1);
    key(QStringLiteral("F10"));
    QTRY_COMPARE_WITH_TIMEOUT(m_window->tour().stop(), 2, kPatience);
    QTRY_VERIFY(cursor() > 0);
    key(QStringLiteral("Escape"));
    QTRY_VERIFY(!m_window->tour().isOn());
    QVERIFY(QSettings().value(QStringLiteral("tour/seen")).toBool());
}

void WalkTest::scriptIsTypedAndRun()
{
    key(QStringLiteral("ctrl+n"));
    QVERIFY(m_window->editor().text().isEmpty());
    m_window->editor().setAutoIndent(false);
    type(QStringLiteral("setTimeout(function late() {\nconsole.log('late');\n}, 10);\n"
                        "Promise.resolve().then(function soon() {\nconsole.log('soon');\n});\nconsole.log('first');\n"));
    key(QStringLiteral("F5"));
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, kPatience);
    QTRY_COMPARE(console(), QStringList({QStringLiteral("first"), QStringLiteral("soon"), QStringLiteral("late")}));
    QVERIFY2(!m_window->banner().isVisible(), qPrintable(m_window->banner().sentence()));
}

void WalkTest::keysStepBothWays()
{
    key(QStringLiteral("alt+Home"));
    QTRY_COMPARE(cursor(), quint64(0));
    for (int i = 0; i < 3; ++i)
        key(QStringLiteral("F10"));
    QTRY_COMPARE(cursor(), quint64(3));
    key(QStringLiteral("shift+F10"));
    QTRY_COMPARE(cursor(), quint64(2));
    key(QStringLiteral("F8"));
    QTRY_COMPARE(console(), QStringList{QStringLiteral("first")});
    QCOMPARE(m_window->editor().currentLine(), 7);
    key(QStringLiteral("alt+End"));
    QTRY_COMPARE(cursor(), m_window->session().eventCount());
}

void WalkTest::mouseMovesTheCursor()
{
    ConsoleView &view = *m_window->workspace().consoleView();
    click(*view.viewport(), view.visualRect(view.model()->index(1, 0)).center());
    QTRY_COMPARE(m_window->editor().currentLine(), 5);
    QCOMPARE(console().size(), 2);
}

void WalkTest::chipIsAskedAboutByClick()
{
    key(QStringLiteral("alt+Home"));
    key(QStringLiteral("F8"));
    LoopView &loop = *m_window->workspace().loopView();
    QCOMPARE(loop.contents().stations.at(0).queue.items.size(), std::size_t(1));
    // The first chip of the first station, upper left; clicked on its name.
    const QPoint chip(loop.width() / 8, qRound(Theme::current().scaled(52)));
    click(loop, chip);
    QTRY_VERIFY2(m_window->workspace().whyPanel()->toPlainText().contains(QStringLiteral("late")),
        qPrintable(m_window->workspace().whyPanel()->toPlainText()));
    QVERIFY(m_window->workspace().whyPanel()->toPlainText().contains(QStringLiteral("What this is")));
}

void WalkTest::breakpointStopsTheRun()
{
    click(*m_window->editor().viewport(), QPoint(m_window->editor().viewport()->width() / 2, 8));
    m_window->editor().setCursorPosition(1, 0);
    key(QStringLiteral("F9"));
    QCOMPARE(m_window->editor().breakpoints(), (LineBreakpoints{{2, QString()}}));
    key(QStringLiteral("ctrl+F5"));
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Paused, kPatience);
    QTRY_COMPARE(m_window->editor().currentLine(), 2);
    QCOMPARE(console().size(), 2);
    key(QStringLiteral("F5"));
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, kPatience);
    key(QStringLiteral("ctrl+shift+F9"));
    QVERIFY(m_window->editor().breakpoints().isEmpty());
}

void WalkTest::eventsAreFilteredByTyping()
{
    const int all = m_window->workspace().eventModel()->rowCount();
    key(QStringLiteral("ctrl+shift+f"));
    type(QStringLiteral("late"));
    QTRY_VERIFY(m_window->workspace().eventModel()->rowCount() < all);
    QVERIFY(m_window->workspace().eventModel()->rowCount() > 0);
    key(QStringLiteral("Escape"));
    QTRY_COMPARE(m_window->workspace().eventModel()->rowCount(), all);
}

void WalkTest::textIsZoomedForAProjector()
{
    for (int i = 0; i < 10; ++i)
        key(QStringLiteral("ctrl+plus"));
    QCOMPARE(Theme::current().zoom(), 200);
    key(QStringLiteral("ctrl+0"));
    QCOMPARE(Theme::current().zoom(), 100);
}

void WalkTest::presenterModeAndBack()
{
    const auto *docks = m_window->findChild<QDockWidget *>(QStringLiteral("consoleDock"));
    QVERIFY(docks->isVisible());
    key(QStringLiteral("F2"));
    QTRY_VERIFY(m_window->isFullScreen());
    QVERIFY(!docks->isVisible());
    key(QStringLiteral("F2"));
    QTRY_VERIFY(!m_window->isFullScreen());
    QTRY_VERIFY(docks->isVisible());
    QTest::qWait(1200); // the docks come to rest
}

void WalkTest::editIsStaleUntilUndone()
{
    click(*m_window->editor().viewport(), QPoint(m_window->editor().viewport()->width() / 2, 8));
    type(QStringLiteral("x"));
    QTRY_VERIFY(m_window->workspace().isEdited());
    key(QStringLiteral("ctrl+z"));
    QTRY_VERIFY(!m_window->workspace().isEdited());
}

void WalkTest::keySheetOpensAndCloses()
{
    key(QStringLiteral("F1"));
    QPointer<KeysDialog> sheet = m_window->findChild<KeysDialog *>();
    QVERIFY(sheet != nullptr);
    QTRY_VERIFY(sheet->isActiveWindow());
    key(QStringLiteral("Escape"));
    QTRY_VERIFY(sheet == nullptr || !sheet->isVisible());
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void WalkTest::recordingIsSavedAndReopened()
{
    const QString path = m_folder.filePath(QStringLiteral("walk.lscope"));
    // The file chooser holds the keys until it is answered.
    QTimer::singleShot(500, this, [this, path] {
        auto *chooser = m_window->findChild<QFileDialog *>();
        if (chooser == nullptr)
            return;
        chooser->activateWindow();
        QTest::qWait(200);
        key(QStringLiteral("ctrl+a"));
        type(path + u'\n');
        if (chooser->isVisible())
            chooser->reject(); // nothing else would end its wait
    });
    key(QStringLiteral("ctrl+alt+s"));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(path), kPatience);
    const quint64 events = m_window->session().eventCount();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->editor().setModified(false);
    QVERIFY(m_window->openFile(path));
    QTRY_COMPARE(m_window->session().eventCount(), events);
    QVERIFY(m_window->editor().isReadOnly());
    QCOMPARE(console().size(), 3);
    key(QStringLiteral("shift+F11"));
    QTRY_VERIFY(cursor() < events);
}

void WalkTest::unsavedTextIsAskedAboutAtTheEnd()
{
    key(QStringLiteral("ctrl+n"));
    type(QStringLiteral("1;"));
    key(QStringLiteral("ctrl+q"));
    QTRY_VERIFY(m_window->banner().isVisible());
    QVERIFY(m_window->isVisible());
    key(QStringLiteral("Tab")); // from "Save" to the next answer
    key(QStringLiteral("space"));
    QTRY_VERIFY(!m_window->isVisible());
}

} // namespace loopscope

namespace {

/// Starts an X server that has no screen; its display's name, or nothing. It ends with this process.
QByteArray startServer(QProcess &server)
{
    // Also if this process crashes: a server left behind would stay for good.
    server.setChildProcessModifier([] { prctl(PR_SET_PDEATHSIG, SIGTERM); });
    server.start(QStringLiteral("Xvfb"),
        {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"), QStringLiteral("0"), QStringLiteral("1366x768x24"),
            QStringLiteral("-nolisten"), QStringLiteral("tcp")});
    if (!server.waitForStarted() || !server.waitForReadyRead(20'000))
        return {};
    return ':' + server.readAllStandardOutput().trimmed();
}

} // namespace

int main(int argc, char **argv)
{
    for (const char *needed : {"Xvfb", "xdotool"}) {
        if (QStandardPaths::findExecutable(QString::fromLatin1(needed)).isEmpty()) {
            std::fprintf(stderr, "Skipped: %s is not installed. scripts/test installs it (packages xvfb and xdotool).\n", needed);
            return loopscope::kSkipped;
        }
    }
    QProcess server;
    const QByteArray display = startServer(server);
    if (display.isEmpty()) {
        std::fprintf(stderr, "Xvfb does not start: %s\n", server.readAllStandardError().constData());
        return 1;
    }
    qputenv("DISPLAY", display);
    qputenv("QT_QPA_PLATFORM", "xcb");
    QStandardPaths::setTestModeEnabled(true);
    int result = 1;
    {
        QApplication application(argc, argv);
        QApplication::setOrganizationName(QStringLiteral("Loopscope"));
        QApplication::setApplicationName(QStringLiteral("loopscope-walk-test"));
        loopscope::WalkTest test;
        result = QTest::qExec(&test, argc, argv);
    }
    server.terminate();
    server.waitForFinished();
    return result;
}

#include "WalkTest.moc"
