// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonFields.h"

#include "servers/lab/NearName.h"

#include <cmath>

namespace loopscope {

LessonFields::LessonFields(const LocatedJson &object, QList<LessonProblem> *problems)
    : m_object(object)
    , m_problems(problems)
{
    if (object.type != LocatedJson::Type::Object)
        complain(object,
            tr("this is %1, and %2 belongs here.").arg(LocatedJson::nameOf(object.type), LocatedJson::nameOf(LocatedJson::Type::Object)));
}

const LocatedJson &LessonFields::at(const char *name) const
{
    const LocatedJson *found = m_object.member(QLatin1String(name));
    return found ? *found : m_object;
}

const LocatedJson *LessonFields::take(const char *name, Need need)
{
    m_known.append(QLatin1String(name));
    const LocatedJson *found = m_object.member(QLatin1String(name));
    if (!found && need == Need::Needed && m_object.type == LocatedJson::Type::Object)
        complain(m_object, tr("the field '%1' is missing here; docs/lessons.md says what it is for.").arg(QLatin1String(name)));
    return found;
}

const LocatedJson *LessonFields::typed(const char *name, LocatedJson::Type type, Need need)
{
    const LocatedJson *found = take(name, need);
    if (!found || found->type == type)
        return found;
    complain(*found, tr("'%1' must be %2, not %3.").arg(QLatin1String(name), LocatedJson::nameOf(type), LocatedJson::nameOf(found->type)));
    return nullptr;
}

QString LessonFields::text(const char *name, Need need)
{
    const LocatedJson *found = typed(name, LocatedJson::Type::Text, need);
    if (found && need == Need::Needed && found->text.trimmed().isEmpty())
        complain(*found, tr("'%1' says nothing; write a text here.").arg(QLatin1String(name)));
    return found ? found->text : QString();
}

QStringList LessonFields::texts(const char *name)
{
    QStringList texts;
    const LocatedJson *found = list(name);
    for (const LocatedJson &item : found ? found->items : std::vector<LocatedJson>()) {
        if (item.type == LocatedJson::Type::Text)
            texts.append(item.text);
        else
            complain(item, tr("'%1' is a list of texts; %2 is none.").arg(QLatin1String(name), LocatedJson::nameOf(item.type)));
    }
    return texts;
}

bool LessonFields::isOneOf(const LocatedJson &value, const QStringList &words)
{
    if (value.type == LocatedJson::Type::Text && words.contains(value.text))
        return true;
    const QString written = value.type == LocatedJson::Type::Text ? QLatin1Char('\'') + value.text.left(60) + QLatin1Char('\'')
                                                                  : LocatedJson::nameOf(value.type);
    complain(value, tr("%1 is none of %2.%3").arg(written, words.join(QLatin1String(", ")), nearNameQuestion(value.text, words)));
    return false;
}

QString LessonFields::word(const char *name, const QStringList &words, Need need)
{
    const LocatedJson *found = take(name, need);
    return found && isOneOf(*found, words) ? found->text : QString();
}

QStringList LessonFields::words(const char *name, const QStringList &words)
{
    QStringList read;
    const LocatedJson *found = list(name);
    for (const LocatedJson &item : found ? found->items : std::vector<LocatedJson>()) {
        if (!isOneOf(item, words))
            continue;
        if (read.contains(item.text))
            complain(item, tr("'%1' is here a second time; leave one out.").arg(item.text));
        read.append(item.text);
    }
    return read;
}

int LessonFields::whole(const char *name, int otherwise, int least, int most)
{
    const LocatedJson *found = typed(name, LocatedJson::Type::Number, Need::Optional);
    if (!found)
        return otherwise;
    if (found->number >= least && found->number <= most && found->number == std::floor(found->number))
        return static_cast<int>(found->number);
    complain(*found, tr("'%1' must be a whole number from %2 to %3.").arg(QLatin1String(name)).arg(least).arg(most));
    return otherwise;
}

const LocatedJson *LessonFields::object(const char *name, Need need) { return typed(name, LocatedJson::Type::Object, need); }
const LocatedJson *LessonFields::list(const char *name, Need need) { return typed(name, LocatedJson::Type::List, need); }

void LessonFields::finish()
{
    for (const LocatedJson::Member &member : m_object.members) {
        if (m_known.contains(member.name))
            continue;
        const QString near = nearNameQuestion(member.name, m_known);
        m_problems->append({m_object.file, member.line,
            near.isEmpty() ? tr("there is no field '%1' here; there are %2.").arg(member.name.left(60), m_known.join(QLatin1String(", ")))
                           : tr("there is no field '%1' here.%2").arg(member.name.left(60), near)});
    }
}

} // namespace loopscope
