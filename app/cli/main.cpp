// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CommandLine.h"
#include "Commands.h"
#include "Help.h"
#include "Output.h"

#include <QCoreApplication>

using namespace loopscope;

namespace {

int perform(const CommandLine &line)
{
    switch (line.command) {
    case CommandLine::Command::Run:
        return Commands::run(line);
    case CommandLine::Command::Node:
        return Commands::node(line);
    case CommandLine::Command::Events:
        return Commands::events(line);
    case CommandLine::Command::Verify:
        return Commands::verify(line);
    case CommandLine::Command::Compare:
        return Commands::compare(line);
    case CommandLine::Command::Import:
        return Commands::importTrace(line);
    case CommandLine::Command::Export:
        return Commands::exportRecording(line);
    case CommandLine::Command::Profile:
        return Commands::profile(line);
    case CommandLine::Command::Lab:
        return Commands::lab(line);
    case CommandLine::Command::Lessons:
        return Commands::lessons(line);
    case CommandLine::Command::Studio:
        return Commands::studio(line);
    case CommandLine::Command::Version:
        Output().writeText(Help::version());
        return static_cast<int>(ExitCode::Success);
    case CommandLine::Command::Help:
        Output().writeText(Help::text(line.helpTopic));
        return static_cast<int>(ExitCode::Success);
    }
    return static_cast<int>(ExitCode::WrongUse);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    CommandLineParser parser;
    const std::optional<CommandLine> line = parser.parse(QCoreApplication::arguments().mid(1));
    if (!line) {
        complain(parser.problem());
        return static_cast<int>(ExitCode::WrongUse);
    }
    constexpr int outputFailed = 74; // EX_IOERR
    const int exitCode = perform(*line);
    return exitCode == 0 && Output::hasFailed() ? outputFailed : exitCode;
}
