// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonReader.h"

#include "../../support/Fuzzing.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

namespace {

// One field a line, so that rows below can name lines.
const char soundJson[] = R"({
  "format": 1,
  "title": "A lesson",
  "goal": "Read `it`.",
  "prerequisites": [],
  "run": {"arguments": ["one"], "options": ["--seed=7", "--detail", "calls", "--module"]},
  "node": "no",
  "nodeReason": "It is a test.",
  "views": ["loop", "console"],
  "steps": [
    {"id": "intro", "kind": "read"},
    {"id": "look", "kind": "watch", "moments": [
      {"at": {"event": "begun", "task": "tick", "name": "a*", "nth": 2}, "look": "ticks", "text": "Here."},
      {"at": {"event": "entered", "phase": "poll"}, "look": "poll", "text": "There."}]},
    {"id": "first", "kind": "predict", "ask": "order", "question": "What?",
      "items": ["a", "b"],
      "misconceptions": [{"before": ["b", "a"], "text": "No."}],
      "hints": ["One.", "Two."], "explanation": "So.",
      "again": {"ask": "next", "question": "And?", "script": "other.js",
        "at": {"event": "printed", "name": "a"},
        "items": ["f", "g"],
        "misconceptions": [{"picks": "f", "text": "F"}, {"rule": "timer-due", "text": "T"}]}},
    {"id": "waits", "kind": "predict", "ask": "queue", "question": "Who?",
      "at": {"event": "ended", "task": "script"},
      "queue": "ticks",
      "items": ["f"],
      "misconceptions": [{"has": "f", "text": "F"}]},
    {"id": "which", "kind": "predict", "ask": "choice", "question": "Which?", "choices": [
      {"text": "A", "holds": "prints() == 2", "misconception": "M"},
      {"text": "B", "holds": "prints() != 2"}]},
    {"id": "mend", "kind": "do", "task": "Do it.",
      "holds": "longestHold() < 20ms",
      "solution": "solution.js",
      "misconceptions": [{"when": "prints() == 0", "text": "N"}]}
  ]
}
)";

const char soundText[] = R"(# A lesson

Welcome.

## Hello {#intro}
Text.
### Below
```js
## not one {#nothing}
```
## Look {#look}
## First {#first}
## Waits {#waits}
## Which {#which}
## Mend ## {#mend}
End.
)";

QStringList words(std::initializer_list<const char *> texts)
{
    QStringList list;
    for (const char *text : texts)
        list.append(QLatin1String(text));
    return list;
}

} // namespace

class LessonReaderTest : public QObject, private Fuzzing
{
    Q_OBJECT

public:
    LessonReaderTest()
        : Fuzzing(3)
    {
    }

private:
    static void write(const QString &path, const QByteArray &content)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    static void writeLesson(const QString &folder)
    {
        write(folder + QStringLiteral("/lesson.json"), soundJson);
        write(folder + QStringLiteral("/lesson.md"), soundText);
        for (const char *name : {"script.js", "other.js", "solution.js"})
            write(folder + QLatin1Char('/') + QLatin1String(name), "console.log('a');\n");
    }
    static QString all(const QList<LessonProblem> &problems)
    {
        QStringList texts;
        for (const LessonProblem &problem : problems)
            texts.append(problem.text());
        return texts.join(QLatin1Char('\n'));
    }

private Q_SLOTS:
    void soundLessonIsReadWhole()
    {
        QTemporaryDir folder;
        writeLesson(folder.path());
        QList<LessonProblem> problems;
        const auto lesson = LessonReader::read(folder.path(), QString(), problems);
        QVERIFY2(lesson, qPrintable(all(problems)));
        QCOMPARE(lesson->title, QStringLiteral("A lesson"));
        QCOMPARE(lesson->goal, QStringLiteral("Read `it`."));
        QCOMPARE(lesson->introduction, QStringLiteral("# A lesson\n\nWelcome."));
        QCOMPARE(lesson->run.options, words({"--seed", "7", "--detail", "calls", "--module"}));
        QCOMPARE(lesson->run.arguments, QStringList{QStringLiteral("one")});
        QCOMPARE(lesson->node, NodeAgreement::None);
        QCOMPARE(lesson->views, words({"loop", "console"}));
        QCOMPARE(lesson->steps.size(), 6);
        QVERIFY(!lesson->step(QStringLiteral("nobody")));

        const LessonStep &intro = lesson->steps.first();
        QCOMPARE(intro.title, QStringLiteral("Hello"));
        QCOMPARE(intro.text, QStringLiteral("Text.\n### Below\n```js\n## not one {#nothing}\n```"));
        QCOMPARE(intro.node, NodeAgreement::None);
        QCOMPARE(intro.views, lesson->views);
        QCOMPARE(intro.run.options, lesson->run.options);
        QCOMPARE(intro.line, 11);

        const LessonStep *look = lesson->step(QStringLiteral("look"));
        QVERIFY(look && look->kind == LessonStep::Kind::Watch && look->moments.size() == 2);
        QCOMPARE(look->moments[0].at.event, QStringLiteral("begun"));
        QCOMPARE(look->moments[0].at.task, QStringLiteral("tick"));
        QCOMPARE(look->moments[0].at.name, QStringLiteral("a*"));
        QCOMPARE(look->moments[0].at.nth, 2);
        QCOMPARE(look->moments[0].at.line, 13);
        QCOMPARE(look->moments[0].look, QStringLiteral("ticks"));
        QCOMPARE(look->moments[1].at.phase, QStringLiteral("poll"));
        QCOMPARE(look->moments[1].text, QStringLiteral("There."));
    }

    void soundQuestionsAreReadWhole()
    {
        QTemporaryDir folder;
        writeLesson(folder.path());
        QList<LessonProblem> problems;
        const auto lesson = LessonReader::read(folder.path(), QString(), problems);
        QVERIFY2(lesson, qPrintable(all(problems)));
        using Ask = LessonQuestion::Ask;
        const LessonStep *first = lesson->step(QStringLiteral("first"));
        QVERIFY(first && first->question && first->again);
        QCOMPARE(first->question->ask, Ask::Order);
        QCOMPARE(first->question->items, words({"a", "b"}));
        QCOMPARE(first->question->misconceptions.first().first, QStringLiteral("b"));
        QCOMPARE(first->question->misconceptions.first().second, QStringLiteral("a"));
        QCOMPARE(first->question->hints.size(), 2);
        QVERIFY(first->question->script.endsWith(QLatin1String("/script.js")));
        QVERIFY(first->again->script.endsWith(QLatin1String("/other.js")));
        QCOMPARE(first->again->ask, Ask::Next);
        QCOMPARE(first->again->at.name, QStringLiteral("a"));
        QCOMPARE(first->again->misconceptions[0].picks, QStringLiteral("f"));
        QCOMPARE(first->again->misconceptions[1].rule, QStringLiteral("timer-due"));
        QVERIFY(first->again->hints.isEmpty());
        const LessonStep *waits = lesson->step(QStringLiteral("waits"));
        QCOMPARE(waits->question->queue, QStringLiteral("ticks"));
        QCOMPARE(waits->question->misconceptions[0].has, QStringLiteral("f"));
        const LessonStep *which = lesson->step(QStringLiteral("which"));
        QCOMPARE(which->question->choices.size(), 2);
        QCOMPARE(which->question->choices[0].holds.line, 29);
        QCOMPARE(which->question->choices[0].misconception, QStringLiteral("M"));
        const LessonStep *mend = lesson->step(QStringLiteral("mend"));
        QCOMPARE(mend->title, QStringLiteral("Mend ##"));
        QCOMPARE(mend->task->holds.text, QStringLiteral("longestHold() < 20ms"));
        QVERIFY(mend->task->solution.endsWith(QLatin1String("/solution.js")));
        QCOMPARE(mend->task->misconceptions[0].when.text, QStringLiteral("prints() == 0"));
    }

    void problems_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("from"); // replaced once
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("says"); // the beginning up to '|', and what is in it
        const auto json = [](const char *name, const char *from, const char *to, const char *says) {
            QTest::newRow(name) << QStringLiteral("lesson.json") << QByteArray(from) << QByteArray(to) << QString::fromUtf8(says);
        };
        json("no JSON", "\"format\": 1,", "\"format\": 1", "lesson.json:3: |comma");
        json("cut off", "  \"goal\"", "\"", "lesson.json:4: |this is no JSON");
        json("not UTF-8", "A lesson", "A \xff", "lesson.json:3: |this is no JSON");
        json("twice", "\"goal\"", "\"title\"", "lesson.json:4: |the first is in line 3");
        json("unknown field", "\"goal\"", "\"gaol\"", "lesson.json:4: |Did you mean 'goal'?");
        json("missing field", "\"goal\": \"Read `it`.\",", "", "lesson.json:1: |'goal' is missing");
        json("empty text", "Read `it`.", " ", "lesson.json:4: |says nothing");
        json("wrong type", "\"A lesson\"", "5", "lesson.json:3: |must be a text in quotes, not a number");
        json("other format", "\"format\": 1", "\"format\": 2", "lesson.json:2: |whole number from 1 to 1");
        json("unknown kind", "\"watch\"", "\"wacth\"", "lesson.json:12: |Did you mean 'watch'?");
        json("unknown ask", "\"order\"", "\"sort\"", "lesson.json:15: |none of order");
        json("unknown view", "\"loop\", ", "\"lop\", ", "lesson.json:9: |Did you mean 'loop'?");
        json("view twice", "\"loop\", ", "\"console\", ", "lesson.json:9: |second time");
        json("view alone", "\"loop\", ", "\"profile\", ", "lesson.json:9: |shown alone");
        json("unknown rule", "timer-due", "timers-due", "lesson.json:22: |Did you mean 'timer-due'?");
        json("unknown event", "\"entered\"", "\"enter\"", "lesson.json:14: |Did you mean 'entered'?");
        json("unknown task", "\"tick\"", "\"tock\"", "lesson.json:13: |Did you mean 'tick'?");
        json("unknown phase", "\"phase\": \"poll\"", "\"phase\": \"pole\"", "lesson.json:14: |Did you mean 'poll'?");
        json("unknown place", "\"look\": \"ticks\"", "\"look\": \"here\"", "lesson.json:13: |'here' is none of");
        json("unknown queue", "\"queue\": \"ticks\"", "\"queue\": \"tocks\"", "lesson.json:25: |Did you mean 'ticks'?");
        json("field of another kind", "\"kind\": \"read\"", "\"kind\": \"read\", \"solution\": \"a.js\"",
            "lesson.json:11: |no field 'solution'");
        json("field of another event", "\"phase\": \"poll\"", "\"task\": \"tick\"", "lesson.json:14: |no field 'task'");
        json("number of a moment", "\"nth\": 2", "\"nth\": 0", "lesson.json:13: |whole number from 1");
        json("half a number", "\"nth\": 2", "\"nth\": 1.5", "lesson.json:13: |whole number from 1");
        json("huge number", "\"nth\": 2", "\"nth\": 1e99", "lesson.json:13: |whole number from 1");
        json("no moments", "\"kind\": \"read\"", "\"kind\": \"watch\", \"moments\": []", "lesson.json:11: |at least one");
        json("unknown option", "--seed=7", "--allow-all", "lesson.json:6: |no option that lessons may have");
        json("near option", "--seed=7", "--sead=7", "lesson.json:6: |Did you mean '--seed'?");
        json("option without value", "\"--detail\", \"calls\", \"--module\"", "\"--detail\"", "lesson.json:6: |needs a value");
        json("option with value", "--module", "--module=1", "lesson.json:6: |takes no value");
        json("file of an option", "\"--module\"", "\"--beside\", \"../a.js\"", "lesson.json:6: |leaves the lesson's folder");
        json("no reason", "\"nodeReason\": \"It is a test.\",", "", "lesson.json:7: |'nodeReason' is missing");
        json("duplicate id", "\"id\": \"look\"", "\"id\": \"intro\"", "lesson.json:12: |id 'intro' already");
        json("bad id", "\"id\": \"look\"", "\"id\": \"Look\"", "lesson.json:12: |lower-case");
        json("path up", "\"other.js\"", "\"../other.js\"", "lesson.json:19: |leaves the lesson's folder");
        json("absolute path", "\"other.js\"", "\"/etc/passwd\"", "lesson.json:19: |no name of a file in the lesson's folder");
        json("missing script", "\"other.js\"", "\"othr.js\"", "lesson.json:19: |Did you mean 'other.js'?");
        json("missing solution", "\"solution.js\"", "\"nothing.js\"", "lesson.json:33: |is missing");
        json("no solution", "\"solution\": \"solution.js\",", "", "lesson.json:31: |'solution' is missing");
        json(
            "one choice", "{\"text\": \"A\", \"holds\": \"prints() == 2\", \"misconception\": \"M\"},", "", "lesson.json:28: |two choices");
        json("bad condition", "prints() == 2", "print() == 2",
            "lesson.json:29: |column 1: there is no measure 'print'. Did you mean 'printed'?");
        json("condition of wrong type", "longestHold() < 20ms", "longestHold() < 20", "lesson.json:32: |column 15:");
        json("bad when", "prints() == 0", "prints() == ", "lesson.json:34: |ends too early");
        json("lab measure", "longestHold() < 20ms", "p99('event-loop') < 20ms", "lesson.json:32: |'lab' only");
        json("no items", "\"items\": [\"f\"],", "", "lesson.json:23: |'items' is missing");
        json("one item", "[\"f\", \"g\"]", "[\"f\"]", "lesson.json:21: |2 at least");
        json("item twice", "[\"f\", \"g\"]", "[\"f\", \"f\"]", "lesson.json:21: |twice");
        json("misconception about no item", "\"has\": \"f\"", "\"has\": \"h\"", "lesson.json:27: |'h' is none of the items");
        json("misconception about one item", "[\"b\", \"a\"]", "[\"b\"]", "lesson.json:17: |two items");
        json("misconception about nothing", "\"has\": \"f\", ", "", "lesson.json:27: |'has', 'lacks' or 'before'");
        json("misconception about two things", "\"has\": \"f\"", "\"has\": \"f\", \"lacks\": \"f\"", "lesson.json:27: |by one field");
        json("no moment", "\"at\": {\"event\": \"ended\", \"task\": \"script\"},", "", "lesson.json:23: |'at' is missing");
        json(
            "no scenario", "\"solution\": ", "\"lab\": {\"scenario\": \"s.json\"}, \"solution\": ", "lesson.json:33: |'s.json' is missing");
        const auto text = [](const char *name, const char *from, const char *to, const char *says) {
            QTest::newRow(name) << QStringLiteral("lesson.md") << QByteArray(from) << QByteArray(to) << QString::fromUtf8(says);
        };
        text("heading missing", "## Look {#look}", "", "lesson.md: |'## Its title {#look}'");
        text("heading without a step", "## Look {#look}", "## Look {#lok}", "lesson.md:11: |Did you mean 'look'?");
        text("heading twice", "End.", "# x {#intro}", "lesson.md:16: |has a heading already");
        text("out of order", "## Which {#which}\n## Mend ## {#mend}", "## Mend {#mend}\n## Which {#which}", "lesson.md:15: |same order");
    }
    void problems()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, says);
        QTemporaryDir folder;
        writeLesson(folder.path());
        QByteArray content = file == QLatin1String("lesson.md") ? soundText : soundJson;
        const qsizetype at = content.indexOf(from);
        QVERIFY(at >= 0);
        content.replace(at, from.size(), to);
        write(folder.filePath(file), content);
        QList<LessonProblem> problems;
        QVERIFY(!LessonReader::read(folder.path(), QString(), problems));
        const bool isTold = std::any_of(problems.begin(), problems.end(), [&](const LessonProblem &problem) {
            return problem.text().startsWith(says.section(QLatin1Char('|'), 0, 0))
                && problem.sentence.contains(says.section(QLatin1Char('|'), 1));
        });
        QVERIFY2(isTold, qPrintable(all(problems)));
    }

    void filesThatAreNotThere_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *name : {"lesson.json", "lesson.md", "script.js", "solution.js"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void filesThatAreNotThere()
    {
        QFETCH(QString, file);
        QTemporaryDir folder;
        writeLesson(folder.path());
        QVERIFY(QFile::remove(folder.filePath(file)));
        QList<LessonProblem> problems;
        QVERIFY(!LessonReader::read(folder.path(), QString(), problems));
        QVERIFY2(all(problems).contains(file), qPrintable(all(problems)));
    }

    void noFolder()
    {
        QList<LessonProblem> problems;
        QVERIFY(!LessonReader::read(QStringLiteral("/nowhere/at/all"), QString(), problems));
        QVERIFY(problems.first().sentence.contains(QLatin1String("no such folder")));
    }

    void linksDoNotLeadOut()
    {
        QTemporaryDir outside;
        write(outside.filePath(QStringLiteral("secret.js")), "1");
        QTemporaryDir folder;
        writeLesson(folder.path());
        QVERIFY(QFile::remove(folder.filePath(QStringLiteral("other.js"))));
        QVERIFY(QFile::link(outside.filePath(QStringLiteral("secret.js")), folder.filePath(QStringLiteral("other.js"))));
        QList<LessonProblem> problems;
        QVERIFY(!LessonReader::read(folder.path(), QString(), problems));
        QVERIFY2(all(problems).contains(QLatin1String("lesson.json:19: 'other.js' leaves")), qPrintable(all(problems)));
    }

    void bigFilesAreRefused()
    {
        QTemporaryDir folder;
        writeLesson(folder.path());
        write(folder.filePath(QStringLiteral("other.js")), QByteArray(2'000'000, ' '));
        QList<LessonProblem> problems;
        QVERIFY(!LessonReader::read(folder.path(), QString(), problems));
        QVERIFY2(all(problems).contains(QLatin1String("2000000 bytes")), qPrintable(all(problems)));
    }

    void deepJsonIsRefused()
    {
        QTemporaryDir folder;
        writeLesson(folder.path());
        write(folder.filePath(QStringLiteral("lesson.json")), "{\"steps\":\n" + QByteArray(100, '[') + QByteArray(100, ']') + "}");
        QList<LessonProblem> problems;
        QVERIFY(!LessonReader::read(folder.path(), QString(), problems));
        QVERIFY2(all(problems).contains(QLatin1String("lesson.json:2: this is nested too deeply")), qPrintable(all(problems)));
        write(folder.filePath(QStringLiteral("lesson.json")), QByteArray(500'000, '['));
        QVERIFY(!LessonReader::read(folder.path(), QString(), problems));
    }

    void translationIsLaidOver()
    {
        QTemporaryDir folder;
        writeLesson(folder.path());
        write(folder.filePath(QStringLiteral("lesson.de.json")),
            R"({"title": "Eine Lektion", "steps": [{"id": "first", "question": "Was?", "hints": ["Eins.", "Zwei."],
               "misconceptions": [{"text": "Nein."}], "again": {"question": "Und?"}}, {"id": "which", "choices": [{}, {"text": "Be"}]}]})");
        QList<LessonProblem> problems;
        QCOMPARE(LessonReader::languages(folder.path()), QStringList{QStringLiteral("de")});
        for (const char *language : {"de", "de_AT"}) {
            const auto lesson = LessonReader::read(folder.path(), QString::fromLatin1(language), problems);
            QVERIFY2(lesson, qPrintable(all(problems)));
            QCOMPARE(lesson->language, QStringLiteral("de"));
            QCOMPARE(lesson->title, QStringLiteral("Eine Lektion"));
            QCOMPARE(lesson->goal, QStringLiteral("Read `it`."));
            QCOMPARE(lesson->step(QStringLiteral("first"))->question->question, QStringLiteral("Was?"));
            QCOMPARE(lesson->step(QStringLiteral("first"))->question->misconceptions[0].text, QStringLiteral("Nein."));
            QCOMPARE(lesson->step(QStringLiteral("first"))->question->misconceptions[0].first, QStringLiteral("b"));
            QCOMPARE(lesson->step(QStringLiteral("first"))->again->question, QStringLiteral("Und?"));
            QCOMPARE(lesson->step(QStringLiteral("first"))->hints, words({"Eins.", "Zwei."}));
            QCOMPARE(lesson->step(QStringLiteral("which"))->question->choices[1].text, QStringLiteral("Be"));
            QCOMPARE(lesson->step(QStringLiteral("which"))->question->choices[0].text, QStringLiteral("A"));
            QVERIFY(lesson->introduction.contains(QLatin1String("Welcome")));
        }
        const auto other = LessonReader::read(folder.path(), QStringLiteral("fr"), problems);
        QVERIFY(other && other->language.isEmpty() && other->title == QLatin1String("A lesson"));
        QVERIFY(LessonReader::read(folder.path(), QStringLiteral("../../x"), problems)->language.isEmpty());

        write(folder.filePath(QStringLiteral("lesson.de.md")), QByteArray(soundText).replace("Welcome", "Willkommen"));
        QVERIFY(LessonReader::read(folder.path(), QStringLiteral("de"), problems)->introduction.contains(QLatin1String("Willkommen")));
    }

    void translationProblems_data()
    {
        QTest::addColumn<QByteArray>("translation");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *translation, const char *says) {
            QTest::newRow(name) << QByteArray(translation) << QString::fromUtf8(says);
        };
        row("a condition", "{\"steps\": [\n{\"id\": \"mend\", \"holds\": \"true\"}]}", "lesson.de.json:2: 'holds' is not translated");
        row("items", "{\"steps\": [{\"id\": \"first\",\n \"items\": [\"x\"]}]}", "lesson.de.json:2: 'items' is not translated");
        row("unknown", "{\"titel\": \"x\"}", "lesson.de.json:1: 'titel' is not translated");
        row("not in the lesson", "{\n\"explanation\": \"x\"}", "lesson.de.json:2: the lesson has no 'explanation'");
        row("no such step", "{\"steps\": [\n{\"id\": \"none\"}]}", "lesson.de.json:2: a translated step needs");
        row("too many", "{\"steps\": [{\"id\": \"which\",\n\"choices\": [{}, {}, {}]}]}", "lesson.de.json:2: 'choices' has more");
        row("other type", "{\"title\": 5}", "lesson.de.json:1: 'title' is a text in quotes in the lesson");
        row("no JSON", "{\n", "lesson.de.json:2: this is no JSON");
        row("a list", "[]", "lesson.de.json:1: a translation is an object");
    }
    void translationProblems()
    {
        QFETCH(QByteArray, translation);
        QFETCH(QString, says);
        QTemporaryDir folder;
        writeLesson(folder.path());
        write(folder.filePath(QStringLiteral("lesson.de.json")), translation);
        QList<LessonProblem> problems;
        QVERIFY(!LessonReader::read(folder.path(), QStringLiteral("de"), problems));
        QVERIFY2(all(problems).contains(says), qPrintable(all(problems)));
    }

    void coursesHaveTheirLessonsInOrder()
    {
        QTemporaryDir folder;
        writeLesson(folder.filePath(QStringLiteral("b-first")));
        writeLesson(folder.filePath(QStringLiteral("a-second")));
        writeLesson(folder.filePath(QStringLiteral("c-broken")));
        write(folder.filePath(QStringLiteral("c-broken/lesson.json")), "{\n");
        write(folder.filePath(QStringLiteral("course.json")),
            "{\"format\": 1, \"title\": \"All\", \"lessons\": [\"b-first\", \"a-second\",\n \"c-broken\",\n \"d-missing\",\n \"../x\",\n "
            "\"b-first\"]}");
        const Course course = LessonReader::readCourse(folder.path(), QString());
        QCOMPARE(course.title, QStringLiteral("All"));
        QCOMPARE(course.lessons.size(), 2);
        QCOMPARE(course.lessons[0].name, QStringLiteral("b-first"));
        QCOMPARE(course.lessons[1].name, QStringLiteral("a-second"));
        const QString problems = all(course.problems);
        QVERIFY2(problems.contains(QLatin1String("lesson.json:2: this is no JSON")), qPrintable(problems));
        QVERIFY2(problems.contains(QLatin1String("course.json:3: there is no folder 'd-missing'")), qPrintable(problems));
        QVERIFY2(problems.contains(QLatin1String("course.json:4: the name of a lesson's folder")), qPrintable(problems));
        QVERIFY2(problems.contains(QLatin1String("course.json:5: 'b-first' is in the course twice")), qPrintable(problems));
        QCOMPARE(course.problems.size(), 4);
    }

    void prerequisitesComeBefore()
    {
        QTemporaryDir folder;
        const auto lesson = [&](const char *name, const char *needs) {
            const QString path = folder.filePath(QLatin1String(name));
            writeLesson(path);
            write(path + QStringLiteral("/lesson.json"),
                QByteArray(soundJson).replace("\"prerequisites\": []", QByteArray("\"prerequisites\": [") + needs + "]"));
        };
        lesson("one", "\"two\"");
        lesson("two", "\"one\", \"tow\"");
        write(folder.filePath(QStringLiteral("course.json")), R"({"format": 1, "title": "All", "lessons": ["one", "two"]})");
        const QString problems = all(LessonReader::readCourse(folder.path(), QString()).problems);
        QVERIFY2(problems.contains(QLatin1String("'two' does not come before")), qPrintable(problems));
        QVERIFY2(problems.contains(QLatin1String("'tow' is no lesson of the course. Did you mean 'two'?")), qPrintable(problems));
        QVERIFY(!problems.contains(QLatin1String("'one'")));
    }

    void lessonAloneIsACourse()
    {
        QTemporaryDir folder;
        writeLesson(folder.path());
        const Course course = LessonReader::readCourse(folder.path(), QString());
        QVERIFY2(course.problems.isEmpty(), qPrintable(all(course.problems)));
        QCOMPARE(course.lessons.size(), 1);
        QCOMPARE(course.title, QStringLiteral("A lesson"));
    }

    /// Whatever is in the files: an answer, and where it is no lesson, problems that say something.
    void damagedFilesAreAnswered()
    {
        QTemporaryDir folder;
        writeLesson(folder.path());
        int sound = 0;
        for (int round = 0; round < rounds(); ++round) {
            const bool isText = below(4) == 0;
            QByteArray content = isText ? soundText : soundJson;
            for (quint64 changes = 1 + below(3); changes > 0; --changes) {
                const auto at = static_cast<qsizetype>(below(static_cast<quint64>(content.size())));
                const quint64 how = below(4);
                if (how == 0)
                    content[at] = static_cast<char>(below(256));
                else if (how == 1)
                    content.remove(at, static_cast<qsizetype>(below(40)));
                else if (how == 2)
                    content.insert(at, content.mid(static_cast<qsizetype>(below(static_cast<quint64>(content.size()))), 30));
                else
                    content.truncate(at + 1);
            }
            write(folder.filePath(isText ? QStringLiteral("lesson.md") : QStringLiteral("lesson.json")), content);
            QList<LessonProblem> problems;
            const auto lesson = LessonReader::read(folder.path(), QString(), problems);
            QCOMPARE(lesson.has_value(), problems.isEmpty());
            sound += lesson ? 1 : 0;
            for (const LessonProblem &problem : problems)
                QVERIFY(!problem.sentence.isEmpty() && problem.line >= 0 && problem.line <= content.count('\n') + 2);
            write(folder.filePath(isText ? QStringLiteral("lesson.md") : QStringLiteral("lesson.json")), isText ? soundText : soundJson);
        }
        QVERIFY(sound > 0 && sound < rounds());
    }
};

QTEST_APPLESS_MAIN(LessonReaderTest)
#include "LessonReaderTest.moc"
