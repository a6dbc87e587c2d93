// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <limits>

/// What conditions can ask of a run. docs/lessons.md says what each measure means.
namespace loopscope {

enum class ValueType : quint8 { Truth, Number, Duration, Text };

/// What a measure or a part of a condition is worth. Plain.
struct MeasureValue
{
    ValueType type = ValueType::Number;
    double number = 0; ///< a truth is 0 or 1; durations are ns
    QString text;

    static MeasureValue truth(bool value) { return {ValueType::Truth, value ? 1.0 : 0.0, {}}; }
    static MeasureValue count(double value) { return {ValueType::Number, value, {}}; }
    static MeasureValue duration(double nanoseconds) { return {ValueType::Duration, nanoseconds, {}}; }
    static constexpr double never = std::numeric_limits<double>::infinity(); ///< the duration until what does not happen

    bool isTrue() const { return type == ValueType::Truth && number != 0; }
    /// For people: "35.2 ms", "3", "true", "never".
    QString shown() const;
};

enum class MeasureId : quint8 {
    Printed,
    Prints,
    PrintedInOrder,
    PrintedAt,
    Number,
    ExitCode,
    Ended,
    Duration,
    Busy,
    Iterations,
    LongestHold,
    LongestCallback,
    Callbacks,
    LongestWait,
    RanIn,
    RanBefore,
    Calls,
    AtOnce,
    Requests,
    RequestsAtOnce,
    MostWaiting,
    PoolThreads,
    PendingPromises,
    SetTimers,
    OpenHandles,
    UnhandledRejections,
    UncaughtErrors,
    Awaits,
    Workers,
    Children,
    Messages,
    Answers,
    SlowestAnswer,
    FreeChoices,
    Finding,
    Throughput,
    P50,
    P99,
    Answered,
    Failed,
    Cpu,
    Memory,
};

/// What a measure is asked about. Line and Name are patterns (NamePattern), the others words of a list.
enum class MeasureArgument : quint8 { Line, Name, Kind, Phase, Queue, Ending, Finding, Model };

/// What is asked: a run that was recorded, or what `loopscope lab` tells.
enum class MeasureSet : quint8 { Run, Lab };

struct MeasureForm
{
    MeasureId id;
    QString name;
    ValueType gives;
    QList<MeasureArgument> arguments;
    int needed; ///< of the arguments; the others may be left out
    bool repeats = false; ///< the last argument may come any number of times
    MeasureSet set = MeasureSet::Run;

    /// All there are.
    static const QList<MeasureForm> &all();
    /// Null if there is none.
    static const MeasureForm *named(const QString &name);
    static QStringList names(MeasureSet set);
    /// The words that an argument may be; empty for Line and Name.
    static const QStringList &words(MeasureArgument argument);
    /// "printedInOrder(LINE, LINE, ...)"
    QString shown() const;
};

/// Something that can be measured. Arguments are as many and of such words as the measure's form says; of another set nothing is known:
/// a value of the form's type that is 0.
class Measures
{
public:
    virtual ~Measures() = default;
    virtual MeasureValue measure(MeasureId id, const QStringList &arguments) const = 0;
};

} // namespace loopscope
