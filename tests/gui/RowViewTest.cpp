// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The view for lists of any length: what is where, what the keys do, and that a hundred million rows are as quick as ten.
#include "shell/RowView.h"

#include <QAbstractTableModel>
#include <QAccessible>
#include <QHeaderView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

namespace loopscope {

namespace {

/// Rows that are only numbers.
class Numbers : public QAbstractTableModel
{
public:
    explicit Numbers(int rows)
        : m_rows(rows)
    {
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 2; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (role != Qt::DisplayRole)
            return {};
        ++m_asked;
        return QStringLiteral("row %1 column %2").arg(index.row()).arg(index.column());
    }
    void add(int rows)
    {
        beginInsertRows({}, m_rows, m_rows + rows - 1);
        m_rows += rows;
        endInsertRows();
    }
    void drop(int rows)
    {
        beginRemoveRows({}, m_rows - rows, m_rows - 1);
        m_rows -= rows;
        endRemoveRows();
    }
    int takeAsked() const { return std::exchange(m_asked, 0); }

private:
    int m_rows;
    mutable int m_asked = 0;
};

} // namespace

class RowViewTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsAreWhereTheyBelong();
    void keysMoveAndSelect();
    void scrollingShowsARow();
    void removedRowsAreLeft();
    void onlyWhatIsSeenIsAskedFor();
    void isAccessibleAsATable();

private:
    static void prepare(RowView &view, QAbstractItemModel &model)
    {
        view.setSelectionMode(QAbstractItemView::ExtendedSelection);
        view.makeHeader();
        view.setModel(&model);
        view.setRowHeight(20);
        view.resize(300, 20 * 10 + view.header()->height());
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
    }
    static int current(const RowView &view) { return view.currentIndex().row(); }
};

void RowViewTest::rowsAreWhereTheyBelong()
{
    Numbers model(1000);
    RowView view;
    prepare(view, model);
    QCOMPARE(view.firstVisibleRow(), 0);
    const QModelIndex third = model.index(2, 1);
    QCOMPARE(view.visualRect(third).top(), 40);
    QCOMPARE(view.indexAt(view.visualRect(third).center()), third);
    QVERIFY(!view.indexAt(QPoint(5, -1)).isValid());
    view.verticalScrollBar()->setValue(500);
    QCOMPARE(view.indexAt(QPoint(5, 5)).row(), 500);
    QCOMPARE(view.visualRect(model.index(499, 0)).top(), -20);
    view.scrollToBottom();
    QVERIFY(view.isScrolledToBottom());
    QVERIFY(view.visualRect(model.index(999, 0)).bottom() < view.viewport()->height());
    QVERIFY(!view.indexAt(QPoint(5, view.visualRect(model.index(999, 0)).bottom() + 2)).isValid());
}

void RowViewTest::keysMoveAndSelect()
{
    Numbers model(1000);
    RowView view;
    prepare(view, model);
    view.setCurrentIndex(model.index(0, 0));
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(current(view), 1);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(view.selectedRows(100), QList<int>({1, 2, 3}));
    QCOMPARE(view.selectedRows(2), QList<int>({1, 2}));
    QTest::keyClick(&view, Qt::Key_End);
    QCOMPARE(current(view), 999);
    QVERIFY(view.isScrolledToBottom());
    QTest::keyClick(&view, Qt::Key_PageUp);
    const int pageUp = current(view);
    QVERIFY(pageUp < 995 && pageUp > 980);
    // The selection reaches from where it began, out of sight.
    QTest::keyClick(&view, Qt::Key_Home, Qt::ShiftModifier);
    QCOMPARE(current(view), 0);
    QCOMPARE(view.selectedRows(10'000).size(), pageUp + 1);
    QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(view.selectedRows(10'000).size(), 1000);
}

void RowViewTest::scrollingShowsARow()
{
    Numbers model(1000);
    RowView view;
    prepare(view, model);
    view.scrollTo(model.index(500, 0));
    QVERIFY(view.viewport()->rect().contains(view.visualRect(model.index(500, 0))));
    view.scrollTo(model.index(100, 0), QAbstractItemView::PositionAtTop);
    QCOMPARE(view.firstVisibleRow(), 100);
    view.scrollTo(model.index(105, 0));
    QCOMPARE(view.firstVisibleRow(), 100);
}

void RowViewTest::removedRowsAreLeft()
{
    Numbers model(1000);
    RowView view;
    prepare(view, model);
    view.setCurrentIndex(model.index(999, 0));
    model.drop(990);
    QCOMPARE(view.firstVisibleRow(), 0);
    QVERIFY(current(view) <= 9);
    model.add(5);
    QVERIFY(view.visualRect(model.index(14, 0)).isValid());
}

void RowViewTest::onlyWhatIsSeenIsAskedFor()
{
    Numbers model(100'000'000);
    RowView view;
    prepare(view, model);
    model.takeAsked();
    view.scrollToBottom();
    for (int i = 0; i < 100; ++i) {
        model.add(1000);
        view.scrollToBottom();
    }
    view.repaint();
    QTest::qWait(20);
    const int asked = model.takeAsked();
    QVERIFY2(asked > 0 && asked < 500, qPrintable(QString::number(asked)));
    QCOMPARE(view.indexAt(QPoint(5, 5)).row(), model.rowCount() - view.verticalScrollBar()->pageStep());
}

void RowViewTest::isAccessibleAsATable()
{
    Numbers model(100);
    RowView view;
    prepare(view, model);
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&view);
    QVERIFY(interface != nullptr && interface->tableInterface() != nullptr);
    QCOMPARE(interface->tableInterface()->rowCount(), 100);
    QCOMPARE(interface->tableInterface()->columnCount(), 2);
    QAccessibleInterface *cell = interface->tableInterface()->cellAt(3, 1);
    QVERIFY(cell != nullptr);
    QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("row 3 column 1"));
}

} // namespace loopscope

QTEST_MAIN(loopscope::RowViewTest)
#include "RowViewTest.moc"
