// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `loopscope lessons grade`: what students hand in is judged by runs, whatever it claims.
#include "lessons/loader/CsvRow.h"
#include "lessons/loader/LessonReader.h"
#include "lessons/loader/Submission.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

class LessonGradeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void predictionsAreComparedWithTheRun_data();
    void predictionsAreComparedWithTheRun();
    void scriptsOfTasksAreRun_data();
    void scriptsOfTasksAreRun();
    void untouchedLessonsAreGradedIfAsked();
    void editedQuestionsAreNoted();
    void studentsComeInTheirOrder();
    void damagedSubmissionsAreTold();
    void formulasBecomeTexts_data();
    void formulasBecomeTexts();

private:
    struct Result
    {
        int exitCode = -1;
        QStringList rows; ///< without the head
        QString errors;
    };
    Result grade(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
            QStringList{QStringLiteral("lessons"), QStringLiteral("grade"), QStringLiteral("mine")} + arguments);
        process.waitForFinished(120'000);
        Result result{process.exitCode(),
            QString::fromUtf8(process.readAllStandardOutput()).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts),
            QString::fromUtf8(process.readAllStandardError())};
        if (!result.rows.isEmpty())
            result.rows.removeFirst();
        return result;
    }
    /// One row: of the step alone that was handed in.
    QString gradeStep(const SubmittedStep &step) const
    {
        Submission submission;
        submission.student = QStringLiteral("Ada");
        submission.course = QStringLiteral("mine");
        submission.lessons = {{QStringLiteral("mine"), {step}}};
        const QString file = m_folder.filePath(QStringLiteral("ada.submission"));
        if (!submission.write(file).isEmpty())
            return {};
        const Result result = grade({file});
        const auto isOfStep = [&](const QString &row) { return row.contains(QStringLiteral("\"%1\"").arg(step.step)); };
        const auto row = std::find_if(result.rows.begin(), result.rows.end(), isOfStep);
        return row == result.rows.end() ? result.errors : *row;
    }

    QTemporaryDir m_folder;
    std::optional<Lesson> m_lesson;
};

void LessonGradeTest::initTestCase()
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("lessons"), QStringLiteral("new"), QStringLiteral("mine")});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QList<LessonProblem> problems;
    m_lesson = LessonReader::read(m_folder.filePath(QStringLiteral("mine")), QString(), problems);
    QVERIFY(m_lesson);
}

void LessonGradeTest::predictionsAreComparedWithTheRun_data()
{
    QTest::addColumn<QStringList>("answer");
    QTest::addColumn<QString>("row");
    const auto row = [](const char *name, const QStringList &answer, const char *told) {
        QTest::newRow(name) << answer << QString::fromLatin1(told);
    };
    const QString end = QStringLiteral("end of the script");
    const QString promise = QStringLiteral("promise");
    const QString timer = QStringLiteral("timer");
    row("right", {end, promise, timer}, R"("Ada","mine","order","predict","yes","","")");
    row("wrong", {end, timer, promise}, R"("Ada","mine","order","predict","no","answered ""timer"", and it is ""promise""","A timer)");
    row("unfinished", {end}, R"("no","answered nothing more, and it is ""promise""")");
    row("not answered", {}, R"("Ada","mine","order","predict","not answered","","")");
    row("nonsense", {QStringLiteral("=1+1")}, R"("no","answered ""=1+1"")");
}

void LessonGradeTest::predictionsAreComparedWithTheRun()
{
    QFETCH(const QStringList, answer);
    QFETCH(const QString, row);
    const QString graded = gradeStep({QStringLiteral("order"), answer, {}, {}});
    QVERIFY2(graded.contains(row), qPrintable(graded));
}

void LessonGradeTest::scriptsOfTasksAreRun_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("row");
    const auto row = [](const char *name, const char *text, const char *told) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(told);
    };
    row("right",
        "setTimeout(() => console.log('timer'), 1); setImmediate(() => {}); queueMicrotask(() => console.log('answer'));"
        "console.log('end of the script');",
        R"("do","yes","","")");
    row("wrong", "console.log('end of the script'); setTimeout(() => console.log('timer'), 1);",
        R"row("do","no","printedInOrder('end of the script', 'answer', 'timer')","`answer` is gone)row");
    row("a misconception", "console.log('answer'); console.log('end of the script');",
        "\"Now it runs at once, in the middle of the script.\"");
    row("not written", "", R"("do","not answered")");
    row("no script", "let let = ;", R"("do","no","task.js: )");
    row("for ever", "function again() { setImmediate(again); }\nagain();", R"("do","no","task.js:1: it does not end by itself)");
    // The solution lies in the teacher's folder, but is in nobody's reach.
    row("a thief", "require('./solution.js')", R"("do","no")");
    row("a burglar", "console.log('end of the script', 'answer', 'timer', require('fs').readFileSync('/etc/passwd', 'utf8'));",
        R"("do","no")");
    row("a vandal", "require('fs').rmSync(__dirname, {recursive: true}); require('fs').writeFileSync('/tmp/loopscope-grade-test', 'x');",
        R"("do","no")");
}

void LessonGradeTest::scriptsOfTasksAreRun()
{
    QFETCH(const QString, text);
    QFETCH(const QString, row);
    const QString graded = gradeStep({QStringLiteral("sooner"), {}, text, {}});
    QVERIFY2(graded.contains(row), qPrintable(graded));
    QVERIFY(!graded.contains(QLatin1String("root:")));
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/loopscope-grade-test")));
    QVERIFY(QFile::exists(m_folder.filePath(QStringLiteral("mine/solution.js"))));
}

void LessonGradeTest::untouchedLessonsAreGradedIfAsked()
{
    Submission submission;
    submission.student = QStringLiteral("Ada");
    submission.course = QStringLiteral("mine");
    const QString file = m_folder.filePath(QStringLiteral("none.submission"));
    QCOMPARE(submission.write(file), QString());
    const Result none = grade({file});
    QCOMPARE(none.rows, QStringList());
    QVERIFY2(none.errors.contains(QLatin1String("'Ada' handed in nothing")), qPrintable(none.errors));
    const Result all = grade({file, QStringLiteral("--all")});
    QCOMPARE(all.rows.size(), 2);
    QVERIFY(all.rows.first().contains(QLatin1String("\"not answered\"")));
}

void LessonGradeTest::editedQuestionsAreNoted()
{
    const LessonStep *order = m_lesson->step(QStringLiteral("order"));
    QVERIFY(order && order->question);
    const QStringList answer = {QStringLiteral("end of the script"), QStringLiteral("promise"), QStringLiteral("timer")};
    const QString facts = QuestionMark::of(*m_lesson, *order->question).facts;
    QVERIFY(gradeStep({order->id, answer, {}, facts}).endsWith(QLatin1String("\"yes\",\"\",\"\"")));
    const QString edited = gradeStep({order->id, answer, {}, QStringLiteral("another")});
    QVERIFY2(edited.endsWith(QLatin1String("\"yes\",\"\",\"the question was edited since\"")), qPrintable(edited));
}

void LessonGradeTest::studentsComeInTheirOrder()
{
    QStringList files;
    QStringList students;
    for (int number = 0; number < 6; ++number) {
        Submission submission;
        submission.student = QStringLiteral("S%1").arg(number);
        submission.course = QStringLiteral("mine");
        // The first have the most to be run.
        const QString script = QStringLiteral("for (let i = 0; i < %1; i++);").arg((6 - number) * 20'000);
        submission.lessons = {{QStringLiteral("mine"), {{QStringLiteral("sooner"), {}, script, {}}}}};
        files.append(m_folder.filePath(submission.student + QStringLiteral(".submission")));
        QCOMPARE(submission.write(files.last()), QString());
        students << submission.student << submission.student; // two steps
    }
    const Result result = grade(files + QStringList{QStringLiteral("--jobs"), QStringLiteral("4")});
    QCOMPARE(result.exitCode, 0);
    QStringList found;
    for (const QString &row : result.rows)
        found.append(row.section(QLatin1Char('"'), 1, 1));
    QCOMPARE(found, students);
}

void LessonGradeTest::damagedSubmissionsAreTold()
{
    const QString file = m_folder.filePath(QStringLiteral("bad.submission"));
    QFile bad(file);
    QVERIFY(bad.open(QIODevice::WriteOnly) && bad.write("{") == 1);
    bad.close();
    const Result result = grade({file});
    QCOMPARE(result.exitCode, 1);
    QVERIFY2(result.errors.contains(file), qPrintable(result.errors));
    QCOMPARE(grade({}).exitCode, 2);
}

void LessonGradeTest::formulasBecomeTexts_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QByteArray>("row");
    QTest::newRow("a text") << QStringLiteral("a") << QByteArray("\"a\"\r\n");
    QTest::newRow("quotes") << QStringLiteral("a\"b") << QByteArray("\"a\"\"b\"\r\n");
    QTest::newRow("commas and lines") << QStringLiteral("a,b\nc") << QByteArray("\"a,b\nc\"\r\n");
    QTest::newRow("a formula") << QStringLiteral("=HYPERLINK(\"x\")") << QByteArray("\"'=HYPERLINK(\"\"x\"\")\"\r\n");
    for (const char *begin : {"+", "-", "@", "\t", "\r"})
        QTest::newRow(begin) << QLatin1String(begin) + QStringLiteral("1") << QByteArray("\"'") + begin + "1\"\r\n";
    QTest::newRow("full width") << QStringLiteral("＝1") << QByteArray("\"'＝1\"\r\n");
    QTest::newRow("nothing") << QString() << QByteArray("\"\"\r\n");
}

void LessonGradeTest::formulasBecomeTexts()
{
    QFETCH(const QString, field);
    QFETCH(const QByteArray, row);
    QCOMPARE(csvRow({field}), row);
}

QTEST_GUILESS_MAIN(LessonGradeTest)
#include "LessonGradeTest.moc"
