// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every question of the course, and its sibling, is decided by the run that the window makes of its script: one in which statements are
// recorded, unlike those of `loopscope lessons check`.
#include "LessonFeedback.h"
#include "LessonRuns.h"
#include "lessons/loader/LessonReader.h"
#include "session/RunSession.h"

#include <QTest>

using namespace loopscope;

class LessonQuestionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void canBeAsked_data();
    void canBeAsked();

private:
    Course m_course;
};

void LessonQuestionsTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
}

void LessonQuestionsTest::canBeAsked_data()
{
    QTest::addColumn<int>("lesson");
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("again");
    m_course = LessonReader::readCourse(QStringLiteral(COURSE), {});
    QVERIFY(!m_course.lessons.isEmpty());
    for (int lesson = 0; lesson < m_course.lessons.size(); ++lesson) {
        const Lesson &each = m_course.lessons[lesson];
        for (int step = 0; step < each.steps.size(); ++step) {
            if (each.steps[step].question)
                QTest::addRow("%s %s", qPrintable(each.name), qPrintable(each.steps[step].id)) << lesson << step << false;
            if (each.steps[step].again)
                QTest::addRow("%s %s again", qPrintable(each.name), qPrintable(each.steps[step].id)) << lesson << step << true;
        }
    }
}

void LessonQuestionsTest::canBeAsked()
{
    QFETCH(int, lesson);
    QFETCH(int, step);
    QFETCH(bool, again);
    const LessonStep &asked = m_course.lessons[lesson].steps[step];
    const LessonQuestion &question = again ? *asked.again : *asked.question;
    LessonRuns runs;
    runs.start(question.script, question.run);
    QTRY_VERIFY_WITH_TIMEOUT(runs.isDone(), 60'000);
    QVERIFY2(runs.problem().isEmpty(), qPrintable(runs.problem()));
    const QuestionRun run(question, runs.session());
    QVERIFY2(run.problem().isEmpty(), qPrintable(run.problem()));
    QVERIFY(!run.right().isEmpty());
}

QTEST_MAIN(LessonQuestionsTest)
#include "LessonQuestionsTest.moc"
