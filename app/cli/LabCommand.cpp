// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "LabExportCommand.h"
#include "LabFollowCommand.h"
#include "LabHelp.h"
#include "LabLoadCommand.h"
#include "LabProfileCommand.h"
#include "LabQueueCommand.h"
#include "LabRunCommand.h"
#include "LabSweepCommand.h"
#include "Output.h"
#include "servers/session/LabChild.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

/// What stands behind `lab`; whatever else does is a scenario.
struct LabSubcommand
{
    const char *name;
    int (*perform)(const QStringList &arguments); ///< with what stands behind the name; gives the exit code
};

constexpr std::array subcommands = {
    LabSubcommand{"compare", [](const QStringList &arguments) { return LabExportCommand().compare(arguments); }},
    LabSubcommand{"export", [](const QStringList &arguments) { return LabExportCommand().exportFile(arguments); }},
    LabSubcommand{"follow", [](const QStringList &arguments) { return LabFollowCommand().run(arguments); }},
    LabSubcommand{"load", [](const QStringList &arguments) { return static_cast<int>(LabLoadCommand().run(arguments)); }},
    LabSubcommand{"profile", [](const QStringList &arguments) { return LabProfileCommand().run(arguments); }},
    LabSubcommand{"queue", [](const QStringList &arguments) { return static_cast<int>(LabQueueCommand().run(arguments)); }},
    LabSubcommand{"sweep", [](const QStringList &arguments) { return LabSweepCommand().sweep(arguments); }},
    LabSubcommand{"merge", [](const QStringList &arguments) { return LabSweepCommand().merge(arguments); }},
    LabSubcommand{"--child", [](const QStringList &) { return LabChild::perform(); }}, // what LabSession starts
};

} // namespace

int Commands::lab(const CommandLine &line)
{
    const QString first = line.labArguments.value(0);
    const auto *found = std::find_if(subcommands.begin(), subcommands.end(),
        [&first](const LabSubcommand &subcommand) { return first == QLatin1String(subcommand.name); });
    if (found != subcommands.end())
        return found->perform(line.labArguments.mid(1));
    if (line.labArguments.contains(QLatin1String("--help")) || line.labArguments.contains(QLatin1String("-h"))) {
        Output().writeText(LabHelp::overview());
        return static_cast<int>(ExitCode::Success);
    }
    return LabRunCommand().run(line.labArguments);
}

} // namespace loopscope
