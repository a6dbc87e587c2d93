// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/LessonWalk.h"

#include "lessons/OpenCourse.h"

#include <algorithm>

namespace loopscope {

namespace {

const QLatin1String kAgain(".again");

int indexOf(const Lesson &lesson, const QString &step)
{
    const auto found = std::find_if(lesson.steps.begin(), lesson.steps.end(), [&](const LessonStep &each) { return each.id == step; });
    return found != lesson.steps.end() ? static_cast<int>(found - lesson.steps.begin()) : -1;
}

} // namespace

LessonWalk::LessonWalk(OpenCourse &course, QObject *parent)
    : QObject(parent)
    , m_course(course)
{
    connect(&m_course, &OpenCourse::changed, this, &LessonWalk::courseChanged);
}

const Lesson *LessonWalk::lesson() const { return m_lesson.isEmpty() ? nullptr : m_course.lesson(m_lesson); }

const LessonStep *LessonWalk::step() const
{
    const Lesson *found = lesson();
    return found != nullptr && m_index < found->steps.size() ? &found->steps.at(m_index) : nullptr;
}

int LessonWalk::places() const
{
    const Lesson *found = lesson();
    return static_cast<int>(isRetry() ? m_retries.size() : found != nullptr ? found->steps.size() : 0);
}

const LessonQuestion *LessonWalk::question() const
{
    const LessonStep *now = step();
    if (now == nullptr || !now->question)
        return nullptr;
    return m_isSibling && now->again != nullptr ? now->again.get() : &*now->question;
}

QString LessonWalk::id() const { return m_isSibling ? m_step + kAgain : m_step; }

QString LessonWalk::script() const
{
    const LessonQuestion *asked = question();
    const LessonStep *now = step();
    return asked != nullptr ? asked->script : now != nullptr ? now->script : QString();
}

LessonRun LessonWalk::run() const
{
    const LessonQuestion *asked = question();
    const LessonStep *now = step();
    return asked != nullptr ? asked->run : now != nullptr ? now->run : LessonRun();
}

QStringList LessonWalk::hints() const
{
    const LessonQuestion *asked = question();
    const LessonStep *now = step();
    return asked != nullptr ? asked->hints : now != nullptr ? now->hints : QStringList();
}

QString LessonWalk::explanation() const
{
    const LessonQuestion *asked = question();
    const LessonStep *now = step();
    return asked != nullptr ? asked->explanation : now != nullptr ? now->explanation : QString();
}

QStringList LessonWalk::views() const
{
    const LessonStep *now = step();
    return now != nullptr ? now->views : QStringList();
}

bool LessonWalk::begin(const QString &lesson, const QString &step)
{
    const Lesson *found = m_course.lesson(lesson);
    if (found == nullptr)
        return false;
    const int index = step.isEmpty() ? std::max(0, indexOf(*found, m_course.progress().position(m_course.progressName(), lesson)))
                                     : indexOf(*found, step);
    if (index < 0)
        return false;
    m_retries.clear();
    m_lesson = lesson;
    m_index = index;
    m_isSibling = false;
    enter();
    return true;
}

bool LessonWalk::beginRetries(const QList<LessonProgress::Retry> &retries)
{
    m_retries.clear();
    for (const LessonProgress::Retry &each : retries) {
        const Lesson *found = m_course.lesson(each.lesson);
        const QString step = each.step.endsWith(kAgain) ? each.step.chopped(kAgain.size()) : each.step;
        if (found != nullptr && indexOf(*found, step) >= 0)
            m_retries << each;
    }
    if (m_retries.isEmpty())
        return false;
    m_retryIndex = 0;
    enter();
    return true;
}

void LessonWalk::leave()
{
    m_lesson.clear();
    m_retries.clear();
    Q_EMIT moved();
}

void LessonWalk::enter()
{
    if (isRetry()) {
        const LessonProgress::Retry &retry = m_retries.at(m_retryIndex);
        m_lesson = retry.lesson;
        m_isSibling = retry.step.endsWith(kAgain);
        m_index = std::max(0, indexOf(*lesson(), m_isSibling ? retry.step.chopped(kAgain.size()) : retry.step));
    }
    const LessonStep *now = step();
    m_step = now != nullptr ? now->id : QString();
    m_moment = -1;
    const QString course = m_course.progressName();
    LessonProgress &progress = m_course.progress();
    const StepProgress *known = progress.step(course, m_lesson, id());
    // What comes back is asked anew; everything else stands as it was left.
    m_isAnswered = !isRetry() && known != nullptr && known->isAnswered() && !progress.isOutdated(course, *lesson(), id());
    m_hints = known != nullptr && !isRetry() ? known->hints : 0;
    if (!isRetry())
        progress.moveTo(course, m_lesson, m_step);
    progress.setSeen(course, m_lesson, id());
    m_course.save();
    Q_EMIT moved();
}

bool LessonWalk::hasNext() const
{
    const LessonStep *now = step();
    if (now == nullptr)
        return false;
    const bool hasSibling = !isRetry() && now->question && now->again != nullptr && !m_isSibling;
    return hasSibling || place() < places();
}

bool LessonWalk::hasPrevious() const { return !isRetry() && (m_isSibling || m_index > 0); }

void LessonWalk::next()
{
    if (!hasNext())
        return;
    const LessonStep *now = step();
    if (isRetry()) {
        ++m_retryIndex;
    } else if (now->question && now->again != nullptr && !m_isSibling) {
        m_isSibling = true;
    } else {
        ++m_index;
        m_isSibling = false;
    }
    enter();
}

void LessonWalk::previous()
{
    if (!hasPrevious())
        return;
    if (m_isSibling)
        m_isSibling = false;
    else
        --m_index;
    enter();
}

const StepProgress *LessonWalk::answer() const
{
    return m_isAnswered ? m_course.progress().step(m_course.progressName(), m_lesson, id()) : nullptr;
}

void LessonWalk::handIn(const QStringList &answer, bool isRight)
{
    m_course.progress().answer(m_course.progressName(), *lesson(), id(), answer, isRight);
    m_isAnswered = true;
    m_course.save();
    Q_EMIT changed();
}

void LessonWalk::tried(const QString &text, bool isRight)
{
    m_course.progress().attempt(m_course.progressName(), *lesson(), id(), text, isRight);
    m_isAnswered = true;
    m_course.save();
    Q_EMIT changed();
}

void LessonWalk::setMoment(int moment)
{
    const LessonStep *now = step();
    m_moment = now != nullptr ? std::clamp<int>(moment, -1, static_cast<int>(now->moments.size()) - 1) : -1;
    Q_EMIT changed();
}

void LessonWalk::showHint()
{
    if (m_hints >= hints().size())
        return;
    m_course.progress().setHints(m_course.progressName(), m_lesson, id(), ++m_hints);
    m_course.save();
    Q_EMIT changed();
}

void LessonWalk::courseChanged()
{
    if (m_lesson.isEmpty())
        return;
    const Lesson *found = lesson();
    // While a teacher edits, the same step stays open, wherever it stands now.
    if (found == nullptr)
        leave();
    else {
        const int index = indexOf(*found, m_step);
        m_index = index >= 0 ? index : std::clamp<int>(m_index, 0, static_cast<int>(found->steps.size()) - 1);
        m_isSibling = m_isSibling && index >= 0 && found->steps.at(index).again != nullptr;
        enter();
    }
}

} // namespace loopscope
