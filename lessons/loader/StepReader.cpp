// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/StepReader.h"

#include "lessons/loader/Condition.h"
#include "lessons/loader/LessonWords.h"
#include "servers/lab/NearName.h"
#include "servers/lab/Scenario.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

using Need = LessonFields::Need;

QStringList wordList(std::initializer_list<const char *> words)
{
    QStringList list;
    for (const char *word : words)
        list.append(QLatin1String(word));
    return list;
}

/// The number of a word in its list; -1 for none, which was told as a problem.
int number(const QString &word, const QStringList &words) { return static_cast<int>(words.indexOf(word)); }

/// An option of `loopscope run` that cannot touch the machine.
struct RunOption
{
    const char *name;
    enum Value : quint8 { None, Text, File } value;
};
constexpr std::array runOptions = {RunOption{"--seed", RunOption::Text}, RunOption{"--detail", RunOption::Text},
    RunOption{"--callback-cap", RunOption::Text}, RunOption{"--beside", RunOption::File}, RunOption{"--cores", RunOption::Text},
    RunOption{"--module", RunOption::None}, RunOption{"--max-time", RunOption::Text}, RunOption{"--max-events", RunOption::Text},
    RunOption{"--max-memory", RunOption::Text}, RunOption{"--set-first", RunOption::Text}, RunOption{"--latency-profile", RunOption::File},
    RunOption{"--disk-space", RunOption::Text}};

} // namespace

QString StepReader::path(LessonFields &fields, const char *name, const QString &otherwise) const
{
    const QString file = fields.text(name);
    if (fields.at(name).type != LocatedJson::Type::Text)
        return otherwise;
    QString sentence;
    const QString path = m_files.find(file, &sentence);
    if (path.isEmpty())
        fields.complain(fields.at(name), sentence);
    return path;
}

LessonRun StepReader::run(LessonFields &fields, const LessonRun &otherwise) const
{
    const LocatedJson *object = fields.object("run");
    if (!object)
        return otherwise;
    LessonFields parts(*object, m_problems);
    LessonRun run;
    run.arguments = parts.texts("arguments");
    run.options = options(parts);
    parts.finish();
    return run;
}

QStringList StepReader::options(LessonFields &fields) const
{
    const LocatedJson &list = fields.at("options");
    const QStringList words = fields.texts("options");
    QStringList names;
    for (const RunOption &option : runOptions)
        names.append(QLatin1String(option.name));
    QStringList read;
    for (qsizetype index = 0; index < words.size(); ++index) {
        const QString name = words[index].section(QLatin1Char('='), 0, 0);
        const qsizetype found = names.indexOf(name);
        if (found < 0) {
            fields.complain(list,
                tr("'%1' is no option that lessons may have.%2 There are %3.")
                    .arg(name.left(60), nearNameQuestion(name, names), names.join(QLatin1String(", "))));
            return read;
        }
        const RunOption &option = runOptions[static_cast<std::size_t>(found)];
        const bool isOneWord = words[index].contains(QLatin1Char('='));
        read.append(name);
        if (option.value == RunOption::None ? isOneWord : !isOneWord && index + 1 == words.size()) {
            fields.complain(list,
                option.value == RunOption::None ? tr("the option '%1' takes no value.").arg(name)
                                                : tr("the option '%1' needs a value behind it.").arg(name));
            return read;
        }
        if (option.value == RunOption::None)
            continue;
        QString value = isOneWord ? words[index].section(QLatin1Char('='), 1) : words[++index];
        if (option.value == RunOption::File) {
            QString sentence;
            value = m_files.find(value, &sentence);
            if (value.isEmpty())
                fields.complain(list, sentence);
        }
        read.append(value);
    }
    return read;
}

QStringList StepReader::views(LessonFields &fields, const QStringList &otherwise) const
{
    if (!fields.has("views")) {
        fields.take("views");
        return otherwise;
    }
    const QStringList views = fields.words("views", lessonwords::views() + lessonwords::viewsAlone());
    for (const QString &alone : lessonwords::viewsAlone()) {
        if (views.contains(alone) && views.size() > 1)
            fields.complain(fields.at("views"), tr("the view '%1' is shown alone; leave the others out.").arg(alone));
    }
    return views;
}

void StepReader::node(LessonFields &fields, NodeAgreement *agreement, QString *reason) const
{
    static const QStringList words = wordList({"equal", "same-lines", "exit-code", "no"});
    const bool isThere = fields.has("node");
    if (const int found = number(fields.word("node", words), words); found >= 0)
        *agreement = static_cast<NodeAgreement>(found);
    const QString told = fields.text("nodeReason");
    *reason = isThere || !told.isEmpty() ? told : *reason;
    if (*agreement != NodeAgreement::Equal && reason->trimmed().isEmpty())
        fields.complain(fields.at("node"), tr("'nodeReason' is missing: a sentence that says why it is not \"equal\"."));
}

LessonMoment StepReader::moment(LessonFields &fields) const
{
    LessonMoment moment;
    const LocatedJson *object = fields.object("at", Need::Needed);
    if (!object)
        return moment;
    LessonFields parts(*object, m_problems);
    moment.line = object->line;
    moment.event = parts.word("event", lessonwords::events(), Need::Needed);
    const int event = number(moment.event, lessonwords::events());
    const int printed = number(QStringLiteral("printed"), lessonwords::events());
    const int waits = number(QStringLiteral("waits"), lessonwords::events());
    if (event < printed) // of callbacks
        moment.task = parts.word("task", lessonwords::taskKinds());
    if (event < waits)
        moment.name = parts.text("name");
    if (moment.event == QLatin1String("entered"))
        moment.phase = parts.word("phase", lessonwords::phases());
    constexpr int most = 1'000'000;
    moment.nth = parts.whole("nth", 1, 1, most);
    parts.finish();
    return moment;
}

QList<WatchMoment> StepReader::moments(LessonFields &fields) const
{
    QList<WatchMoment> moments;
    const LocatedJson *list = fields.list("moments", Need::Needed);
    if (list && list->items.empty())
        fields.complain(*list, tr("there is no moment here to watch; write at least one."));
    for (const LocatedJson &item : list ? list->items : std::vector<LocatedJson>()) {
        LessonFields parts(item, m_problems);
        WatchMoment watched;
        watched.at = moment(parts);
        watched.look = parts.word("look", lessonwords::places(), Need::Needed);
        watched.text = parts.text("text", Need::Needed);
        parts.finish();
        moments.append(watched);
    }
    return moments;
}

QStringList StepReader::items(LessonFields &fields, LessonQuestion::Ask ask) const
{
    const bool isThere = fields.has("items");
    const QStringList items = fields.texts("items");
    const LocatedJson &at = fields.at("items");
    if (!isThere && ask != LessonQuestion::Ask::Order)
        fields.complain(at, tr("the field 'items' is missing here: the names among which the learner chooses."));
    const qsizetype least = ask == LessonQuestion::Ask::Queue ? 1 : 2;
    if (isThere && items.size() < least)
        fields.complain(at, tr("'items' are %1 at least, or there is nothing to choose.").arg(least));
    for (qsizetype index = 0; index < items.size(); ++index) {
        if (items.indexOf(items[index]) < index)
            fields.complain(at, tr("'%1' is among the items twice; leave one out.").arg(items[index]));
    }
    return items;
}

QList<LessonChoice> StepReader::choices(LessonFields &fields) const
{
    QList<LessonChoice> choices;
    const LocatedJson *list = fields.list("choices", Need::Needed);
    if (list && list->items.size() < 2)
        fields.complain(*list, tr("there must be two choices at least."));
    for (const LocatedJson &item : list ? list->items : std::vector<LocatedJson>()) {
        LessonFields parts(item, m_problems);
        LessonChoice choice;
        choice.text = parts.text("text", Need::Needed);
        choice.holds = condition(parts, "holds", MeasureSet::Run);
        choice.misconception = parts.text("misconception");
        parts.finish();
        choices.append(choice);
    }
    return choices;
}

LessonQuestion StepReader::question(LessonFields &fields, const LessonStep &step, int line) const
{
    static const QStringList asks = wordList({"order", "queue", "next", "choice"});
    LessonQuestion question;
    using Ask = LessonQuestion::Ask;
    question.line = line;
    question.question = fields.text("question", Need::Needed);
    question.script = step.script;
    question.run = step.run;
    question.hints = step.hints;
    question.explanation = step.explanation;
    const int ask = number(fields.word("ask", asks, Need::Needed), asks);
    question.ask = static_cast<Ask>(std::max(ask, 0));
    if (question.ask == Ask::Queue || question.ask == Ask::Next)
        question.at = moment(fields);
    if (question.ask == Ask::Queue)
        question.queue = fields.word("queue", lessonwords::queues(), Need::Needed);
    if (question.ask == Ask::Choice)
        question.choices = choices(fields);
    else
        question.items = items(fields, question.ask);
    if (question.ask != Ask::Choice)
        question.misconceptions = misconceptions(fields, question);
    return question;
}

QString StepReader::item(LessonFields &fields, const char *name, const LessonQuestion &question) const
{
    const QString item = fields.text(name);
    if (!item.isEmpty() && !question.items.isEmpty() && !question.items.contains(item))
        fields.complain(fields.at(name), tr("'%1' is none of the items.%2").arg(item.left(60), nearNameQuestion(item, question.items)));
    return item;
}

Misconception StepReader::misconception(LessonFields &fields, const LessonQuestion &question) const
{
    using Ask = LessonQuestion::Ask;
    Misconception wrong;
    int told = 0;
    const auto tell = [&](const char *name) { return fields.has(name) ? ++told, true : false; };
    if (question.ask != Ask::Next && tell("before")) {
        const LocatedJson &at = fields.at("before");
        const QStringList pair = fields.texts("before");
        if (pair.size() != 2)
            fields.complain(at, tr("'before' names two items: the one that was put before the other, and that."));
        wrong.first = pair.value(0);
        wrong.second = pair.value(1);
        for (const QString &item : pair) {
            if (!question.items.isEmpty() && !question.items.contains(item))
                fields.complain(at, tr("'%1' is none of the items.%2").arg(item.left(60), nearNameQuestion(item, question.items)));
        }
    }
    if (question.ask == Ask::Queue && tell("has"))
        wrong.has = item(fields, "has", question);
    if (question.ask == Ask::Queue && tell("lacks"))
        wrong.lacks = item(fields, "lacks", question);
    if (question.ask == Ask::Next && tell("picks"))
        wrong.picks = item(fields, "picks", question);
    if (question.ask == Ask::Next && tell("rule"))
        wrong.rule = fields.word("rule", lessonwords::rules());
    if (told != 1) {
        const QString allowed = question.ask == Ask::Order ? QStringLiteral("'before'")
            : question.ask == Ask::Queue                   ? tr("'has', 'lacks' or 'before'")
                                                           : tr("'picks' or 'rule'");
        fields.complain(fields.at("text"), tr("a misconception says by one field what it applies to: %1.").arg(allowed));
    }
    wrong.text = fields.text("text", Need::Needed);
    return wrong;
}

QList<Misconception> StepReader::misconceptions(LessonFields &fields, const LessonQuestion &question) const
{
    QList<Misconception> all;
    const LocatedJson *list = fields.list("misconceptions");
    for (const LocatedJson &object : list ? list->items : std::vector<LocatedJson>()) {
        LessonFields parts(object, m_problems);
        all.append(misconception(parts, question));
        parts.finish();
    }
    return all;
}

ConditionText StepReader::condition(LessonFields &fields, const char *name, MeasureSet set, const QStringList &models) const
{
    const QString text = fields.text(name, Need::Needed);
    const LocatedJson &at = fields.at(name);
    if (text.trimmed().isEmpty())
        return {};
    ConditionProblem problem;
    const auto complain = [&](int column, const QString &sentence) {
        fields.complain(at, tr("in the condition, column %1: %2").arg(column).arg(sentence));
    };
    const std::optional<Condition> condition = Condition::parse(text, set, &problem);
    if (!condition) {
        complain(problem.column, problem.sentence);
        return {text, at.line};
    }
    for (const Condition::Call &call : condition->calls()) {
        if (set == MeasureSet::Lab && !models.contains(call.arguments.value(0)))
            complain(call.column,
                tr("the model '%1' is not run here; 'models' are %2.").arg(call.arguments.value(0), models.join(QLatin1String(", "))));
    }
    return {text, at.line};
}

void StepReader::lab(LessonFields &fields, LessonTask *task) const
{
    const LocatedJson *object = fields.object("lab");
    if (!object)
        return;
    LessonFields parts(*object, m_problems);
    parts.take("scenario", Need::Needed);
    task->scenario = path(parts, "scenario", {});
    task->models = parts.has("models") ? parts.words("models", lessonwords::models()) : QStringList{lessonwords::models().first()};
    parts.take("models");
    if (task->models.isEmpty())
        parts.complain(parts.at("models"), tr("'models' names none; write at least one, such as \"event-loop\"."));
    parts.finish();
    QString sentence;
    if (!task->scenario.isEmpty() && !Scenario::read(task->scenario, &sentence))
        m_problems->append({task->scenario, 0, sentence});
}

LessonTask StepReader::task(LessonFields &fields) const
{
    LessonTask task;
    task.task = fields.text("task", Need::Needed);
    lab(fields, &task);
    const MeasureSet set = fields.has("lab") ? MeasureSet::Lab : MeasureSet::Run;
    task.holds = condition(fields, "holds", set, task.models);
    fields.take("solution", m_lesson.isWithoutSolutions ? Need::Optional : Need::Needed);
    task.solution = path(fields, "solution", {});
    const LocatedJson *list = fields.list("misconceptions");
    for (const LocatedJson &object : list ? list->items : std::vector<LocatedJson>()) {
        LessonFields parts(object, m_problems);
        Misconception wrong;
        wrong.when = condition(parts, "when", set, task.models);
        wrong.text = parts.text("text", Need::Needed);
        parts.finish();
        task.misconceptions.append(wrong);
    }
    return task;
}

LessonStep StepReader::step(const LocatedJson &object) const
{
    static const QStringList kinds = wordList({"read", "watch", "predict", "do"});
    static const QRegularExpression idForm(QStringLiteral("\\A[a-z0-9-]{1,60}\\z"));
    LessonFields fields(object, m_problems);
    LessonStep step;
    step.line = object.line;
    step.id = fields.text("id", Need::Needed);
    if (!step.id.isEmpty() && !idForm.match(step.id).hasMatch())
        fields.complain(fields.at("id"), tr("an id has lower-case letters, digits and dashes only, 60 at most."));
    const int kind = number(fields.word("kind", kinds, Need::Needed), kinds);
    step.kind = static_cast<LessonStep::Kind>(std::max(kind, 0));
    step.script = path(fields, "script", m_lesson.script);
    step.run = run(fields, m_lesson.run);
    step.node = m_lesson.node;
    step.nodeReason = m_lesson.nodeReason;
    node(fields, &step.node, &step.nodeReason);
    step.views = views(fields, m_lesson.views);
    step.hints = fields.texts("hints");
    step.explanation = fields.text("explanation");
    if (step.kind == LessonStep::Kind::Watch)
        step.moments = moments(fields);
    if (step.kind == LessonStep::Kind::Do)
        step.task = task(fields);
    if (step.kind == LessonStep::Kind::Predict) {
        step.question = question(fields, step, object.line);
        if (const LocatedJson *again = fields.object("again")) {
            LessonFields parts(*again, m_problems);
            LessonStep sibling = step;
            sibling.script = path(parts, "script", step.script);
            sibling.run = run(parts, step.run);
            sibling.hints = parts.texts("hints");
            sibling.explanation = parts.text("explanation");
            step.again = std::make_shared<const LessonQuestion>(question(parts, sibling, again->line));
            parts.finish();
        }
    }
    // Without a kind all fields would be unknown, which is told already.
    if (kind >= 0)
        fields.finish();
    return step;
}

} // namespace loopscope
