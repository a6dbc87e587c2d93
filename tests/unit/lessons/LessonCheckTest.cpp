// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `loopscope lessons check` on lessons in which one thing is wrong: told with its file and line.
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

class LessonCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void rightLessonsAreRight_data();
    void rightLessonsAreRight();
    void whatIsWrongIsTold_data();
    void whatIsWrongIsTold();
    void whatLoopsForEverIsTold_data();
    void whatLoopsForEverIsTold();
    void limitsThatAreMeantAreNone();
    void whatDiffersInNodeIsTold();
    void gapsOfTranslationsAreTold_data();
    void gapsOfTranslationsAreTold();
    void prerequisitesComeBefore();
    void oneLessonOfACourse();

private:
    struct Checked
    {
        int exitCode = -1;
        QStringList problems; ///< "file:line: sentence"
        int compared = 0;
    };
    Checked check(const QString &folder = QStringLiteral("mine"), const QStringList &options = {}) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder->path());
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
            QStringList{QStringLiteral("lessons"), QStringLiteral("check"), folder, QStringLiteral("--json")} + options);
        process.waitForFinished(120'000);
        const QJsonObject all = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        Checked checked{process.exitCode(), {}, 0};
        const auto take = [&checked](const QJsonArray &problems) {
            for (const QJsonValue &problem : problems)
                checked.problems.append(QStringLiteral("%1:%2: %3")
                                            .arg(problem[QLatin1String("file")].toString())
                                            .arg(problem[QLatin1String("line")].toInt())
                                            .arg(problem[QLatin1String("sentence")].toString()));
        };
        take(all[QLatin1String("problems")].toArray());
        for (const QJsonValue &lesson : all[QLatin1String("lessons")].toArray()) {
            take(lesson[QLatin1String("problems")].toArray());
            checked.compared += lesson[QLatin1String("compared")].toInt();
        }
        return checked;
    }
    void write(const QString &name, const QByteArray &content) const
    {
        const QString path = m_folder->filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).path()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    /// A lesson of one step "a", which stands in line 2 and below.
    void writeLesson(const QByteArray &step, const QString &folder = QStringLiteral("mine"), const QByteArray &fields = {}) const
    {
        write(folder + QStringLiteral("/lesson.json"),
            "{\"format\": 1, \"title\": \"T\", \"goal\": \"G\"," + fields + " \"steps\": [{\"id\": \"a\",\n" + step + "}]}\n");
        write(folder + QStringLiteral("/lesson.md"), "## A {#a}\n");
        write(folder + QStringLiteral("/script.js"),
            "setTimeout(function later() { console.log('timer'); }, 5);\n"
            "process.nextTick(function soon() { console.log('tick'); });\n"
            "console.log('script');\n");
        write(folder + QStringLiteral("/solution.js"), "console.log('solved');\n");
    }
    static bool tells(const Checked &checked, const QString &place, const QString &told)
    {
        return std::any_of(checked.problems.begin(), checked.problems.end(),
            [&](const QString &problem) { return problem.startsWith(place + QLatin1Char(':')) && problem.contains(told); });
    }
    static bool hasNode() { return !QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty(); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void LessonCheckTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void LessonCheckTest::rightLessonsAreRight_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::newRow("read") << QByteArray(R"("kind": "read")");
    QTest::newRow("watch") << QByteArray(R"("kind": "watch", "moments": [
        {"at": {"event": "ended", "task": "script"}, "look": "ticks", "text": "t"},
        {"at": {"event": "begun", "name": "later"}, "look": "timers", "text": "t"}])");
    QTest::newRow("order") << QByteArray(R"("kind": "predict", "question": "q", "ask": "order",
        "misconceptions": [{"before": ["timer", "tick"], "text": "t"}])");
    QTest::newRow("some lines in order") << QByteArray(
        R"("kind": "predict", "question": "q", "ask": "order", "items": ["tick", "script"])");
    QTest::newRow("choice") << QByteArray(R"("kind": "predict", "question": "q", "ask": "choice", "choices": [
        {"text": "a", "holds": "prints() == 2", "misconception": "m"}, {"text": "b", "holds": "prints() == 3"}])");
    QTest::newRow("queue") << QByteArray(R"("kind": "predict", "question": "q", "ask": "queue", "queue": "ticks",
        "at": {"event": "ended", "task": "script"}, "items": ["soon", "later"], "misconceptions": [{"has": "later", "text": "t"}])");
    QTest::newRow("next") << QByteArray(R"("kind": "predict", "question": "q", "ask": "next",
        "at": {"event": "ended", "task": "script"}, "items": ["soon", "later"],
        "misconceptions": [{"picks": "later", "text": "t"}, {"rule": "timer-due", "text": "t"}])");
    QTest::newRow("do") << QByteArray(R"json("kind": "do", "task": "t", "holds": "printed('solved')", "solution": "solution.js",
        "hints": ["h"], "explanation": "e",
        "misconceptions": [{"when": "prints() > 1", "text": "t"}])json");
}

void LessonCheckTest::rightLessonsAreRight()
{
    QFETCH(const QByteArray, step);
    writeLesson(step);
    const Checked checked = check();
    QVERIFY2(checked.problems.isEmpty(), qPrintable(checked.problems.join(QLatin1Char('\n'))));
    QCOMPARE(checked.exitCode, 0);
    QCOMPARE(checked.compared > 0, hasNode());
}

void LessonCheckTest::whatIsWrongIsTold_data()
{
    QTest::addColumn<QByteArray>("step");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const char *step, const char *place, const char *told) {
        QTest::newRow(name) << QByteArray(step) << QString::fromLatin1(place) << QString::fromLatin1(told);
    };
    row("a missing file", R"("kind": "read",
        "script": "gone.js")",
        "lesson.json:3", "'gone.js' is missing");
    row("bad JSON", R"("kind": ,)", "lesson.json:2", "JSON");
    row("a script with an error", R"("kind": "read", "script": "lesson.md")", "lesson.md:0", "cannot be run as it is written");
    row("a moment that does not come", R"("kind": "watch", "moments": [
        {"at": {"event": "begun", "name": "never"}, "look": "timers", "text": "t"}])",
        "lesson.json:3", "does not come");
    row("moments in the wrong order", R"("kind": "watch", "moments": [
        {"at": {"event": "begun", "name": "later"}, "look": "timers", "text": "t"},
        {"at": {"event": "begun", "name": "soon"}, "look": "ticks", "text": "t"}])",
        "lesson.json:4", "before the one above");
    row("an item that is not printed", R"("kind": "predict", "question": "q", "ask": "order", "items": ["tick", "dinner"])",
        "lesson.json:1", "never prints 'dinner'");
    row("an item that is printed twice", R"("kind": "predict", "question": "q", "ask": "order", "script": "twice.js")", "lesson.json:1",
        "prints 'again' 2 times");
    row("a misconception that is right", R"("kind": "predict", "question": "q", "ask": "order",
        "misconceptions": [{"before": ["tick", "timer"], "text": "t"}])",
        "lesson.json:1", "is right");
    row("two right choices", R"("kind": "predict", "question": "q", "ask": "choice", "choices": [
        {"text": "one", "holds": "prints() >= 2"}, {"text": "two", "holds": "prints() == 3"}])",
        "lesson.json:1", "it must be exactly one: 'prints() >= 2', 'prints() == 3'");
    row("no right choice", R"("kind": "predict", "question": "q", "ask": "choice", "choices": [
        {"text": "one", "holds": "prints() > 9"}, {"text": "two", "holds": "prints() > 8"}])",
        "lesson.json:3", "none of the choices holds");
    row("a right choice with a misconception", R"("kind": "predict", "question": "q", "ask": "choice", "choices": [
        {"text": "one", "holds": "prints() > 9"},
        {"text": "two", "holds": "prints() == 3", "misconception": "m"}])",
        "lesson.json:4", "is right");
    row("a queue at a moment that does not come", R"("kind": "predict", "question": "q", "ask": "queue", "queue": "ticks",
        "at": {"event": "begun", "name": "never"}, "items": ["soon"])",
        "lesson.json:3", "does not come");
    row("a right queue as a misconception", R"("kind": "predict", "question": "q", "ask": "queue", "queue": "ticks",
        "at": {"event": "ended", "task": "script"}, "items": ["soon", "later"], "misconceptions": [{"has": "soon", "text": "t"}])",
        "lesson.json:1", "is right");
    row("the right callback as a misconception", R"("kind": "predict", "question": "q", "ask": "next",
        "at": {"event": "ended", "task": "script"}, "items": ["soon", "later"], "misconceptions": [{"picks": "soon", "text": "t"}])",
        "lesson.json:1", "is right");
    row("the next callback is none of the items", R"("kind": "predict", "question": "q", "ask": "next",
        "at": {"event": "ended", "task": "script"}, "items": ["other", "later"])",
        "lesson.json:1", "soon");
    row("nothing comes next", R"("kind": "predict", "question": "q", "ask": "next",
        "at": {"event": "run-ended"}, "items": ["soon", "later"])",
        "lesson.json:1", "no callback");
    row("solved already", R"("kind": "do", "task": "t", "solution": "solution.js",
        "holds": "prints() > 0")",
        "lesson.json:3", "holds already");
    row("a task without hints", R"json("kind": "do", "task": "t", "solution": "solution.js", "holds": "printed('solved')")json",
        "lesson.json:1", "no 'hints'");
    row("a task without an explanation", R"json("kind": "do", "task": "t", "solution": "solution.js", "holds": "printed('solved')")json",
        "lesson.json:1", "no 'explanation'");
    row("not solved by the solution", R"json("kind": "do", "task": "t", "solution": "solution.js",
        "holds": "printed('dissolved')")json",
        "lesson.json:3", "does not hold for the solution 'solution.js': printed('dissolved')");
}

void LessonCheckTest::whatIsWrongIsTold()
{
    QFETCH(const QByteArray, step);
    QFETCH(const QString, place);
    QFETCH(const QString, told);
    writeLesson(step);
    write(QStringLiteral("mine/twice.js"), "console.log('again'); console.log('again');\n");
    const Checked checked = check();
    QCOMPARE(checked.exitCode, 1);
    QVERIFY2(tells(checked, place, told), qPrintable(checked.problems.join(QLatin1Char('\n'))));
}

void LessonCheckTest::whatLoopsForEverIsTold_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<int>("line");
    QTest::newRow("ticks") << QByteArray("\nfunction again() {\n  process.nextTick(again);\n}\nagain();\n") << 2;
    QTest::newRow("timers") << QByteArray("\n\nsetInterval(function tock() {}, 1);\n") << 3;
}

void LessonCheckTest::whatLoopsForEverIsTold()
{
    QFETCH(const QByteArray, script);
    QFETCH(const int, line);
    writeLesson(R"("kind": "read", "script": "endless.js")");
    write(QStringLiteral("mine/endless.js"), script);
    const Checked checked = check();
    QCOMPARE(checked.exitCode, 1);
    QVERIFY2(tells(checked, QStringLiteral("endless.js:%1").arg(line), QStringLiteral("does not end by itself")),
        qPrintable(checked.problems.join(QLatin1Char('\n'))));
}

void LessonCheckTest::limitsThatAreMeantAreNone()
{
    writeLesson(
        R"("kind": "read", "script": "endless.js", "run": {"options": ["--max-events", "500"]}, "node": "no", "nodeReason": "It never ends.")");
    write(QStringLiteral("mine/endless.js"), "function again() { process.nextTick(again); }\nagain();\n");
    const Checked checked = check();
    QVERIFY2(checked.exitCode == 0, qPrintable(checked.problems.join(QLatin1Char('\n'))));
}

void LessonCheckTest::whatDiffersInNodeIsTold()
{
    if (!hasNode())
        QSKIP("Node is not installed.");
    writeLesson(R"("kind": "read", "script": "clock.js")");
    write(QStringLiteral("mine/clock.js"), "console.log('same');\nconsole.log(process.execPath.split('/').pop());\n");
    const Checked checked = check();
    QCOMPARE(checked.exitCode, 1);
    QVERIFY2(tells(checked, QStringLiteral("lesson.json:1"), QStringLiteral("line 2 of the output is \"node\" in Node")),
        qPrintable(checked.problems.join(QLatin1Char('\n'))));
}

void LessonCheckTest::gapsOfTranslationsAreTold_data()
{
    QTest::addColumn<QByteArray>("texts");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("told");
    const auto row = [](const char *name, const char *texts, const char *place, const char *told) {
        QTest::newRow(name) << QByteArray(texts) << QString::fromLatin1(place) << QString::fromLatin1(told);
    };
    row("all is there",
        R"({"title": "T", "goal": "Z", "steps": [{"id": "a", "question": "f", "choices": [{"text": "x"}, {"text": "y"}]}]})", "", "");
    row("a text", R"({"title": "T",
        "steps": [{"id": "a", "question": "f", "choices": [{"text": "x"}, {"text": "y"}]}]})",
        "lesson.de.json:1", "'goal'");
    row("a text of a step", R"({"title": "T", "goal": "Z",
        "steps": [{"id": "a", "choices": [{"text": "x"}, {"text": "y"}]}]})",
        "lesson.de.json:2", "'question' of the step 'a'");
    row("the last of a list", R"({"title": "T", "goal": "Z",
        "steps": [{"id": "a", "question": "f", "choices": [{"text": "x"}]}]})",
        "lesson.de.json:2", "number 2 of 'choices'");
    row("a step", R"({"title": "T", "goal": "Z", "steps": []})", "lesson.de.json:1", "the step 'a'");
    row("all texts", "", "lesson.de.md:0", "'lesson.de.json' is missing");
}

void LessonCheckTest::gapsOfTranslationsAreTold()
{
    QFETCH(const QByteArray, texts);
    QFETCH(const QString, place);
    QFETCH(const QString, told);
    writeLesson(R"("kind": "predict", "question": "q", "ask": "choice", "choices": [
        {"text": "a", "holds": "prints() == 2"}, {"text": "b", "holds": "prints() == 3"}])");
    write(QStringLiteral("mine/lesson.de.md"), "## Ah {#a}\n");
    if (!texts.isEmpty())
        write(QStringLiteral("mine/lesson.de.json"), texts);
    const Checked checked = check();
    QCOMPARE(checked.exitCode, told.isEmpty() ? 0 : 1);
    QVERIFY2(told.isEmpty() || tells(checked, place, told), qPrintable(checked.problems.join(QLatin1Char('\n'))));
}

void LessonCheckTest::prerequisitesComeBefore()
{
    write(QStringLiteral("course/course.json"), R"({"format": 1, "title": "C", "lessons": ["one", "two"]})");
    writeLesson(R"("kind": "read")", QStringLiteral("course/one"), R"("prerequisites": ["two"],)");
    writeLesson(R"("kind": "read")", QStringLiteral("course/two"), R"("prerequisites": ["three"],)");
    const Checked checked = check(QStringLiteral("course"));
    QCOMPARE(checked.exitCode, 1);
    QVERIFY2(tells(checked, QStringLiteral("one/lesson.json"), QStringLiteral("does not come before"))
            && tells(checked, QStringLiteral("two/lesson.json"), QStringLiteral("'three'")),
        qPrintable(checked.problems.join(QLatin1Char('\n'))));
}

void LessonCheckTest::oneLessonOfACourse()
{
    write(QStringLiteral("course/course.json"), R"({"format": 1, "title": "C", "lessons": ["one", "two"]})");
    writeLesson(R"("kind": "read", "script": "gone.js")", QStringLiteral("course/one"));
    writeLesson(R"("kind": "read")", QStringLiteral("course/two"));
    QCOMPARE(check(QStringLiteral("course")).exitCode, 1);
    QCOMPARE(check(QStringLiteral("course"), {QStringLiteral("--lesson"), QStringLiteral("two")}).exitCode, 0);
    QCOMPARE(check(QStringLiteral("course"), {QStringLiteral("--lesson"), QStringLiteral("three")}).exitCode, 2);
}

QTEST_GUILESS_MAIN(LessonCheckTest)
#include "LessonCheckTest.moc"
