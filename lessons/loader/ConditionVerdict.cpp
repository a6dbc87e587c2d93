// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/ConditionVerdict.h"

#include <QCoreApplication>

#include <algorithm>

namespace loopscope {

namespace {

/// What is true or false says by itself what was measured.
bool isAllTruths(const QString &text, MeasureSet set)
{
    ConditionProblem problem;
    const std::optional<Condition> part = Condition::parse(text, set, &problem);
    return part && std::ranges::all_of(part->calls(), [](const Condition::Call &call) { return call.form->gives == ValueType::Truth; });
}

} // namespace

bool conditionHolds(const ConditionText &condition, MeasureSet set, const Measures &run)
{
    ConditionProblem problem;
    const std::optional<Condition> parsed = Condition::parse(condition.text, set, &problem);
    return parsed && parsed->holds(run);
}

QString failingParts(const ConditionText &condition, MeasureSet set, const Measures &run)
{
    ConditionProblem problem;
    const std::optional<Condition> parsed = Condition::parse(condition.text, set, &problem);
    constexpr qsizetype most = 3;
    QStringList failing;
    for (const Condition::Part &part : parsed ? parsed->parts(run) : QList<Condition::Part>()) {
        if (part.holds)
            continue;
        failing.append(
            isAllTruths(part.text, set) ? part.text : QStringLiteral("%1 (%2)").arg(part.text, part.measured.join(QLatin1String(", "))));
    }
    QString text = failing.mid(0, most).join(QLatin1String("; "));
    if (failing.size() > most)
        text += QLatin1String("; ") + QCoreApplication::translate("loopscope::ConditionVerdict", "and %1 more").arg(failing.size() - most);
    return text;
}

} // namespace loopscope
