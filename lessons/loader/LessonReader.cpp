// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonReader.h"

#include "lessons/loader/LessonFields.h"
#include "lessons/loader/LessonFiles.h"
#include "lessons/loader/LessonOverlay.h"
#include "lessons/loader/LessonText.h"
#include "lessons/loader/StepReader.h"
#include "servers/lab/NearName.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

namespace loopscope {

namespace {

using Need = LessonFields::Need;
constexpr int format = 1;

QString tr(const char *text) { return LessonReader::tr(text); }

QString absolute(const QString &folder) { return QDir::cleanPath(QFileInfo(folder).absoluteFilePath()); }

/// A JSON file of the folder; nothing, with a problem, if it cannot be read.
std::optional<LocatedJson> readJson(const LessonFiles &files, const QString &name, QList<LessonProblem> *problems)
{
    LessonProblem problem{QDir(files.folder()).filePath(name), 0, {}};
    const std::optional<QByteArray> bytes = files.read(name, &problem.sentence);
    std::optional<LocatedJson> json = bytes ? LocatedJson::parse(*bytes, problem.file, &problem) : std::nullopt;
    if (!json)
        problems->append(problem);
    return json;
}

/// "de_AT" is "de" too. Null if the folder has neither.
QString languageOf(const LessonFiles &files, const QString &language)
{
    static const QRegularExpression form(QStringLiteral("\\A[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8})*\\z"));
    if (!form.match(language).hasMatch())
        return {};
    const QString general = language.section(QRegularExpression(QStringLiteral("[_-]")), 0, 0);
    for (const QString &name : {language, general}) {
        if (files.has(QStringLiteral("lesson.%1.json").arg(name)) || files.has(QStringLiteral("lesson.%1.md").arg(name)))
            return name;
    }
    return {};
}

/// Gives each step its heading and text.
void addTexts(const LessonFiles &files, Lesson *lesson, QList<LessonProblem> *problems)
{
    QString name = QStringLiteral("lesson.%1.md").arg(lesson->language);
    if (lesson->language.isEmpty() || !files.has(name))
        name = QStringLiteral("lesson.md");
    LessonProblem problem{QDir(files.folder()).filePath(name), 0, {}};
    const std::optional<QByteArray> bytes = files.read(name, &problem.sentence);
    if (!bytes)
        return problems->append(problem);
    const auto complain = [&](int line, const QString &sentence) { problems->append({problem.file, line, sentence}); };
    const LessonText text = LessonText::parse(QString::fromUtf8(*bytes));
    lesson->introduction = text.introduction;
    QStringList ids;
    for (const LessonStep &step : lesson->steps)
        ids.append(step.id);
    qsizetype last = -1;
    QSet<QString> seen;
    for (const LessonText::Section &section : text.sections) {
        const qsizetype index = ids.indexOf(section.id);
        if (index < 0) {
            complain(section.line,
                tr("no step has the id '%1' of this heading.%2 Name a step of lesson.json.")
                    .arg(section.id.left(60), nearNameQuestion(section.id, ids)));
            continue;
        }
        if (seen.contains(section.id))
            complain(section.line, tr("the step '%1' has a heading already; each has one.").arg(section.id));
        else if (index < last)
            complain(section.line,
                tr("the heading of '%1' stands behind that of '%2', and its step before it; put them in the same order.")
                    .arg(section.id, ids[last]));
        seen.insert(section.id);
        last = std::max(last, index);
        lesson->steps[index].title = section.title;
        lesson->steps[index].text = section.text;
    }
    for (const LessonStep &step : lesson->steps) {
        if (!step.id.isEmpty() && !seen.contains(step.id))
            complain(0, tr("the step '%1' has no heading; write '## Its title {#%1}' above its text.").arg(step.id));
    }
}

void readSteps(const StepReader &reader, LessonFields &fields, Lesson *lesson)
{
    const LocatedJson *list = fields.list("steps", Need::Needed);
    if (list && list->items.empty())
        fields.complain(*list, tr("there are no steps; a lesson has at least one."));
    QList<LessonStep> steps;
    QSet<QString> seen;
    for (const LocatedJson &item : list ? list->items : std::vector<LocatedJson>()) {
        steps.append(reader.step(item));
        const QString &id = steps.last().id;
        if (!id.isEmpty() && seen.contains(id))
            fields.complain(item, tr("another step has the id '%1' already; call this one otherwise.").arg(id));
        seen.insert(id);
    }
    lesson->steps = steps;
}

void readFields(const LessonFiles &files, const LocatedJson &json, Lesson *lesson, QList<LessonProblem> *problems)
{
    LessonFields fields(json, problems);
    fields.take("format", Need::Needed);
    fields.whole("format", format, format, format);
    lesson->title = fields.text("title", Need::Needed);
    lesson->goal = fields.text("goal", Need::Needed);
    lesson->prerequisites = fields.texts("prerequisites");
    if (const LocatedJson *without = fields.take("withoutSolutions")) {
        lesson->isWithoutSolutions = without->truth;
        if (without->type != LocatedJson::Type::Truth)
            fields.complain(*without, tr("'withoutSolutions' is true or false; bundles for students have it."));
    }
    const StepReader reader(files, *lesson, problems);
    // A lesson whose steps all name their own script needs none.
    const QString usual = QStringLiteral("script.js");
    QString sentence;
    lesson->script = reader.path(fields, "script", files.has(usual) ? files.find(usual, &sentence) : QString());
    lesson->run = reader.run(fields, {});
    reader.node(fields, &lesson->node, &lesson->nodeReason);
    lesson->views = reader.views(fields, {});
    readSteps(reader, fields, lesson);
    fields.finish();
    for (const LessonStep &step : std::as_const(lesson->steps)) {
        if (step.script.isEmpty() && step.kind != LessonStep::Kind::Read && !fields.has("script"))
            problems->append({json.file, step.line, tr("this step has no script: name one, or write a 'script.js'.")});
    }
}

/// Of a course: prerequisites are lessons that come before.
void checkPrerequisites(const QStringList &names, Course *course)
{
    for (const Lesson &lesson : std::as_const(course->lessons)) {
        for (const QString &needed : lesson.prerequisites) {
            const QString file = QDir(lesson.folder).filePath(QStringLiteral("lesson.json"));
            if (!names.contains(needed))
                course->problems.append(
                    {file, 0, tr("the prerequisite '%1' is no lesson of the course.%2").arg(needed, nearNameQuestion(needed, names))});
            else if (names.indexOf(needed) >= names.indexOf(lesson.name))
                course->problems.append({file, 0, tr("the prerequisite '%1' does not come before this lesson.").arg(needed)});
        }
    }
}

} // namespace

std::optional<Lesson> LessonReader::read(const QString &folder, const QString &language, QList<LessonProblem> &problems)
{
    const LessonFiles files(absolute(folder));
    if (!QFileInfo(files.folder()).isDir()) {
        problems.append({files.folder(), 0, tr("there is no such folder; name one that holds a lesson.json.")});
        return std::nullopt;
    }
    const qsizetype before = problems.size();
    std::optional<LocatedJson> json = readJson(files, QStringLiteral("lesson.json"), &problems);
    if (!json)
        return std::nullopt;
    Lesson lesson;
    lesson.folder = files.folder();
    lesson.name = QFileInfo(files.folder()).fileName();
    lesson.language = languageOf(files, language);
    const QString translation = QStringLiteral("lesson.%1.json").arg(lesson.language);
    if (!lesson.language.isEmpty() && files.has(translation)) {
        if (const std::optional<LocatedJson> texts = readJson(files, translation, &problems))
            LessonOverlay(&problems).lay(*texts, &*json);
    }
    readFields(files, *json, &lesson, &problems);
    addTexts(files, &lesson, &problems);
    return problems.size() == before ? std::optional(lesson) : std::nullopt;
}

QStringList LessonReader::languages(const QString &folder)
{
    QStringList languages;
    const QStringList names =
        QDir(folder).entryList({QStringLiteral("lesson.*.json"), QStringLiteral("lesson.*.md")}, QDir::Files, QDir::Name);
    for (const QString &name : names) {
        const QString language = name.section(QLatin1Char('.'), 1, -2);
        if (!languages.contains(language))
            languages.append(language);
    }
    return languages;
}

Course LessonReader::readCourse(const QString &folder, const QString &language)
{
    Course course;
    course.folder = absolute(folder);
    const LessonFiles files(course.folder);
    const QString name = QStringLiteral("course.json");
    if (!files.has(name)) {
        if (const std::optional<Lesson> lesson = read(folder, language, course.problems)) {
            course.title = lesson->title;
            course.lessons.append(*lesson);
        }
        return course;
    }
    const std::optional<LocatedJson> json = readJson(files, name, &course.problems);
    if (!json)
        return course;
    LessonFields fields(*json, &course.problems);
    fields.take("format", Need::Needed);
    fields.whole("format", format, format, format);
    course.title = fields.text("title", Need::Needed);
    const LocatedJson *list = fields.list("lessons", Need::Needed);
    fields.finish();
    QStringList names;
    for (const LocatedJson &item : list ? list->items : std::vector<LocatedJson>()) {
        // A name and no path: it is also what progress calls the lesson.
        const bool isName = item.type == LocatedJson::Type::Text && !item.text.isEmpty() && !item.text.startsWith(QLatin1Char('.'))
            && !item.text.contains(QLatin1Char('/')) && !item.text.contains(QLatin1Char('\\'));
        if (!isName || names.contains(item.text)) {
            fields.complain(
                item, isName ? tr("'%1' is in the course twice.").arg(item.text) : tr("the name of a lesson's folder belongs here."));
            continue;
        }
        names.append(item.text);
        const QString path = QDir(course.folder).filePath(item.text);
        if (!QFileInfo(path).isDir())
            fields.complain(item,
                tr("there is no folder '%1' here.%2")
                    .arg(
                        item.text.left(60), nearNameQuestion(item.text, QDir(course.folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot))));
        else if (const std::optional<Lesson> lesson = read(path, language, course.problems))
            course.lessons.append(*lesson);
    }
    checkPrerequisites(names, &course);
    return course;
}

} // namespace loopscope
