// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonsFilesCommand.h"

#include "LabOptions.h"
#include "Output.h"
#include "lessons/loader/LessonBundle.h"
#include "lessons/loader/LessonReader.h"
#include "lessons/loader/LessonSource.h"
#include "lessons/loader/LessonTemplate.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>

namespace loopscope {

namespace {

ExitCode wrongUse(const QString &sentence)
{
    complain(sentence);
    return ExitCode::WrongUse;
}

} // namespace

ExitCode LessonsFilesCommand::list(const QStringList &arguments)
{
    LabOptions options(QStringLiteral("lessons list"), {{"json", false}});
    if (!options.parse(arguments))
        return ExitCode::WrongUse;
    if (options.operands().size() > 1)
        return wrongUse(tr("'lessons list' takes one course or lesson."));
    LessonSource source;
    if (!source.open(options.operands().value(0)))
        return wrongUse(source.problem());
    const Course course = LessonReader::readCourse(source.folder(), QString());
    Output output;
    QJsonArray lessons;
    qsizetype widest = 0;
    for (const Lesson &lesson : course.lessons)
        widest = std::max(widest, lesson.name.size());
    for (const Lesson &lesson : course.lessons) {
        if (options.has("json"))
            lessons.append(QJsonObject{{QStringLiteral("name"), lesson.name}, {QStringLiteral("title"), lesson.title},
                {QStringLiteral("goal"), lesson.goal}, {QStringLiteral("steps"), lesson.steps.size()},
                {QStringLiteral("prerequisites"), QJsonArray::fromStringList(lesson.prerequisites)},
                {QStringLiteral("languages"), QJsonArray::fromStringList(LessonReader::languages(lesson.folder))}});
        else
            output.writeText(QStringLiteral("%1  %2 (%3)\n")
                                 .arg(lesson.name.leftJustified(widest), lesson.title,
                                     lesson.steps.size() == 1 ? tr("one step") : tr("%1 steps").arg(lesson.steps.size())));
    }
    if (options.has("json"))
        output.writeText(QString::fromUtf8(
            QJsonDocument(QJsonObject{{QStringLiteral("title"), course.title}, {QStringLiteral("lessons"), lessons}}).toJson()));
    if (course.problems.isEmpty())
        return ExitCode::Success;
    return wrongUse(tr("something is wrong with what is not listed; 'loopscope lessons check' says what. First: %1")
                        .arg(course.problems.first().text()));
}

ExitCode LessonsFilesCommand::create(const QStringList &arguments)
{
    LabOptions options(QStringLiteral("lessons new"), {});
    if (!options.parse(arguments))
        return ExitCode::WrongUse;
    if (options.operands().size() != 1)
        return wrongUse(tr("where to? Write 'loopscope lessons new FOLDER'."));
    const QString folder = options.operands().first();
    if (const QString problem = LessonTemplate::write(folder); !problem.isEmpty())
        return wrongUse(problem);
    Output().writeText(
        tr("A lesson is in '%1'. 'loopscope lessons check %1' checks it, and 'loopscope studio --lessons %1' shows it.\n").arg(folder));
    return ExitCode::Success;
}

ExitCode LessonsFilesCommand::bundle(const QStringList &arguments)
{
    LabOptions options(QStringLiteral("lessons bundle"), {{"o", true}, {"without-solutions", false}});
    if (!options.parse(arguments))
        return ExitCode::WrongUse;
    if (options.operands().size() != 1 || !options.has("o"))
        return wrongUse(tr("which folder, and where to? Write 'loopscope lessons bundle FOLDER -o FILE.lessons'."));
    QString target;
    if (!options.readTarget("o", {}, &target))
        return ExitCode::WrongUse;
    const bool isWithout = options.has("without-solutions");
    QString problem;
    const auto bundle = LessonBundle::ofFolder(
        options.operands().first(), isWithout ? LessonBundle::Solutions::LeftOut : LessonBundle::Solutions::Included, &problem);
    if (bundle)
        problem = bundle->write(target);
    if (!problem.isEmpty())
        return wrongUse(problem);
    const auto count = bundle->files().size();
    const QString files = count == 1 ? tr("one file") : tr("%1 files").arg(count);
    Output().writeText((isWithout ? tr("'%1' holds \"%2\" without solutions: %3.\n") : tr("'%1' holds \"%2\": %3.\n"))
                           .arg(target, bundle->title(), files));
    return ExitCode::Success;
}

ExitCode LessonsFilesCommand::handout(const QStringList &arguments)
{
    LabOptions options(QStringLiteral("lessons handout"), {{"o", true}, {"solutions", false}});
    if (!options.parse(arguments))
        return ExitCode::WrongUse;
    if (options.operands().size() > 1 || !options.has("o"))
        return wrongUse(tr("where to? Write 'loopscope lessons handout FOLDER -o FILE.pdf'."));
    QString target;
    if (!options.readTarget("o", {}, &target))
        return ExitCode::WrongUse;
    LessonSource source;
    if (!source.open(options.operands().value(0)))
        return wrongUse(source.problem());
    QProcess window;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const bool hasDisplay = environment.contains(QStringLiteral("DISPLAY")) || environment.contains(QStringLiteral("WAYLAND_DISPLAY"));
    if (!hasDisplay && !environment.contains(QStringLiteral("QT_QPA_PLATFORM")))
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    window.setProcessEnvironment(environment);
    window.setProcessChannelMode(QProcess::ForwardedChannels);
    window.setStandardInputFile(QProcess::nullDevice());
    const QString program = QCoreApplication::applicationDirPath() + QLatin1String("/loopscope-studio");
    QStringList asked = {QStringLiteral("--lessons"), QStringLiteral("--handout"), target};
    if (options.has("solutions"))
        asked << QStringLiteral("--solutions");
    window.start(program, asked + QStringList{QStringLiteral("--"), source.folder()});
    window.waitForFinished(-1);
    if (window.error() == QProcess::FailedToStart)
        return wrongUse(
            tr("a handout is written by the window's program, which cannot be started: '%1': %2.").arg(program, window.errorString()));
    if (window.exitStatus() != QProcess::NormalExit)
        return wrongUse(tr("the window's program '%1' ended too soon; '%2' was not written.").arg(program, target));
    return window.exitCode() == 0 ? ExitCode::Success : ExitCode::WrongUse;
}

} // namespace loopscope
