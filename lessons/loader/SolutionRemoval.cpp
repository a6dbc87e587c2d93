// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/SolutionRemoval.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace loopscope {

namespace {

constexpr QLatin1String steps("steps");
constexpr QLatin1String solution("solution");
constexpr QLatin1String script("script");

QJsonObject withoutSolutions(const QJsonObject &lesson, const QStringList &tasks)
{
    QJsonArray kept;
    const QJsonArray all = lesson[steps].toArray();
    for (const QJsonValue &value : all) {
        QJsonObject step = value.toObject();
        if (tasks.contains(step[QLatin1String("id")].toString())) {
            step.remove(solution);
            step.remove(QStringLiteral("explanation"));
        }
        kept.append(value.isObject() ? QJsonValue(step) : value);
    }
    QJsonObject result = lesson;
    if (lesson.contains(steps))
        result[steps] = kept;
    return result;
}

} // namespace

SolutionRemoval::SolutionRemoval(const QByteArray &lesson)
{
    QJsonParseError error;
    m_lesson = QJsonDocument::fromJson(lesson, &error).object();
    if (error.error != QJsonParseError::NoError)
        m_problem = error.errorString();
    const QJsonArray all = m_lesson[steps].toArray();
    for (const QJsonValue &step : all) {
        if (step[QLatin1String("kind")].toString() == QLatin1String("do"))
            m_tasks.append(step[QLatin1String("id")].toString());
    }
}

QByteArray SolutionRemoval::lesson() const
{
    QJsonObject lesson = withoutSolutions(m_lesson, m_tasks);
    lesson[QLatin1String("withoutSolutions")] = true;
    return QJsonDocument(lesson).toJson();
}

QStringList SolutionRemoval::scripts() const
{
    QStringList solutions;
    QStringList needed = {QDir::cleanPath(m_lesson[script].toString(QStringLiteral("script.js")))};
    const QJsonArray all = m_lesson[steps].toArray();
    for (const QJsonValue &step : all) {
        solutions.append(QDir::cleanPath(step[solution].toString()));
        needed.append(QDir::cleanPath(step[script].toString()));
        needed.append(QDir::cleanPath(step[QLatin1String("again")][script].toString()));
    }
    solutions.removeIf([&needed](const QString &name) { return name.isEmpty() || needed.contains(name); });
    return solutions;
}

QByteArray SolutionRemoval::translation(const QByteArray &content) const
{
    const QJsonDocument document = QJsonDocument::fromJson(content);
    return document.isObject() ? QJsonDocument(withoutSolutions(document.object(), m_tasks)).toJson() : content;
}

} // namespace loopscope
