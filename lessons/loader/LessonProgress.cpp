// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonProgress.h"

#include "servers/lab/JsonFields.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace loopscope {

namespace {

constexpr qint64 mostFileBytes = 32 << 20;
constexpr int format = 1;
constexpr QLatin1String kind("loopscope-progress");
constexpr double latestTime = 253402300799999; // the year 9999

struct ProgressFile
{
    std::vector<CourseStand> courses;
};

template<typename Fields>
void describe(Fields &fields, ProgressFile &file)
{
    fields.parts("courses", file.courses);
}

/// Parts that no separator can be confused with.
class Digest
{
public:
    Digest &operator<<(const QByteArray &part)
    {
        m_hash.addData(QByteArray::number(part.size()) + ':' + part);
        return *this;
    }
    Digest &operator<<(const QString &part) { return *this << part.toUtf8(); }
    Digest &operator<<(const QStringList &parts)
    {
        *this << QString::number(parts.size());
        for (const QString &part : parts)
            *this << part;
        return *this;
    }
    Digest &operator<<(const LessonRun &run) { return *this << run.arguments << run.options; }
    Digest &operator<<(const LessonMoment &moment)
    {
        return *this << moment.event << moment.task << moment.name << moment.phase << QString::number(moment.nth);
    }
    Digest &addFile(const QString &path)
    {
        QFile file(path);
        return *this << (file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray());
    }
    QString result() const { return QString::fromLatin1(m_hash.result().toHex().left(32)); }

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
};

template<typename Container>
auto *named(Container &container, const QString &name, QString std::remove_reference_t<decltype(container.front())>::*key)
{
    const auto found = std::find_if(container.begin(), container.end(), [&](const auto &item) { return item.*key == name; });
    return found == container.end() ? nullptr : &*found;
}

template<typename Item>
Item &madeNamed(std::vector<Item> &items, const QString &name, QString Item::*key)
{
    for (Item &item : items) {
        if (item.*key == name)
            return item;
    }
    Item &made = items.emplace_back();
    made.*key = name;
    return made;
}

/// What is older than the time at which its lesson was begun anew goes.
void forget(StepProgress &step, qint64 before)
{
    if (step.seenAt <= before) {
        step.seenAt = 0;
        step.hints = 0;
    }
    if (step.answeredAt <= before) {
        step.answeredAt = 0;
        step.answer.clear();
        step.isRight = false;
        step.attempts = 0;
        step.question = {};
    }
    if (step.writtenAt <= before) {
        step.writtenAt = 0;
        step.text.clear();
    }
}

void mergeStep(StepProgress &into, const StepProgress &other)
{
    into.seenAt = std::max(into.seenAt, other.seenAt);
    into.hints = std::max(into.hints, other.hints);
    into.attempts = std::max(into.attempts, other.attempts);
    if (other.answeredAt > into.answeredAt) {
        into.answeredAt = other.answeredAt;
        into.isPrediction = other.isPrediction;
        into.answer = other.answer;
        into.isRight = other.isRight;
        into.question = other.question;
    }
    if (other.writtenAt > into.writtenAt) {
        into.writtenAt = other.writtenAt;
        into.text = other.text;
    }
}

void mergeLesson(LessonStand &into, const LessonStand &other)
{
    into.forgottenAt = std::max(into.forgottenAt, other.forgottenAt);
    if (other.movedAt > into.movedAt) {
        into.movedAt = other.movedAt;
        into.step = other.step;
    }
    for (const StepProgress &step : other.steps)
        mergeStep(madeNamed(into.steps, step.id, &StepProgress::id), step);
    for (StepProgress &step : into.steps)
        forget(step, into.forgottenAt);
    std::erase_if(into.steps, [](const StepProgress &step) { return std::max({step.seenAt, step.answeredAt, step.writtenAt}) == 0; });
    if (into.movedAt <= into.forgottenAt)
        into.step.clear();
}

qint64 latestOf(const std::vector<CourseStand> &courses)
{
    qint64 latest = 0;
    for (const CourseStand &course : courses) {
        for (const LessonStand &lesson : course.lessons) {
            latest = std::max({latest, lesson.movedAt, lesson.forgottenAt});
            for (const StepProgress &step : lesson.steps)
                latest = std::max({latest, step.seenAt, step.answeredAt, step.writtenAt});
        }
    }
    return latest;
}

std::optional<ProgressFile> readProgress(const QString &path, QString *problem, LessonFile::Problem *what)
{
    const std::optional<QJsonObject> members = LessonFile(kind, format, mostFileBytes).read(path, problem, what);
    if (!members)
        return std::nullopt;
    ProgressFile file;
    QString complaint;
    if (JsonReader::read(*members, QString(), &complaint, file))
        return file;
    *what = LessonFile::Problem::Damaged;
    *problem = LessonProgress::tr("the file '%1' is damaged: %2").arg(path, complaint);
    return std::nullopt;
}

QString writeProgress(const QString &path, const std::vector<CourseStand> &courses)
{
    ProgressFile file{courses};
    return LessonFile(kind, format, mostFileBytes).write(path, JsonWriter::objectOf(file));
}

} // namespace

template<typename Fields>
void describe(Fields &fields, QuestionMark &mark)
{
    fields.text("facts", mark.facts);
    fields.text("language", mark.language);
    fields.text("words", mark.words);
}

template<typename Fields>
void describe(Fields &fields, StepProgress &step)
{
    fields.needed({"id"});
    fields.text("id", step.id);
    fields.whole("seenAt", step.seenAt, {0, latestTime});
    fields.flag("isPrediction", step.isPrediction);
    fields.texts("answer", step.answer);
    fields.flag("isRight", step.isRight);
    fields.whole("attempts", step.attempts, {0, 1e9});
    fields.whole("hints", step.hints, {0, 1e9});
    fields.whole("answeredAt", step.answeredAt, {0, latestTime});
    fields.part("question", step.question);
    fields.text("text", step.text);
    fields.whole("writtenAt", step.writtenAt, {0, latestTime});
}

template<typename Fields>
void describe(Fields &fields, LessonStand &lesson)
{
    fields.needed({"lesson"});
    fields.text("lesson", lesson.lesson);
    fields.text("step", lesson.step);
    fields.whole("movedAt", lesson.movedAt, {0, latestTime});
    fields.whole("forgottenAt", lesson.forgottenAt, {0, latestTime});
    fields.parts("steps", lesson.steps);
}

template<typename Fields>
void describe(Fields &fields, CourseStand &course)
{
    fields.needed({"course"});
    fields.text("course", course.course);
    fields.parts("lessons", course.lessons);
}

QuestionMark QuestionMark::of(const Lesson &lesson, const LessonQuestion &question)
{
    Digest facts;
    facts.addFile(question.script) << question.run << QString::number(static_cast<int>(question.ask)) << question.at << question.queue
                                   << question.items;
    Digest words;
    words << question.question;
    for (const LessonChoice &choice : question.choices) {
        facts << choice.holds.text;
        words << choice.text;
    }
    return {facts.result(), lesson.language, words.result()};
}

QuestionMark QuestionMark::of(const Lesson &lesson, const LessonStep &step, const LessonTask &task)
{
    Digest facts;
    facts.addFile(step.script) << step.run << task.holds.text << task.models;
    if (!task.scenario.isEmpty())
        facts.addFile(task.scenario);
    return {facts.result(), lesson.language, (Digest() << task.task).result()};
}

bool QuestionMark::isSameQuestion(const QuestionMark &other) const
{
    return facts == other.facts && (language != other.language || words == other.words);
}

namespace {

/// The mark of a step, or of its sibling question; of a step without either: empty.
QuestionMark markOf(const Lesson &lesson, const QString &id)
{
    const QLatin1String siblings(".again");
    const bool isSibling = id.endsWith(siblings);
    const LessonStep *step = lesson.step(isSibling ? id.chopped(siblings.size()) : id);
    if (!step)
        return {};
    if (isSibling)
        return step->again ? QuestionMark::of(lesson, *step->again) : QuestionMark();
    if (step->question)
        return QuestionMark::of(lesson, *step->question);
    return step->task ? QuestionMark::of(lesson, *step, *step->task) : QuestionMark();
}

} // namespace

LessonProgress::LessonProgress(const QString &path, Clock clock)
    : m_path(path)
    , m_clock(clock ? std::move(clock) : Clock([] { return QDateTime::currentMSecsSinceEpoch(); }))
{
}

QString LessonProgress::nameOf(const Course &course) { return QFileInfo(course.folder).fileName(); }

QString LessonProgress::load()
{
    m_courses.clear();
    if (!QFileInfo::exists(m_path))
        return {};
    QString problem;
    LessonFile::Problem what = LessonFile::Problem::None;
    const std::optional<ProgressFile> file = readProgress(m_path, &problem, &what);
    if (!file)
        return keepAside(problem, what);
    merge(file->courses);
    return {};
}

/// A file that cannot even be read stays where it is: save() then tells that it cannot be written over.
QString LessonProgress::keepAside(const QString &problem, LessonFile::Problem what)
{
    if (what == LessonFile::Problem::Unreadable)
        return problem;
    const QString ending = what == LessonFile::Problem::Newer ? QStringLiteral(".newer") : QStringLiteral(".damaged");
    QString aside = m_path + ending;
    for (int number = 2; QFileInfo::exists(aside); ++number)
        aside = m_path + ending + QString::number(number);
    return QFile::rename(m_path, aside)
        ? tr("What was done in lessons so far cannot be read: %1 It is kept as '%2'; a new file begins.").arg(problem, aside)
        : tr("What was done in lessons so far cannot be read: %1 It could not be renamed, either; nothing is saved until it can be.")
              .arg(problem);
}

QString LessonProgress::save()
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    if (QFileInfo::exists(m_path)) {
        QString problem;
        LessonFile::Problem what = LessonFile::Problem::None;
        const std::optional<ProgressFile> file = readProgress(m_path, &problem, &what);
        if (file)
            merge(file->courses);
        else
            problem = keepAside(problem, what);
        if (QFileInfo::exists(m_path) && !file)
            return problem;
    }
    return writeProgress(m_path, m_courses);
}

QString LessonProgress::exportTo(const QString &file) const { return writeProgress(file, m_courses); }

QString LessonProgress::import(const QString &file)
{
    QString problem;
    LessonFile::Problem what = LessonFile::Problem::None;
    const std::optional<ProgressFile> other = readProgress(file, &problem, &what);
    if (!other)
        return problem;
    merge(other->courses);
    return {};
}

void LessonProgress::merge(const std::vector<CourseStand> &others)
{
    for (const CourseStand &other : others) {
        CourseStand &course = madeNamed(m_courses, other.course, &CourseStand::course);
        for (const LessonStand &lesson : other.lessons)
            mergeLesson(madeNamed(course.lessons, lesson.lesson, &LessonStand::lesson), lesson);
    }
    m_latest = std::max(m_latest, latestOf(m_courses));
}

qint64 LessonProgress::now()
{
    m_latest = std::max(m_latest + 1, m_clock());
    return m_latest;
}

const CourseStand *LessonProgress::course(const QString &name) const { return named(m_courses, name, &CourseStand::course); }

const StepProgress *LessonProgress::step(const QString &courseName, const QString &lesson, const QString &step) const
{
    const CourseStand *found = course(courseName);
    const LessonStand *stand = found ? named(found->lessons, lesson, &LessonStand::lesson) : nullptr;
    return stand ? named(stand->steps, step, &StepProgress::id) : nullptr;
}

QString LessonProgress::position(const QString &courseName, const QString &lesson) const
{
    const CourseStand *found = course(courseName);
    const LessonStand *stand = found ? named(found->lessons, lesson, &LessonStand::lesson) : nullptr;
    return stand ? stand->step : QString();
}

QList<LessonProgress::Retry> LessonProgress::retries(const QString &courseName) const
{
    struct Wrong
    {
        qint64 answeredAt;
        Retry retry;
    };
    std::vector<Wrong> wrong;
    if (const CourseStand *found = course(courseName)) {
        for (const LessonStand &lesson : found->lessons) {
            for (const StepProgress &step : lesson.steps) {
                if (step.isPrediction && step.isAnswered() && !step.isRight)
                    wrong.push_back({step.answeredAt, {lesson.lesson, step.id}});
            }
        }
    }
    std::ranges::stable_sort(wrong, {}, &Wrong::answeredAt);
    QList<Retry> list;
    for (const Wrong &entry : wrong)
        list.append(entry.retry);
    return list;
}

QList<LessonProgress::Retry> LessonProgress::retriesAfter(const QString &course, const QString &lesson) const
{
    QList<Retry> list = retries(course);
    list.removeIf([&lesson](const Retry &retry) { return retry.lesson == lesson; });
    return list.mid(0, retriesAtOnce);
}

bool LessonProgress::isOutdated(const QString &course, const Lesson &lesson, const QString &id) const
{
    const StepProgress *found = step(course, lesson.name, id);
    return found && found->isAnswered() && !found->question.isSameQuestion(markOf(lesson, id));
}

LessonStand &LessonProgress::lesson(const QString &course, const QString &lesson)
{
    return madeNamed(madeNamed(m_courses, course, &CourseStand::course).lessons, lesson, &LessonStand::lesson);
}

StepProgress &LessonProgress::step(LessonStand &lesson, const QString &id)
{
    StepProgress &made = madeNamed(lesson.steps, id, &StepProgress::id);
    if (made.seenAt == 0)
        made.seenAt = now();
    return made;
}

void LessonProgress::moveTo(const QString &course, const QString &name, const QString &id)
{
    LessonStand &stand = lesson(course, name);
    stand.step = id;
    stand.movedAt = now();
}

void LessonProgress::setSeen(const QString &course, const QString &name, const QString &id)
{
    step(lesson(course, name), id).seenAt = now();
}

void LessonProgress::setHints(const QString &course, const QString &name, const QString &id, int shown)
{
    StepProgress &stand = step(lesson(course, name), id);
    stand.hints = std::max(stand.hints, shown);
}

void LessonProgress::answer(const QString &course, const Lesson &of, const QString &id, const QStringList &answer, bool isRight)
{
    StepProgress &stand = step(lesson(course, of.name), id);
    stand.isPrediction = true;
    stand.answer = answer;
    stand.isRight = isRight;
    ++stand.attempts;
    stand.answeredAt = now();
    stand.question = markOf(of, id);
}

void LessonProgress::attempt(const QString &course, const Lesson &of, const QString &id, const QString &text, bool isRight)
{
    write(course, of.name, id, text);
    StepProgress &stand = step(lesson(course, of.name), id);
    stand.isRight = isRight;
    ++stand.attempts;
    stand.answeredAt = now();
    stand.question = markOf(of, id);
}

bool LessonProgress::write(const QString &course, const QString &name, const QString &id, const QString &text)
{
    if (text.toUtf8().size() > mostTextBytes)
        return false;
    StepProgress &stand = step(lesson(course, name), id);
    stand.text = text;
    stand.writtenAt = now();
    return true;
}

void LessonProgress::forget(const QString &course, const QString &name)
{
    LessonStand &stand = lesson(course, name);
    stand.forgottenAt = now();
    mergeLesson(stand, {});
}

} // namespace loopscope
