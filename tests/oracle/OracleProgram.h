// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace loopscope {

/// What a program did, as text: compared between Loopscope, Node and the fixtures.
struct Outcome
{
    int exitCode = -1; ///< -1: it crashed or did not end in time; `problem` says which
    QString standardOutput;
    QString standardError;
    QString problem;

    /// The first line that differs, in a sentence; empty if they agree. Standard error is compared if `withStandardError`, after leaving
    /// out what is Node's own business: frames of its internals, columns, the position of carets, process numbers, patch versions.
    QString differenceFrom(const Outcome &expected, bool withStandardError) const;
};

/// A program of tests/oracle/programs* (or of another folder that is laid out so), and how it is run: those of programs-real on real I/O,
/// with all permissions. The first lines of its text may say:
///   // oracle: args one two      arguments of the script
///   // oracle: stdin text\n      standard input, with \n for line ends
///   // oracle: ignore-stderr     only standard output and the exit code count
///   // oracle: outlived          processes that it started write after its end
///   // oracle: not-sanitized     it takes from the sanitizers what they need, as descriptors
struct OracleProgram
{
    QString name; ///< e.g. "programs/timers-clear.js"
    QString path;
    QStringList arguments;
    QByteArray standardInput;
    bool comparesStandardError = true;
    bool isForSanitizers = true;
    bool isOutlived = false;

    /// All programs of the folder `oracle` (tests/oracle), sorted by name.
    static std::vector<OracleProgram> all(const QString &oracle);
    /// The programs of this process: all, or one in every LOOPSCOPE_ORACLE_EVERY, starting with LOOPSCOPE_ORACLE_FIRST. CTest splits the
    /// list so that both cores work, and the sanitizer run takes a sample.
    static std::vector<OracleProgram> ownShare(const QString &oracle);
    /// What scripts/record-oracle recorded; `problem` is set if there is no fixture.
    Outcome fixture(const QString &oracle) const;
    /// Runs `program arguments... path own-arguments...` in the program's folder.
    Outcome run(const QString &oracle, const QString &program, const QStringList &programArguments) const;
    /// Runs it in Loopscope and compares with the fixture: the first difference, or empty.
    QString differenceInLoopscope(const QString &oracle) const;
    /// Runs it in Node, up to five times, and compares with the fixture: on a busy machine Node's timers can be late enough to change an
    /// order; a wrong fixture is wrong every time.
    QString differenceInNode(const QString &oracle, const QString &node) const;
};

/// Programs that are known to differ, with the reason (known-differences.json). A program that is listed and agrees fails the test: the
/// list only shrinks.
QJsonObject knownDifferences(const QString &oracle);

/// Runs a program to its end, with the environment that fixtures are recorded in.
Outcome runProcess(const QString &program, const QStringList &arguments, const QString &folder, const QByteArray &standardInput = {});

/// The installed Node.js if its major version is 20, else empty.
QString findNode20();

/// Path of Loopscope's command line program, from $LOOPSCOPE_BIN.
QString loopscopeProgram();

} // namespace loopscope
