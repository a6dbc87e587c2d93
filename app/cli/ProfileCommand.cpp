// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "LabOptions.h"
#include "Output.h"
#include "ProfileHelp.h"
#include "ProfileReport.h"
#include "analysis/profiler/ProfileComparisonText.h"
#include "analysis/profiler/ProfileJson.h"
#include "state/Names.h"

#include <QJsonDocument>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

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

/// The lines of the source files of a recording with their costs.
class SourceListing
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::SourceListing)

public:
    /// `file`: which, by its name or the end of its path; all that cost anything if empty. False if there is none, and that was told.
    static bool write(Output &output, const Profiled &profiled, const QString &file)
    {
        QStringList others;
        bool isFirst = true;
        for (const SourceCost &cost : sourceCosts(profiled.profile, profiled.reader)) {
            if (!file.isEmpty() && cost.source->path != file && !cost.source->path.endsWith(QLatin1Char('/') + file)) {
                others.append(cost.source->path);
                continue;
            }
            if (!std::exchange(isFirst, false))
                output.writeText(QStringLiteral("\n"));
            ProfileReport::writeSource(output, cost);
        }
        if (!isFirst)
            return true;
        if (others.isEmpty())
            return LabOptions::fail(tr("nothing of this loop ran in a source file that the recording knows."));
        return LabOptions::fail(tr("no file '%1' cost anything in this loop. These did: %2.").arg(file, others.join(QStringLiteral(", "))));
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

/// What is to be told.
struct Told
{
    bool json = false;
    bool callers = false;
    bool source = false;
    QString file; ///< of the source; all if empty
};

bool tell(const Profiled &profiled, const Told &told, quint64 threshold, std::size_t rows)
{
    Output output;
    const ProfileReport report(profiled.profile, profiled.text, rows);
    if (told.source && !told.json) {
        if (!SourceListing::write(output, profiled, told.file))
            return false;
    } else if (told.callers && !told.json) {
        report.writeCallers(output);
    } else {
        const BlockingReport blocking(profiled.profile, threshold);
        const Verdict verdict(profiled.profile, blocking);
        if (told.json) {
            QJsonObject all = profileJson(profiled.profile, blocking, verdict, profiled.text, profiled.reader);
            if (told.callers)
                all.insert(QStringLiteral("callers"), callersJson(profiled.profile.callTree(), profiled.text, profiled.reader));
            output.writeLine(QJsonDocument(all).toJson(QJsonDocument::Indented));
        } else {
            report.write(output, blocking, verdict);
        }
    }
    output.flush();
    profiled.tellIncompleteness();
    return true;
}

} // namespace

int Commands::profile(const CommandLine &line)
{
    constexpr int wrongUse = static_cast<int>(ExitCode::WrongUse);
    LabOptions options(QStringLiteral("profile"),
        {{"help", false}, {"json", false}, {"threshold", true}, {"loop", true}, {"rows", true}, {"with", true}, {"callers", false},
            {"source", false}});
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
    const QStringList operands = options.operands();
    if (operands.isEmpty() || operands.size() > (options.has("source") ? 2 : 1)) {
        complain(tr("which recording? Write 'loopscope profile FILE.lscope'; 'loopscope run FILE --record FILE.lscope' makes one."));
        return wrongUse;
    }
    if (options.has("with") && (options.has("callers") || options.has("source"))) {
        complain(tr("'--callers' and '--source' tell of one recording: leave '--with' out, or ask for each of the two."));
        return wrongUse;
    }
    Profiled profiled(static_cast<quint16>(loop));
    if (!profiled.open(operands.constFirst()))
        return wrongUse;
    const auto nanoseconds = static_cast<quint64>(threshold * 1e6);
    const auto most = static_cast<std::size_t>(rows);
    if (options.has("with"))
        return compareProfiles(profiled, options.value("with"), profiled.profile.loop(), nanoseconds, options.has("json"), most);
    const auto told = Told{options.has("json"), options.has("callers"), options.has("source"), operands.value(1)};
    return tell(profiled, told, nanoseconds, most) ? 0 : wrongUse;
}

} // namespace loopscope
