// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window without eyes or without a mouse: names of all controls, the order of Tab, every command in the menus and on the key sheet.
#include "KeysDialog.h"
#include "MainWindow.h"
#include "SampleRecording.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

namespace {

QString describe(const QWidget &widget)
{
    QStringList path;
    for (const QWidget *each = &widget; each != nullptr; each = each->parentWidget())
        path << QString::fromLatin1(each->metaObject()->className()) + u':' + each->objectName();
    return path.join(QLatin1String(" < "));
}

/// What a screen reader says of it.
QString nameOf(QWidget &widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&widget);
    return interface != nullptr ? interface->text(QAccessible::Name) : QString();
}

/// Parts of another control, which is the one that is named: scroll bars, the fields inside of spin boxes, corners.
bool isPartOfAnother(const QWidget &widget)
{
    if (widget.parentWidget() != nullptr && widget.parentWidget()->inherits("QComboBoxPrivateContainer"))
        return true;
    if (const auto *tabs = qobject_cast<const QTabBar *>(&widget))
        return tabs->count() == 0; // Qt keeps some for docks to come; its tabs are what is named
    if (const auto *label = qobject_cast<const QLabel *>(&widget))
        return label->text().isEmpty(); // a text that can be selected once there is one
    for (const char *part :
        {"QScrollBar", "QAbstractScrollAreaScrollBarContainer", "QTableCornerButton", "QHeaderView", "QComboBoxPrivateContainer"}) {
        if (widget.inherits(part))
            return true;
    }
    return widget.objectName().startsWith(QLatin1String("qt_"));
}

} // namespace

class AccessibilityTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void everyControlHasAName_data();
    void everyControlHasAName();
    void everyCommandIsInAMenu();
    void everyKeyIsOnTheSheet();
    void noKeyIsTakenTwice();
    void keySheetIsUsedFromTheKeyboard();
    void allViewsAreReachedAndLeftByKeys();

private:
    void collect(const QMenu &menu, QList<QAction *> &found) const;

    QTemporaryDir m_folder;
    QString m_recording;
    std::unique_ptr<MainWindow> m_window;
};

void AccessibilityTest::initTestCase()
{
    m_recording = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(m_recording));
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void AccessibilityTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void AccessibilityTest::everyControlHasAName_data()
{
    QTest::addColumn<QString>("moment");
    QTest::newRow("the empty window") << QStringLiteral("empty");
    QTest::newRow("a recording") << QStringLiteral("recording");
    QTest::newRow("a message") << QStringLiteral("message");
    QTest::newRow("the key sheet") << QStringLiteral("keys");
}

void AccessibilityTest::everyControlHasAName()
{
    QFETCH(const QString, moment);
    if (moment != QLatin1String("empty"))
        QVERIFY(m_window->openFile(m_recording));
    if (moment == QLatin1String("message"))
        m_window->banner().say(Banner::Severity::Error, QStringLiteral("Something is wrong."), {{QStringLiteral("Mend it"), [] {}}});
    if (moment == QLatin1String("keys"))
        m_window->commands().keys->trigger();
    int controls = 0;
    QStringList nameless;
    for (QWidget *widget : m_window->findChildren<QWidget *>()) {
        // Hidden docks count, too: they are a key away.
        if (widget->focusPolicy() == Qt::NoFocus || isPartOfAnother(*widget))
            continue;
        ++controls;
        if (nameOf(*widget).trimmed().isEmpty())
            nameless << describe(*widget);
    }
    QVERIFY(controls > 15);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
}

void AccessibilityTest::collect(const QMenu &menu, QList<QAction *> &found) const
{
    for (QAction *action : menu.actions()) {
        found << action;
        if (action->menu() != nullptr)
            collect(*action->menu(), found);
    }
}

void AccessibilityTest::everyCommandIsInAMenu()
{
    QList<QAction *> inMenus;
    for (const QAction *top : m_window->findChild<QMenuBar *>()->actions())
        collect(*top->menu(), inMenus);
    for (QAction *action : m_window->actions())
        QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
}

void AccessibilityTest::everyKeyIsOnTheSheet()
{
    m_window->commands().keys->trigger();
    const auto *sheet = m_window->findChild<KeysDialog *>();
    QVERIFY(sheet != nullptr && sheet->isVisible());
    QStringList shown;
    for (const QLabel *label : sheet->findChildren<QLabel *>())
        shown << label->text();
    for (const QAction *action : m_window->actions()) {
        if (!action->shortcut().isEmpty())
            QVERIFY2(shown.contains(action->shortcut().toString(QKeySequence::NativeText)), qPrintable(action->text()));
    }
}

void AccessibilityTest::noKeyIsTakenTwice()
{
    QHash<QString, QString> taken;
    for (const QAction *action : m_window->actions()) {
        for (const QKeySequence &key : action->shortcuts()) {
            if (key.isEmpty())
                continue;
            const QString name = key.toString();
            QVERIFY2(!taken.contains(name), qPrintable(name + u' ' + action->text() + u' ' + taken.value(name)));
            taken.insert(name, action->text());
        }
    }
    QVERIFY(taken.size() > 30);
}

void AccessibilityTest::keySheetIsUsedFromTheKeyboard()
{
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    QPointer<KeysDialog> sheet = m_window->findChild<KeysDialog *>();
    QVERIFY(sheet != nullptr);
    QVERIFY(QTest::qWaitForWindowActive(sheet));
    QVERIFY(!sheet->isModal());
    QTest::keyClick(sheet, Qt::Key_Escape);
    QTRY_VERIFY(sheet == nullptr || !sheet->isVisible());
}

void AccessibilityTest::allViewsAreReachedAndLeftByKeys()
{
    QVERIFY(m_window->openFile(m_recording));
    QStringList visited;
    QWidget *first = nullptr;
    for (int i = 0; i < 40; ++i) {
        m_window->commands().nextView->trigger();
        QWidget *now = QApplication::focusWidget();
        QVERIFY(now != nullptr);
        QVERIFY2(!nameOf(*now).isEmpty(), qPrintable(describe(*now)));
        if (now == first)
            break;
        if (first == nullptr)
            first = now;
        visited << nameOf(*now);
    }
    QVERIFY2(visited.size() >= 6, qPrintable(visited.join(QLatin1String(", "))));
    // Tab takes the keyboard through everything and comes round, except in the text, where it indents.
    first = nullptr;
    m_window->commands().nextView->trigger();
    m_window->commands().nextView->trigger();
    QSet<QWidget *> tabbed;
    for (int i = 0; i < 200; ++i) {
        QWidget *now = QApplication::focusWidget();
        if (tabbed.contains(now) || now == nullptr || now->inherits("QsciScintilla"))
            break;
        tabbed.insert(now);
        QTest::keyClick(now, Qt::Key_Tab);
    }
    QVERIFY2(tabbed.size() >= 4, qPrintable(QString::number(tabbed.size())));
}

} // namespace loopscope

QTEST_MAIN(loopscope::AccessibilityTest)
#include "AccessibilityTest.moc"
