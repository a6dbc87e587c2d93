// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "Output.h"
#include "analysis/RecordingComparison.h"
#include "state/EventText.h"
#include "state/Names.h"

#include <QFileInfo>

namespace loopscope {

namespace {

using Agreement = RecordingComparison::Agreement;

/// A recording with what its events are told with.
struct OpenRecording
{
    RecordingReader reader;
    RecordingIndex index;
    EventText text{reader, index};

    /// Empty, or what is wrong with the file.
    QString open(const QString &path)
    {
        const QString problem = Commands::openRecording(path, reader);
        if (problem.isEmpty())
            index.update(reader);
        return problem;
    }
    QString line(quint32 event) const
    {
        if (event == RecordingComparison::none)
            return QCoreApplication::translate("loopscope::Commands", "(the recording has ended)");
        const QString where = text.where(event);
        const QString row = QStringLiteral("%1 ms  %2").arg(milliseconds(reader.event(event).time), text.what(event));
        return where.isEmpty() ? row : row + QStringLiteral("  ") + where;
    }
};

/// Tells a comparison in words.
class ComparisonReport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ComparisonReport)

public:
    ComparisonReport(const CommandLine &line, const OpenRecording &left, const OpenRecording &right, const RecordingComparison &comparison)
        : m_leftName(line.file)
        , m_rightName(line.secondFile)
        , m_left(left)
        , m_right(right)
        , m_comparison(comparison)
    {
    }

    QString summary() const
    {
        QString text;
        if (const auto parting = m_comparison.parting())
            text = tr("First difference:") + bothLines(*parting)
                + tr("The %1 before it are the same.").arg(events(m_comparison.equalEvents())) + QLatin1Char('\n') + counts();
        else if (const auto late = m_comparison.firstOtherTime())
            text =
                tr("The same %1 in the same order, but at other times. The first at another time:").arg(events(m_comparison.equalEvents()))
                + bothLines(*late);
        else
            text = tr("The same: %1, in the same order%2.")
                       .arg(events(m_comparison.equalEvents()), m_comparison.comparesTimes() ? tr(" and at the same times") : QString())
                + QLatin1Char('\n');
        if (m_comparison.comparesMoments())
            text += tr("One is of a real node: compared is what both tell, which is the script's callbacks, its promises that settle, and "
                       "the end.")
                + QLatin1Char('\n');
        if (!m_comparison.comparesTimes())
            text += tr("Times were not compared: they are the wall clock's.") + QLatin1Char('\n');
        if (const size_t rest = m_comparison.count(Agreement::NotReached); rest > 0 && !m_comparison.isCut())
            text +=
                tr("One recording ends before its run did; the %1 moments that follow in the other have nothing to compare with.").arg(rest)
                + QLatin1Char('\n');
        return text;
    }

    void list(Output &output) const
    {
        for (const RecordingComparison::Row &row : m_comparison.rows()) {
            switch (row.agreement) {
            case Agreement::Same:
                writeRow(output, "  ", m_left, row.left);
                break;
            case Agreement::OtherTime:
                writeRow(output, "~<", m_left, row.left);
                writeRow(output, "~>", m_right, row.right);
                break;
            case Agreement::Parting:
                writeRow(output, "!<", m_left, row.left);
                writeRow(output, "!>", m_right, row.right);
                break;
            case Agreement::OnlyLeft:
            case Agreement::OnlyRight:
            case Agreement::NotReached: {
                const bool isLeft = row.left != RecordingComparison::none;
                writeRow(output, isLeft ? "< " : "> ", isLeft ? m_left : m_right, isLeft ? row.left : row.right);
                break;
            }
            }
        }
    }

private:
    QString events(quint64 count) const
    {
        if (m_comparison.comparesMoments())
            return count == 1 ? tr("one moment") : tr("%1 moments").arg(count);
        return count == 1 ? tr("one event") : tr("%1 events").arg(count);
    }

    static void writeRow(Output &output, const char *mark, const OpenRecording &side, quint32 event)
    {
        output.writeLine(QByteArray(mark) + ' ' + side.line(event).toUtf8());
    }

    QString bothLines(const RecordingComparison::Place &place) const
    {
        const auto side = [](const QString &name, const OpenRecording &recording, quint32 event) {
            const QString number = event == RecordingComparison::none ? QString() : tr(", event %1").arg(event);
            return QStringLiteral("  %1%2:\n    %3\n").arg(name, number, recording.line(event));
        };
        return QLatin1Char('\n') + side(m_leftName, m_left, place.left) + side(m_rightName, m_right, place.right);
    }

    QString counts() const
    {
        const auto count = [this](Agreement agreement) { return m_comparison.count(agreement); };
        QString text =
            tr("Of all callbacks, settled promises, console lines, errors and free choices%1: %2 the same, %3 at another time, %4 in "
               "another turn, %5 only in %6, %7 only in %8.")
                .arg(m_comparison.isCut() ? tr(" up to the first %1 after it").arg(RecordingComparison::largestAlignment) : QString())
                .arg(count(Agreement::Same))
                .arg(count(Agreement::OtherTime))
                .arg(m_comparison.movedCount())
                .arg(count(Agreement::OnlyLeft))
                .arg(m_leftName)
                .arg(count(Agreement::OnlyRight))
                .arg(m_rightName);
        return text + QLatin1Char('\n');
    }

    QString m_leftName;
    QString m_rightName;
    const OpenRecording &m_left;
    const OpenRecording &m_right;
    const RecordingComparison &m_comparison;
};

} // namespace

int Commands::compare(const CommandLine &line)
{
    OpenRecording left;
    OpenRecording right;
    QString problem = left.open(line.file);
    if (problem.isEmpty())
        problem = right.open(line.secondFile);
    if (!problem.isEmpty()) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    for (const OpenRecording *recording : {&left, &right}) {
        if (!recording->reader.problem().isEmpty())
            complain(recording->reader.problem());
    }
    RecordingComparison comparison(left.reader, right.reader);
    comparison.update();
    const ComparisonReport report(line, left, right, comparison);
    Output output;
    if (line.list)
        report.list(output);
    else
        output.writeText(report.summary());
    const bool isSame = comparison.isSame() && comparison.count(Agreement::NotReached) == 0;
    return static_cast<int>(isSame ? ExitCode::Success : ExitCode::Disagreement);
}

} // namespace loopscope
