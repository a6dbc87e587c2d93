// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Scripts before and after an edit, run by the runner: what the comparison of their profiles says.
#include "ProfiledScript.h"
#include "analysis/profiler/ProfileComparisonText.h"

#include <algorithm>
#include <numeric>

using namespace loopscope;

class ProfileComparisonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void awaitsTogether();
    void workInPieces();
    void aRunAndItself();
};

void ProfileComparisonTest::awaitsTogether()
{
    const ProfiledScript before("const { setTimeout: sleep } = require('timers/promises');\n"
                                "async function load() {\n  await sleep(20);\n  await sleep(30);\n  await sleep(40);\n}\nload();\n");
    const ProfiledScript after("const { setTimeout: sleep } = require('timers/promises');\n// edited\n"
                               "async function load() {\n  await Promise.all([sleep(20), sleep(30), sleep(40)]);\n}\nload();\n");
    SiteMatch places(before.reader, after.reader);
    const ProfileComparison comparison(before.profile, after.profile, places);
    QVERIFY(comparison.duration().before > 90'000'000);
    QVERIFY(comparison.duration().after < 45'000'000);
    const QString summary = ProfileComparisonText(before.text, after.text).summary(comparison);
    QVERIFY2(summary.contains(QStringLiteral("times as fast")) && summary.contains(QStringLiteral("`load`")), qPrintable(summary));
    const quint64 waitedBefore = std::accumulate(comparison.awaits().begin(), comparison.awaits().end(), quint64{0},
        [](quint64 sum, const AwaitChange &change) { return sum + change.total.before; });
    QVERIFY(waitedBefore > 90'000'000);
}

void ProfileComparisonTest::workInPieces()
{
    const QByteArray beat = "const i = setInterval(function beat() {}, 5); setTimeout(() => clearInterval(i), 150);\n";
    const ProfiledScript before(beat
        + "function work(from, to) { let s = 0; for (let i = from; i < to; i++) s += i; return s; }\n"
          "setTimeout(() => work(0, 2000000), 20);\n");
    const ProfiledScript after(beat
        + "function work(from, to) { let s = 0; for (let i = from; i < to; i++) s += i; return s; }\n"
          "function piece(from) { work(from, from + 20000); if (from < 1980000) setImmediate(piece, from + 20000); }\n"
          "setTimeout(() => piece(0), 20);\n");
    SiteMatch places(before.reader, after.reader);
    const ProfileComparison comparison(before.profile, after.profile, places);
    QVERIFY(comparison.longestHold().before > 10'000'000);
    QVERIFY(comparison.longestHold().after < 2'000'000);
    QVERIFY(comparison.harm().before > 0);
    QCOMPARE(comparison.harm().after, quint64(0));
    const ProfileComparisonText text(before.text, after.text);
    const auto work = std::ranges::find_if(
        comparison.functions(), [&](const FunctionChange &change) { return text.function(change) == QStringLiteral("work"); });
    QVERIFY(work != comparison.functions().end()); // one row, though its line's neighbours changed
    QVERIFY(work->before != 0 && work->after != 0);
    QCOMPARE(work->calls, (BeforeAfter{1, 100}));
    const auto piece = std::ranges::find_if(
        comparison.functions(), [&](const FunctionChange &change) { return text.function(change) == QStringLiteral("piece"); });
    QVERIFY(piece != comparison.functions().end() && piece->before == 0);
}

void ProfileComparisonTest::aRunAndItself()
{
    const ProfiledScript before(
        "function a() { let s = 0; for (let i = 0; i < 1000; i++) s += i; }\na(); setTimeout(a, 5); setImmediate(a);\n");
    SiteMatch places(before.reader, before.reader);
    const ProfileComparison comparison(before.profile, before.profile, places);
    QVERIFY(comparison.functions().empty());
    QVERIFY(comparison.awaits().empty());
    QCOMPARE(comparison.callTree().size(), before.profile.callTree().nodes().size());
    for (const CallDifference &difference : comparison.callTree()) {
        QCOMPARE(difference.before, difference.after);
        QCOMPARE(difference.total.change(), 0);
    }
}

QTEST_GUILESS_MAIN(ProfileComparisonTest)
#include "ProfileComparisonTest.moc"
