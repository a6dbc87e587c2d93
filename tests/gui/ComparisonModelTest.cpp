// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of two runs side by side, from recordings that are written here.
#include "comparison/ComparisonModel.h"
#include "recording/RecordingWriter.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

namespace loopscope {

namespace {

using Agreement = RecordingComparison::Agreement;

/// A run that prints a line a ms, made bit by bit and read meanwhile.
class GrowingRun
{
public:
    explicit GrowingRun(const QString &path)
        : m_path(path)
    {
        QString problem;
        m_writer = RecordingWriter::create(path, &problem);
        m_writer->defineMetadata(
            {{QStringLiteral("detail"), QStringLiteral("tasks")}, {QStringLiteral("clock"), QStringLiteral("virtual")}});
    }
    void print(char letter, quint64 milliseconds)
    {
        Event event;
        event.time = milliseconds * 1'000'000;
        event.kind = EventKind::ConsoleText;
        event.detail = 1;
        event.value = m_writer->defineString(QString(QLatin1Char(letter)));
        m_writer->append(event);
    }
    void end(quint64 milliseconds)
    {
        Event event;
        event.time = milliseconds * 1'000'000;
        event.kind = EventKind::RunEnded;
        m_writer->append(event);
        m_writer->finish();
    }
    void takeIn()
    {
        if (reader.eventCount() == 0)
            reader.open(m_path);
        reader.refresh();
        m_index.update(reader);
    }
    ComparisonModel::Side side(const QString &name) const { return {name, &reader, &m_text}; }

    RecordingReader reader;

private:
    QString m_path;
    std::unique_ptr<RecordingWriter> m_writer;
    RecordingIndex m_index;
    EventText m_text{reader, m_index};
};

} // namespace

class ComparisonModelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void emptyWithoutAComparison();
    void rowsSayHowTheyAgree();
    void rowsGrowWithTheRuns();
    void anyPairGrowsSoundly();
    void cursorsFindTheirRows();

private:
    struct Pair
    {
        GrowingRun left;
        GrowingRun right;
        std::unique_ptr<RecordingComparison> comparison;
        ComparisonModel model;
        QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

        explicit Pair(const QTemporaryDir &folder)
            : left(folder.filePath(QStringLiteral("left.lscope")))
            , right(folder.filePath(QStringLiteral("right.lscope")))
        {
        }
        void takeIn()
        {
            left.takeIn();
            right.takeIn();
            if (!comparison) {
                comparison = std::make_unique<RecordingComparison>(left.reader, right.reader);
                model.setSource(comparison.get(), left.side(QStringLiteral("First `run`")), right.side(QStringLiteral("Second")));
            }
            while (comparison->isBehind())
                comparison->update(2);
            model.refresh();
        }
        /// "abc|axc" prints these letters on either side, a ms each, and ends.
        void print(const char *letters)
        {
            const QByteArrayList sides = QByteArray(letters).split('|');
            for (int i = 0; i < sides[0].size(); ++i)
                left.print(sides[0][i], static_cast<quint64>(i));
            for (int i = 0; i < sides[1].size(); ++i)
                right.print(sides[1][i], static_cast<quint64>(i));
            left.end(static_cast<quint64>(sides[0].size()));
            right.end(static_cast<quint64>(sides[1].size()));
        }
        QStringList signs() const
        {
            QStringList all;
            for (int row = 0; row < model.rowCount(); ++row)
                all << model.index(row, ComparisonModel::Sign).data().toString();
            return all;
        }
    };

    QTemporaryDir m_folder;
};

void ComparisonModelTest::emptyWithoutAComparison()
{
    ComparisonModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.summary(), QString());
    QCOMPARE(model.firstDifference(), -1);
    model.refresh();
    model.setCursor(true, 7);
    QCOMPARE(model.rowUpTo(true, 7), -1);
}

void ComparisonModelTest::rowsSayHowTheyAgree()
{
    Pair pair(m_folder);
    pair.print("abcde|acdbx"); // b moved down, e is only left, x only right
    pair.takeIn();
    QCOMPARE(pair.signs(),
        (QStringList{QStringLiteral("="), QStringLiteral("≠ first difference"), QStringLiteral("1.0 ms sooner"),
            QStringLiteral("1.0 ms sooner"), QStringLiteral("◀ only here"), QStringLiteral("later here ▶"), QStringLiteral("only here ▶"),
            QStringLiteral("=")}));
    QCOMPARE(pair.model.firstDifference(), 1);
    QVERIFY(pair.model.index(1, 0).data(ComparisonModel::IsFirstDifferenceRole).toBool());
    QVERIFY2(pair.model.summary().contains(QStringLiteral("2 the same, 2 at another time, 1 in another turn, 1 only in the first, 1 only")),
        qPrintable(pair.model.summary()));
    QCOMPARE(pair.model.index(5, ComparisonModel::Sign).data(Qt::ToolTipRole).toString(),
        QStringLiteral("The first run did this in another turn, at 1.0 ms."));
    QVERIFY(!pair.model.index(5, ComparisonModel::First).data(ComparisonModel::EventRole).isValid());
    QCOMPARE(pair.model.headerData(ComparisonModel::First, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("First run"));
    QCOMPARE(pair.model.index(5, 0).data(ComparisonModel::LineRole).toString(), QStringLiteral("–\tlater here ▶\t3.0 ms stdout: b"));
}

void ComparisonModelTest::rowsGrowWithTheRuns()
{
    Pair pair(m_folder);
    pair.left.print('a', 0);
    pair.left.print('b', 1);
    pair.right.print('a', 0);
    pair.takeIn();
    QCOMPARE(pair.signs(), (QStringList{QStringLiteral("="), QStringLiteral("not reached")}));
    pair.right.print('b', 1);
    pair.right.print('c', 2);
    pair.takeIn();
    QCOMPARE(pair.signs(), (QStringList{QStringLiteral("="), QStringLiteral("="), QStringLiteral("not reached")}));
    pair.left.print('x', 2);
    pair.takeIn();
    QCOMPARE(pair.model.firstDifference(), 2);
    pair.left.print('c', 3);
    pair.left.end(4);
    pair.right.end(4);
    pair.takeIn();
    QCOMPARE(pair.signs(),
        (QStringList{QStringLiteral("="), QStringLiteral("="), QStringLiteral("≠ first difference"), QStringLiteral("1.0 ms sooner"),
            QStringLiteral("=")}));
}

void ComparisonModelTest::anyPairGrowsSoundly()
{
    QRandomGenerator random(3);
    for (int round = 0; round < 20; ++round) {
        Pair pair(m_folder);
        pair.left.print('.', 0);
        pair.right.print('.', 0);
        pair.takeIn();
        QByteArray left;
        QByteArray right;
        for (quint64 time = 1; time < 30; ++time) {
            for (auto [run, letters] : {std::pair(&pair.left, &left), std::pair(&pair.right, &right)}) {
                if (random.bounded(3) == 0)
                    continue;
                letters->append(static_cast<char>('a' + (random.bounded(4) == 0 ? random.bounded(4) : letters->size() % 4)));
                run->print(letters->back(), time);
            }
            pair.takeIn(); // the tester checks every insertion and removal
        }
        pair.left.end(30);
        pair.right.end(30);
        pair.takeIn();
        // Each side's moments are all there, once and in their order.
        for (const int column : {ComparisonModel::First, ComparisonModel::Second}) {
            quint64 next = 0;
            for (int row = 0; row < pair.model.rowCount(); ++row) {
                const QModelIndex cell = pair.model.index(row, column);
                const QVariant event = cell.data(ComparisonModel::EventRole);
                const auto agreement = static_cast<Agreement>(cell.data(ComparisonModel::AgreementRole).toInt());
                if (!event.isValid() || agreement == Agreement::Parting)
                    continue;
                QCOMPARE(event.toULongLong(), next++);
                QVERIFY(agreement != Agreement::NotReached);
            }
            QCOMPARE(next, (column == ComparisonModel::First ? pair.left : pair.right).reader.eventCount());
        }
    }
}

void ComparisonModelTest::cursorsFindTheirRows()
{
    Pair pair(m_folder);
    pair.print("abcde|acdbx");
    pair.takeIn();
    for (const bool isOfSecond : {false, true}) {
        const int column = isOfSecond ? ComparisonModel::Second : ComparisonModel::First;
        for (int row = 0; row < pair.model.rowCount(); ++row) {
            const QVariant event = pair.model.index(row, column).data(ComparisonModel::EventRole);
            if (!event.isValid())
                continue;
            QCOMPARE(pair.model.rowUpTo(isOfSecond, event.toULongLong()), row);
            pair.model.setCursor(isOfSecond, event.toULongLong() + 1);
            QVERIFY(pair.model.index(row, column).data(ComparisonModel::IsNowRole).toBool());
        }
    }
}

} // namespace loopscope

QTEST_MAIN(loopscope::ComparisonModelTest)
#include "ComparisonModelTest.moc"
