// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the window's main states, light and dark, in one folder with an index to look through (build/<preset>/screenshots). What can
// be checked is: no view is blank, no text of a label or button is cut.
#include "KeysDialog.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "events/EventPane.h"
#include "loopview/LoopView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

namespace {

constexpr int kPatience = 30'000; // ms

/// True if the picture has more than a ground and a frame.
bool showsSomething(const QImage &picture, const QRect &part)
{
    QSet<QRgb> colours;
    for (int y = part.top(); y <= part.bottom(); y += 2) {
        for (int x = part.left(); x <= part.right(); x += 2)
            colours.insert(picture.pixel(x, y));
    }
    return colours.size() > 3;
}

/// Labels and buttons with less room than their text needs. Notes in heads may be cut: they are told again in the views.
QStringList cutTexts(const QWidget &window)
{
    QStringList cut;
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        const bool isFree = label->wordWrap() || label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored || label->text().isEmpty();
        if (label->isVisible() && !isFree && label->sizeHint().width() > label->width() + 1)
            cut << QStringLiteral("label \"%1\": %2 of %3 px").arg(label->text()).arg(label->width()).arg(label->sizeHint().width());
    }
    for (const QToolButton *button : window.findChildren<QToolButton *>()) {
        if (button->isVisible() && !button->text().isEmpty() && button->sizeHint().width() > button->width() + 1)
            cut << QStringLiteral("button \"%1\": %2 of %3 px").arg(button->text()).arg(button->width()).arg(button->sizeHint().width());
    }
    return cut;
}

} // namespace

class ScreenshotsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void emptyWindow();
    void scriptBeforeItsRun();
    void inTheMiddleOfARun();
    void largeScreen();
    void twiceTheTextSize();
    void smallWindow();
    void endOfARun();
    void editedSinceItsRun();
    void scriptThatCannotRun();
    void errorNobodyCaught();
    void filteredEvents();
    void presenterMode();
    void keySheet();
    void tour();

private:
    /// The tour's script, run to its end, with the cursor where some things wait.
    void showRun();
    void runToEnd();
    void shoot(const QString &name, const QString &caption, QWidget *window = nullptr);

    QDir m_folder;
    QStringList m_rows; ///< of the index
    std::unique_ptr<MainWindow> m_window;
};

void ScreenshotsTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    m_folder = QDir(QStringLiteral(SCREENSHOT_FOLDER));
    m_folder.removeRecursively();
    QVERIFY(m_folder.mkpath(QStringLiteral(".")));
}

void ScreenshotsTest::init()
{
    Theme::current().setZoom(100);
    Theme::current().setChoice(Theme::Choice::Dark);
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->workspace().loopView()->setMotion(LoopView::Motion::Off);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void ScreenshotsTest::cleanupTestCase()
{
    QFile index(m_folder.filePath(QStringLiteral("index.html")));
    QVERIFY(index.open(QIODevice::WriteOnly));
    index.write("<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Loopscope: screenshots</title>\n"
                "<style>body { font-family: sans-serif; margin: 2em; background: #888; } img { width: 48%; margin: 0.5%; }</style>\n");
    index.write(m_rows.join(QLatin1Char('\n')).toUtf8());
    qInfo("%lld states, to look through: %s", static_cast<long long>(m_rows.size()), qPrintable(index.fileName()));
}

void ScreenshotsTest::shoot(const QString &name, const QString &caption, QWidget *window)
{
    QWidget &shown = window != nullptr ? *window : *m_window;
    QString row = QStringLiteral("<h2>%1</h2>\n").arg(caption.toHtmlEscaped());
    for (const auto &[choice, theme] :
        {std::pair(Theme::Choice::Dark, QStringLiteral("dark")), std::pair(Theme::Choice::Light, QStringLiteral("light"))}) {
        Theme::current().setChoice(choice);
        QTest::qWait(60);
        const QString file = QStringLiteral("%1-%2.png").arg(name, theme);
        const QImage picture = shown.grab().toImage();
        QVERIFY(picture.save(m_folder.filePath(file)));
        row += QStringLiteral("<a href=\"%1\"><img src=\"%1\" alt=\"%2, %3\"></a>\n").arg(file, caption.toHtmlEscaped(), theme);
        QVERIFY2(showsSomething(picture, picture.rect()), qPrintable(file));
        for (const QDockWidget *dock : shown.findChildren<QDockWidget *>()) {
            if (dock->isVisible() && !dock->visibleRegion().isEmpty())
                QVERIFY2(showsSomething(picture, QRect(dock->mapTo(&shown, QPoint()), dock->size()) & picture.rect()),
                    qPrintable(file + QStringLiteral(": ") + dock->objectName()));
        }
        const QStringList cut = cutTexts(shown);
        QVERIFY2(cut.isEmpty(), qPrintable(file + QStringLiteral(": ") + cut.join(QLatin1String("; "))));
    }
    m_rows << row;
}

void ScreenshotsTest::runToEnd()
{
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, kPatience);
    QTRY_VERIFY(m_window->session().isCaughtUp());
}

void ScreenshotsTest::showRun()
{
    m_window->commands().examples->actions().constFirst()->trigger();
    runToEnd();
    m_window->stepper().toStart();
    for (int i = 0; i < 2; ++i)
        m_window->commands().nextConsoleLine->trigger();
    m_window->commands().nextStatement->trigger();
}

void ScreenshotsTest::emptyWindow() { shoot(QStringLiteral("empty"), QStringLiteral("The empty window")); }

void ScreenshotsTest::scriptBeforeItsRun()
{
    m_window->commands().examples->actions().constFirst()->trigger();
    shoot(QStringLiteral("script"), QStringLiteral("A script that has not run yet"));
}

void ScreenshotsTest::inTheMiddleOfARun()
{
    showRun();
    shoot(QStringLiteral("middle"), QStringLiteral("In the middle of a run"));
}

void ScreenshotsTest::largeScreen()
{
    m_window->resize(2560, 1440);
    showRun();
    m_window->commands().resetLayout->trigger();
    shoot(QStringLiteral("large"), QStringLiteral("A large screen: 2560x1440"));
}

void ScreenshotsTest::twiceTheTextSize()
{
    const auto *timeline = m_window->findChild<QDockWidget *>(QStringLiteral("timelineDock"));
    QVERIFY(timeline->isVisible());
    while (Theme::current().zoom() < 200)
        m_window->commands().largerText->trigger();
    QVERIFY(!timeline->isVisible()); // the default layout follows
    showRun();
    shoot(QStringLiteral("zoom-200"), QStringLiteral("Text of 200 % on 1366x768"));
}

void ScreenshotsTest::smallWindow()
{
    m_window->resize(960, 600);
    m_window->commands().resetLayout->trigger();
    showRun();
    shoot(QStringLiteral("small"), QStringLiteral("A small window: 960x600"));
}

void ScreenshotsTest::endOfARun()
{
    showRun();
    m_window->commands().toEnd->trigger();
    shoot(QStringLiteral("end"), QStringLiteral("The end of a run"));
}

void ScreenshotsTest::editedSinceItsRun()
{
    showRun();
    m_window->editor().append(QStringLiteral("console.log('more');\n"));
    shoot(QStringLiteral("edited"), QStringLiteral("The text is not the one that ran"));
}

void ScreenshotsTest::scriptThatCannotRun()
{
    m_window->editor().setText(QStringLiteral("setTimeout(function late() {\n  console.log('late'\n}, 10);\n"));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, kPatience);
    shoot(QStringLiteral("refused"), QStringLiteral("A script that cannot run"));
}

void ScreenshotsTest::errorNobodyCaught()
{
    m_window->editor().setText(QStringLiteral("function open(door) {\n  return door.handle.turn();\n}\nsetTimeout(open, 5, {});\n"));
    runToEnd();
    shoot(QStringLiteral("uncaught"), QStringLiteral("An error that nobody caught"));
}

void ScreenshotsTest::filteredEvents()
{
    showRun();
    m_window->commands().findEvent->trigger();
    m_window->workspace().eventPane()->filterText()->setText(QStringLiteral("ping"));
    shoot(QStringLiteral("filter"), QStringLiteral("Filtered events"));
}

void ScreenshotsTest::presenterMode()
{
    showRun();
    m_window->commands().presenter->trigger();
    m_window->setWindowState(Qt::WindowNoState);
    m_window->resize(1366, 768);
    QTest::qWait(50);
    shoot(QStringLiteral("presenter"), QStringLiteral("Presenter mode"));
    m_window->commands().presenter->trigger();
}

void ScreenshotsTest::keySheet()
{
    m_window->commands().keys->trigger();
    shoot(QStringLiteral("keys"), QStringLiteral("The sheet of keys (F1)"), m_window->findChild<KeysDialog *>());
}

void ScreenshotsTest::tour()
{
    m_window->commands().tour->trigger();
    shoot(QStringLiteral("tour"), QStringLiteral("The tour"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::ScreenshotsTest)
#include "ScreenshotsTest.moc"
