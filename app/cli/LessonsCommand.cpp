// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "LessonsCheckCommand.h"
#include "LessonsFilesCommand.h"
#include "LessonsGradeCommand.h"
#include "LessonsHelp.h"
#include "Output.h"
#include "servers/lab/NearName.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

struct LessonsSubcommand
{
    const char *name;
    ExitCode (*perform)(const QStringList &arguments); ///< with what stands behind the name
};

constexpr std::array subcommands = {
    LessonsSubcommand{"list", LessonsFilesCommand::list},
    LessonsSubcommand{"check", [](const QStringList &arguments) { return LessonsCheckCommand().run(arguments); }},
    LessonsSubcommand{"new", LessonsFilesCommand::create},
    LessonsSubcommand{"bundle", LessonsFilesCommand::bundle},
    LessonsSubcommand{"handout", LessonsFilesCommand::handout},
    LessonsSubcommand{"grade", LessonsGradeCommand::run},
};

} // namespace

int Commands::lessons(const CommandLine &line)
{
    const QString first = line.labArguments.value(0);
    if (first.isEmpty() || line.labArguments.contains(QLatin1String("--help")) || line.labArguments.contains(QLatin1String("-h"))) {
        Output().writeText(LessonsHelp::overview());
        return static_cast<int>(ExitCode::Success);
    }
    const auto *found = std::find_if(subcommands.begin(), subcommands.end(),
        [&first](const LessonsSubcommand &subcommand) { return first == QLatin1String(subcommand.name); });
    if (found != subcommands.end())
        return static_cast<int>(found->perform(line.labArguments.mid(1)));
    QStringList names;
    for (const LessonsSubcommand &subcommand : subcommands)
        names.append(QLatin1String(subcommand.name));
    complain(tr("there is no command 'lessons %1'; 'loopscope help lessons' lists them.").arg(first) + nearNameQuestion(first, names));
    return static_cast<int>(ExitCode::WrongUse);
}

} // namespace loopscope
