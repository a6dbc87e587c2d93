// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window without eyes or without a mouse: names of all controls, the order of Tab, every command in the menus and on the key sheet.
#include "KeySheet.h"
#include "KeysDialog.h"
#include "MainWindow.h"
#include "SampleRecording.h"
#include "loopview/LoopView.h"
#include "promises/PromiseGraphView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "theme/Theme.h"
#include "timeline/TimelineCanvas.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QScopeGuard>
#include <QScrollArea>
#include <QScrollBar>
#include <QShortcut>
#include <QTabBar>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

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
    void noKeyOfAViewIsACommands();
    void lettersOfMenusAreUnique();
    void keySheetIsUsedFromTheKeyboard();
    void keySheetFitsTheWindowsWidth_data();
    void keySheetFitsTheWindowsWidth();
    void keySheetIsPrinted();
    void allViewsAreReachedAndLeftByKeys();
    void paintedThingsAreChildren_data();
    void paintedThingsAreChildren();
    void theTimelineIsASliderToo();

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

void AccessibilityTest::noKeyOfAViewIsACommands()
{
    QVERIFY(m_window->openFile(m_recording));
    QSet<QString> commands;
    for (const QAction *action : m_window->actions()) {
        for (const QKeySequence &key : action->shortcuts())
            commands.insert(key.toString());
    }
    QList<QAction *> inMenus;
    for (const QAction *top : m_window->findChild<QMenuBar *>()->actions())
        collect(*top->menu(), inMenus);
    // Qt answers neither of two that are active at the same time.
    QStringList twice;
    for (const QShortcut *shortcut : m_window->findChildren<QShortcut *>()) {
        if (shortcut->isEnabled() && commands.contains(shortcut->key().toString()))
            twice << describe(*qobject_cast<QWidget *>(shortcut->parent())) + u' ' + shortcut->key().toString();
    }
    for (QAction *action : m_window->findChildren<QAction *>()) {
        for (const QKeySequence &key : action->shortcuts()) {
            const bool isCommand = m_window->actions().contains(action) || inMenus.contains(action);
            if (!isCommand && commands.contains(key.toString()))
                twice << action->text() + u' ' + key.toString();
        }
    }
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(u'\n')));
}

void AccessibilityTest::lettersOfMenusAreUnique()
{
    QStringList twice;
    const std::function<void(const QList<QAction *> &, const QString &)> look = [&](const QList<QAction *> &actions, const QString &menu) {
        QHash<QString, QString> taken;
        for (const QAction *action : actions) {
            const QString letter = QKeySequence::mnemonic(action->text()).toString();
            if (!letter.isEmpty() && taken.contains(letter))
                twice << QStringLiteral("%1: %2, %3").arg(menu, taken.value(letter), action->text());
            taken.insert(letter, action->text());
            if (action->menu() != nullptr)
                look(action->menu()->actions(), action->text());
        }
    };
    look(m_window->findChild<QMenuBar *>()->actions(), QStringLiteral("the bar"));
    QVERIFY2(twice.isEmpty(), qPrintable(twice.join(u'\n')));
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

void AccessibilityTest::keySheetFitsTheWindowsWidth_data()
{
    QTest::addColumn<int>("zoom");
    for (const int zoom : {100, 150, 200})
        QTest::addRow("%d %%", zoom) << zoom;
}

void AccessibilityTest::keySheetFitsTheWindowsWidth()
{
    QFETCH(const int, zoom);
    Theme::current().setZoom(zoom);
    const auto back = qScopeGuard([] { Theme::current().setZoom(100); });
    m_window->commands().keys->trigger();
    const auto *scroll = m_window->findChild<KeysDialog *>()->findChild<QScrollArea *>();
    QTest::qWait(50);
    QVERIFY(scroll->widget()->width() > 500);
    QCOMPARE(scroll->horizontalScrollBar()->maximum(), 0);
}

void AccessibilityTest::keySheetIsPrinted()
{
    const QString path = m_folder.filePath(QStringLiteral("keys.pdf"));
    const auto sections = KeySheet::sections(*m_window->findChild<QMenuBar *>());
    QCOMPARE(KeySheet::writePdf(sections, path), QString());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.trimmed().endsWith("%%EOF"));
    QCOMPARE(pdf.count("/Type /Page\n"), 1); // all of it on one page
    const QString nowhere = m_folder.filePath(QStringLiteral("no/such/folder/keys.pdf"));
    QVERIFY(KeySheet::writePdf(sections, nowhere).contains(nowhere));
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

void AccessibilityTest::paintedThingsAreChildren_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("thing"); // part of its name
    QTest::addColumn<int>("key"); // goes to another one
    QTest::newRow("chips of the loop") << QStringLiteral("loopView") << QStringLiteral("ping") << int(Qt::Key_End);
    QTest::newRow("bars of the timeline") << QStringLiteral("timeline") << QStringLiteral("ping") << int(Qt::Key_Left);
    QTest::newRow("nodes of the promise graph") << QStringLiteral("promiseGraph") << QStringLiteral("Promise.resolve") << int(Qt::Key_End);
}

void AccessibilityTest::paintedThingsAreChildren()
{
    QFETCH(const QString, view);
    QFETCH(const QString, thing);
    QFETCH(const int, key);
    QVERIFY(m_window->openFile(m_recording));
    m_window->stepper().setCursor(m_window->session().eventCount() / 2);
    auto *widget = m_window->findChild<QWidget *>(view);
    QVERIFY2(widget != nullptr && widget->isVisible(), qPrintable(view));
    widget->repaint();
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
    QStringList names;
    int found = -1;
    int items = 0;
    for (int i = 0; i < interface->childCount(); ++i) {
        QAccessibleInterface *child = interface->child(i);
        QVERIFY(child != nullptr && child->isValid());
        QCOMPARE(interface->indexOfChild(child), i);
        if (child->role() != QAccessible::ListItem)
            continue;
        ++items;
        QCOMPARE(child->parent(), interface);
        names << child->text(QAccessible::Name);
        QVERIFY(!names.constLast().isEmpty());
        if (found < 0 && names.constLast().contains(thing))
            found = i;
        if (!child->state().offscreen)
            QVERIFY2(interface->rect().intersects(child->rect()), qPrintable(names.constLast()));
    }
    QVERIFY2(items > 1 && found >= 0, qPrintable(names.join(u'\n')));
    // The keyboard goes to it, and what is painted there is the chosen one.
    QAccessibleInterface *child = interface->child(found);
    const QString name = child->text(QAccessible::Name);
    child->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QVERIFY(widget->hasFocus());
    QVERIFY(interface->focusChild() != nullptr);
    QCOMPARE(interface->focusChild()->text(QAccessible::Name), name);
    QVERIFY(interface->focusChild()->state().focused && interface->focusChild()->state().selected);
    const QPoint middle = interface->focusChild()->rect().center();
    QCOMPARE(interface->childAt(middle.x(), middle.y())->role(), QAccessible::ListItem);
    // Keys go on from there.
    const QImage before = widget->grab().toImage();
    QTest::keyClick(widget, static_cast<Qt::Key>(key), key == Qt::Key_Left ? Qt::ControlModifier : Qt::NoModifier);
    QVERIFY(interface->focusChild() != nullptr);
    QVERIFY2(interface->focusChild()->text(QAccessible::Name) != name, qPrintable(name));
    QVERIFY2(widget->grab().toImage() != before, "what has the keyboard is to be seen");
    // Pressing it leads to its place in the source.
    QList<SiteId> opened;
    const auto listen = [&](auto *sender, auto signal) {
        if (sender != nullptr)
            connect(sender, signal, this, [&opened](SiteId site) { opened << site; });
    };
    listen(qobject_cast<LoopView *>(widget), &LoopView::siteActivated);
    listen(qobject_cast<TimelineCanvas *>(widget), &TimelineCanvas::siteActivated);
    listen(qobject_cast<PromiseGraphView *>(widget), &PromiseGraphView::siteActivated);
    for (int i = 0; i < interface->childCount() && opened.isEmpty(); ++i) {
        if (interface->child(i)->text(QAccessible::Name) == name)
            interface->child(i)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    }
    QCOMPARE(opened.size(), 1);
    QVERIFY(opened.constFirst() != 0);
    // What is gone says so.
    m_window->commands().newScript->trigger();
    widget->repaint();
    QVERIFY(!child->isValid());
    QVERIFY(child->text(QAccessible::Name).isEmpty());
}

void AccessibilityTest::theTimelineIsASliderToo()
{
    QVERIFY(m_window->openFile(m_recording));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(m_window->findChild<QWidget *>(QStringLiteral("timeline")));
    QCOMPARE(interface->role(), QAccessible::Slider);
    QVERIFY(interface->valueInterface() != nullptr);
    QCOMPARE(interface->valueInterface()->maximumValue().toULongLong(), m_window->session().eventCount());
    interface->valueInterface()->setCurrentValue(3);
    QCOMPARE(m_window->stepper().cursor(), quint64(3));
}

} // namespace loopscope

QTEST_MAIN(loopscope::AccessibilityTest)
#include "AccessibilityTest.moc"
