// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The call tree's model, without a window.
#include "profile/CallTreeModel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTest>

namespace loopscope {

class CallTreeModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void modelKeepsItsContract_data();
    void modelKeepsItsContract();
    void siblingsStandByTheirTime();
    void cellsAreInWords();
};

namespace {

CallTreeModel::Texts texts()
{
    return {[](quint32 node) { return QStringLiteral("f%1").arg(node); }, [](quint32 node) { return QStringLiteral("a.js:%1").arg(node); },
        [](quint32 node) { return node + 100; }};
}

} // namespace

void CallTreeModelTest::modelKeepsItsContract_data()
{
    QTest::addColumn<int>("nodes");
    QTest::newRow("empty") << 0;
    QTest::newRow("root only") << 1;
    QTest::newRow("some") << 60;
}

void CallTreeModelTest::modelKeepsItsContract()
{
    QFETCH(int, nodes);
    CallTreeModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QRandomGenerator random(3);
    std::vector<CallTreeRow> rows;
    for (int node = 0; node < nodes; ++node)
        rows.push_back({node == 0 ? 0 : random.bounded(static_cast<quint32>(node)), 1, random.bounded(9U), 1});
    model.setTree(rows, texts());
    int seen = 0;
    QList<QModelIndex> open{QModelIndex()};
    while (!open.isEmpty()) {
        const QModelIndex parent = open.takeLast();
        for (int row = 0; row < model.rowCount(parent); ++row, ++seen)
            open << model.index(row, 0, parent);
    }
    QCOMPARE(seen, std::max(0, nodes - 1));
    model.setTree({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void CallTreeModelTest::siblingsStandByTheirTime()
{
    CallTreeModel model;
    model.setTree({{0, 0, 90, 0}, {0, 10, 20, 1}, {0, 5, 70, 2}, {2, 0, 30, 1}, {2, 0, 40, 1}}, texts());
    QCOMPARE(model.rowCount(), 2);
    const QModelIndex first = model.index(0, 0);
    QCOMPARE(first.data().toString(), QStringLiteral("f2"));
    QCOMPARE(model.index(0, 0, first).data().toString(), QStringLiteral("f4"));
    QCOMPARE(model.index(1, 0, first).data().toString(), QStringLiteral("f3"));
    QCOMPARE(model.index(1, 0, first).parent(), first);
    QCOMPARE(model.siteOf(first), quint32(102));
    QCOMPARE(model.siteOf({}), quint32(0));
}

void CallTreeModelTest::cellsAreInWords()
{
    CallTreeModel model;
    model.setTree({{0, 0, 40'000'000, 0}, {0, 1'500'000, 10'000'000, 3}}, texts());
    const auto text = [&model](int column) { return model.index(0, column).data().toString(); };
    QCOMPARE(text(CallTreeModel::Share), QStringLiteral("25.0 %"));
    QCOMPARE(text(CallTreeModel::Calls), QStringLiteral("3"));
    QCOMPARE(text(CallTreeModel::Place), QStringLiteral("a.js:1"));
    QVERIFY(text(CallTreeModel::Total).contains(QStringLiteral("10")));
    QVERIFY(model.index(0, CallTreeModel::Calls).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Calls")));
    for (int column = 0; column < CallTreeModel::ColumnCount; ++column)
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
}

} // namespace loopscope

QTEST_MAIN(loopscope::CallTreeModelTest)
#include "CallTreeModelTest.moc"
