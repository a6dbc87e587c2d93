// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/OpenCourse.h"

#include "lessons/loader/LessonReader.h"
#include "lessons/loader/LessonSource.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kQuiet = 200; ///< ms without a change before files are read again: editors write several times

QString lessonsIn(const QString &folder) { return QDir(folder).filePath(QStringLiteral("lessons")); }

bool isOfLessonItself(const QString &name)
{
    return name.startsWith(QLatin1String("lesson.")) && (name.endsWith(QLatin1String(".json")) || name.endsWith(QLatin1String(".md")));
}

} // namespace

OpenCourse::OpenCourse(const QString &home, QObject *parent)
    : QObject(parent)
    , m_temporary(home.isEmpty() ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_home(home.isEmpty() ? m_temporary->path() : home)
    , m_progress(QDir(m_home).filePath(QStringLiteral("progress.json")))
{
    m_problem = m_progress.load();
    m_readSoon.setSingleShot(true);
    m_readSoon.setInterval(kQuiet);
    connect(&m_readSoon, &QTimer::timeout, this, &OpenCourse::read);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_readSoon, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_readSoon, qOverload<>(&QTimer::start));
}

OpenCourse::~OpenCourse() = default;

QString OpenCourse::folder() const { return m_source != nullptr ? m_source->folder() : QString(); }

bool OpenCourse::open(const QString &path)
{
    auto source = std::make_unique<LessonSource>();
    if (!source->open(path)) {
        m_problem = source->problem();
        return false;
    }
    const QDir place(source->folder());
    if (!place.exists(QStringLiteral("course.json")) && !place.exists(QStringLiteral("lesson.json"))) {
        m_problem = tr(
            "%1 holds neither a course.json nor a lesson.json, so it is no folder of lessons. New lesson… in the Lessons menu makes one.")
                        .arg(QDir::toNativeSeparators(path));
        return false;
    }
    m_problem.clear();
    m_source = std::move(source);
    read();
    return true;
}

void OpenCourse::read()
{
    m_course = LessonReader::readCourse(folder(), m_language);
    watch();
    Q_EMIT changed();
}

void OpenCourse::watch()
{
    // Editors that save by renaming leave the watcher with the old file; so all are named anew each time.
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    constexpr int most = 2000;
    QStringList paths{folder()};
    for (QDirIterator each(folder(), QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
         each.hasNext() && paths.size() < most;)
        paths << each.next();
    m_watcher.addPaths(paths);
}

const Lesson *OpenCourse::lesson(const QString &name) const
{
    const auto found =
        std::find_if(m_course.lessons.begin(), m_course.lessons.end(), [&](const Lesson &each) { return each.name == name; });
    return found != m_course.lessons.end() ? &*found : nullptr;
}

const Lesson *OpenCourse::lessonAfter(const QString &name) const
{
    for (qsizetype i = 0; i + 1 < m_course.lessons.size(); ++i) {
        if (m_course.lessons.at(i).name == name)
            return &m_course.lessons.at(i + 1);
    }
    return nullptr;
}

QStringList OpenCourse::titlesOf(const QStringList &names) const
{
    QStringList titles;
    for (const QString &name : names) {
        const Lesson *found = lesson(name);
        titles << (found != nullptr ? found->title : name);
    }
    return titles;
}

QStringList OpenCourse::languages() const
{
    QStringList all;
    for (const Lesson &each : m_course.lessons)
        all << LessonReader::languages(each.folder);
    all.sort();
    all.removeDuplicates();
    return all;
}

void OpenCourse::setLanguage(const QString &language)
{
    if (m_language == language)
        return;
    m_language = language;
    if (isOpen())
        read();
}

QString OpenCourse::progressName() const { return LessonProgress::nameOf(m_course); }

OpenCourse::Stand OpenCourse::standOf(const Lesson &lesson, const LessonStep &step) const
{
    const QString course = progressName();
    const auto answered = [&](const QString &id) {
        const StepProgress *found = m_progress.step(course, lesson.name, id);
        if (found == nullptr || !found->isAnswered())
            return Stand::New;
        if (m_progress.isOutdated(course, lesson, id))
            return Stand::Outdated;
        return found->isRight ? Stand::Done : Stand::Wrong;
    };
    if (!step.question && !step.task) {
        const StepProgress *found = m_progress.step(course, lesson.name, step.id);
        return found != nullptr && found->seenAt > 0 ? Stand::Done : Stand::New;
    }
    const Stand own = answered(step.id);
    if (own == Stand::Wrong && step.task)
        return Stand::Begun;
    if (own != Stand::Done || step.again == nullptr)
        return own;
    const Stand again = answered(step.id + QStringLiteral(".again"));
    return again == Stand::New ? Stand::Begun : again;
}

int OpenCourse::stepsDone(const Lesson &lesson) const
{
    return static_cast<int>(std::count_if(
        lesson.steps.begin(), lesson.steps.end(), [&](const LessonStep &step) { return standOf(lesson, step) == Stand::Done; }));
}

OpenCourse::Stand OpenCourse::standOf(const Lesson &lesson) const
{
    const int done = stepsDone(lesson);
    if (done == lesson.steps.size())
        return Stand::Done;
    return done > 0 || !m_progress.position(progressName(), lesson.name).isEmpty() ? Stand::Begun : Stand::New;
}

const Lesson *OpenCourse::lessonToGoOn() const
{
    const CourseStand *stand = m_progress.course(progressName());
    const Lesson *last = nullptr;
    qint64 lastAt = 0;
    if (stand != nullptr) {
        for (const LessonStand &each : stand->lessons) {
            const Lesson *found = lesson(each.lesson);
            if (found != nullptr && each.movedAt > lastAt && standOf(*found) != Stand::Done) {
                last = found;
                lastAt = each.movedAt;
            }
        }
    }
    if (last != nullptr)
        return last;
    const auto first =
        std::find_if(m_course.lessons.begin(), m_course.lessons.end(), [&](const Lesson &each) { return standOf(each) != Stand::Done; });
    return first != m_course.lessons.end() ? &*first : nullptr;
}

bool OpenCourse::save()
{
    m_problem = m_progress.save();
    Q_EMIT progressed();
    return m_problem.isEmpty();
}

QString OpenCourse::copyFolder(const Lesson &lesson, const LessonStep &step) const
{
    // A task's text is the learner's own; the other steps of a lesson share one folder.
    const QString name = step.task ? step.id : QStringLiteral("_scripts");
    return QDir(lessonsIn(m_home)).filePath(QStringLiteral("%1/%2/%3").arg(progressName(), lesson.name, name));
}

bool OpenCourse::copyFile(const QString &from, const QString &to, bool isKept)
{
    if (isKept && QFileInfo::exists(to))
        return true;
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly)) {
        m_problem = tr("%1 cannot be read: %2.").arg(QDir::toNativeSeparators(from), source.errorString());
        return false;
    }
    const QByteArray text = source.readAll();
    QFile old(to);
    if (old.open(QIODevice::ReadOnly) && old.readAll() == text)
        return true;
    QDir().mkpath(QFileInfo(to).path());
    QSaveFile target(to);
    if (target.open(QIODevice::WriteOnly) && target.write(text) == text.size() && target.commit())
        return true;
    m_problem = tr("The script's copy %1 cannot be written: %2.").arg(QDir::toNativeSeparators(to), target.errorString());
    return false;
}

QString OpenCourse::workingCopy(const Lesson &lesson, const LessonStep &step, const QString &script, bool isKept)
{
    const QDir from(lesson.folder);
    const QDir to(copyFolder(lesson, step));
    const QString name = from.relativeFilePath(script);
    for (QDirIterator each(lesson.folder, QDir::Files, QDirIterator::Subdirectories); each.hasNext();) {
        const QString path = each.next();
        const QString relative = from.relativeFilePath(path);
        if (relative != name && !isOfLessonItself(each.fileName()) && !copyFile(path, to.filePath(relative), false))
            return {};
    }
    return copyFile(script, to.filePath(name), isKept) ? to.filePath(name) : QString();
}

QString OpenCourse::resetCopy(const Lesson &lesson, const LessonStep &step, const QString &script)
{
    return workingCopy(lesson, step, script, false);
}

} // namespace loopscope
