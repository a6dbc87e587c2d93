// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonChecker.h"

#include "lessons/loader/LessonReader.h"
#include "lessons/loader/LessonTranslation.h"

#include <QDir>
#include <QFileInfo>

namespace loopscope {

LessonChecker::LessonChecker(const Lesson &lesson, const NodeProgram &node, CheckedLesson *result)
    : m_lesson(lesson)
    , m_node(node)
    , m_result(result)
{
}

void LessonChecker::check()
{
    m_result->title = m_lesson.title;
    checkTranslations();
    for (const LessonStep &step : m_lesson.steps)
        checkStep(step);
}

void LessonChecker::checkTranslations()
{
    for (const QString &language : LessonReader::languages(m_lesson.folder)) {
        LessonReader::read(m_lesson.folder, language, m_result->problems);
        m_result->problems += LessonTranslation::gaps(m_lesson.folder, language);
    }
}

void LessonChecker::checkStep(const LessonStep &step)
{
    if (!step.script.isEmpty() && (!step.task || step.task->scenario.isEmpty()))
        runScript(step, step.script, step.run, step.line);
    if (step.again)
        runScript(step, step.again->script, step.again->run, step.again->line);
    if (step.task && step.task->scenario.isEmpty() && !step.task->solution.isEmpty())
        runScript(step, step.task->solution, step.run, step.line);
}

void LessonChecker::runScript(const LessonStep &step, const QString &script, const LessonRun &how, int line)
{
    const QString key = (QStringList(script) + how.options + how.arguments).join(QChar(u'\n'));
    if (m_seen.contains(key))
        return;
    m_seen.append(key);
    ++m_result->runs;
    QStringList arguments = {QStringLiteral("run")};
    for (const auto &[option, value] :
        {std::pair("--max-time", "60"), std::pair("--max-events", "1000000"), std::pair("--max-memory", "1024")}) {
        if (!how.options.contains(QLatin1String(option)))
            arguments << QLatin1String(option) << QLatin1String(value);
    }
    QString problem;
    const auto ours = PrintedRun::of(QCoreApplication::applicationFilePath(),
        arguments + how.options + QStringList{QStringLiteral("--"), script} + how.arguments, m_lesson.folder,
        QLatin1Char('\'') + QFileInfo(script).fileName() + QLatin1Char('\''), &problem);
    if (ours)
        compareWithNode(step, script, how, *ours, line);
    else
        m_result->problems.append({script, 0, problem});
}

void LessonChecker::compareWithNode(const LessonStep &step, const QString &script, const LessonRun &how, const PrintedRun &ours, int line)
{
    if (step.node == NodeAgreement::None)
        return;
    if (!m_node.isInstalled()) {
        ++m_result->uncompared;
        return;
    }
    ++m_result->compared;
    QString problem;
    const auto theirs = m_node.run(script, how, &problem);
    if (theirs)
        problem = NodeProgram::difference(*theirs, ours, step.node);
    if (!problem.isEmpty())
        complain(line, tr("'%1' runs otherwise in Node: %2").arg(QFileInfo(script).fileName(), problem));
}

void LessonChecker::complain(int line, const QString &sentence) { m_result->problems.append({file(), line, sentence}); }

QString LessonChecker::file() const { return QDir(m_lesson.folder).filePath(QStringLiteral("lesson.json")); }

} // namespace loopscope
