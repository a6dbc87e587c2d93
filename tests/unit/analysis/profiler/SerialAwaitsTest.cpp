// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What waiting at once had saved: scripts whose waits are known to the millisecond.
#include "ProfiledScript.h"

using namespace loopscope;

class SerialAwaitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void savings_data();
    void savings();
};

void SerialAwaitsTest::savings_data()
{
    QTest::addColumn<QByteArray>("body"); // of an async function that runs once; sleep(ms, result)
    QTest::addColumn<int>("waits");
    QTest::addColumn<int>("total"); // ms
    QTest::addColumn<int>("together"); // ms
    const auto add = [](const char *name, const QByteArray &body, int waits, int total, int together) {
        QTest::newRow(name) << body << waits << total << together;
    };
    add("nothing of one another", "await sleep(20); await sleep(30); await sleep(40);", 3, 90, 40);
    add("each of the one before", "const a = await sleep(20, 30); const b = await sleep(a, 40); await sleep(b);", 0, 0, 0);
    add("one chain and one more", "const a = await sleep(20, 30); await sleep(a); await sleep(40);", 3, 90, 50);
    add("two chains", "const a = await sleep(20, 30); await sleep(a); const b = await sleep(25, 15); await sleep(b);", 4, 90, 50);
    add("through a wait that was short", "const a = await sleep(20, 1); const b = await (async () => a)(); await sleep(30 * b);", 0, 0, 0);
    add("turns for themselves", "for (const n of [10, 20, 30]) await sleep(n);", 3, 60, 30);
    add("turns one of the other", "let n = 10; while (n < 40) n = await sleep(n, n + 10);", 0, 0, 0);
    add("and one after all turns", "let n = 0; for (const each of [10, 20, 30]) n += await sleep(each, 5); await sleep(n);", 4, 75, 45);
    add("behind a condition", "if (await sleep(20, true)) await sleep(30);", 0, 0, 0);
}

void SerialAwaitsTest::savings()
{
    QFETCH(QByteArray, body);
    QFETCH(int, waits);
    QFETCH(int, total);
    QFETCH(int, together);
    for (const QByteArray &run : {QByteArray("async function load() {\n" + body + "\n}\nload();\n"), body}) {
        const bool isTopLevel = run == body;
        const ProfiledScript script((isTopLevel ? QByteArray("import { setTimeout as sleep } from 'timers/promises';\n")
                                                : QByteArray("const { setTimeout: sleep } = require('timers/promises');\n"))
                + run,
            isTopLevel ? QStringList{QStringLiteral("--module")} : QStringList());
        const std::vector<SerialAwaits> serial = script.profile.awaits().serial();
        if (waits == 0) {
            QVERIFY(serial.empty());
            continue;
        }
        QCOMPARE(serial.size(), std::size_t(1));
        QVERIFY(serial[0].isRead);
        QCOMPARE(serial[0].runs, quint64(1));
        QCOMPARE(serial[0].waits, quint64(waits));
        const auto isAbout = [](quint64 time, int expected) { return qAbs(double(time) / 1e6 - expected) < 1.5; };
        QVERIFY2(isAbout(serial[0].total, total), qPrintable(QString::number(serial[0].total)));
        QVERIFY2(isAbout(serial[0].together, together), qPrintable(QString::number(serial[0].together)));
    }
}

QTEST_GUILESS_MAIN(SerialAwaitsTest)
#include "SerialAwaitsTest.moc"
