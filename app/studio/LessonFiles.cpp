// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonFiles.h"

#include "HandoutCommand.h"
#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "StudioActions.h"
#include "lessons/Handout.h"
#include "lessons/loader/LessonTemplate.h"
#include "lessons/loader/Submission.h"
#include "shell/Banner.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>

namespace loopscope {

LessonFiles::LessonFiles(MainWindow &window, LessonsWorkspace &lessons)
    : QObject(&window)
    , m_window(window)
    , m_lessons(lessons)
{
    const StudioActions &commands = window.commands();
    connect(commands.openLessons, &QAction::triggered, this, &LessonFiles::chooseFolder);
    connect(commands.openLessonBundle, &QAction::triggered, this, &LessonFiles::chooseBundle);
    connect(commands.ownLessons, &QAction::triggered, this, [this] { m_window.openLessons({}); });
    connect(commands.newLesson, &QAction::triggered, this, &LessonFiles::chooseNewLesson);
    connect(commands.exportProgress, &QAction::triggered, this, &LessonFiles::chooseExport);
    connect(commands.importProgress, &QAction::triggered, this, &LessonFiles::chooseImport);
    connect(commands.handIn, &QAction::triggered, this, &LessonFiles::chooseHandIn);
    connect(commands.handOut, &QAction::triggered, this, [this] { chooseHandout(false); });
    connect(commands.handOutSolved, &QAction::triggered, this, [this] { chooseHandout(true); });
    connect(commands.forgetLesson, &QAction::triggered, this, &LessonFiles::forgetLesson);
    connect(commands.lessonLanguages, &QMenu::aboutToShow, this, &LessonFiles::fillLanguages);
}

bool LessonFiles::isLessons(const QString &path)
{
    const QFileInfo info(path);
    const QDir folder(path);
    return info.isDir() ? folder.exists(QStringLiteral("course.json")) || folder.exists(QStringLiteral("lesson.json"))
                        : path.endsWith(QLatin1String(".lessons"), Qt::CaseInsensitive);
}

bool LessonFiles::say(const QString &problem, const QString &done)
{
    if (problem.isEmpty())
        m_window.banner().say(Banner::Severity::Note, done);
    else
        m_window.banner().say(Banner::Severity::Error, problem);
    return problem.isEmpty();
}

void LessonFiles::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(&m_window, tr("Open folder of lessons"), m_lessons.course().folder());
    if (!folder.isEmpty())
        m_window.openLessons(folder);
}

void LessonFiles::chooseBundle()
{
    const QString file =
        QFileDialog::getOpenFileName(&m_window, tr("Open bundle of lessons"), {}, tr("Bundles of lessons (*.lessons);;All files (*)"));
    if (!file.isEmpty())
        m_window.openLessons(file);
}

void LessonFiles::chooseNewLesson()
{
    const QString folder =
        QFileDialog::getSaveFileName(&m_window, tr("New lesson: name of its folder"), QStringLiteral("my-lesson"), tr("Folders (*)"));
    if (!folder.isEmpty())
        makeLesson(folder);
}

bool LessonFiles::makeLesson(const QString &folder)
{
    const QString problem = LessonTemplate::write(folder);
    if (!problem.isEmpty())
        return say(problem, {});
    return m_window.openLessons(folder)
        && say({},
            tr("A new lesson is in %1. Edit lesson.md, lesson.json and the scripts there; it is read again while you do.")
                .arg(QDir::toNativeSeparators(folder)));
}

void LessonFiles::chooseExport()
{
    const QString path =
        QFileDialog::getSaveFileName(&m_window, tr("Export progress"), QStringLiteral("progress.json"), tr("Progress in lessons (*.json)"));
    if (!path.isEmpty())
        exportProgress(path);
}

bool LessonFiles::exportProgress(const QString &path)
{
    return say(m_lessons.course().progress().exportTo(path), tr("Your progress is in %1.").arg(QDir::toNativeSeparators(path)));
}

void LessonFiles::chooseImport()
{
    const QString path =
        QFileDialog::getOpenFileName(&m_window, tr("Import progress"), {}, tr("Progress in lessons (*.json);;All files (*)"));
    if (!path.isEmpty())
        importProgress(path);
}

bool LessonFiles::importProgress(const QString &path)
{
    OpenCourse &course = m_lessons.course();
    if (const QString problem = course.progress().import(path); !problem.isEmpty())
        return say(problem, {});
    return course.save() ? say({}, tr("Progress from %1 is here now, too.").arg(QFileInfo(path).fileName())) : say(course.problem(), {});
}

void LessonFiles::chooseHandIn()
{
    bool isGiven = false;
    const QString student =
        QInputDialog::getText(&m_window, tr("Hand in"), tr("Your name, as your teacher knows you:"), QLineEdit::Normal, {}, &isGiven);
    if (!isGiven || student.trimmed().isEmpty())
        return;
    const QString suggested = QString(student.trimmed()).replace(u' ', u'-').toLower() + QStringLiteral(".submission");
    const QString path = QFileDialog::getSaveFileName(&m_window, tr("Hand in"), suggested, tr("Submissions (*.submission)"));
    if (!path.isEmpty())
        handIn(student, path);
}

bool LessonFiles::handIn(const QString &student, const QString &path)
{
    OpenCourse &course = m_lessons.course();
    const Submission submission = Submission::of(course.progress(), course.progressName(), student.trimmed());
    return say(submission.write(path),
        tr("Your answers and scripts are in %1. Give that file to your teacher.").arg(QDir::toNativeSeparators(path)));
}

void LessonFiles::chooseHandout(bool hasSolutions)
{
    const QString path = QFileDialog::getSaveFileName(&m_window, tr("Print a hand-out"),
        hasSolutions ? QStringLiteral("solutions.pdf") : QStringLiteral("hand-out.pdf"), tr("PDF (*.pdf)"));
    if (!path.isEmpty())
        writeHandout(path, hasSolutions);
}

bool LessonFiles::writeHandout(const QString &path, bool hasSolutions)
{
    // By value: the course may be read again while the scripts run.
    const Course course = m_lessons.course().course();
    m_window.banner().say(Banner::Severity::Note, tr("The scripts are being run, to know the right answers…"));
    const HandoutAnswers found = findHandoutAnswers(course);
    const QString problem = found.problem.isEmpty() ? Handout(course, found.answers, hasSolutions).writePdf(path) : found.problem;
    return say(problem, tr("The hand-out is in %1.").arg(QDir::toNativeSeparators(path)));
}

void LessonFiles::fillLanguages()
{
    OpenCourse &course = m_lessons.course();
    QMenu &menu = *m_window.commands().lessonLanguages;
    menu.clear();
    for (const QString &language : QStringList(QString()) + course.languages()) {
        QAction *action = menu.addAction(language.isEmpty() ? tr("As written") : QLocale(language).nativeLanguageName(), this,
            [&course, language] { course.setLanguage(language); });
        action->setCheckable(true);
        action->setChecked(course.language() == language);
    }
}

void LessonFiles::forgetLesson()
{
    const Lesson *lesson = m_lessons.walk().lesson();
    if (lesson == nullptr)
        return;
    m_window.banner().ask(tr("Forget what you answered in \"%1\" and begin it anew? The scripts you wrote stay.").arg(lesson->title),
        {{tr("Begin anew"),
             [this, name = lesson->name, first = lesson->steps.constFirst().id] {
                 OpenCourse &course = m_lessons.course();
                 course.progress().forget(course.progressName(), name);
                 course.save();
                 m_lessons.begin(name, first);
             }},
            {tr("Keep them"), [] {}}});
}

} // namespace loopscope