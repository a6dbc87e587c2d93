// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/Condition.h"
#include "lessons/loader/NamePattern.h"

#include "../../support/Fuzzing.h"

#include <QTest>

using namespace loopscope;

namespace {

/// A run of which a few things are known; all else is 0.
class KnownRun : public Measures
{
public:
    MeasureValue measure(MeasureId id, const QStringList &arguments) const override
    {
        switch (id) {
        case MeasureId::LongestHold:
            return MeasureValue::duration(20e6);
        case MeasureId::Prints:
            return MeasureValue::count(arguments.isEmpty() ? 7 : 2);
        case MeasureId::Printed:
            return MeasureValue::truth(arguments.first() == QLatin1String("yes"));
        case MeasureId::PrintedAt:
            return MeasureValue::duration(MeasureValue::never);
        default:
            return MeasureValue::count(0);
        }
    }
};

} // namespace

class ConditionTest : public QObject, private Fuzzing
{
    Q_OBJECT

public:
    ConditionTest()
        : Fuzzing(11)
    {
    }

private Q_SLOTS:
    void holds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("holds");
        const auto row = [](const char *text, bool holds) { QTest::newRow(text) << QString::fromUtf8(text) << holds; };
        row("longestHold() <= 20ms", true);
        row("longestHold() < 20ms", false);
        row("longestHold() == 0.02s and longestHold() == 20000us", true);
        row("longestHold() != 20ms", false);
        row("longestHold() >= 20ms", true);
        row("longestHold() > 19.999ms", true);
        row("prints() == 7 and prints('x') == 2", true);
        row("printed(\"yes\") and printed('no')", false);
        row("printed(\"yes\") or printed('no')", true);
        row("not printed('no')", true);
        row("not not printed('no')", false);
        row("not printed('no') and printed('no')", false); // 'not' is tighter than 'and'
        row("true or true and false", true); // 'and' is tighter than 'or'
        row("(true or true) and false", false);
        row("not 1 == 2", true);
        row("1 + 2 * 3 == 7", true);
        row("(1 + 2) * 3 == 9", true);
        row("10 - 3 - 2 == 5", true);
        row("12 / 3 / 2 == 2", true);
        row("-2 + 3 == 1", true);
        row("2 * longestHold() == 40ms and longestHold() * 2 == 40ms", true);
        row("longestHold() / 10ms == 2", true);
        row("longestHold() / 2 == 10ms", true);
        row("printedAt('a') > 1000000s", true);
        row("printedAt('a') - printedAt('a') == 0s", false); // nothing is known about it
        row("printedAt('a') - printedAt('a') != 0s", false);
        row("0 / 0 == 0 / 0", false);
        row("1 / 0 > 1000", true);
        row("'it\\'s' == \"it's\"", true);
        row("'a' != 'a'", false);
        row("true == false", false);
        row(" true ", true);
    }
    void holds()
    {
        QFETCH(QString, text);
        ConditionProblem problem;
        const auto condition = Condition::parse(text, MeasureSet::Run, &problem);
        QVERIFY2(condition, qPrintable(problem.sentence));
        QTEST(condition->holds(KnownRun()), "holds");
    }

    void problems_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *text, int column, const char *says) {
            QTest::newRow(text) << QString::fromUtf8(text) << column << QString::fromUtf8(says);
        };
        row("", 1, "ends too early");
        row("prints() ==", 12, "ends too early");
        row("longesthold() < 2ms", 1, "Did you mean 'longestHold'?");
        row("xyzzy() < 2ms", 1, "docs/lessons.md");
        row("longestHold < 2ms", 1, "longestHold()");
        row("longestHold() < 2", 15, "a duration cannot be compared with a number");
        row("longestHold() < 2 ms", 19, "20ms");
        row("longestHold() < 2m", 18, "'m' is no unit");
        row("longestHold()", 1, "<= 20ms");
        row("true and prints()", 10, "== 1");
        row("not prints()", 5, "a condition belongs here");
        row("prints() = 2", 10, "==");
        row("prints() == 2 && true", 15, "'and'");
        row("1 < 2 < 3", 7, "join comparisons");
        row("'a' < 'b'", 5, "neither less nor greater");
        row("1 + 2ms == 3ms", 3, "cannot be calculated");
        row("2ms * 2ms == 4ms", 5, "cannot be calculated");
        row("1 / 2ms == 4", 3, "cannot be calculated");
        row("'a' + 'b' == 'ab'", 5, "cannot be calculated");
        row("-true", 1, "not before a condition");
        row("printed('a", 9, "no closing '");
        row("printed('a'", 12, "closing ')'");
        row("(true", 6, "closing ')'");
        row("true)", 5, "does not belong here");
        row("printed()", 1, "printed(LINE)");
        row("printed('a', 'b')", 1, "printed(LINE)");
        row("printed('a' 'b')", 13, "comma");
        row("printedInOrder('a')", 1, "printedInOrder(LINE, LINE, ...)");
        row("printed(1)", 9, "texts in quotes");
        row("callbacks('tack') == 1", 11, "Did you mean 'tick'?");
        row("ranIn('a', 'chek')", 12, "Did you mean 'check'?");
        row("mostWaiting('stack') == 0", 13, "none of timers");
        row("finding('cpu')", 9, "cpu-bound");
        row("ended('done')", 7, "finished");
        row("throughput('event-loop') > 5", 1, "'lab' only");
        row("and true", 1, "missing before 'and'");
        row("true true", 6, "joined by");
        row("1.", 2, "does not belong");
        row("\xc3\xa4() == 1", 1, "does not belong");
    }
    void problems()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        ConditionProblem problem;
        QVERIFY(!Condition::parse(text, MeasureSet::Run, &problem));
        QVERIFY2(problem.sentence.contains(says), qPrintable(problem.sentence));
        QTEST(problem.column, "column");
    }

    void labMeasuresAreOfTheLabOnly()
    {
        ConditionProblem problem;
        QVERIFY(Condition::parse(QStringLiteral("throughput('event-loop') > 5"), MeasureSet::Lab, &problem));
        QVERIFY(!Condition::parse(QStringLiteral("prints() == 5"), MeasureSet::Lab, &problem));
        QVERIFY(problem.sentence.contains(QLatin1String("throughput")));
        QVERIFY(!Condition::parse(QStringLiteral("p50('event-lop') > 5ms"), MeasureSet::Lab, &problem));
        QVERIFY(problem.sentence.contains(QLatin1String("'event-loop'?")));
    }

    void bombsAreRefused()
    {
        ConditionProblem problem;
        const QString deep = QString(5000, QLatin1Char('(')) + QStringLiteral("true");
        QVERIFY(!Condition::parse(deep, MeasureSet::Run, &problem));
        QVERIFY(problem.sentence.contains(QLatin1String("nested")));
        QVERIFY(!Condition::parse(QStringLiteral("true and ").repeated(900) + QStringLiteral("true"), MeasureSet::Run, &problem));
        QVERIFY(problem.sentence.contains(QLatin1String("simpler")));
        QVERIFY(!Condition::parse(QStringLiteral("not ").repeated(2000) + QStringLiteral("true"), MeasureSet::Run, &problem));
        QVERIFY(!Condition::parse(QStringLiteral("true or ").repeated(100'000), MeasureSet::Run, &problem));
        const auto longest =
            Condition::parse(QStringLiteral("true and ").repeated(499) + QStringLiteral("true"), MeasureSet::Run, &problem);
        QVERIFY2(longest, qPrintable(problem.sentence));
        QVERIFY(longest->holds(KnownRun()));
        QCOMPARE(longest->parts(KnownRun()).size(), 500);
    }

    void partsSayWhatWasMeasured()
    {
        ConditionProblem problem;
        const auto condition = Condition::parse(
            QStringLiteral("longestHold() <= 10ms and (printed(\"yes\") and not prints() + prints('a') > 8)"), MeasureSet::Run, &problem);
        QVERIFY2(condition, qPrintable(problem.sentence));
        const QList<Condition::Part> parts = condition->parts(KnownRun());
        QCOMPARE(parts.size(), 3);
        QCOMPARE(parts[0].text, QStringLiteral("longestHold() <= 10ms"));
        QVERIFY(!parts[0].holds);
        QCOMPARE(parts[0].measured, QStringList{QStringLiteral("longestHold() is 20 ms")});
        QVERIFY(parts[1].holds);
        QCOMPARE(parts[1].measured, QStringList{QStringLiteral("printed(\"yes\") is true")});
        QCOMPARE(parts[2].text, QStringLiteral("not prints() + prints('a') > 8"));
        QVERIFY(!parts[2].holds);
        QCOMPARE(parts[2].measured, (QStringList{QStringLiteral("prints() is 7"), QStringLiteral("prints(\"a\") is 2")}));
    }

    void formsHaveTheirOwnIds()
    {
        QSet<int> ids;
        QSet<QString> names;
        for (const MeasureForm &form : MeasureForm::all()) {
            ids.insert(static_cast<int>(form.id));
            names.insert(form.name);
        }
        QCOMPARE(ids.size(), MeasureForm::all().size());
        QCOMPARE(names.size(), MeasureForm::all().size());
        QCOMPARE(ids.size(), static_cast<int>(MeasureId::Memory) + 1);
    }

    void patterns_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("fits");
        QTest::newRow("same") << QStringLiteral("ab") << QStringLiteral("ab") << true;
        QTest::newRow("longer") << QStringLiteral("ab") << QStringLiteral("abc") << false;
        QTest::newRow("all") << QStringLiteral("*") << QString() << true;
        QTest::newRow("end") << QStringLiteral("a*") << QStringLiteral("abc") << true;
        QTest::newRow("middle") << QStringLiteral("a*c") << QStringLiteral("abcbc") << true;
        QTest::newRow("middle missing") << QStringLiteral("a*c") << QStringLiteral("abcb") << false;
        QTest::newRow("twice") << QStringLiteral("*b*b") << QStringLiteral("ab") << false;
        QTest::newRow("no other wildcards") << QStringLiteral("a.?") << QStringLiteral("abc") << false;
        QTest::newRow("empty") << QString() << QStringLiteral("a") << false;
        QTest::newRow("long") << QStringLiteral("*a").repeated(500) + QLatin1Char('b') << QString(5000, QLatin1Char('a')) << false;
    }
    void patterns()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, text);
        QTEST(NamePattern(pattern).fits(text), "fits");
    }

    /// Whatever stands there: an answer, with a place inside of the text.
    void anyTextIsAnswered()
    {
        static const QStringList words = {QStringLiteral("and"), QStringLiteral("or"), QStringLiteral("not"), QStringLiteral("("),
            QStringLiteral(")"), QStringLiteral("<"), QStringLiteral("=="), QStringLiteral("="), QStringLiteral("+"), QStringLiteral("-"),
            QStringLiteral("*"), QStringLiteral("/"), QStringLiteral("1"), QStringLiteral("2.5ms"), QStringLiteral("'a'"),
            QStringLiteral("\""), QStringLiteral("prints()"), QStringLiteral("printed('b')"), QStringLiteral("true"), QStringLiteral(","),
            QStringLiteral("longestHold()"), QString(QChar(0xD800)), QString(QChar(0))};
        int sound = 0;
        for (int round = 0; round < rounds() * 20; ++round) {
            QString text;
            for (quint64 count = below(9); count > 0; --count)
                text += words[static_cast<qsizetype>(below(static_cast<quint64>(words.size())))] + QLatin1Char(' ');
            ConditionProblem problem;
            const auto condition = Condition::parse(text, MeasureSet::Run, &problem);
            if (condition) {
                ++sound;
                const bool holds = condition->holds(KnownRun());
                const auto parts = condition->parts(KnownRun());
                QCOMPARE(std::all_of(parts.begin(), parts.end(), [](const Condition::Part &part) { return part.holds; }), holds);
            } else {
                QVERIFY2(!problem.sentence.isEmpty() && problem.column >= 1 && problem.column <= text.size() + 1, qPrintable(text));
            }
        }
        QVERIFY(sound > 0);
    }
};

QTEST_APPLESS_MAIN(ConditionTest)
#include "ConditionTest.moc"
