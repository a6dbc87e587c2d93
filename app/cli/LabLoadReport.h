// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/LoadGenerator.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

namespace loopscope {

/// What `loopscope lab load` prints about a load.
class LabLoadReport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabLoadReport)

public:
    /// Both stay with the caller.
    LabLoadReport(const LoadPlan &plan, const LoadResult &result, const QString &url, const QStringList &notes);

    QString text() const;
    QJsonObject json() const;
    /// One line while it goes on.
    static QString progress(const LoadSample &sample);

private:
    QString arrivalsText() const;
    QString failuresText() const;

    const LoadPlan &m_plan;
    const LoadResult &m_result;
    const QString m_url;
    const QStringList m_notes;
};

} // namespace loopscope
