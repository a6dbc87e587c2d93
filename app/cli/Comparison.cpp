// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Comparison.h"

#include <algorithm>

namespace loopscope {

namespace {

/// The line of `output` that starts at byte `start`.
QByteArray lineAt(const QByteArray &output, qsizetype start)
{
    const auto end = output.indexOf('\n', start);
    return output.mid(start, end < 0 ? -1 : end - start);
}

/// The last lines of what a program said on standard error.
QByteArray lastLines(const QByteArray &errors, int count)
{
    const QByteArray text = errors.trimmed();
    auto start = text.size();
    for (int i = 0; i < count && start > 0; ++i)
        start = text.lastIndexOf('\n', start - 1);
    return start <= 0 ? text : text.mid(start + 1);
}

} // namespace

Comparison::Comparison(const ProgramOutcome &node, const ProgramOutcome &ours, const QString &nodeVersion)
    : m_agrees(node.output == ours.output && node.exitCode == ours.exitCode)
{
    if (m_agrees) {
        const auto lines = node.output.count('\n');
        m_text = lines == 1
            ? tr("Agrees with node %1: one line of standard output, exit code %2.").arg(nodeVersion).arg(node.exitCode)
            : tr("Agrees with node %1: %2 lines of standard output, exit code %3.").arg(nodeVersion).arg(lines).arg(node.exitCode);
    } else {
        m_text = tr("Differs from node %1.").arg(nodeVersion) + QLatin1Char('\n') + difference(node, ours);
    }
    if (!nodeVersion.startsWith(QLatin1String("v20.")))
        m_text += QLatin1Char('\n') + tr("Loopscope follows Node.js 20; this node is another version.");
    m_text += QLatin1Char('\n');
}

QString Comparison::difference(const ProgramOutcome &node, const ProgramOutcome &ours) const
{
    QString text;
    if (node.output != ours.output) {
        const auto shorter = std::min(node.output.size(), ours.output.size());
        const auto first =
            std::mismatch(node.output.begin(), node.output.begin() + shorter, ours.output.begin()).first - node.output.begin();
        const auto lineStart = first == 0 ? 0 : node.output.lastIndexOf('\n', first - 1) + 1;
        const auto lineNumber = node.output.left(lineStart).count('\n') + 1;
        const auto shown = [lineStart](const QByteArray &output) {
            return lineStart >= output.size() ? tr("(nothing more)") : QString::fromUtf8(lineAt(output, lineStart));
        };
        text += tr("Standard output, line %1:").arg(lineNumber);
        text += QLatin1String("\n  node:      ") + shown(node.output);
        text += QLatin1String("\n  loopscope: ") + shown(ours.output);
        const bool endsAlike = lineAt(node.output, lineStart) == lineAt(ours.output, lineStart);
        if (endsAlike && lineStart < shorter)
            text += QLatin1Char('\n') + tr("(the lines differ in the line feed at their end only)");
    }
    if (node.exitCode != ours.exitCode) {
        if (!text.isEmpty())
            text += QLatin1Char('\n');
        text += tr("Exit code: node %1, loopscope %2").arg(node.exitCode).arg(ours.exitCode);
    }
    if (!ours.errors.isEmpty() && node.errors.isEmpty())
        text +=
            QLatin1Char('\n') + tr("loopscope said on standard error:") + QLatin1Char('\n') + QString::fromUtf8(lastLines(ours.errors, 5));
    return text;
}

} // namespace loopscope
