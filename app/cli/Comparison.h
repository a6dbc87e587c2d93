// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

namespace loopscope {

/// What a program printed and how it ended.
struct ProgramOutcome
{
    QByteArray output;
    QByteArray errors;
    int exitCode = 0;
};

/// Says whether two runs of one script agree, and if not, where they differ first.
class Comparison
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Comparison)

public:
    Comparison(const ProgramOutcome &node, const ProgramOutcome &ours, const QString &nodeVersion);

    bool agrees() const { return m_agrees; }
    /// For people; ends with a line feed.
    QString text() const { return m_text; }

private:
    QString difference(const ProgramOutcome &node, const ProgramOutcome &ours) const;

    bool m_agrees = false;
    QString m_text;
};

} // namespace loopscope
