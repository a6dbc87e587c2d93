// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "LabHelp.h"
#include "LabQueueCommand.h"
#include "Output.h"

namespace loopscope {

int Commands::lab(const CommandLine &line)
{
    const QString first = line.labArguments.value(0);
    if (first == QLatin1String("queue"))
        return static_cast<int>(LabQueueCommand().run(line.labArguments.mid(1)));
    if (first == QLatin1String("--help") || first == QLatin1String("-h")) {
        Output().writeText(LabHelp::overview());
        return static_cast<int>(ExitCode::Success);
    }
    complain(first.isEmpty() ? tr("'lab' needs to be told what to do; 'loopscope help lab' lists its commands.")
                             : tr("'lab' has no command '%1'; 'loopscope help lab' lists those it has.").arg(first));
    return static_cast<int>(ExitCode::WrongUse);
}

} // namespace loopscope
