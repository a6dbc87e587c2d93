// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/node/NodePreload.h"
#include "runtime/Runtime.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <limits>
#include <optional>

namespace loopscope {

/// Exit codes of our own; any other is the script's.
enum class ExitCode : int {
    Success = 0,
    Disagreement = 1, ///< verify or compare found a difference
    WrongUse = 2, ///< options, files, or programs that are not there
};

/// What the person asked for.
struct CommandLine
{
    enum class Command { Run, Node, Events, Verify, Compare, Import, Export, Profile, Lab, Lessons, Studio, Version, Help };

    Command command = Command::Studio;
    QString helpTopic; ///< of Help; empty is the overview
    QString file; ///< script or recording; empty if none was named
    QString secondFile; ///< of Compare
    RunOptions run; ///< of Run and Verify; of Node file, arguments, title and the limit of time
    NodePreloadSettings preload; ///< of Node
    bool detailGiven = false;
    bool clockGiven = false;
    QString recordingPath; ///< --record
    QString writtenFolder; ///< --written
    qint64 mostWritten = std::numeric_limits<qint64>::max(); ///< --written-most, in bytes
    bool listWritten = false; ///< --list-written
    QString controlName; ///< --control
    QString serve; ///< --serve, which only the server lab gives (ServeProcess::Setup)
    bool printEvents = false; ///< --events
    bool json = false; ///< --json
    bool list = false; ///< --list
    QString exportFormat; ///< --format of Export; empty: the ending of targetFile tells
    QString targetFile; ///< -o of Export and Import; "-" of Export is standard output
    QStringList labArguments; ///< of Lab, Lessons and Profile, as they were given: these commands read them
    QStringList studioOptions; ///< for the window, as they were given: names, each with its value behind it if it has one
    double timeLimitSeconds = 60; ///< --timeout of Verify, for each of the two programs
};

/// Reads the arguments. Our options may stand before or after FILE; what stands after FILE and is none of ours is the script's, and so is
/// all that follows `--`.
class CommandLineParser
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::CommandLineParser)

public:
    /// `arguments` are without the program's own name. No value, with a sentence in problem(), if they make no sense.
    std::optional<CommandLine> parse(const QStringList &arguments);
    QString problem() const { return m_problem; }

private:
    struct Option;
    enum class Outcome { Taken, NotOurs, Failed };

    bool parseCommand(const QStringList &arguments);
    bool parseOperands(const QStringList &arguments, qsizetype index);
    Outcome takeOption(const QStringList &arguments, qsizetype *index);
    bool applyRunOption(const QString &name, const QString &value);
    bool readLatencyProfile(const QString &path);
    bool applyStacks(const QString &name, const QString &value);
    bool applySample(const QString &name, const QString &value);
    bool applyChange(const QString &name, const QString &value);
    void applyGrant(const QString &name, const QString &value);
    bool applyLimit(const QString &name, const QString &value);
    void takeNodeArguments(const QStringList &arguments);
    bool passesArgumentsOn() const;
    bool takeOperand(const QString &operand);
    bool settleRealIo();
    bool checkComplete();
    bool fail(const QString &problem);
    bool failValue(const QString &name, const QString &value, const QString &expected);

    CommandLine m_line;
    QString m_problem;
};

} // namespace loopscope
