// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed and not saved: it survives a killed process, is asked about before it is left, is undone across runs, and says when it is
// not what ran.
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "session/RunSession.h"
#include "shell/Banner.h"
#include "shell/SectionHead.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

namespace {

constexpr auto typedText = "console.log('typed and never saved');\n";
constexpr int patience = 20'000; // ms

QDir unsavedFolder() { return QDir(QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) + QStringLiteral("/unsaved")); }

/// The window of another process: types into a new script, or into `file`, and waits to be killed.
int typeAndWait(const QString &file)
{
    MainWindow window;
    window.show();
    if (!file.isEmpty())
        window.openFile(file);
    window.editor().insert(QString::fromLatin1(typedText));
    return QApplication::exec();
}

} // namespace

class UnsavedTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void survivesAKill_data();
    void survivesAKill();
    void textOfALiveWindowIsNotOffered();
    void savedTextLeavesNothingBehind();
    void leavingAsksInPlace();
    void closingAsksInPlace();
    void undoSurvivesRuns();
    void staleTextIsSaidAndRunAgain();

private:
    QToolButton *choice(int index) const;
    SectionHead *sourceHead() const;
    void runToEnd();

    std::unique_ptr<MainWindow> m_window;
};

void UnsavedTextTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
}

void UnsavedTextTest::init()
{
    QDir(unsavedFolder()).removeRecursively();
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

QToolButton *UnsavedTextTest::choice(int index) const
{
    QList<QToolButton *> buttons = m_window->banner().findChildren<QToolButton *>();
    buttons.removeIf([](const QToolButton *button) { return button->property("plain").toBool(); });
    return buttons.value(index);
}

SectionHead *UnsavedTextTest::sourceHead() const
{
    return qobject_cast<SectionHead *>(m_window->findChild<QDockWidget *>(QStringLiteral("sourceDock"))->titleBarWidget());
}

void UnsavedTextTest::runToEnd()
{
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, patience);
}

void UnsavedTextTest::survivesAKill_data()
{
    QTest::addColumn<bool>("hasFile");
    QTest::newRow("a new script") << false;
    QTest::newRow("a file") << true;
}

void UnsavedTextTest::survivesAKill()
{
    QFETCH(const bool, hasFile);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("notes.js"));
    if (hasFile) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("// on the disk\n");
    }
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--type-and-wait"), hasFile ? path : QString()});
    QVERIFY(other.waitForStarted());
    QTRY_COMPARE_WITH_TIMEOUT(unsavedFolder().entryList({QStringLiteral("*.json")}, QDir::Files).size(), 1, patience);
    other.kill();
    QVERIFY(other.waitForFinished());

    m_window = std::make_unique<MainWindow>();
    m_window->show();
    QTRY_VERIFY(m_window->banner().isVisible());
    const QString name = hasFile ? QStringLiteral("notes.js") : QStringLiteral("untitled.js");
    QVERIFY2(m_window->banner().sentence().contains(name), qPrintable(m_window->banner().sentence()));
    choice(0)->click();
    QVERIFY(m_window->editor().text().startsWith(QString::fromLatin1(typedText)));
    QCOMPARE(m_window->document().path(), hasFile ? QFileInfo(path).absoluteFilePath() : QString());
    QVERIFY(m_window->document().isModified());
    // Another crash right now must not lose it: what was offered goes only when it is kept anew.
    QCOMPARE(unsavedFolder().entryList({QStringLiteral("*.json")}, QDir::Files).size(), 1);
    if (hasFile) {
        m_window->editor().undo();
        QCOMPARE(m_window->editor().text(), QStringLiteral("// on the disk\n"));
    }
}

void UnsavedTextTest::textOfALiveWindowIsNotOffered()
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--type-and-wait"), QString()});
    QVERIFY(other.waitForStarted());
    QTRY_COMPARE_WITH_TIMEOUT(unsavedFolder().entryList({QStringLiteral("*.json")}, QDir::Files).size(), 1, patience);
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    QTest::qWait(100);
    QVERIFY(!m_window->banner().isVisible());
    other.kill();
    QVERIFY(other.waitForFinished());
}

void UnsavedTextTest::savedTextLeavesNothingBehind()
{
    QTemporaryDir folder;
    m_window = std::make_unique<MainWindow>();
    m_window->show();
    m_window->editor().insert(QString::fromLatin1(typedText));
    QTRY_COMPARE(unsavedFolder().entryList(QDir::Files).size(), 2); // the text and its lock
    QVERIFY(m_window->document().saveAs(folder.filePath(QStringLiteral("saved.js"))));
    QTRY_COMPARE(unsavedFolder().entryList(QDir::Files).size(), 0);
}

void UnsavedTextTest::leavingAsksInPlace()
{
    m_window->editor().insert(QString::fromLatin1(typedText));
    m_window->commands().newScript->trigger();
    QVERIFY(m_window->banner().isVisible());
    QVERIFY2(choice(0)->hasFocus(), "the keyboard is where the answer is wanted");
    QTest::keyClick(choice(0), Qt::Key_Escape);
    QVERIFY(!m_window->banner().isVisible());
    QCOMPARE(m_window->editor().text(), QString::fromLatin1(typedText));
    QVERIFY(m_window->editor().hasFocus());
    m_window->commands().newScript->trigger();
    QTest::qWait(0); // the old answers are gone
    choice(1)->click();
    QVERIFY(m_window->editor().text().isEmpty());
}

void UnsavedTextTest::closingAsksInPlace()
{
    m_window->editor().insert(QString::fromLatin1(typedText));
    QVERIFY(!m_window->close());
    QVERIFY(m_window->isVisible() && m_window->banner().isVisible());
    choice(1)->click();
    QVERIFY(!m_window->isVisible());
}

void UnsavedTextTest::undoSurvivesRuns()
{
    SourceEditor &editor = m_window->editor();
    QTest::keyClicks(&editor, QStringLiteral("console.log(1);"));
    runToEnd();
    QTest::keyClicks(&editor, QStringLiteral("console.log(2);"));
    runToEnd();
    while (editor.isUndoAvailable())
        editor.undo();
    QVERIFY(editor.text().isEmpty());
    while (editor.isRedoAvailable())
        editor.redo();
    QVERIFY(editor.text().endsWith(QStringLiteral("console.log(2);")));
}

void UnsavedTextTest::staleTextIsSaidAndRunAgain()
{
    SourceEditor &editor = m_window->editor();
    QTest::keyClicks(&editor, QStringLiteral("console.log(1);"));
    runToEnd();
    QVERIFY(!sourceHead()->showsBadge());
    QTest::keyClicks(&editor, QStringLiteral(" "));
    QVERIFY(sourceHead()->showsBadge());
    editor.undo();
    QVERIFY2(!sourceHead()->showsBadge(), "the text is again the one that ran");
    editor.redo();
    QVERIFY(sourceHead()->showsBadge());
    const quint64 before = m_window->session().eventCount();
    QVERIFY(before > 0);
    sourceHead()->findChild<QToolButton *>()->click();
    QVERIFY(!sourceHead()->showsBadge());
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, patience);
}

} // namespace loopscope

int main(int argc, char **argv)
{
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("loopscope-unsaved-test"));
    loopscope::Theme::current().install(application);
    if (argc > 1 && QByteArray(argv[1]) == "--type-and-wait")
        return loopscope::typeAndWait(QString::fromLocal8Bit(argc > 2 ? argv[2] : ""));
    loopscope::UnsavedTextTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "UnsavedTextTest.moc"
