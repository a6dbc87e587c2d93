// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a script writes for a terminal, as the console shows it.
#include "console/AnsiText.h"

#include <QTest>

namespace loopscope {

class AnsiTextTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesLoseTheirControls_data();
    void linesLoseTheirControls();
    void coloursBecomeStretches();
    void coloursGoOnInTheNextLine();
    void linesAreCounted();
};

void AnsiTextTest::linesLoseTheirControls_data()
{
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << QStringLiteral("plain") << QStringLiteral("plain");
    QTest::newRow("colours") << QStringLiteral("\x1b[31mred\x1b[0m, \x1b[1;4;38;5;200mmore\x1b[m") << QStringLiteral("red, more");
    QTest::newRow("cursor") << QStringLiteral("a\x1b[2Kb\x1b[1;1Hc\x1b[?25l") << QStringLiteral("abc");
    QTest::newRow("link") << QStringLiteral("\x1b]8;;http://a/\x07word\x1b]8;;\x1b\\ end") << QStringLiteral("word end");
    QTest::newRow("cut off") << QStringLiteral("end\x1b[3") << QStringLiteral("end");
    QTest::newRow("lone escape") << QStringLiteral("end\x1b") << QStringLiteral("end");
    QTest::newRow("tab") << QStringLiteral("ab\tc\t\td") << QStringLiteral("ab      c               d");
    QTest::newRow("overwritten") << QStringLiteral("10 %\r20 %\r100 %") << QStringLiteral("100 %");
    QTest::newRow("windows") << QStringLiteral("line\r\n") << QStringLiteral("line");
    QTest::newRow("bell") << QStringLiteral("a\x07"
                                            "b")
                          << QStringLiteral("ab");
    QTest::newRow("empty") << QString() << QString();
}

void AnsiTextTest::linesLoseTheirControls()
{
    QFETCH(QString, written);
    QTEST(AnsiText::parse(written).line(0).text, "shown");
}

void AnsiTextTest::coloursBecomeStretches()
{
    using Colour = AnsiText::Colour;
    const AnsiText line = AnsiText::parse(QStringLiteral("a\x1b[31mb\x1b[1mc\x1b[39md\x1b[0me\x1b[96mf")).line(0);
    QCOMPARE(line.text, QStringLiteral("abcdef"));
    const std::vector<AnsiText::Stretch> expected{
        {1, {Colour::Red}}, {2, {Colour::Red, true}}, {3, {Colour::None, true}}, {4, {}}, {5, {Colour::Cyan}}};
    QVERIFY(line.stretches == expected);
    // An RGB colour is passed over with its numbers: 31 in it is not red.
    QVERIFY(AnsiText::parse(QStringLiteral("\x1b[38;2;31;1;4mx")).line(0).stretches.empty());
}

void AnsiTextTest::coloursGoOnInTheNextLine()
{
    const AnsiText text = AnsiText::parse(QStringLiteral("\x1b[32mone\ntwo\x1b[0m\nthree"));
    QCOMPARE(text.line(1).text, QStringLiteral("two"));
    QCOMPARE(text.line(1).stretches.size(), std::size_t(1));
    QCOMPARE(text.line(1).stretches.front().style.colour, AnsiText::Colour::Green);
    QVERIFY(text.line(2).stretches.empty());
}

void AnsiTextTest::linesAreCounted()
{
    QCOMPARE(AnsiText::lineCount(QString()), 1);
    QCOMPARE(AnsiText::lineCount(QStringLiteral("\n")), 1);
    QCOMPARE(AnsiText::lineCount(QStringLiteral("a\nb")), 2);
    QCOMPARE(AnsiText::lineCount(QStringLiteral("a\nb\n")), 2);
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::AnsiTextTest)
#include "AnsiTextTest.moc"
