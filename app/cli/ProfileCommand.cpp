// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "LabOptions.h"
#include "Output.h"
#include "ProfileHelp.h"
#include "analysis/profiler/ProfileComparisonText.h"
#include "analysis/profiler/ProfileJson.h"
#include "state/Names.h"

#include <QJsonDocument>

#include <algorithm>

namespace loopscope {

namespace {

/// Tells a profile in words.
class ProfileReport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ProfileReport)

public:
    ProfileReport(const Profile &profile, const BlockingReport &blocking, const Verdict &verdict, const ProfileText &text, std::size_t rows)
        : m_profile(profile)
        , m_blocking(blocking)
        , m_verdict(verdict)
        , m_text(text)
        , m_rows(rows)
    {
    }

    void write(Output &output) const
    {
        output.writeText(m_text.verdict(m_verdict, m_profile, m_blocking) + QLatin1Char('\n'));
        for (const ProfileFinding &finding : m_verdict.findings())
            output.writeText(QStringLiteral("  * %1\n    %2\n").arg(m_text.finding(finding), m_text.advice(finding)));
        writeBlocking(output);
        writeLoop(output);
        writeKinds(output);
        writeFunctions(output);
        writeAwaits(output);
    }

private:
    static QString column(const QString &text, int width) { return text.rightJustified(width); }
    static QString column(quint64 nanoseconds) { return column(ProfileText::duration(nanoseconds), 10); }

    void writeBlocking(Output &output) const
    {
        output.writeText(QLatin1Char('\n')
            + tr("What held the loop for %1 or longer, the most harmful first").arg(ProfileText::duration(m_blocking.threshold()))
            + QLatin1Char('\n'));
        if (m_blocking.blockers().empty())
            output.writeText(QStringLiteral("  ") + tr("nothing") + QLatin1Char('\n'));
        std::size_t rows = 0;
        for (const Blocker &blocker : m_blocking.blockers()) {
            if (rows++ == m_rows)
                break;
            output.writeText(QStringLiteral("  %1  %2\n    %3; %4\n")
                                 .arg(m_text.blockerName(blocker), m_text.place(blocker.function), m_text.blockerTimes(blocker),
                                     m_text.blockerHarm(blocker)));
            for (const QString &line : {m_text.callPath(blocker), m_text.blockerEffect(blocker), m_text.advice(blocker)}) {
                if (!line.isEmpty())
                    output.writeText(QStringLiteral("    %1\n").arg(line));
            }
            for (std::size_t i = 0; i < std::min(m_rows, blocker.victims.size()); ++i)
                output.writeText(QStringLiteral("      - %1\n").arg(m_text.victim(blocker.victims[i])));
        }
    }

    void writeLoop(Output &output) const
    {
        const LoopMetrics &metrics = m_profile.metrics();
        const DurationFigures &delay = m_blocking.delay();
        const double end = std::max(1.0, static_cast<double>(metrics.endTime()));
        const auto text = [](quint64 time) { return ProfileText::duration(time); };
        output.writeText(QLatin1Char('\n') + tr("The loop") + QLatin1Char('\n'));
        output.writeText(QStringLiteral("  ")
            + tr("%1 in all; callbacks ran for %2 (%3); waited in poll for %4; %5 iterations")
                  .arg(text(metrics.endTime()), text(metrics.busy()), ProfileText::percent(static_cast<double>(metrics.busy()) / end),
                      text(metrics.polled()))
                  .arg(metrics.iterations())
            + QLatin1Char('\n'));
        output.writeText(QStringLiteral("  ")
            + tr("held at a time: p50 %1, p90 %2, p99 %3, the longest %4")
                  .arg(text(delay.p50), text(delay.p90), text(delay.p99), text(delay.most))
            + QLatin1Char('\n'));
        const PoolFigures pool = metrics.pool();
        if (pool.queued.count > 0)
            output.writeText(QStringLiteral("  ")
                + tr("thread pool: %1 requests on %2 threads; waited for a thread p50 %3, p99 %4; worked p50 %5, p99 %6; at most %7 in the "
                     "queue")
                      .arg(pool.queued.count)
                      .arg(pool.threads)
                      .arg(text(pool.queued.p50), text(pool.queued.p99), text(pool.served.p50), text(pool.served.p99))
                      .arg(pool.longestQueue)
                + QLatin1Char('\n'));
        for (std::size_t phase = 1; phase < LoopMetrics::phases; ++phase)
            output.writeText(QStringLiteral("  %1  %2\n").arg(column(metrics.phaseTimes()[phase]), phaseName(static_cast<Phase>(phase))));
    }

    void writeKinds(Output &output) const
    {
        output.writeText(QLatin1Char('\n') + tr("Callbacks") + QLatin1Char('\n'));
        output.writeText(
            QStringLiteral("  %1%2%3%4  %5\n")
                .arg(column(tr("runs"), 8), column(tr("ran"), 11), column(tr("waited"), 11), column(tr("not ready"), 11), tr("kind")));
        for (const TaskKindTimes &each : taskKindTimes(m_profile.runs()))
            output.writeText(QStringLiteral("  %1 %2 %3 %4  %5\n")
                                 .arg(column(QString::number(each.count), 8), column(each.busy), column(each.ready), column(each.idle),
                                     taskKindName(each.kind)));
    }

    void writeFunctions(Output &output) const
    {
        const bool isSampled = m_profile.callTree().isSampled();
        output.writeText(QLatin1Char('\n')
            + (isSampled ? tr("Functions, by the time of their own, as samples saw them: of calls only callbacks are counted")
                         : tr("Functions, by the time of their own"))
            + QLatin1Char('\n'));
        output.writeText(
            QStringLiteral("  %1%2%3%4  %5\n")
                .arg(column(tr("self"), 10), column(tr("total"), 11), column(tr("awaited"), 11), column(tr("calls"), 9), tr("function")));
        std::size_t rows = 0;
        for (const FunctionCost &cost : m_profile.callTree().functions()) {
            if (rows++ == m_rows)
                break;
            output.writeText(QStringLiteral("  %1 %2 %3%4  %5  %6\n")
                                 .arg(column(cost.self), column(cost.total), column(m_profile.awaits().awaitedIn(cost.function)),
                                     column(isSampled && cost.calls == 0 ? QStringLiteral("-") : QString::number(cost.calls), 9),
                                     m_text.functionName(cost.function), m_text.place(cost.function)));
        }
    }

    void writeAwaits(Output &output) const
    {
        const std::vector<AwaitCost> awaits = m_profile.awaits().awaits();
        if (awaits.empty())
            return;
        output.writeText(QLatin1Char('\n') + tr("Awaits, by the time waited") + QLatin1Char('\n'));
        output.writeText(
            QStringLiteral("  %1%2%3  %4\n").arg(column(tr("waited"), 10), column(tr("longest"), 11), column(tr("times"), 9), tr("where")));
        for (std::size_t i = 0; i < std::min(m_rows, awaits.size()); ++i)
            output.writeText(QStringLiteral("  %1 %2%3  %4  %5\n")
                                 .arg(column(awaits[i].total), column(awaits[i].longest), column(QString::number(awaits[i].count), 9),
                                     m_text.functionName(awaits[i].function), m_text.place(awaits[i].await)));
    }

    const Profile &m_profile;
    const BlockingReport &m_blocking;
    const Verdict &m_verdict;
    const ProfileText &m_text;
    std::size_t m_rows;
};

/// A recording with its profile and the words for both.
class Profiled
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Profiled)

public:
    RecordingReader reader;
    RecordingIndex index;
    EventText words{reader, index};
    ProfileText text{reader, words};
    Profile profile;

    explicit Profiled(quint16 loop)
        : profile(loop)
    {
    }
    /// False if it cannot be read, and that was told.
    bool open(const QString &path)
    {
        if (const QString problem = Commands::openRecording(path, reader); !problem.isEmpty())
            return LabOptions::fail(problem);
        index.update(reader);
        const std::vector<LoopEntry> &loops = index.loops();
        if (profile.loop() != 0 && std::ranges::find(loops, profile.loop(), &LoopEntry::loop) == loops.end())
            return LabOptions::fail(tr("'%1' has no loop %2. It has the main one, 0%3.")
                                        .arg(path)
                                        .arg(profile.loop())
                                        .arg(loops.empty() ? QString() : tr(", and up to %1").arg(loops.back().loop)));
        profile.update(reader);
        return true;
    }
    void tellIncompleteness() const
    {
        if (const QString sentence = reader.incompleteness(); !sentence.isEmpty())
            complain(sentence);
    }
};

/// What changed between two profiles, in words.
class ComparedProfiles
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ComparedProfiles)

public:
    static void write(Output &output, const ProfileComparison &comparison, const ProfileComparisonText &text, std::size_t most)
    {
        output.writeText(
            text.summary(comparison) + QStringLiteral("\n\n") + tr("Functions, by the change of their own time") + QLatin1Char('\n'));
        output.writeText(row(tr("before"), tr("after"), tr("change"), tr("calls"), tr("function"), {}));
        const std::vector<FunctionChange> &functions = comparison.functions();
        for (std::size_t i = 0; i < std::min(most, functions.size()); ++i)
            output.writeText(row(ProfileText::duration(functions[i].self.before), ProfileText::duration(functions[i].self.after),
                ProfileComparisonText::change(functions[i].self), counts(functions[i].calls), text.function(functions[i]),
                text.place(functions[i].before, functions[i].after)));
        const std::vector<AwaitChange> &awaits = comparison.awaits();
        if (awaits.empty())
            return;
        output.writeText(QLatin1Char('\n') + tr("Awaits, by the change of the time waited") + QLatin1Char('\n'));
        output.writeText(row(tr("before"), tr("after"), tr("change"), tr("times"), tr("where"), {}));
        for (std::size_t i = 0; i < std::min(most, awaits.size()); ++i)
            output.writeText(row(ProfileText::duration(awaits[i].total.before), ProfileText::duration(awaits[i].total.after),
                ProfileComparisonText::change(awaits[i].total), counts(awaits[i].count), text.await(awaits[i]),
                text.place(awaits[i].before, awaits[i].after)));
    }

private:
    static QString counts(BeforeAfter figure)
    {
        return figure.change() == 0 ? QString::number(figure.after) : QStringLiteral("%1 > %2").arg(figure.before).arg(figure.after);
    }
    static QString row(const QString &before, const QString &after, const QString &change, const QString &counts, const QString &name,
        const QString &place)
    {
        return QStringLiteral("  %1 %2 %3 %4  %5  %6\n")
            .arg(before.rightJustified(10), after.rightJustified(10), change.rightJustified(11), counts.rightJustified(13), name, place);
    }
};

int compareProfiles(const Profiled &before, const QString &path, quint16 loop, quint64 threshold, bool json, std::size_t rows)
{
    Profiled after(loop);
    if (!after.open(path))
        return static_cast<int>(ExitCode::WrongUse);
    SiteMatch places(before.reader, after.reader);
    const ProfileComparison comparison(before.profile, after.profile, places, threshold);
    const ProfileComparisonText text(before.text, after.text);
    Output output;
    if (json)
        output.writeLine(QJsonDocument(text.toJson(comparison)).toJson(QJsonDocument::Indented));
    else
        ComparedProfiles::write(output, comparison, text, rows);
    output.flush();
    after.tellIncompleteness();
    return 0;
}

} // namespace

int Commands::profile(const CommandLine &line)
{
    constexpr int wrongUse = static_cast<int>(ExitCode::WrongUse);
    LabOptions options(
        QStringLiteral("profile"), {{"help", false}, {"json", false}, {"threshold", true}, {"loop", true}, {"rows", true}, {"with", true}});
    if (!options.parse(line.labArguments))
        return wrongUse;
    if (options.has("help")) {
        Output().writeText(ProfileHelp::text());
        return 0;
    }
    double threshold = static_cast<double>(BlockingReport::usualThreshold) / 1e6;
    double loop = 0;
    double rows = 10;
    if (!options.readNumber("threshold", 0.001, 1e9, &threshold) || !options.readNumber("loop", 0, 127, &loop)
        || !options.readNumber("rows", 1, 1e6, &rows))
        return wrongUse;
    if (options.operands().size() != 1) {
        complain(tr("which recording? Write 'loopscope profile FILE.lscope'; 'loopscope run FILE --record FILE.lscope' makes one."));
        return wrongUse;
    }
    Profiled profiled(static_cast<quint16>(loop));
    if (!profiled.open(options.operands().constFirst()))
        return wrongUse;
    const auto nanoseconds = static_cast<quint64>(threshold * 1e6);
    const auto most = static_cast<std::size_t>(rows);
    if (options.has("with"))
        return compareProfiles(profiled, options.value("with"), profiled.profile.loop(), nanoseconds, options.has("json"), most);
    const BlockingReport blocking(profiled.profile, nanoseconds);
    const Verdict verdict(profiled.profile, blocking);
    Output output;
    if (options.has("json"))
        output.writeLine(QJsonDocument(profileJson(profiled.profile, blocking, verdict, profiled.text, profiled.reader))
                             .toJson(QJsonDocument::Indented));
    else
        ProfileReport(profiled.profile, blocking, verdict, profiled.text, most).write(output);
    output.flush();
    profiled.tellIncompleteness();
    return 0;
}

} // namespace loopscope
