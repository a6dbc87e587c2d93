// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonOverlay.h"

#include <algorithm>

namespace loopscope {

bool LessonOverlay::isText(const QString &name)
{
    static const QStringList names = {QStringLiteral("title"), QStringLiteral("goal"), QStringLiteral("nodeReason"), QStringLiteral("text"),
        QStringLiteral("question"), QStringLiteral("explanation"), QStringLiteral("task"), QStringLiteral("misconception"),
        QStringLiteral("hints")};
    return names.contains(name);
}

bool LessonOverlay::holdsTexts(const QString &name)
{
    static const QStringList names = {QStringLiteral("steps"), QStringLiteral("moments"), QStringLiteral("misconceptions"),
        QStringLiteral("choices"), QStringLiteral("again")};
    return names.contains(name);
}

void LessonOverlay::lay(const LocatedJson &texts, LocatedJson *lesson)
{
    m_file = texts.file;
    if (texts.type != LocatedJson::Type::Object || lesson->type != LocatedJson::Type::Object)
        return complain(texts.line, tr("a translation is an object of the fields that it translates."));
    for (const LocatedJson::Member &text : texts.members)
        layMember(text, lesson);
}

void LessonOverlay::layMember(const LocatedJson::Member &text, LocatedJson *object)
{
    if (text.name == QLatin1String("id")) // says which step it is
        return;
    LocatedJson *target = object->member(text.name);
    if (!isText(text.name) && !holdsTexts(text.name))
        return complain(text.line, tr("'%1' is not translated; leave it out here.").arg(text.name.left(60)));
    if (!target)
        return complain(text.line, tr("the lesson has no '%1' here to translate.").arg(text.name.left(60)));
    if (target->type != text.value.type)
        return complain(text.line,
            tr("'%1' is %2 in the lesson; translate it by the same.").arg(text.name.left(60), LocatedJson::nameOf(target->type)));
    if (isText(text.name))
        *target = text.value;
    else if (target->type == LocatedJson::Type::List)
        layList(text.value, text.name, target);
    else
        lay(text.value, target);
}

void LessonOverlay::layList(const LocatedJson &texts, const QString &name, LocatedJson *list)
{
    if (name != QLatin1String("steps")) {
        if (texts.items.size() > list->items.size())
            complain(texts.line, tr("'%1' has more entries than in the lesson.").arg(name));
        for (std::size_t index = 0; index < std::min(texts.items.size(), list->items.size()); ++index)
            lay(texts.items[index], &list->items[index]);
        return;
    }
    for (const LocatedJson &translated : texts.items) {
        const LocatedJson *id = translated.member(QStringLiteral("id"));
        const auto step = std::find_if(list->items.begin(), list->items.end(), [&](const LocatedJson &item) {
            const LocatedJson *own = item.member(QStringLiteral("id"));
            return id && own && own->type == LocatedJson::Type::Text && own->text == id->text;
        });
        if (step == list->items.end())
            complain(translated.line, tr("a translated step needs the 'id' of one of the lesson's steps; this has none."));
        else
            lay(translated, &*step);
    }
}

} // namespace loopscope
