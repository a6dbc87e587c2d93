// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Showing a run to others: presenter mode and back, pictures of views, the bar in narrow windows.
#include "MainWindow.h"
#include "SampleRecording.h"
#include "StepWorkspace.h"
#include "ViewExport.h"
#include "WorkspaceDocks.h"
#include "editor/SourcePane.h"
#include "loopview/LoopView.h"
#include "session/Stepper.h"
#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QMenu>
#include <QPainter>
#include <QStatusBar>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

class ShowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void presenterShowsThreeViewsOnly();
    void leavingPresenterPutsEverythingBack();
    void closingWhilePresentingKeepsTheLayout();
    void largeTextStandsAsAfterAReset();
    void anOwnLayoutStaysWithLargeText();
    void viewsAreExported_data();
    void viewsAreExported();
    void svgHoldsTextsAndNoPictures();
    void otherEndingsAreRefusedWithASentence();
    void everyShownViewCanBeExported();
    void narrowBarsLoseWordsFirst();
    void everyCommandAndKindHasItsIcon();

private:
    QHash<QString, QRect> places() const;
    void settle();
    static bool isSameLayout(const QHash<QString, QRect> &one, const QHash<QString, QRect> &other);
    /// Which docks stand elsewhere; empty if none does.
    static QString differenceOf(const QHash<QString, QRect> &one, const QHash<QString, QRect> &other);
    QToolButton *barButton(const QAction *action) const;

    QTemporaryDir m_folder;
    QString m_recording;
    std::unique_ptr<MainWindow> m_window;
};

void ShowTest::initTestCase()
{
    m_recording = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(m_recording));
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void ShowTest::init()
{
    Theme::current().setZoom(100);
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().setCursor(SampleRecording::afterScript());
}

QHash<QString, QRect> ShowTest::places() const
{
    QHash<QString, QRect> all;
    for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>()) {
        if (dock->isVisible() && dock->geometry().bottom() > 0) // those behind others in a place are put far outside
            all.insert(dock->objectName(), dock->geometry());
    }
    all.insert(QStringLiteral("centre"), m_window->centralWidget()->geometry());
    return all;
}

bool ShowTest::isSameLayout(const QHash<QString, QRect> &one, const QHash<QString, QRect> &other)
{
    return differenceOf(one, other).isEmpty();
}

QString ShowTest::differenceOf(const QHash<QString, QRect> &one, const QHash<QString, QRect> &other)
{
    QStringList differences;
    for (const QString &dock : one.keys() + other.keys()) {
        const QRect a = one.value(dock);
        const QRect b = other.value(dock);
        if (a != b)
            differences
                << QStringLiteral("%1: %2 x %3, not %4 x %5").arg(dock).arg(a.width()).arg(a.height()).arg(b.width()).arg(b.height());
    }
    return differences.join(QLatin1String(", "));
}

void ShowTest::settle()
{
    // New fonts reach the docks' least sizes only after some passes of the event loop.
    QHash<QString, QRect> last;
    for (int same = 0; same < 5; last = places()) {
        QTest::qWait(20);
        same = places() == last ? same + 1 : 0;
    }
}

QToolButton *ShowTest::barButton(const QAction *action) const
{
    for (QToolButton *button : m_window->findChildren<QToolButton *>()) {
        if (button->defaultAction() == action)
            return button;
    }
    return nullptr;
}

void ShowTest::presenterShowsThreeViewsOnly()
{
    QTest::keyClick(m_window.get(), Qt::Key_F2);
    QTRY_VERIFY(m_window->isFullScreen());
    QStringList shown = places().keys();
    shown.sort();
    QCOMPARE(shown, QStringList({QStringLiteral("centre"), QStringLiteral("sourceDock"), QStringLiteral("whyDock")}));
    QVERIFY(Theme::current().zoom() >= 140);
    QVERIFY(!m_window->statusBar()->isVisible());
    const quint64 before = m_window->stepper().cursor();
    QTest::keyClick(m_window.get(), Qt::Key_F10);
    QCOMPARE(m_window->stepper().cursor(), before + 1);
}

void ShowTest::leavingPresenterPutsEverythingBack()
{
    m_window->findChild<QDockWidget *>(QStringLiteral("consoleDock"))->hide();
    auto *source = m_window->findChild<QDockWidget *>(QStringLiteral("sourceDock"));
    m_window->resizeDocks({source}, {431}, Qt::Horizontal);
    Theme::current().setZoom(110);
    settle();
    // Qt lays docks out anew for their new least sizes only when something moves them: such a layout is the one to come back to.
    m_window->restoreState(m_window->saveState());
    settle();
    const QHash<QString, QRect> before = places();
    const QRect window = m_window->geometry();
    m_window->commands().presenter->trigger();
    settle();
    QVERIFY(!isSameLayout(places(), before));
    m_window->commands().largerText->trigger();
    const int chosen = Theme::current().zoom();
    m_window->commands().presenter->trigger();
    QTRY_COMPARE(m_window->geometry(), window);
    QTRY_VERIFY2(isSameLayout(places(), before), qPrintable(differenceOf(places(), before)));
    QCOMPARE(Theme::current().zoom(), 110);
    QVERIFY(!m_window->isFullScreen());
    QVERIFY(m_window->statusBar()->isVisible());
    m_window->commands().presenter->trigger();
    QCOMPARE(Theme::current().zoom(), chosen); // as it was left
}

void ShowTest::closingWhilePresentingKeepsTheLayout()
{
    m_window->commands().presenter->trigger();
    QVERIFY(m_window->close());
    QCOMPARE(Theme::current().zoom(), 100);
    QVERIFY(!m_window->isFullScreen());
}

void ShowTest::largeTextStandsAsAfterAReset()
{
    settle();
    const QHash<QString, QRect> before = places();
    for (int i = 0; i < 10; ++i)
        m_window->commands().largerText->trigger();
    QCOMPARE(Theme::current().zoom(), 200);
    settle();
    const QHash<QString, QRect> large = places();
    QVERIFY(!large.contains(QStringLiteral("timelineDock"))); // no room for it at this size
    m_window->commands().resetLayout->trigger();
    settle();
    QVERIFY2(isSameLayout(places(), large), qPrintable(differenceOf(places(), large)));
    m_window->commands().normalText->trigger();
    settle();
    QVERIFY2(places().keys().size() == before.keys().size(), qPrintable(differenceOf(places(), before)));
    QVERIFY(places().contains(QStringLiteral("timelineDock")));
}

void ShowTest::anOwnLayoutStaysWithLargeText()
{
    m_window->findChild<QDockWidget *>(QStringLiteral("promisesDock"))->hide();
    settle();
    const QStringList before = places().keys();
    for (int i = 0; i < 6; ++i)
        m_window->commands().largerText->trigger();
    settle();
    QCOMPARE(QSet<QString>(before.begin(), before.end()), [this] {
        const QStringList now = places().keys();
        return QSet<QString>(now.begin(), now.end());
    }());
    for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>()) {
        if (dock->isVisible() && dock->geometry().bottom() > 0)
            QVERIFY2(dock->width() >= dock->minimumSizeHint().width(), qPrintable(dock->objectName()));
    }
}

void ShowTest::viewsAreExported_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::newRow("png") << QStringLiteral("png");
    QTest::newRow("svg") << QStringLiteral("svg");
}

void ShowTest::viewsAreExported()
{
    QFETCH(const QString, suffix);
    LoopView &view = *m_window->workspace().loopView();
    const QString path = m_folder.filePath(QStringLiteral("loop.") + suffix);
    QCOMPARE(ViewExport::write(view, path), QString());
    QImage image;
    if (suffix == QLatin1String("svg")) {
        QSvgRenderer renderer(path);
        QVERIFY(renderer.isValid());
        QCOMPARE(renderer.viewBox().size(), view.size());
        image = QImage(view.size(), QImage::Format_RGB32);
        QPainter painter(&image);
        renderer.render(&painter);
    } else {
        QVERIFY(image.load(path));
        QCOMPARE(image.size(), view.size() * 2);
        image = image.scaled(view.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    }
    // The file looks as the view does: most of the picture is the same.
    const QImage shown = view.grab().toImage().convertToFormat(QImage::Format_RGB32);
    image = image.convertToFormat(QImage::Format_RGB32);
    int same = 0;
    int marks = 0;
    for (int y = 0; y < shown.height(); ++y) {
        for (int x = 0; x < shown.width(); ++x) {
            same += std::abs(qGray(shown.pixel(x, y)) - qGray(image.pixel(x, y))) < 24 ? 1 : 0;
            marks += image.pixel(x, y) != image.pixel(0, 0) ? 1 : 0;
        }
    }
    QVERIFY2(same > shown.width() * shown.height() * 95 / 100, qPrintable(QString::number(same)));
    QVERIFY2(marks > shown.width() * shown.height() / 20, "the picture is blank");
}

void ShowTest::svgHoldsTextsAndNoPictures()
{
    const QString path = m_folder.filePath(QStringLiteral("window.svg"));
    QCOMPARE(ViewExport::write(*m_window, path), QString());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray svg = file.readAll();
    for (const QByteArray word : {"timers", "idle, prepare", "ping", "Just now", "readFile", "lobby.json"})
        QVERIFY2(svg.contains(word), word.constData());
    QVERIFY2(svg.count("<image") < 40, "icons may be pictures, text may not"); // six icons of the bar, a few signs
}

void ShowTest::otherEndingsAreRefusedWithASentence()
{
    const QString path = m_folder.filePath(QStringLiteral("loop.bmp"));
    QVERIFY(ViewExport::write(*m_window, path).contains(QStringLiteral(".svg")));
    QVERIFY(!QFile::exists(path));
    QVERIFY(!ViewExport::write(*m_window, QStringLiteral("/nowhere/loop.png")).isEmpty());
}

void ShowTest::everyShownViewCanBeExported()
{
    QMenu *menu = m_window->commands().exportView;
    Q_EMIT menu->aboutToShow();
    qsizetype shown = 2; // the window, and the loop in its middle
    for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>()) {
        shown += dock->widget()->isVisible() ? 1 : 0;
        QCOMPARE(dock->titleBarWidget()->contextMenuPolicy(), Qt::ActionsContextMenu);
        QVERIFY(!dock->titleBarWidget()->actions().isEmpty());
    }
    QCOMPARE(menu->actions().size(), shown);
}

void ShowTest::narrowBarsLoseWordsFirst()
{
    QToolButton *next = barButton(m_window->commands().nextEvent);
    QVERIFY(next != nullptr);
    m_window->resize(1366, 768);
    QCOMPARE(next->toolButtonStyle(), Qt::ToolButtonTextBesideIcon);
    m_window->resize(960, 600);
    QTRY_COMPARE(next->toolButtonStyle(), Qt::ToolButtonIconOnly);
    QVERIFY(next->isVisible());
    QVERIFY(barButton(m_window->commands().nextCallback)->isVisible());
    QVERIFY(!next->accessibleName().isEmpty());
}

void ShowTest::everyCommandAndKindHasItsIcon()
{
    const QDir commands(QStringLiteral(":/icons/commands"));
    QVERIFY(commands.entryList().size() >= 10);
    for (const QString &file : commands.entryList())
        QVERIFY2(!commandIcon(QString(file).remove(QStringLiteral(".svg")), Qt::black, Qt::gray).isNull(), qPrintable(file));
    for (const QToolButton *button : m_window->findChildren<QToolButton *>()) {
        // Workspaces are words, and never shrink to icons.
        if (button->defaultAction() != nullptr && !button->property("workspace").toBool())
            QVERIFY2(!button->icon().isNull(), qPrintable(button->text()));
    }
    for (const Hue hue : {Hue::Timers, Hue::Poll, Hue::Check, Hue::Closing, Hue::Tick, Hue::Microtask, Hue::Script}) {
        const QImage drawn = kindIcon(hue, Palette::dark()).pixmap(32).toImage();
        int inked = 0;
        for (int y = 0; y < drawn.height(); ++y) {
            for (int x = 0; x < drawn.width(); ++x)
                inked += drawn.pixelColor(x, y).alpha() > 128 ? 1 : 0;
        }
        QVERIFY2(inked > 60, qPrintable(QString::number(static_cast<int>(hue))));
    }
}

} // namespace loopscope

QTEST_MAIN(loopscope::ShowTest)
#include "ShowTest.moc"
