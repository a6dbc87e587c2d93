// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Chips with keys, with the mouse, and for a screen reader.
#include "lessons/AnswerList.h"
#include "theme/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

namespace loopscope {

using Kind = AnswerChips::Kind;

class AnswerListTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance())); }
    void init();
    void orderedByKeys_data();
    void orderedByKeys();
    void orderedByTheMouse();
    void draggedOutOfTheQueue();
    void handedInByEnter();
    void fixedAnswerStays();
    void saidByAScreenReader();

private:
    void drag(int from, int y);

    AnswerChips m_chips;
    std::unique_ptr<AnswerList> m_list;
};

void AnswerListTest::init()
{
    m_chips.ask(Kind::Order, {QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")}, false);
    m_list = std::make_unique<AnswerList>(m_chips);
    m_list->resize(320, m_list->height());
    m_list->show();
    QVERIFY(QTest::qWaitForWindowActive(m_list.get()));
    m_list->setFocus();
}

void AnswerListTest::orderedByKeys_data()
{
    QTest::addColumn<Qt::KeyboardModifier>("modifier");
    QTest::newRow("Alt") << Qt::AltModifier;
    QTest::newRow("Ctrl") << Qt::ControlModifier;
}

void AnswerListTest::orderedByKeys()
{
    QFETCH(const Qt::KeyboardModifier, modifier);
    QTest::keyClick(m_list.get(), Qt::Key_Down); // goes there
    QCOMPARE(m_chips.current(), 1);
    QTest::keyClick(m_list.get(), Qt::Key_Up, modifier); // moves it
    QCOMPARE(m_chips.answer(), (QStringList{QStringLiteral("second"), QStringLiteral("first"), QStringLiteral("third")}));
    QTest::keyClick(m_list.get(), Qt::Key_End);
    QCOMPARE(m_chips.current(), 2);
}

void AnswerListTest::drag(int from, int y)
{
    const QPoint start = m_list->itemRect(from).center();
    QTest::mousePress(m_list.get(), Qt::LeftButton, {}, start);
    for (int step = 1; step <= 4; ++step) {
        const QPoint point(start.x(), start.y() + (y - start.y()) * step / 4);
        QMouseEvent move(QEvent::MouseMove, point, m_list->mapToGlobal(point), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(m_list.get(), &move);
    }
    QTest::mouseRelease(m_list.get(), Qt::LeftButton, {}, QPoint(start.x(), y));
}

void AnswerListTest::orderedByTheMouse()
{
    drag(0, m_list->itemRect(2).bottom() - 2);
    QCOMPARE(m_chips.answer(), (QStringList{QStringLiteral("second"), QStringLiteral("third"), QStringLiteral("first")}));
    drag(2, m_list->itemRect(0).top() + 2);
    QCOMPARE(m_chips.answer(), (QStringList{QStringLiteral("first"), QStringLiteral("second"), QStringLiteral("third")}));
}

void AnswerListTest::draggedOutOfTheQueue()
{
    m_chips.ask(Kind::Queue, {QStringLiteral("a"), QStringLiteral("b")}, false);
    QTest::mouseClick(m_list.get(), Qt::LeftButton, {}, m_list->itemRect(1).center());
    QCOMPARE(m_chips.answer(), QStringList{QStringLiteral("b")});
    drag(0, m_list->height() - 2);
    QCOMPARE(m_chips.answer(), QStringList());
    QTest::keyClick(m_list.get(), Qt::Key_Space);
    QCOMPARE(m_chips.answer(), QStringList{QStringLiteral("b")});
}

void AnswerListTest::handedInByEnter()
{
    QSignalSpy handedIn(m_list.get(), &AnswerList::handedIn);
    QTest::keyClick(m_list.get(), Qt::Key_Return);
    QCOMPARE(handedIn.count(), 1);
}

void AnswerListTest::fixedAnswerStays()
{
    m_list->setFixedAnswer(true);
    QSignalSpy handedIn(m_list.get(), &AnswerList::handedIn);
    const QStringList before = m_chips.answer();
    QTest::keyClick(m_list.get(), Qt::Key_Down, Qt::AltModifier);
    drag(0, m_list->height() - 2);
    QTest::keyClick(m_list.get(), Qt::Key_Return);
    QCOMPARE(m_chips.answer(), before);
    QCOMPARE(handedIn.count(), 0);
}

void AnswerListTest::saidByAScreenReader()
{
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(m_list.get());
    QVERIFY(list != nullptr);
    QCOMPARE(list->childCount(), 3);
    QCOMPARE(list->child(1)->text(QAccessible::Name), QStringLiteral("second, place 2 of 3"));
    m_list->setShowsCode(false);
    m_chips.ask(Kind::One, {QStringLiteral("`later` runs **first**")}, false);
    QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(QLatin1String("later runs first")));
    list->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(list->child(0)->text(QAccessible::Name), QStringLiteral("later runs first, chosen"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::AnswerListTest)
#include "AnswerListTest.moc"
