// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/SequenceAlignment.h"
#include "analysis/SiteMatch.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QTest>

using namespace loopscope;

using Items = std::vector<quint64>;

namespace {

Items itemsOf(const QByteArray &letters) { return {letters.begin(), letters.end()}; }

/// The length of the longest common subsequence, by the table that every textbook has.
size_t longestCommon(const Items &left, const Items &right)
{
    std::vector<std::vector<size_t>> best(left.size() + 1, std::vector<size_t>(right.size() + 1, 0));
    for (size_t i = 0; i < left.size(); ++i) {
        for (size_t j = 0; j < right.size(); ++j)
            best[i + 1][j + 1] = left[i] == right[j] ? best[i][j] + 1 : std::max(best[i][j + 1], best[i + 1][j]);
    }
    return best[left.size()][right.size()];
}

bool isSound(const SequenceAlignment &alignment, const Items &left, const Items &right)
{
    qint64 lastLeft = -1;
    qint64 lastRight = -1;
    for (const auto &[i, j] : alignment.matches) {
        if (i <= lastLeft || j <= lastRight || i >= alignment.leftReached || j >= alignment.rightReached || left[i] != right[j])
            return false;
        lastLeft = i;
        lastRight = j;
    }
    return alignment.leftReached <= left.size() && alignment.rightReached <= right.size();
}

} // namespace

class SequenceAlignmentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairs_data();
    void pairs();
    void isShortestOnRandomSequences();
    void whatGrowsLeavesTheRestOpen();
    void farApartSequencesStayQuick();
    void linesThatWereEditedPair_data();
    void linesThatWereEditedPair();
};

void SequenceAlignmentTest::pairs_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<int>("matches");

    QTest::newRow("both empty") << QByteArray() << QByteArray() << 0;
    QTest::newRow("left empty") << QByteArray() << QByteArray("abc") << 0;
    QTest::newRow("right empty") << QByteArray("abc") << QByteArray() << 0;
    QTest::newRow("same") << QByteArray("abcabc") << QByteArray("abcabc") << 6;
    QTest::newRow("one inserted") << QByteArray("abcd") << QByteArray("abXcd") << 4;
    QTest::newRow("one removed") << QByteArray("abXcd") << QByteArray("abcd") << 4;
    QTest::newRow("swapped") << QByteArray("abcd") << QByteArray("acbd") << 3;
    QTest::newRow("nothing in common") << QByteArray("aaaa") << QByteArray("bbb") << 0;
    QTest::newRow("of the paper") << QByteArray("abcabba") << QByteArray("cbabac") << 4;
}

void SequenceAlignmentTest::pairs()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(int, matches);
    const SequenceAlignment alignment = alignSequences(itemsOf(left), itemsOf(right));
    QVERIFY(isSound(alignment, itemsOf(left), itemsOf(right)));
    QCOMPARE(static_cast<int>(alignment.matches.size()), matches);
    QCOMPARE(static_cast<qsizetype>(alignment.leftReached), left.size());
    QCOMPARE(static_cast<qsizetype>(alignment.rightReached), right.size());
}

void SequenceAlignmentTest::isShortestOnRandomSequences()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 500; ++round) {
        Items left(random.bounded(40));
        Items right(random.bounded(40));
        const quint32 letters = 2 + random.bounded(6);
        for (Items *items : {&left, &right})
            std::generate(items->begin(), items->end(), [&] { return random.bounded(letters); });
        const SequenceAlignment forth = alignSequences(left, right);
        const SequenceAlignment back = alignSequences(right, left);
        QVERIFY(isSound(forth, left, right));
        QCOMPARE(forth.matches.size(), longestCommon(left, right));
        QCOMPARE(back.matches.size(), forth.matches.size());
    }
}

void SequenceAlignmentTest::whatGrowsLeavesTheRestOpen()
{
    // The right has come as far as "abX": what the left does behind "ab" may still come.
    const SequenceAlignment growing = alignSequences(itemsOf("abcdef"), itemsOf("abX"), {.right = true});
    QCOMPARE(growing.matches.size(), 2U);
    QCOMPARE(growing.leftReached, 2U);
    QCOMPARE(growing.rightReached, 3U);
    const SequenceAlignment ended = alignSequences(itemsOf("abcdef"), itemsOf("abX"));
    QCOMPARE(ended.leftReached, 6U);
}

void SequenceAlignmentTest::farApartSequencesStayQuick()
{
    Items left(20'000);
    Items right(20'000);
    for (size_t i = 0; i < left.size(); ++i) {
        left[i] = i;
        right[i] = 1'000'000 + i;
    }
    // A common tail must still be found behind more differences than are followed at once.
    left.resize(1000);
    right.resize(1000);
    for (quint64 i = 0; i < 500; ++i) {
        left.push_back(5'000'000 + i);
        right.push_back(5'000'000 + i);
    }
    const SequenceAlignment alignment = alignSequences(left, right);
    QVERIFY(isSound(alignment, left, right));
    QVERIFY2(alignment.matches.size() >= 100, qPrintable(QString::number(alignment.matches.size())));
    QCOMPARE(alignment.leftReached, 1500U);
}

void SequenceAlignmentTest::linesThatWereEditedPair_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QList<int>>("partners");

    QTest::newRow("nothing changed") << QByteArray("a();\nb();") << QByteArray("a();\nb();") << QList<int>{0, 1};
    QTest::newRow("a line above") << QByteArray("a();\nb();") << QByteArray("// new\na();\nb();") << QList<int>{1, 2};
    QTest::newRow("a line gone") << QByteArray("first();\na();\nb();") << QByteArray("a();\nb();") << QList<int>{-1, 0, 1};
    QTest::newRow("indented") << QByteArray("a();\nb();") << QByteArray("if (x) {\n  a();\n}\nb();") << QList<int>{1, 3};
    QTest::newRow("edited") << QByteArray("a();\nsetTimeout(ping, 20);\nb();") << QByteArray("a();\nsetTimeout(ping, 5);\nb();")
                            << QList<int>{0, 1, 2};
    QTest::newRow("edited behind a new line") << QByteArray("a();\nsetTimeout(ping, 20);\nb();")
                                              << QByteArray("a();\n// sooner\nsetTimeout(ping, 5);\nb();") << QList<int>{0, 2, 3};
    QTest::newRow("another line in its place") << QByteArray("a();\nsetTimeout(ping, 20);\nb();") << QByteArray("a();\nwait();\nb();")
                                               << QList<int>{0, -1, 2};
    QTest::newRow("empty") << QByteArray() << QByteArray("a();") << QList<int>{-1};
}

void SequenceAlignmentTest::linesThatWereEditedPair()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QList<int>, partners);
    const std::vector<int> found = matchLines(left, right);
    QCOMPARE(QList<int>(found.begin(), found.end()), partners);
}

QTEST_GUILESS_MAIN(SequenceAlignmentTest)
#include "SequenceAlignmentTest.moc"
