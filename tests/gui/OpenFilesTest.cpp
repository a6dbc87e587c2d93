// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How files come into the window and leave it: dropped, opened again, shared with another machine; and what a new person is offered.
#include "MainWindow.h"
#include "PaceButton.h"
#include "StepWorkspace.h"
#include "StudioActions.h"
#include "Tour.h"
#include "WalkDialog.h"
#include "console/ConsoleModel.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "theme/Theme.h"
#include "why/WhyPanel.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScopeGuard>
#include <QSettings>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

class OpenFilesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void dropped_data();
    void dropped();
    void recordingsAreKnownByTheirFirstBytes();
    void vanishedFilesAreNotOfferedAgain();
    void paceIsRemembered();
    void whoBringsAScriptIsOfferedTheTourOnce();
    void walkIsChosenInTheDialog();
    void aRecordingOpensOnAnotherMachine();

private:
    void open(MainWindow::Memory memory = MainWindow::Memory::Forget);
    QString write(const QString &name, const QByteArray &text) const;
    void drop(QWidget &target, const QList<QUrl> &urls) const;
    QString said() const { return m_window->banner().isVisible() ? m_window->banner().sentence() : QString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void OpenFilesTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    QCoreApplication::setOrganizationName(QStringLiteral("Loopscope"));
    QCoreApplication::setApplicationName(QStringLiteral("open files test"));
    QStandardPaths::setTestModeEnabled(true);
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void OpenFilesTest::init()
{
    m_window.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder->path());
    QSettings().clear();
}

void OpenFilesTest::open(MainWindow::Memory memory)
{
    m_window = std::make_unique<MainWindow>(memory);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

QString OpenFilesTest::write(const QString &name, const QByteArray &text) const
{
    const QString path = m_folder->filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("the test cannot write its files");
    return path;
}

void OpenFilesTest::drop(QWidget &target, const QList<QUrl> &urls) const
{
    QMimeData files;
    files.setUrls(urls);
    QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(10, 10), Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&target, &event);
    QCoreApplication::processEvents();
}

void OpenFilesTest::dropped_data()
{
    QTest::addColumn<QStringList>("names"); // with a scheme: as they are
    QTest::addColumn<QString>("opened");
    QTest::addColumn<QString>("said"); // part of it; empty: nothing is said
    const QString none;
    QTest::newRow("a script") << QStringList{QStringLiteral("a.js")} << QStringLiteral("a.js") << none;
    QTest::newRow("several") << QStringList{QStringLiteral("notes.bin"), QStringLiteral("b.mjs"), QStringLiteral("a.js")}
                             << QStringLiteral("b.mjs") << QStringLiteral("3 files were dropped");
    QTest::newRow("a folder") << QStringList{QStringLiteral("folder")} << none << QStringLiteral("is a folder");
    QTest::newRow("a binary") << QStringList{QStringLiteral("notes.bin")} << none << QStringLiteral("no text, so no script");
    QTest::newRow("no recording") << QStringList{QStringLiteral("bad.lscope")} << none << QStringLiteral("bad.lscope");
    QTest::newRow("gone") << QStringList{QStringLiteral("gone.js")} << none << QStringLiteral("cannot be opened");
    QTest::newRow("an address") << QStringList{QStringLiteral("https://example.org/a.js")} << none
                                << QStringLiteral("not a file on this computer");
}

void OpenFilesTest::dropped()
{
    QFETCH(const QStringList, names);
    QFETCH(const QString, opened);
    QFETCH(const QString, said);
    write(QStringLiteral("a.js"), "console.log('a');\n");
    write(QStringLiteral("b.mjs"), "console.log('b');\n");
    write(QStringLiteral("notes.bin"),
        QByteArray("\x7f"
                   "ELF\0\1\2",
            7));
    write(QStringLiteral("bad.lscope"), "not one");
    QDir(m_folder->path()).mkdir(QStringLiteral("folder"));
    open();
    QList<QUrl> urls;
    for (const QString &name : names)
        urls << (name.contains(QLatin1String("://")) ? QUrl(name) : QUrl::fromLocalFile(m_folder->filePath(name)));
    // On the window, and on the editor, which takes text for itself.
    for (QWidget *target : {static_cast<QWidget *>(m_window.get()), m_window->editor().viewport()}) {
        const QString before = m_window->editor().text();
        drop(*target, urls);
        if (opened.isEmpty())
            QCOMPARE(m_window->editor().text(), before);
        else
            QVERIFY2(m_window->windowTitle().startsWith(opened), qPrintable(m_window->windowTitle()));
        QVERIFY2(said.isEmpty() ? this->said().isEmpty() : this->said().contains(said), qPrintable(this->said()));
        m_window->commands().newScript->trigger();
    }
}

void OpenFilesTest::recordingsAreKnownByTheirFirstBytes()
{
    open();
    QVERIFY(m_window->openFile(write(QStringLiteral("a.js"), "console.log('a');\n")));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, 20'000);
    const QString renamed = m_folder->filePath(QStringLiteral("mailed.dat"));
    QVERIFY(QFile::copy(m_window->session().recordingPath(), renamed));
    QVERIFY(m_window->openFile(renamed));
    QCOMPARE(m_window->session().state(), RunSession::State::Opened);
}

void OpenFilesTest::vanishedFilesAreNotOfferedAgain()
{
    const QString first = write(QStringLiteral("first.js"), "// one\n");
    const QString second = write(QStringLiteral("second.js"), "// two\n");
    open(MainWindow::Memory::Remember);
    QVERIFY(m_window->openFile(first));
    QVERIFY(m_window->openFile(second));
    QMenu &recent = *m_window->commands().recent;
    Q_EMIT recent.aboutToShow();
    QCOMPARE(recent.actions().size(), 2);
    QVERIFY(recent.actions().constFirst()->text().contains(QStringLiteral("second.js")));
    // It goes while the menu is open: a sentence, and what is shown stays.
    QFile::remove(first);
    recent.actions().constLast()->trigger();
    QVERIFY2(said().contains(QStringLiteral("first.js")), qPrintable(said()));
    QCOMPARE(m_window->editor().text(), QStringLiteral("// two\n"));
    Q_EMIT recent.aboutToShow();
    QCOMPARE(recent.actions().size(), 1);
    QFile::remove(second);
    Q_EMIT recent.aboutToShow();
    QCOMPARE(recent.actions().size(), 1);
    QVERIFY(!recent.actions().constFirst()->isEnabled());
    QVERIFY(m_window->close());
}

void OpenFilesTest::paceIsRemembered()
{
    open(MainWindow::Memory::Remember);
    QVERIFY(!m_window->stepper().pace().isPaced());
    m_window->pace().menu()->actions().constLast()->trigger(); // by run time
    for (int i = 0; i < 20; ++i)
        m_window->commands().slower->trigger();
    const Pace chosen = m_window->stepper().pace();
    QCOMPARE(chosen, (Pace{Pace::Basis::RunTime, 0.1}));
    QVERIFY(m_window->close());
    open(MainWindow::Memory::Remember);
    QCOMPARE(m_window->stepper().pace(), chosen);
    QCOMPARE(m_window->pace().pace(), chosen);
    for (int i = 0; i < 20; ++i)
        m_window->commands().faster->trigger();
    QVERIFY(m_window->close());
    open(MainWindow::Memory::Remember);
    QVERIFY(!m_window->stepper().pace().isPaced());
    m_window->commands().slower->trigger(); // by what it was
    QCOMPARE(m_window->stepper().pace(), (Pace{Pace::Basis::RunTime, 100}));
    QVERIFY(m_window->close());
}

void OpenFilesTest::whoBringsAScriptIsOfferedTheTourOnce()
{
    const QString script = write(QStringLiteral("mine.js"), "console.log('mine');\n");
    open(MainWindow::Memory::Remember);
    QVERIFY(m_window->openFile(script));
    m_window->welcome(script);
    QVERIFY2(said().startsWith(QStringLiteral("New here?")), qPrintable(said()));
    QVERIFY(!m_window->tour().isOn());
    QCOMPARE(m_window->editor().text(), QStringLiteral("console.log('mine');\n"));
    QToolButton *show = nullptr;
    for (QToolButton *button : m_window->banner().findChildren<QToolButton *>()) {
        if (button->text() == QStringLiteral("Show me"))
            show = button;
    }
    QVERIFY(show != nullptr);
    show->click();
    QVERIFY(m_window->tour().isOn());
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(!m_window->tour().isOn());
    QVERIFY(m_window->close());
    open(MainWindow::Memory::Remember);
    m_window->welcome(script);
    QVERIFY(said().isEmpty());
    QVERIFY(m_window->close());
}

void OpenFilesTest::walkIsChosenInTheDialog()
{
    open();
    QVERIFY(m_window->openFile(write(QStringLiteral("a.js"), "setTimeout(() => console.log('late'), 5);\n")));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, 20'000);
    QTRY_VERIFY(m_window->session().isCaughtUp());
    m_window->commands().exportWalk->trigger();
    QPointer<WalkDialog> dialog = m_window->findChild<WalkDialog *>();
    QVERIFY(dialog != nullptr && !dialog->isModal());
    QCOMPARE(dialog->walk().to, m_window->session().eventCount());
    // The cursor is taken over; begin and end may come in any order.
    const auto here = [&](const QString &name) {
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->accessibleName().startsWith(name))
                button->click();
        }
    };
    m_window->stepper().setCursor(9);
    here(QStringLiteral("From event"));
    m_window->stepper().setCursor(4);
    here(QStringLiteral("To event"));
    QCOMPARE(dialog->walk().from, quint64(4));
    QCOMPARE(dialog->walk().to, quint64(9));
    const QString folder = m_folder->filePath(QStringLiteral("walk"));
    dialog->exportTo(folder);
    const std::size_t count = dialog->walk().stops(*m_window->session().timeline()).size();
    QCOMPARE(QDir(folder).entryList({QStringLiteral("*.png")}).size(), static_cast<qsizetype>(count));
    QCOMPARE(m_window->stepper().cursor(), quint64(4));
    // Another run has other events.
    m_window->commands().newScript->trigger();
    QTRY_VERIFY(dialog == nullptr || !dialog->isVisible());
}

void OpenFilesTest::aRecordingOpensOnAnotherMachine()
{
    const QString main = write(QStringLiteral("project/main.js"),
        "const greet = require('./lib/greet');\nconst data = require('./data.json');\n"
        "setTimeout(function late() { greet(data.name); }, 5);\nPromise.resolve('first').then(greet);\n");
    const QByteArray module = "module.exports = function greet(name) {\n  console.log('hello ' + name);\n};\n";
    write(QStringLiteral("project/lib/greet.js"), module);
    write(QStringLiteral("project/data.json"), "{ \"name\": \"json\" }\n");
    open();
    QVERIFY(m_window->openFile(main));
    const QString text = m_window->editor().text();
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, 20'000);
    QTRY_VERIFY(m_window->session().isCaughtUp());
    QCOMPARE(m_window->session().exitCode(), 0);
    const quint64 events = m_window->session().eventCount();
    const QString shared = m_folder->filePath(QStringLiteral("elsewhere/run.lscope"));
    QDir().mkpath(QFileInfo(shared).path());
    QVERIFY(QFile::copy(m_window->session().recordingPath(), shared));
    m_window.reset();

    // There: no sources, no node, no runner.
    QVERIFY(QDir(m_folder->filePath(QStringLiteral("project"))).removeRecursively());
    const QByteArray path = qgetenv("PATH");
    const QByteArray runner = qgetenv("LOOPSCOPE_RUNNER");
    qputenv("PATH", "/nowhere");
    qputenv("LOOPSCOPE_RUNNER", "/nowhere/loopscope");
    const auto back = qScopeGuard([&] {
        qputenv("PATH", path);
        qputenv("LOOPSCOPE_RUNNER", runner);
    });
    open();
    QVERIFY(m_window->openFile(shared));
    QTRY_VERIFY(m_window->session().isCaughtUp());
    QVERIFY2(said().isEmpty(), qPrintable(said()));
    QCOMPARE(m_window->session().eventCount(), events);
    QCOMPARE(m_window->editor().text(), text);
    QVERIFY(m_window->editor().isReadOnly());
    QCOMPARE(m_window->workspace().consoleModel()->index(0, 0).data().toString(), QStringLiteral("hello first"));
    QCOMPARE(m_window->workspace().consoleModel()->index(1, 0).data().toString(), QStringLiteral("hello json"));
    // The module's text is in it, and stepping goes there.
    Stepper &stepper = m_window->stepper();
    stepper.toStart();
    while (!m_window->source().shownPath().endsWith(QStringLiteral("greet.js")) && stepper.cursor() < events)
        stepper.forward(Landmark::Event);
    QVERIFY(m_window->source().shownPath().endsWith(QStringLiteral("greet.js")));
    QCOMPARE(m_window->source().shown().text(), QString::fromUtf8(module));
    QVERIFY(m_window->source().shown().currentLine() > 0);
    QVERIFY(!m_window->workspace().whyPanel()->toPlainText().isEmpty());
    const quint64 there = stepper.cursor();
    stepper.back(Landmark::Event);
    QCOMPARE(stepper.cursor(), there - 1);
}

} // namespace loopscope

QTEST_MAIN(loopscope::OpenFilesTest)
#include "OpenFilesTest.moc"
