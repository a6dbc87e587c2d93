// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"
#include "lessons/loader/LessonProgress.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <memory>

class QTemporaryDir;

namespace loopscope {

class LessonSource;

/// The course that is open: its lessons, how far the learner is, and where working copies of its scripts are. Read again while its files
/// change on the disk. No widgets; GUI thread.
class OpenCourse : public QObject
{
    Q_OBJECT
public:
    enum class Stand : quint8 {
        New, ///< never met
        Begun, ///< of a lesson: some steps are done; of a task: tried without success
        Wrong, ///< of a prediction: answered wrong
        Outdated, ///< answered, but the question was changed since
        Done,
    };

    /// `home`: the folder for progress and working copies. Empty: a temporary one, gone with this.
    explicit OpenCourse(const QString &home, QObject *parent = nullptr);
    ~OpenCourse() override;

    /// A folder with lessons, one lesson's, or a bundle (.lessons); empty: the course that comes with the program. False, with a sentence
    /// in problem(), if it is none of them; then what was open stays.
    bool open(const QString &path);
    bool isOpen() const { return m_source != nullptr; }
    QString problem() const { return m_problem; }
    /// Where it was read from; of a bundle the folder it was unpacked to.
    QString folder() const;
    const Course &course() const { return m_course; }
    /// Null if there is none of this name that can be taken.
    const Lesson *lesson(const QString &name) const;
    const Lesson *lessonAfter(const QString &name) const;
    /// What lessons named as prerequisites are called; names of those that are not there stay names.
    QStringList titlesOf(const QStringList &names) const;

    /// Languages of any of its lessons, and the one that is shown (empty: as written).
    QStringList languages() const;
    QString language() const { return m_language; }
    void setLanguage(const QString &language);

    LessonProgress &progress() { return m_progress; }
    QString progressName() const;
    Stand standOf(const Lesson &lesson, const LessonStep &step) const;
    Stand standOf(const Lesson &lesson) const;
    int stepsDone(const Lesson &lesson) const;
    /// The lesson to go on with: the one begun last that is not done, else the first that is not; null if all are.
    const Lesson *lessonToGoOn() const;
    /// Writes the progress; problem() says it if that fails.
    bool save();

    /// The learner's copy of a step's script, made now if there is none. `isKept`: what the learner wrote into it stays; else it is as the
    /// course has it. Other files of the lesson stand beside it. Empty, with problem(), if it cannot be made.
    QString workingCopy(const Lesson &lesson, const LessonStep &step, const QString &script, bool isKept);
    /// The copy is as the course has it again.
    QString resetCopy(const Lesson &lesson, const LessonStep &step, const QString &script);

Q_SIGNALS:
    /// Another course, or the same read again: lessons are others now.
    void changed();
    /// How far the learner is.
    void progressed();

private:
    void read();
    void watch();
    QString copyFolder(const Lesson &lesson, const LessonStep &step) const;
    bool copyFile(const QString &from, const QString &to, bool isKept);

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_home;
    LessonProgress m_progress;
    std::unique_ptr<LessonSource> m_source; ///< null: nothing is open
    QString m_language;
    QString m_problem;
    Course m_course;
    QFileSystemWatcher m_watcher;
    QTimer m_readSoon;
};

} // namespace loopscope
