// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonProgress.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// What a learner did is kept, comes back, and is never lost.
class LessonProgressTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void whatWasDoneIsThereAgain();
    void wrongPredictionsComeBack();
    void aTaskIsNotAskedAgain();
    void laterAnswersWinWhenFilesMeet();
    void twoProgramsLoseNothing();
    void whatWasForgottenStaysForgotten();
    void editedQuestionsAreOutdated_data();
    void editedQuestionsAreOutdated();
    void filesThatCannotBeReadAreKept_data();
    void filesThatCannotBeReadAreKept();
    void aFolderInItsPlaceIsTold();
    void longTextsAreRefused();
    void aClockSetBackChangesNoOrder();

private:
    QString path(const char *name) const { return m_folder->filePath(QLatin1String(name)); }
    void write(const QString &file, const QByteArray &content) const
    {
        QFile target(file);
        QVERIFY(target.open(QIODevice::WriteOnly));
        QCOMPARE(target.write(content), content.size());
    }
    LessonProgress progress(const char *name = "progress.json")
    {
        return LessonProgress(path(name), [this] { return m_time += 10; });
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    qint64 m_time = 0;
    Lesson m_lesson;
    const QString m_course = QStringLiteral("course");
};

void LessonProgressTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_time = 1000;
    write(path("script.js"), "console.log(1)\n");
    m_lesson = {};
    m_lesson.name = QStringLiteral("09-microtasks");
    LessonQuestion question;
    question.ask = LessonQuestion::Ask::Choice;
    question.question = QStringLiteral("What?");
    question.script = path("script.js");
    question.choices = {{QStringLiteral("one"), {QStringLiteral("prints() == 1"), 3}, {}}};
    LessonStep predict;
    predict.id = QStringLiteral("first");
    predict.kind = LessonStep::Kind::Predict;
    predict.question = question;
    question.question = QStringLiteral("And now?");
    predict.again = std::make_shared<const LessonQuestion>(question);
    LessonStep task;
    task.id = QStringLiteral("mend");
    task.kind = LessonStep::Kind::Do;
    task.script = path("script.js");
    task.task = LessonTask{QStringLiteral("Mend it."), {QStringLiteral("prints() == 2"), 9}, {}, {}, {}, {}};
    m_lesson.steps = {predict, task};
}

void LessonProgressTest::whatWasDoneIsThereAgain()
{
    LessonProgress before = progress();
    QCOMPARE(before.load(), QString());
    before.setSeen(m_course, m_lesson.name, QStringLiteral("intro"));
    before.moveTo(m_course, m_lesson.name, QStringLiteral("mend"));
    before.setHints(m_course, m_lesson.name, QStringLiteral("mend"), 2);
    before.answer(m_course, m_lesson, QStringLiteral("first"), {QStringLiteral("b"), QStringLiteral("a")}, false);
    before.answer(m_course, m_lesson, QStringLiteral("first"), {QStringLiteral("a"), QStringLiteral("b")}, true);
    before.attempt(m_course, m_lesson, QStringLiteral("mend"), QStringLiteral("console.log('ä')"), true);
    QCOMPARE(before.save(), QString());

    LessonProgress after = progress();
    QCOMPARE(after.load(), QString());
    QCOMPARE(after.position(m_course, m_lesson.name), QStringLiteral("mend"));
    const StepProgress *first = after.step(m_course, m_lesson.name, QStringLiteral("first"));
    QVERIFY(first);
    QCOMPARE(first->answer, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QVERIFY(first->isRight && first->isPrediction && first->isAnswered());
    QCOMPARE(first->attempts, 2);
    const StepProgress *mend = after.step(m_course, m_lesson.name, QStringLiteral("mend"));
    QVERIFY(mend && mend->isRight && !mend->isPrediction);
    QCOMPARE(mend->text, QStringLiteral("console.log('ä')"));
    QCOMPARE(mend->hints, 2);
    QVERIFY(after.step(m_course, m_lesson.name, QStringLiteral("intro"))->seenAt > 0);
    QVERIFY(!after.step(m_course, m_lesson.name, QStringLiteral("other")));
    QVERIFY(!after.step(QStringLiteral("other"), m_lesson.name, QStringLiteral("first")));
}

void LessonProgressTest::wrongPredictionsComeBack()
{
    LessonProgress stand = progress();
    for (int number = 1; number <= 5; ++number) {
        m_lesson.name = QStringLiteral("lesson-%1").arg(number);
        stand.answer(m_course, m_lesson, QStringLiteral("first"), {}, false);
    }
    using Retry = LessonProgress::Retry;
    const auto retry = [](int number) { return Retry{QStringLiteral("lesson-%1").arg(number), QStringLiteral("first")}; };
    QCOMPARE(stand.retries(m_course), QList<Retry>({retry(1), retry(2), retry(3), retry(4), retry(5)}));
    // At the end of a lesson: the oldest three, but none of its own.
    QCOMPARE(stand.retriesAfter(m_course, QStringLiteral("lesson-2")), QList<Retry>({retry(1), retry(3), retry(4)}));
    m_lesson.name = QStringLiteral("lesson-1");
    stand.answer(m_course, m_lesson, QStringLiteral("first"), {}, false);
    m_lesson.name = QStringLiteral("lesson-3");
    stand.answer(m_course, m_lesson, QStringLiteral("first"), {}, true);
    QCOMPARE(stand.retries(m_course), QList<Retry>({retry(2), retry(4), retry(5), retry(1)}));
    QCOMPARE(stand.save(), QString());
    LessonProgress again = progress();
    QCOMPARE(again.load(), QString());
    QCOMPARE(again.retries(m_course), stand.retries(m_course));
}

void LessonProgressTest::aTaskIsNotAskedAgain()
{
    LessonProgress stand = progress();
    stand.attempt(m_course, m_lesson, QStringLiteral("mend"), QStringLiteral("1"), false);
    QVERIFY(stand.retries(m_course).isEmpty());
}

void LessonProgressTest::laterAnswersWinWhenFilesMeet()
{
    LessonProgress here = progress("here.json");
    LessonProgress there = progress("there.json");
    here.answer(m_course, m_lesson, QStringLiteral("first"), {QStringLiteral("here")}, true);
    here.write(m_course, m_lesson.name, QStringLiteral("mend"), QStringLiteral("older text"));
    there.write(m_course, m_lesson.name, QStringLiteral("mend"), QStringLiteral("newer text"));
    there.setSeen(m_course, m_lesson.name, QStringLiteral("first")); // later than the answer here, which stays all the same
    there.answer(QStringLiteral("another course"), m_lesson, QStringLiteral("first"), {}, false);
    QCOMPARE(there.exportTo(path("exported.json")), QString());
    QCOMPARE(here.import(path("exported.json")), QString());
    QCOMPARE(here.step(m_course, m_lesson.name, QStringLiteral("first"))->answer, QStringList(QStringLiteral("here")));
    QCOMPARE(here.step(m_course, m_lesson.name, QStringLiteral("mend"))->text, QStringLiteral("newer text"));
    QCOMPARE(here.retries(QStringLiteral("another course")).size(), 1);
    // The other way round it is the same.
    QCOMPARE(here.exportTo(path("back.json")), QString());
    QCOMPARE(there.import(path("back.json")), QString());
    QCOMPARE(there.step(m_course, m_lesson.name, QStringLiteral("first"))->answer, QStringList(QStringLiteral("here")));
    QCOMPARE(there.step(m_course, m_lesson.name, QStringLiteral("mend"))->text, QStringLiteral("newer text"));
}

void LessonProgressTest::twoProgramsLoseNothing()
{
    LessonProgress one = progress();
    LessonProgress other = progress();
    one.answer(m_course, m_lesson, QStringLiteral("first"), {QStringLiteral("x")}, true);
    other.answer(m_course, m_lesson, QStringLiteral("first.again"), {QStringLiteral("y")}, true);
    QCOMPARE(one.save(), QString());
    QCOMPARE(other.save(), QString());
    LessonProgress both = progress();
    QCOMPARE(both.load(), QString());
    QVERIFY(both.step(m_course, m_lesson.name, QStringLiteral("first"))->isAnswered());
    QVERIFY(both.step(m_course, m_lesson.name, QStringLiteral("first.again"))->isAnswered());
}

void LessonProgressTest::whatWasForgottenStaysForgotten()
{
    LessonProgress one = progress();
    one.answer(m_course, m_lesson, QStringLiteral("first"), {}, false);
    one.moveTo(m_course, m_lesson.name, QStringLiteral("mend"));
    QCOMPARE(one.save(), QString());
    QCOMPARE(one.exportTo(path("old.json")), QString());
    one.forget(m_course, m_lesson.name);
    QCOMPARE(one.save(), QString()); // merges with what the file has of it
    QCOMPARE(one.import(path("old.json")), QString());
    QVERIFY(!one.step(m_course, m_lesson.name, QStringLiteral("first")));
    QVERIFY(one.position(m_course, m_lesson.name).isEmpty());
    QVERIFY(one.retries(m_course).isEmpty());
    one.answer(m_course, m_lesson, QStringLiteral("first"), {}, true);
    QCOMPARE(one.step(m_course, m_lesson.name, QStringLiteral("first"))->attempts, 1);
}

void LessonProgressTest::editedQuestionsAreOutdated_data()
{
    QTest::addColumn<QString>("edit");
    QTest::addColumn<bool>("isOutdated");
    QTest::newRow("nothing") << QString() << false;
    QTest::newRow("the script") << QStringLiteral("script") << true;
    QTest::newRow("a condition") << QStringLiteral("condition") << true;
    QTest::newRow("the question") << QStringLiteral("question") << true;
    QTest::newRow("another language") << QStringLiteral("language") << false;
    QTest::newRow("a hint") << QStringLiteral("hint") << false;
    QTest::newRow("the step is gone") << QStringLiteral("step") << true;
}

void LessonProgressTest::editedQuestionsAreOutdated()
{
    QFETCH(const QString, edit);
    LessonProgress stand = progress();
    const QString step = QStringLiteral("first");
    QVERIFY(!stand.isOutdated(m_course, m_lesson, step)); // it was not answered yet
    stand.answer(m_course, m_lesson, step, {QStringLiteral("0")}, true);
    if (edit == QLatin1String("script"))
        write(path("script.js"), "console.log(2)\n");
    else if (edit == QLatin1String("condition"))
        m_lesson.steps[0].question->choices[0].holds.text = QStringLiteral("prints() == 2");
    else if (edit == QLatin1String("question"))
        m_lesson.steps[0].question->question = QStringLiteral("Which?");
    else if (edit == QLatin1String("hint"))
        m_lesson.steps[0].question->hints = {QStringLiteral("Look.")};
    else if (edit == QLatin1String("step"))
        m_lesson.steps.removeFirst();
    if (edit == QLatin1String("language")) {
        m_lesson.language = QStringLiteral("de");
        m_lesson.steps[0].question->question = QStringLiteral("Was?");
    }
    QTEST(stand.isOutdated(m_course, m_lesson, step), "isOutdated");
}

void LessonProgressTest::filesThatCannotBeReadAreKept_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("ending");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const char *content, const char *ending, const char *told) {
        QTest::newRow(name) << QByteArray(content) << QString::fromLatin1(ending) << QString::fromLatin1(told);
    };
    row("cut off", "{\"kind\": \"loopscope-progress\",\n\"format\": 1, \"courses\": [", ".damaged", "line 2");
    row("empty", "", ".damaged", "damaged");
    row("something else", "{\"kind\": \"loopscope-lessons\", \"format\": 1}", ".damaged", "loopscope-lessons");
    row("a wrong type", R"({"kind": "loopscope-progress", "format": 1, "courses": [{"course": 7}]})", ".damaged", "courses[0]");
    row("newer", R"({"kind": "loopscope-progress", "format": 99})", ".newer", "newer Loopscope");
}

void LessonProgressTest::filesThatCannotBeReadAreKept()
{
    QFETCH(const QByteArray, content);
    QFETCH(const QString, ending);
    QFETCH(const QString, told);
    write(path("progress.json"), content);
    write(path("progress.json") + ending, "an older one");
    LessonProgress stand = progress();
    const QString sentence = stand.load();
    QVERIFY2(sentence.contains(told) && sentence.contains(path("progress.json")), qPrintable(sentence));
    stand.answer(m_course, m_lesson, QStringLiteral("first"), {}, true);
    QCOMPARE(stand.save(), QString());
    QFile kept(path("progress.json") + ending + QStringLiteral("2"));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), content);
    LessonProgress other = progress("other.json");
    QVERIFY(other.import(path("progress.json") + ending + QStringLiteral("2")).contains(told));
    QCOMPARE(other.course(m_course), nullptr);
}

void LessonProgressTest::aFolderInItsPlaceIsTold()
{
    QVERIFY(QDir().mkdir(path("progress.json")));
    LessonProgress stand = progress();
    QVERIFY(stand.load().contains(path("progress.json")));
    QVERIFY(stand.save().contains(path("progress.json")));
    QVERIFY(QFileInfo(path("progress.json")).isDir());
}

void LessonProgressTest::longTextsAreRefused()
{
    LessonProgress stand = progress();
    const QString step = QStringLiteral("mend");
    QVERIFY(stand.write(m_course, m_lesson.name, step, QStringLiteral("short")));
    QVERIFY(!stand.write(m_course, m_lesson.name, step, QString(LessonProgress::mostTextBytes + 1, QLatin1Char('x'))));
    QCOMPARE(stand.step(m_course, m_lesson.name, step)->text, QStringLiteral("short"));
}

void LessonProgressTest::aClockSetBackChangesNoOrder()
{
    LessonProgress before = progress();
    before.answer(m_course, m_lesson, QStringLiteral("first"), {QStringLiteral("earlier")}, true);
    QCOMPARE(before.save(), QString());
    m_time = 5;
    LessonProgress after = progress();
    QCOMPARE(after.load(), QString());
    after.answer(m_course, m_lesson, QStringLiteral("first"), {QStringLiteral("later")}, true);
    QCOMPARE(after.save(), QString());
    QCOMPARE(after.step(m_course, m_lesson.name, QStringLiteral("first"))->answer, QStringList(QStringLiteral("later")));
}

QTEST_APPLESS_MAIN(LessonProgressTest)
#include "LessonProgressTest.moc"
