// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/ConditionVerdict.h"

namespace loopscope {

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
    QStringList failing;
    for (const Condition::Part &part : parsed ? parsed->parts(run) : QList<Condition::Part>()) {
        if (!part.holds)
            failing.append(
                part.measured.isEmpty() ? part.text : QStringLiteral("%1 (%2)").arg(part.text, part.measured.join(QLatin1String(", "))));
    }
    return failing.join(QLatin1String("; "));
}

} // namespace loopscope
