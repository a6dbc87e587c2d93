// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"
#include "recording/RecordingReader.h"

#include <QCoreApplication>

namespace loopscope {

/// The commands of the program. Each gives the exit code and has told on standard error what went wrong.
class Commands
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Commands)

public:
    /// Runs a script in this process.
    static int run(const CommandLine &line);
    /// Runs a script in the installed node, and records that.
    static int node(const CommandLine &line);
    /// Prints a recording.
    static int events(const CommandLine &line);
    /// Runs a script here and in the installed node, each in a process of its own, and compares.
    static int verify(const CommandLine &line);
    /// Says where two recordings differ.
    static int compare(const CommandLine &line);
    /// Makes a recording of a trace of another program.
    static int importTrace(const CommandLine &line);
    /// Writes a recording in a format of others.
    static int exportRecording(const CommandLine &line);
    /// Says who held the loop of a recording, and who waited because of it.
    static int profile(const CommandLine &line);
    /// The server lab; its first argument says which of its commands.
    static int lab(const CommandLine &line);
    /// The course and other lessons; its first argument says which of its commands.
    static int lessons(const CommandLine &line);
    /// Becomes the window's program.
    static int studio(const CommandLine &line);

    /// What is wrong with a script's or recording's file, in a sentence; empty if it can be read.
    static QString fileProblem(const QString &path);
    /// Opens a recording, or a trace of another program, and tells what of a trace was left out. Empty, or why not, in a sentence.
    static QString openRecording(const QString &path, RecordingReader &reader);
};

} // namespace loopscope
