// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabTable.h"

namespace loopscope {

/// One figure of one model in two reports.
struct LabDifference
{
    const LabFigure *figure = nullptr;
    double before = 0;
    double after = 0;
    /// Half the width of the 95 % confidence interval of `after - before`, by batch means over the samples of both runs
    /// (statistics/BatchMeans.h); nothing for figures that have no course over time (the longest, the most).
    std::optional<double> noise;

    double change() const { return after - before; }
    /// Of what was before: 0.1 is a tenth more. 0 if there was nothing.
    double share() const { return before != 0 ? change() / before : 0; }
    /// More than chance gives from run to run, and more than one in a hundred. False where the noise is not known.
    bool isBeyondNoise() const;
    bool isJudged() const { return figure->better != LabFigure::Better::Neither; }
    bool isBetter() const { return isJudged() && (change() > 0) == (figure->better == LabFigure::Better::High); }
    bool isWorse() const { return isJudged() && !isBetter(); }
};

/// One model in two reports.
struct ModelComparison
{
    LabRunName before;
    LabRunName after; ///< may be of another truth
    std::vector<LabDifference> differences; ///< in the order of labFigures()
};

/// Two reports side by side: before and after a change of the script, of the scenario, or of the machine; or two truths of the same.
class LabComparison
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabComparison)

public:
    /// Both have to live as long as this. Models that both have: of the same truth where there are such, else of whichever there is.
    LabComparison(const LabReport &before, const LabReport &after);

    const LabReport &before() const { return m_before; }
    const LabReport &after() const { return m_after; }
    const std::vector<ModelComparison> &models() const { return m_models; }
    /// "load.rate: 300 -> 600", for each member of the scenarios that is not the same; paths of files are left out.
    QStringList scenarioChanges() const;
    bool isAnythingBeyondNoise() const;
    /// What changed in one model, in a sentence.
    QString sentence(const ModelComparison &model) const;
    /// What differs in the scenarios and the machines, in sentences: the first one says whether anything does.
    QStringList settings() const;
    /// The figures of one model; the first row is the head.
    std::vector<QStringList> rows(const ModelComparison &model) const;
    QString text() const;
    QJsonObject toJson() const;

private:
    const LabReport &m_before;
    const LabReport &m_after;
    std::vector<ModelComparison> m_models;
};

} // namespace loopscope
