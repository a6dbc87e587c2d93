// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs of real recordings, made with the runner.
#include "analysis/RecordingComparison.h"
#include "RecordedScript.h"
#include "analysis/DifferenceWatch.h"

using namespace loopscope;
using Agreement = RecordingComparison::Agreement;

namespace {

struct Recorded : RecordedScript
{
    using RecordedScript::RecordedScript;
    QString what(quint32 event) const { return event == RecordingComparison::none ? QString() : words.what(event); }
};

const QByteArray orders = "const fs = require('fs');\n"
                          "setTimeout(function ping() {\n"
                          "  console.log('ping');\n"
                          "}, 20);\n"
                          "setTimeout(() => console.log('pong'), 30);\n"
                          "fs.readFile(__filename, function read() { console.log('read'); });\n"
                          "async function load() { await null; console.log('loaded'); }\n"
                          "load().then(() => console.log('done'));\n";

} // namespace

class RecordingComparisonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pairs_data();
    void pairs();
    void aRecordingEqualsItself();
    void portionsGiveTheSame();
    void aCutRecordingHasTheRestOpen();
    void otherDetailIsNoDifference();
    void delaysCountOnTheWallClock_data();
    void delaysCountOnTheWallClock();

private:
    static std::unique_ptr<Recorded> record(const QByteArray &script, const QStringList &options = {})
    {
        return std::make_unique<Recorded>(script, options);
    }
    QStringList told(const RecordingComparison &comparison, const Recorded &left, const Recorded &right) const;
};

/// The rows that are not the same, in the form of a diff.
QStringList RecordingComparisonTest::told(const RecordingComparison &comparison, const Recorded &left, const Recorded &right) const
{
    QStringList lines;
    for (const RecordingComparison::Row &row : comparison.rows()) {
        switch (row.agreement) {
        case Agreement::Same:
            break;
        case Agreement::OtherTime:
            lines << QStringLiteral("~ ") + left.what(row.left);
            break;
        case Agreement::OnlyLeft:
            lines << QStringLiteral("< ") + left.what(row.left);
            break;
        case Agreement::OnlyRight:
            lines << QStringLiteral("> ") + right.what(row.right);
            break;
        case Agreement::Parting:
            lines << QStringLiteral("! %1 | %2").arg(left.what(row.left), right.what(row.right));
            break;
        case Agreement::NotReached:
            lines << QStringLiteral("… ") + left.what(row.left) + right.what(row.right);
            break;
        }
    }
    return lines;
}

void RecordingComparisonTest::pairs_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<QStringList>("rightOptions");
    QTest::addColumn<QStringList>("differences");

    const auto edited = [](const char *from, const char *to) { return QByteArray(orders).replace(from, to); };
    QTest::newRow("identical") << orders << orders << QStringList() << QStringList();
    QTest::newRow("comments and empty lines are nothing")
        << orders << edited("setTimeout(function ping", "\n// ping\n\nsetTimeout(function ping") << QStringList() << QStringList();
    QTest::newRow("a timer is sooner")
        << orders << edited("'pong'), 30", "'pong'), 10") << QStringList()
        << QStringList{QStringLiteral(
                           "! timeout `() => console.log('pong')` due at 30.000 ms | timeout `() => console.log('pong')` due at 10.000 ms"),
               QStringLiteral("> timeout `() => console.log('pong')` begun"), QStringLiteral("> stdout: pong"),
               QStringLiteral("< timeout `() => console.log('pong')` begun"), QStringLiteral("< stdout: pong"),
               QStringLiteral("~ run ended: finished, exit code 0")};
    QTest::newRow("a timer is later but in its turn")
        << orders << edited("}, 20)", "}, 25)") << QStringList()
        << QStringList{QStringLiteral("! timeout `ping` due at 20.000 ms | timeout `ping` due at 25.000 ms"),
               QStringLiteral("~ timeout `ping` begun"), QStringLiteral("~ stdout: ping")};
    QTest::newRow("another text is printed") << orders << edited("'loaded'", "'there'") << QStringList()
                                             << QStringList{QStringLiteral("< stdout: loaded"), QStringLiteral("> stdout: there")};
    QTest::newRow("a line was added") << orders << edited("  console.log('ping');", "  console.log('ping');\n  console.log('again');")
                                      << QStringList() << QStringList{QStringLiteral("> stdout: again")};
    QTest::newRow("a callback is cancelled")
        << orders << edited("setTimeout(() =>", "clearTimeout(setTimeout(function gone() {}, 5)); setTimeout(() =>") << QStringList()
        << QStringList{QStringLiteral("! timeout `() => console.log('pong')` created | timeout `gone` created"),
               QStringLiteral("> timeout `gone` cancelled")};
    QTest::newRow("it ends early") << orders << edited("console.log('ping')", "process.exit(3)") << QStringList()
                                   << QStringList{QStringLiteral("< stdout: ping"),
                                          QStringLiteral("< timeout `() => console.log('pong')` begun"), QStringLiteral("< stdout: pong"),
                                          QStringLiteral("< run ended: finished, exit code 0"),
                                          QStringLiteral("> run ended: process.exit, exit code 3")};
    const QByteArray promises =
        "function after(ms, settle) { return new Promise((fulfil, reject) => setTimeout(settle ? fulfil : reject, ms,"
        " 'late')); }\n"
        "Promise.race([after(20, true), after(30, false)]).then(x => x, function failed() {});\n";
    QTest::newRow("a promise settles the other way")
        << promises << QByteArray(promises).replace("after(30", "after(10") << QStringList()
        << QStringList{QStringLiteral("! timeout `reject` due at 30.000 ms | timeout `reject` due at 10.000 ms"),
               QStringLiteral("> timeout `reject` begun"), QStringLiteral("> promise 4 (new Promise) rejected: 'late'"),
               QStringLiteral("> promise reaction `reject` begun"), QStringLiteral("> promise 6 (Promise.race) rejected: 'late'"),
               QStringLiteral("> promise reaction `failed` begun"), QStringLiteral("< promise 6 (Promise.race) fulfilled"),
               QStringLiteral("< promise reaction `x => x` begun"), QStringLiteral("< promise 9 (then) fulfilled"),
               QStringLiteral("< timeout `reject` begun"), QStringLiteral("< promise 4 (new Promise) rejected: 'late'"),
               QStringLiteral("< promise reaction `reject` begun"), QStringLiteral("~ run ended: finished, exit code 0")};
    const QByteArray race = "setTimeout(function timeout() {}, 0); setImmediate(function immediate() {});";
    QTest::newRow("another seed takes the other order")
        << race << race << QStringList{QStringLiteral("--seed"), QStringLiteral("4")}
        << QStringList{QStringLiteral("< free choice: timeout before immediate"), QStringLiteral("> free choice: immediate before timeout"),
               QStringLiteral("> immediate `immediate` begun"), QStringLiteral("< immediate `immediate` begun")};
}

void RecordingComparisonTest::pairs()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QFETCH(QStringList, rightOptions);
    QFETCH(QStringList, differences);
    const auto a = record(left);
    const auto b = record(right, rightOptions);
    RecordingComparison comparison(a->reader, b->reader);
    comparison.update();
    QVERIFY(!comparison.isBehind());
    QCOMPARE(told(comparison, *a, *b).join(QLatin1Char('\n')), differences.join(QLatin1Char('\n')));
    QCOMPARE(comparison.isSame(), differences.isEmpty());
    QCOMPARE(comparison.parting().has_value(), !differences.isEmpty());
    QCOMPARE(comparison.partingRow().has_value(), comparison.parting().has_value());

    // Who goes along with the second while it is recorded meets the same first difference.
    const auto watch = DifferenceWatch::open(a->path, b->path);
    QVERIFY(watch);
    quint64 met = 0;
    while (met < b->reader.eventCount() && !watch->differs(b->reader.event(met), met + 1))
        ++met;
    QCOMPARE(met, comparison.parting() ? quint64{comparison.parting()->right} : b->reader.eventCount());

    // Seen from the other side it is the same parting, and sides change places.
    RecordingComparison back(b->reader, a->reader);
    back.update();
    QCOMPARE(back.equalEvents(), comparison.equalEvents());
    QCOMPARE(back.partingRow(), comparison.partingRow());
    QCOMPARE(back.count(Agreement::OnlyLeft), comparison.count(Agreement::OnlyRight));
    QCOMPARE(back.count(Agreement::OnlyRight), comparison.count(Agreement::OnlyLeft));
    QCOMPARE(back.count(Agreement::Same), comparison.count(Agreement::Same));
    QCOMPARE(back.count(Agreement::OtherTime), comparison.count(Agreement::OtherTime));
}

void RecordingComparisonTest::aRecordingEqualsItself()
{
    const auto a = record(orders, {QStringLiteral("--detail"), QStringLiteral("statements")});
    RecordingComparison comparison(a->reader, a->reader);
    comparison.update();
    QVERIFY(comparison.isSame());
    QCOMPARE(comparison.equalEvents(), a->reader.eventCount());
    QVERIFY(!comparison.rows().empty());
    QCOMPARE(comparison.count(Agreement::Same), comparison.rows().size());
}

void RecordingComparisonTest::portionsGiveTheSame()
{
    const auto a = record(orders);
    const auto b = record(QByteArray(orders).replace("'pong'), 30", "'pong'), 10"));
    RecordingComparison whole(a->reader, b->reader);
    whole.update();
    RecordingComparison piecemeal(a->reader, b->reader);
    for (int portion = 0; piecemeal.isBehind(); ++portion) {
        QVERIFY(portion < 1000);
        QVERIFY(piecemeal.update(3));
    }
    QVERIFY(!piecemeal.update(3));
    QCOMPARE(told(piecemeal, *a, *b).join(QLatin1Char('\n')), told(whole, *a, *b).join(QLatin1Char('\n')));
    QCOMPARE(piecemeal.rows().size(), whole.rows().size());
    QCOMPARE(piecemeal.equalEvents(), whole.equalEvents());
}

void RecordingComparisonTest::aCutRecordingHasTheRestOpen()
{
    const auto a = record(orders);
    // As a run that was killed leaves it.
    const QString cut = a->path + QStringLiteral(".cut");
    QVERIFY(QFile::copy(a->path, cut));
    QVERIFY(QFile::resize(cut, QFileInfo(cut).size() / 64 * 32));
    RecordingReader c;
    QVERIFY(c.open(cut));
    QVERIFY(c.eventCount() > 20);
    RecordingComparison comparison(a->reader, c);
    comparison.update();
    QVERIFY(!comparison.parting());
    QCOMPARE(comparison.equalEvents(), c.eventCount());
    QVERIFY(comparison.count(Agreement::NotReached) > 0);
    QCOMPARE(comparison.count(Agreement::NotReached) + comparison.count(Agreement::Same), comparison.rows().size());
}

void RecordingComparisonTest::otherDetailIsNoDifference()
{
    const auto a = record(orders, {QStringLiteral("--detail"), QStringLiteral("statements")});
    const auto b = record(orders, {QStringLiteral("--detail"), QStringLiteral("tasks")});
    RecordingComparison comparison(a->reader, b->reader);
    comparison.update();
    QVERIFY(comparison.isSame());
    QVERIFY(a->reader.eventCount() > b->reader.eventCount());
    QCOMPARE(comparison.equalEvents(), b->reader.eventCount());
}

void RecordingComparisonTest::delaysCountOnTheWallClock_data()
{
    QTest::addColumn<QByteArray>("edited");
    QTest::addColumn<bool>("isArmedOtherwise");
    QTest::newRow("the same delay") << QByteArray("setTimeout(function ping() {}, 20);\n") << false;
    QTest::newRow("another delay") << QByteArray("setTimeout(function ping() {}, 60);\n") << true;
}

/// When a timer is due on the wall clock is chance; how long it waits is not.
void RecordingComparisonTest::delaysCountOnTheWallClock()
{
    QFETCH(QByteArray, edited);
    QFETCH(bool, isArmedOtherwise);
    const QStringList wall = {QStringLiteral("--clock"), QStringLiteral("wall")};
    const auto left = record("setTimeout(function ping() {}, 20);\n", wall);
    const auto right = record(edited, wall);
    RecordingComparison comparison(left->reader, right->reader);
    while (comparison.update()) { }
    const auto parting = comparison.parting();
    const bool partsAtTimer =
        parting && parting->left != RecordingComparison::none && left->reader.event(parting->left).kind == EventKind::TimerArmed;
    QCOMPARE(partsAtTimer, isArmedOtherwise);
}

QTEST_GUILESS_MAIN(RecordingComparisonTest)
#include "RecordingComparisonTest.moc"
