// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonSource.h"

#include "lessons/loader/LessonBundle.h"

#include <QDir>
#include <QFileInfo>

namespace loopscope {

QString LessonSource::standardCourse()
{
    const QString own = QCoreApplication::applicationDirPath();
    const QString installed = QDir::cleanPath(own + QStringLiteral("/" LOOPSCOPE_LESSONS_FROM_BIN "/course"));
    if (QFileInfo::exists(installed + QStringLiteral("/course.json")))
        return installed;
    // Where it was built; a program that was installed elsewhere has nothing to look for there.
    const bool isInBuild = own.startsWith(QStringLiteral(LOOPSCOPE_LESSONS_BUILD));
    const QString source = QStringLiteral(LOOPSCOPE_LESSONS_SOURCE "/course");
    return isInBuild && QFileInfo::exists(source + QStringLiteral("/course.json")) ? source : QString();
}

bool LessonSource::open(const QString &path)
{
    m_unpacked.reset();
    m_problem.clear();
    const QFileInfo info(path);
    if (path.isEmpty()) {
        m_folder = standardCourse();
        if (m_folder.isEmpty())
            m_problem = tr("the course is not installed with this program: name a folder or a bundle of lessons.");
    } else if (info.isDir()) {
        m_folder = QDir::cleanPath(info.absoluteFilePath());
    } else if (const auto bundle = LessonBundle::read(path, &m_problem)) {
        m_unpacked.emplace();
        m_folder = bundle->unpack(m_unpacked->path(), &m_problem);
    }
    return m_problem.isEmpty();
}

} // namespace loopscope
