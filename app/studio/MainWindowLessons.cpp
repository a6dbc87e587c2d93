// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Lessons workspace in the window.
#include "LessonDocks.h"
#include "LessonFiles.h"
#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "PresenterMode.h"
#include "Workspaces.h"
#include "shell/Banner.h"

namespace loopscope {

void MainWindow::connectLessons()
{
    m_lessons->connectTo(*m_workspaces);
    m_lessonFiles = new LessonFiles(*this, *m_lessons);
    connect(m_profile, &ProfileView::lessonChosen, this, [this](const QString &name) {
        // Of the course that is open, if it has it; else of that which comes with the program.
        if (!m_lessons->begin(name))
            openLessons({}, name);
    });
    connect(m_presenter, &PresenterMode::changed, this,
        [this](bool isOn) { m_lessons->setPresenting(isOn && m_workspaces->current() == Workspaces::Workspace::Lessons); });
    connect(m_workspaces, &Workspaces::changed, this, [this] {
        const bool isInLessons = m_workspaces->current() == Workspaces::Workspace::Lessons;
        if (isInLessons == m_isArrangedForLessons)
            return;
        m_isArrangedForLessons = isInLessons;
        // What was presented is over, and does not put the docks of the other workspace back.
        if (const SavedLayout *before = m_presenter->layoutBefore(); isInLessons && before != nullptr)
            m_lessons->docks().setBefore(*before);
        if (isInLessons)
            m_presenter->setArrangement([this] { m_lessons->docks().arrange(); });
        m_presenter->setOn(false);
        if (!isInLessons)
            m_presenter->setArrangement(nullptr);
    });
}

bool MainWindow::openLessons(const QString &path, const QString &lesson, const QString &step)
{
    if (!m_lessons->open(path))
        return false;
    if (lesson.isEmpty() || m_lessons->begin(lesson, step))
        return true;
    QStringList names;
    const Lesson *found = m_lessons->course().lesson(lesson);
    if (found != nullptr) {
        for (const LessonStep &each : found->steps)
            names << each.id;
        m_banner->say(
            Banner::Severity::Error, tr("The lesson %1 has no step %2. It has %3.").arg(lesson, step, names.join(QStringLiteral(", "))));
        return false;
    }
    for (const Lesson &each : m_lessons->course().course().lessons)
        names << each.name;
    m_banner->say(Banner::Severity::Error,
        tr("There is no lesson %1 here that can be taken. There are %2.").arg(lesson, names.join(QStringLiteral(", "))));
    return false;
}

} // namespace loopscope
