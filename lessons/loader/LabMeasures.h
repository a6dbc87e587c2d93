// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Measures.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <optional>

namespace loopscope {

/// What a report of `loopscope lab SCENARIO --json` says of each model. A model that it has no result of measures nothing: no comparison
/// with it holds. A plain value.
class LabMeasures : public Measures
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabMeasures)

public:
    /// Nothing, with a sentence, if it is no report, or a model has no result: then the report's own sentence why.
    static std::optional<LabMeasures> fromReport(const QByteArray &json, const QStringList &models, QString *problem);

    MeasureValue measure(MeasureId id, const QStringList &arguments) const override;

private:
    QJsonObject m_results; ///< by model
};

} // namespace loopscope
