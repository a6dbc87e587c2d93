// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonTranslation.h"

#include "lessons/loader/LessonFiles.h"
#include "lessons/loader/LessonOverlay.h"

#include <QDir>

#include <algorithm>

namespace loopscope {

namespace {

QString idOf(const LocatedJson &step)
{
    const LocatedJson *id = step.member(QStringLiteral("id"));
    return id ? id->text : QString();
}

bool hasText(const LocatedJson &value)
{
    return std::any_of(value.items.begin(), value.items.end(), hasText)
        || std::any_of(value.members.begin(), value.members.end(), [](const LocatedJson::Member &member) {
               return LessonOverlay::isText(member.name) || (LessonOverlay::holdsTexts(member.name) && hasText(member.value));
           });
}

} // namespace

QList<LessonProblem> LessonTranslation::gaps(const QString &folder, const QString &language)
{
    const LessonFiles files(QDir::cleanPath(folder));
    LessonTranslation translation;
    const QString textsName = QStringLiteral("lesson.%1.json").arg(language);
    const QString proseName = QStringLiteral("lesson.%1.md").arg(language);
    for (const auto &[name, other] : {std::pair(textsName, proseName), std::pair(proseName, textsName)}) {
        if (!files.has(name))
            return {{QDir(folder).filePath(other), 0, tr("'%1' is missing beside it, so half of the lesson is not translated.").arg(name)}};
    }
    const auto parsed = [&](const QString &name) {
        LessonProblem problem;
        const std::optional<QByteArray> bytes = files.read(name, &problem.sentence);
        return bytes ? LocatedJson::parse(*bytes, QDir(folder).filePath(name), &problem) : std::nullopt;
    };
    const std::optional<LocatedJson> lesson = parsed(QStringLiteral("lesson.json"));
    const std::optional<LocatedJson> texts = parsed(textsName);
    if (lesson && texts)
        translation.compare(*lesson, *texts, tr("the lesson"));
    return translation.m_gaps;
}

void LessonTranslation::compare(const LocatedJson &lesson, const LocatedJson &translation, const QString &what)
{
    for (const LocatedJson::Member &member : lesson.members) {
        const LocatedJson *translated = translation.member(member.name);
        const bool isText = LessonOverlay::isText(member.name);
        if (!isText && (!LessonOverlay::holdsTexts(member.name) || !hasText(member.value)))
            continue;
        if (!translated)
            complain(translation, tr("'%1' of %2 is not translated.").arg(member.name, what));
        else if (isText && translated->items.size() < member.value.items.size())
            complain(*translated,
                tr("'%1' of %2 has %3 texts, and %4 in the lesson.")
                    .arg(member.name, what)
                    .arg(translated->items.size())
                    .arg(member.value.items.size()));
        else if (member.value.type == LocatedJson::Type::List && !isText)
            compareLists(member.value, *translated, member.name, what);
        else if (!isText)
            compare(member.value, *translated, tr("'%1' of %2").arg(member.name, what));
    }
}

void LessonTranslation::compareLists(const LocatedJson &lesson, const LocatedJson &translation, const QString &name, const QString &what)
{
    const bool isById = name == QLatin1String("steps");
    for (std::size_t index = 0; index < lesson.items.size(); ++index) {
        const LocatedJson &item = lesson.items[index];
        if (!hasText(item))
            continue;
        const auto place = isById ? std::ranges::find(translation.items, idOf(item), idOf)
                                  : translation.items.begin() + static_cast<std::ptrdiff_t>(std::min(index, translation.items.size()));
        const QString itemName =
            isById ? tr("the step '%1'").arg(idOf(item)) : tr("number %1 of '%2' of %3").arg(index + 1).arg(name, what);
        if (place == translation.items.end())
            complain(translation, tr("%1 is not translated.").arg(itemName));
        else
            compare(item, *place, itemName);
    }
}

} // namespace loopscope
