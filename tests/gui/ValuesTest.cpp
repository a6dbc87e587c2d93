// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Values under the mouse and breakpoints with conditions, in the real window with the real runner.
#include "MainWindow.h"
#include "editor/ConditionBar.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QHelpEvent>
#include <QLineEdit>
#include <QTest>
#include <QToolTip>

namespace loopscope {

class ValuesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void valuesStandUnderTheMouse();
    void valuesAreToldForTheCaret();
    void thePastHasNoValues();
    void conditionsAreSetInPlace();
    void conditionsDecideWhereItStops();
    void aBadConditionIsSaid();
    void conditionsMoveWithTheirLines();

private:
    SourceEditor &editor() { return m_window->editor(); }
    RunSession &session() { return m_window->session(); }
    /// Triggers a command and waits until the window has done it.
    void go(QAction *action);
    /// The tooltip of a place in the text, line and column from 1.
    QString hover(int line, int column);
    void setCondition(int line, const QString &condition);

    std::unique_ptr<MainWindow> m_window;
};

void ValuesTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void ValuesTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ValuesTest::go(QAction *action)
{
    action->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->stepper().isPlaying() && !m_window->stepper().isStepping()
            && session().state() != RunSession::State::Running && session().state() != RunSession::State::Starting
            && session().isCaughtUp(),
        20'000);
}

QString ValuesTest::hover(int line, int column)
{
    using S = QsciScintilla;
    const long position = editor().SendScintilla(S::SCI_POSITIONFROMLINE, static_cast<unsigned long>(line - 1)) + column - 1;
    const QPoint place(static_cast<int>(editor().SendScintilla(S::SCI_POINTXFROMPOSITION, 0UL, position)) + 2,
        static_cast<int>(editor().SendScintilla(S::SCI_POINTYFROMPOSITION, 0UL, position)) + 5);
    // One that was shown goes after a moment only.
    QToolTip::hideText();
    if (!QTest::qWaitFor([] { return !QToolTip::isVisible(); }))
        return QStringLiteral("the last one stays");
    QHelpEvent help(QEvent::ToolTip, place, editor().viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(editor().viewport(), &help);
    return QToolTip::isVisible() ? QToolTip::text() : QString();
}

void ValuesTest::setCondition(int line, const QString &condition)
{
    editor().setCursorPosition(line - 1, 0);
    m_window->commands().setCondition->trigger();
    ConditionBar &bar = m_window->source().conditionBar();
    QVERIFY(bar.isVisible());
    QVERIFY(bar.text()->hasFocus());
    bar.text()->clear();
    QTest::keyClicks(bar.text(), condition);
    QTest::keyClick(bar.text(), Qt::Key_Return);
    QVERIFY(bar.isHidden());
}

void ValuesTest::valuesStandUnderTheMouse()
{
    editor().setText(QStringLiteral("const name = 'lobby';\nlet count = 2;\nconsole.log(name, count);\ncount = 3;\nconsole.log(count);\n"));
    editor().toggleBreakpoint(3);
    go(m_window->commands().run);
    QCOMPARE(editor().currentLine(), 3);
    QTRY_VERIFY(!session().variables().isEmpty());
    QCOMPARE(hover(3, 14), QStringLiteral("name = 'lobby'"));
    QCOMPARE(hover(3, 20), QStringLiteral("count = 2"));
    QCOMPARE(hover(1, 8), QStringLiteral("name = 'lobby'"));
    QCOMPARE(hover(3, 10), QString()); // log, a property
    go(m_window->commands().nextStatement);
    go(m_window->commands().nextStatement);
    QTRY_VERIFY(!session().variables().isEmpty());
    QCOMPARE(hover(5, 14), QStringLiteral("count = 3"));
}

void ValuesTest::valuesAreToldForTheCaret()
{
    editor().setText(QStringLiteral("const answer = 42;\nconsole.log(answer);\n"));
    editor().toggleBreakpoint(2);
    go(m_window->commands().run);
    QTRY_VERIFY(!session().variables().isEmpty());
    editor().setCursorPosition(1, 18); // behind its last letter
    m_window->commands().showValue->trigger();
    QCOMPARE(QToolTip::text(), QStringLiteral("answer = 42"));
}

void ValuesTest::thePastHasNoValues()
{
    editor().setText(QStringLiteral("let a = 1;\nlet b = 2;\nconsole.log(a, b);\n"));
    editor().toggleBreakpoint(3);
    go(m_window->commands().run);
    QTRY_VERIFY(!session().variables().isEmpty());
    m_window->commands().previousStatement->trigger();
    QCOMPARE(editor().currentLine(), 2);
    QVERIFY2(hover(2, 5).contains(QStringLiteral("holds no values")), qPrintable(hover(2, 5)));
    QCOMPARE(hover(1, 5), QString());
    m_window->commands().nextStatement->trigger();
    QCOMPARE(hover(3, 13), QStringLiteral("a = 1"));
    m_window->commands().stop->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!session().isLive(), 20'000);
    QVERIFY(session().variables().isEmpty());
}

void ValuesTest::conditionsAreSetInPlace()
{
    editor().setText(QStringLiteral("one();\ntwo();\n"));
    setCondition(2, QStringLiteral("n > 3"));
    QCOMPARE(editor().breakpoints(), (LineBreakpoints{{2, QStringLiteral("n > 3")}}));
    QVERIFY(editor().hasFocus());
    m_window->commands().setCondition->trigger();
    QCOMPARE(m_window->source().conditionBar().text()->text(), QStringLiteral("n > 3"));
    QTest::keyClick(m_window->source().conditionBar().text(), Qt::Key_Escape);
    QCOMPARE(editor().condition(2), QStringLiteral("n > 3"));
    setCondition(2, QString());
    QCOMPARE(editor().breakpoints(), (LineBreakpoints{{2, QString()}}));
    m_window->commands().toggleBreakpoint->trigger();
    QVERIFY(editor().breakpoints().isEmpty());
}

void ValuesTest::conditionsDecideWhereItStops()
{
    editor().setText(QStringLiteral("for (let i = 0; i < 6; i++) {\n  console.log(i);\n}\n"));
    setCondition(2, QStringLiteral("i === 4"));
    go(m_window->commands().run);
    QCOMPARE(session().state(), RunSession::State::Paused);
    QTRY_VERIFY(!session().variables().isEmpty());
    QCOMPARE(hover(2, 15), QStringLiteral("i = 4"));
    go(m_window->commands().run);
    QCOMPARE(session().state(), RunSession::State::Ended);
    // What is recorded has no values: the condition is passed over.
    m_window->stepper().toStart();
    go(m_window->commands().run);
    QCOMPARE(m_window->stepper().cursor(), session().eventCount());
}

void ValuesTest::aBadConditionIsSaid()
{
    editor().setText(QStringLiteral("let n = 1;\nconsole.log(n);\n"));
    setCondition(2, QStringLiteral("n.m.o"));
    go(m_window->commands().run);
    QCOMPARE(session().state(), RunSession::State::Paused);
    QTRY_VERIFY(m_window->banner().sentence().contains(QStringLiteral("n.m.o")));
    QCOMPARE(editor().currentLine(), 2);
}

void ValuesTest::conditionsMoveWithTheirLines()
{
    editor().setText(QStringLiteral("one();\ntwo();\n"));
    editor().setBreakpoints({{2, QStringLiteral("x")}, {1, QString()}});
    editor().insertAt(QStringLiteral("zero();\n"), 0, 0);
    QCOMPARE(editor().breakpoints().value(3), QStringLiteral("x"));
    QCOMPARE(editor().breakpoints().size(), qsizetype(2));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ValuesTest)
#include "ValuesTest.moc"
