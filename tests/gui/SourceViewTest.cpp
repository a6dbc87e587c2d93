// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The source beyond the current line: what comes next, the time of lines, and finding text.
#include "MainWindow.h"
#include "SampleRecording.h"
#include "editor/FindBar.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "session/Stepper.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

namespace loopscope {

class SourceViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void nextLineIsMarked();
    void linesHaveTheirTime();
    void findGoesThroughThePlaces();
    void findTellsCapitalsWhenAsked();
    void findTakesTheSelection();

private:
    SourceEditor &editor() { return m_window->editor(); }
    FindBar &bar() { return m_window->source().findBar(); }

    QTemporaryDir m_folder;
    QString m_recording;
    std::unique_ptr<MainWindow> m_window;
};

void SourceViewTest::initTestCase()
{
    m_recording = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(m_recording));
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void SourceViewTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void SourceViewTest::nextLineIsMarked()
{
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().toStart();
    m_window->commands().nextStatement->trigger();
    QCOMPARE(editor().currentLine(), 1);
    QCOMPARE(editor().nextLine(), 3);
    m_window->commands().nextStatement->trigger();
    QCOMPARE(editor().currentLine(), 3);
    QCOMPARE(editor().nextLine(), 6);
    m_window->commands().previousStatement->trigger();
    QCOMPARE(editor().nextLine(), 3);
    m_window->stepper().toEnd();
    QCOMPARE(editor().nextLine(), 0);
}

void SourceViewTest::linesHaveTheirTime()
{
    QVERIFY(m_window->openFile(m_recording));
    QTRY_VERIFY(!editor().lineTimeText(12).isEmpty());
    QVERIFY2(
        editor().lineTimeText(12).startsWith(QStringLiteral("Up to the cursor line 12 ran once")), qPrintable(editor().lineTimeText(12)));
    QVERIFY(editor().lineTimeText(2).isEmpty());
    // The margin says it, too.
    editor().setFirstVisibleLine(0);
    const auto height = static_cast<int>(editor().SendScintilla(QsciScintilla::SCI_TEXTHEIGHT, 0UL));
    const QPoint place(3, height * 11 + height / 2);
    QHelpEvent help(QEvent::ToolTip, place, editor().viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(editor().viewport(), &help);
    QCOMPARE(QToolTip::text(), editor().lineTimeText(12));
}

void SourceViewTest::findGoesThroughThePlaces()
{
    editor().setText(QStringLiteral("let über = 1;\nlet other = 2;\nLET;\n"));
    editor().setCursorPosition(1, 0);
    QTest::keyClick(&editor(), Qt::Key_F, Qt::ControlModifier);
    QVERIFY(bar().isVisible());
    QVERIFY(bar().text()->hasFocus());
    QTest::keyClicks(bar().text(), QStringLiteral("let"));
    QCOMPARE(bar().found(), QStringLiteral("2 of 3"));
    QCOMPARE(editor().selectedText(), QStringLiteral("let"));
    QTest::keyClick(bar().text(), Qt::Key_Return);
    QCOMPARE(bar().found(), QStringLiteral("3 of 3"));
    QCOMPARE(editor().selectedText(), QStringLiteral("LET"));
    m_window->commands().findNext->trigger();
    QCOMPARE(bar().found(), QStringLiteral("1 of 3"));
    m_window->commands().findPrevious->trigger();
    QCOMPARE(bar().found(), QStringLiteral("3 of 3"));
    QTest::keyClick(bar().text(), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(bar().found(), QStringLiteral("2 of 3"));
    QTest::keyClicks(bar().text(), QStringLiteral("zzz"));
    QCOMPARE(bar().found(), QStringLiteral("not found"));
    QTest::keyClick(bar().text(), Qt::Key_Escape);
    QVERIFY(bar().isHidden());
    QVERIFY(editor().hasFocus());
    QCOMPARE(editor().foundCount(), 0);
}

void SourceViewTest::findTellsCapitalsWhenAsked()
{
    editor().setText(QStringLiteral("Straße STRASSE straße"));
    editor().markFound(QStringLiteral("straße"), true);
    QCOMPARE(editor().foundCount(), 1);
    editor().markFound(QStringLiteral("straße"), false);
    QCOMPARE(editor().foundCount(), 2);
    editor().markFound({}, false);
    QCOMPARE(editor().foundCount(), 0);
    editor().selectFound(SourceEditor::Toward::Next);
    QCOMPARE(editor().foundPlace(), 0);
}

void SourceViewTest::findTakesTheSelection()
{
    editor().setText(QStringLiteral("one two one"));
    editor().setSelection(0, 8, 0, 11);
    m_window->commands().find->trigger();
    QCOMPARE(bar().text()->text(), QStringLiteral("one"));
    QCOMPARE(bar().found(), QStringLiteral("2 of 2"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::SourceViewTest)
#include "SourceViewTest.moc"
