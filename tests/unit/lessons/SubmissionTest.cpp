// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/Submission.h"

#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// What a student did is handed in as one file, which is read back as it was, within bounds.
class SubmissionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasAnsweredIsHandedIn();
    void whatIsTooMuchIsTold_data();
    void whatIsTooMuchIsTold();

private:
    QTemporaryDir m_folder;
};

void SubmissionTest::whatWasAnsweredIsHandedIn()
{
    const QString course = QStringLiteral("course");
    Lesson lesson;
    lesson.name = QStringLiteral("01-a");
    LessonProgress progress(m_folder.filePath(QStringLiteral("progress.json")));
    progress.setSeen(course, lesson.name, QStringLiteral("read"));
    progress.answer(course, lesson, QStringLiteral("first"), {QStringLiteral("b"), QStringLiteral("a")}, false);
    progress.write(course, lesson.name, QStringLiteral("mend"), QStringLiteral("let x = 'ä';\n"));
    progress.answer(QStringLiteral("another"), lesson, QStringLiteral("first"), {}, true);

    const QString file = m_folder.filePath(QStringLiteral("a.submission"));
    QCOMPARE(Submission::of(progress, course, QStringLiteral(" Ada Lovelace ")).write(file), QString());
    QString problem;
    const auto read = Submission::read(file, &problem);
    QVERIFY2(read, qPrintable(problem));
    QCOMPARE(read->student, QStringLiteral("Ada Lovelace"));
    QCOMPARE(read->course, course);
    QCOMPARE(read->lessons.size(), 1U);
    const SubmittedLesson *handedIn = read->lesson(lesson.name);
    QVERIFY(handedIn);
    QCOMPARE(handedIn->steps.size(), 2U); // what was only read is not
    QCOMPARE(handedIn->step(QStringLiteral("first"))->answer, QStringList({QStringLiteral("b"), QStringLiteral("a")}));
    QCOMPARE(handedIn->step(QStringLiteral("mend"))->text, QStringLiteral("let x = 'ä';\n"));
    QVERIFY(!handedIn->step(QStringLiteral("read")));
}

void SubmissionTest::whatIsTooMuchIsTold_data()
{
    QTest::addColumn<QJsonObject>("members");
    QTest::addColumn<QString>("told");
    const auto submission = [](const QJsonArray &lessons) {
        return QJsonObject{{QStringLiteral("student"), QStringLiteral("A")}, {QStringLiteral("course"), QStringLiteral("c")},
            {QStringLiteral("lessons"), lessons}};
    };
    const auto lesson = [](const QJsonArray &steps) {
        return QJsonObject{{QStringLiteral("lesson"), QStringLiteral("l")}, {QStringLiteral("steps"), steps}};
    };
    const auto repeated = [](const QJsonValue &value, int count) {
        QJsonArray array;
        for (int i = 0; i < count; ++i)
            array.append(value);
        return array;
    };
    const auto step = [](const char *key, const QJsonValue &value) {
        return QJsonArray{QJsonObject{{QStringLiteral("step"), QStringLiteral("s")}, {QLatin1String(key), value}}};
    };
    QTest::newRow("no name") << QJsonObject{{QStringLiteral("course"), QStringLiteral("c")}} << QStringLiteral("'student' is missing");
    QTest::newRow("lessons") << submission(repeated(lesson({}), 501)) << QStringLiteral("more than 500 lessons");
    QTest::newRow("steps") << submission({lesson(repeated(QJsonObject{{QStringLiteral("step"), QStringLiteral("s")}}, 201))})
                           << QStringLiteral("more than 200 steps");
    QTest::newRow("items") << submission({lesson(step("answer", repeated(QStringLiteral("x"), 501)))}) << QStringLiteral("'s' is too long");
    QTest::newRow("an item") << submission({lesson(step("answer", QJsonArray{QString(4001, QLatin1Char('x'))}))})
                             << QStringLiteral("too long");
    QTest::newRow("a script") << submission({lesson(step("text", QString(300'000, QLatin1Char('x'))))}) << QStringLiteral("too long");
    QTest::newRow("another kind of answer") << submission({lesson(step("answer", 7))}) << QStringLiteral("lessons[0].steps[0].answer");
    QTest::newRow("a claim") << submission({lesson(step("isRight", true))}) << QStringLiteral("isRight");
}

void SubmissionTest::whatIsTooMuchIsTold()
{
    QFETCH(const QJsonObject, members);
    QFETCH(const QString, told);
    const QString file = m_folder.filePath(QStringLiteral("bad.submission"));
    QCOMPARE(LessonFile(QStringLiteral("loopscope-submission"), 1, 1 << 30).write(file, members), QString());
    QString problem;
    QVERIFY(!Submission::read(file, &problem));
    QVERIFY2(problem.contains(told) && problem.contains(file), qPrintable(problem));
}

QTEST_APPLESS_MAIN(SubmissionTest)
#include "SubmissionTest.moc"
