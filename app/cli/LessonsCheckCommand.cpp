// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonsCheckCommand.h"

#include "LabOptions.h"
#include "lessons/loader/LessonSource.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace loopscope {

namespace {

QString scripts(int count) { return count == 1 ? LessonsCheckCommand::tr("one script") : LessonsCheckCommand::tr("%1 scripts").arg(count); }

QString problems(qsizetype count)
{
    return count == 1 ? LessonsCheckCommand::tr("one problem") : LessonsCheckCommand::tr("%1 problems").arg(count);
}

} // namespace

ExitCode LessonsCheckCommand::run(const QStringList &arguments)
{
    LabOptions options(QStringLiteral("lessons check"), {{"json", false}, {"lesson", true}, {"jobs", true}, {"node", false}});
    constexpr double mostJobs = 64;
    double jobs = 2;
    if (!options.parse(arguments) || !options.readNumber("jobs", 1, mostJobs, &jobs))
        return ExitCode::WrongUse;
    if (options.operands().size() > 1) {
        complain(tr("'lessons check' takes one course or lesson; name lessons of a course by '--lesson'."));
        return ExitCode::WrongUse;
    }
    LessonSource source;
    if (!source.open(options.operands().value(0))) {
        complain(source.problem());
        return ExitCode::WrongUse;
    }
    m_folder = source.folder();
    LessonCheck::Settings settings;
    settings.runner = QCoreApplication::applicationFilePath();
    // What is in a bundle may be anybody's, and Node would let it do anything.
    m_isForeign = source.isBundle() && !options.has("node");
    if (m_isForeign)
        settings.node = NodeProgram(QString());
    settings.only = options.values("lesson");
    settings.jobs = static_cast<int>(jobs);
    const bool isJson = options.has("json");
    const CheckedCourse course = LessonCheck(settings).check(m_folder, [&](const CheckedLesson &lesson) {
        if (!isJson)
            tell(lesson);
    });
    if (course.lessons.isEmpty() && !settings.only.isEmpty()) {
        complain(tr("'%1' has no lesson '%2'; 'loopscope lessons list' lists those there are.").arg(m_folder, settings.only.first()));
        return ExitCode::WrongUse;
    }
    if (isJson) {
        m_output.writeText(QString::fromUtf8(QJsonDocument(json(course)).toJson()));
    } else {
        tellProblems(course.problems, QString());
        m_output.writeText(summary(course));
    }
    return course.problemCount() == 0 ? ExitCode::Success : ExitCode::Disagreement;
}

void LessonsCheckCommand::tell(const CheckedLesson &lesson)
{
    const QString result = lesson.problems.isEmpty() ? tr("right: %1").arg(scripts(lesson.runs)) : problems(lesson.problems.size());
    constexpr int nameWidth = 24;
    m_output.writeText(
        QStringLiteral("%1  %2, %3\n").arg(lesson.name.leftJustified(nameWidth), result, tr("%1 s").arg(lesson.seconds, 0, 'f', 1)));
    tellProblems(lesson.problems, QStringLiteral("    "));
    m_output.flush(); // lessons take their time: who waits sees how far it is
}

void LessonsCheckCommand::tellProblems(const QList<LessonProblem> &problems, const QString &indent)
{
    const QDir folder(m_folder);
    for (const LessonProblem &problem : problems) {
        const QString file = folder.relativeFilePath(problem.file);
        const QString place = problem.line > 0 ? QStringLiteral("%1:%2").arg(file).arg(problem.line) : file;
        m_output.writeText(QStringLiteral("%1%2: %3\n").arg(indent, place, problem.sentence));
    }
}

QString LessonsCheckCommand::summary(const CheckedCourse &course) const
{
    int runs = 0;
    int compared = 0;
    int uncompared = 0;
    for (const CheckedLesson &lesson : course.lessons) {
        runs += lesson.runs;
        compared += lesson.compared;
        uncompared += lesson.uncompared;
    }
    const qsizetype lessons = course.lessons.size();
    QString text = course.problemCount() > 0 ? problems(course.problemCount())
        : lessons == 1                       ? tr("All is right with one lesson")
                                             : tr("All is right with %1 lessons").arg(lessons);
    text += runs == 1 ? tr(": one script was run") : tr(": %1 scripts were run").arg(runs);
    if (course.hasNode)
        text += tr(", %1 of them in Node, too.").arg(compared);
    else if (m_isForeign)
        text +=
            tr("; %1 of them were not compared with Node, where scripts of a bundle could do anything ('--node' does it).").arg(uncompared);
    else
        text += tr("; there is no 'node' on the PATH, so %1 of them were not compared with Node.").arg(uncompared);
    return text + QLatin1Char('\n');
}

QJsonObject LessonsCheckCommand::json(const CheckedCourse &course) const
{
    const QDir folder(m_folder);
    const auto problemsOf = [&folder](const QList<LessonProblem> &problems) {
        QJsonArray array;
        for (const LessonProblem &problem : problems)
            array.append(QJsonObject{{QStringLiteral("file"), folder.relativeFilePath(problem.file)},
                {QStringLiteral("line"), problem.line}, {QStringLiteral("sentence"), problem.sentence}});
        return array;
    };
    QJsonArray lessons;
    for (const CheckedLesson &lesson : course.lessons)
        lessons.append(QJsonObject{{QStringLiteral("name"), lesson.name}, {QStringLiteral("title"), lesson.title},
            {QStringLiteral("runs"), lesson.runs}, {QStringLiteral("compared"), lesson.compared},
            {QStringLiteral("seconds"), lesson.seconds}, {QStringLiteral("problems"), problemsOf(lesson.problems)}});
    return {{QStringLiteral("folder"), m_folder}, {QStringLiteral("node"), course.hasNode},
        {QStringLiteral("problems"), problemsOf(course.problems)}, {QStringLiteral("lessons"), lessons}};
}

} // namespace loopscope
