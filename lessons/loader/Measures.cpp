// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/Measures.h"

#include "lessons/loader/LessonWords.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("loopscope::Measures", text); }

QString argumentName(MeasureArgument argument)
{
    switch (argument) {
    case MeasureArgument::Line:
        return QStringLiteral("LINE");
    case MeasureArgument::Name:
        return QStringLiteral("NAME");
    case MeasureArgument::Kind:
        return QStringLiteral("KIND");
    case MeasureArgument::Phase:
        return QStringLiteral("PHASE");
    case MeasureArgument::Queue:
        return QStringLiteral("QUEUE");
    case MeasureArgument::Ending:
        return QStringLiteral("HOW");
    case MeasureArgument::Finding:
        return QStringLiteral("FINDING");
    case MeasureArgument::Model:
        return QStringLiteral("MODEL");
    }
    return {};
}

MeasureForm form(MeasureId id, const char *name, ValueType gives, QList<MeasureArgument> arguments = {}, int needed = -1)
{
    const int count = static_cast<int>(arguments.size());
    return {id, QLatin1String(name), gives, std::move(arguments), needed < 0 ? count : needed};
}

MeasureForm ofLab(MeasureId id, const char *name, ValueType gives)
{
    MeasureForm measure = form(id, name, gives, {MeasureArgument::Model});
    measure.set = MeasureSet::Lab;
    return measure;
}

QList<MeasureForm> makeForms()
{
    using enum MeasureArgument;
    using enum ValueType;
    MeasureForm inOrder = form(MeasureId::PrintedInOrder, "printedInOrder", Truth, {Line, Line});
    inOrder.repeats = true;
    return {form(MeasureId::Printed, "printed", Truth, {Line}), form(MeasureId::Prints, "prints", ValueType::Number, {Line}, 0), inOrder,
        form(MeasureId::PrintedAt, "printedAt", Duration, {Line}), form(MeasureId::Number, "number", ValueType::Number, {Line}),
        form(MeasureId::ExitCode, "exitCode", ValueType::Number), form(MeasureId::Ended, "ended", Truth, {Ending}),
        form(MeasureId::Duration, "duration", Duration), form(MeasureId::Busy, "busy", Duration),
        form(MeasureId::Iterations, "iterations", ValueType::Number), form(MeasureId::LongestHold, "longestHold", Duration),
        form(MeasureId::LongestCallback, "longestCallback", Duration, {Name}, 0),
        form(MeasureId::Callbacks, "callbacks", ValueType::Number, {Kind, Name}, 1),
        form(MeasureId::LongestWait, "longestWait", Duration, {Kind, Name}, 1), form(MeasureId::RanIn, "ranIn", Truth, {Name, Phase}),
        form(MeasureId::RanBefore, "ranBefore", Truth, {Name, Name}), form(MeasureId::Calls, "calls", ValueType::Number, {Name}),
        form(MeasureId::AtOnce, "atOnce", ValueType::Number, {Name}), form(MeasureId::Requests, "requests", ValueType::Number, {Name}),
        form(MeasureId::RequestsAtOnce, "requestsAtOnce", ValueType::Number, {Name}),
        form(MeasureId::MostWaiting, "mostWaiting", ValueType::Number, {Queue}),
        form(MeasureId::PoolThreads, "poolThreads", ValueType::Number),
        form(MeasureId::PendingPromises, "pendingPromises", ValueType::Number), form(MeasureId::SetTimers, "setTimers", ValueType::Number),
        form(MeasureId::OpenHandles, "openHandles", ValueType::Number),
        form(MeasureId::UnhandledRejections, "unhandledRejections", ValueType::Number),
        form(MeasureId::UncaughtErrors, "uncaughtErrors", ValueType::Number), form(MeasureId::Awaits, "awaits", ValueType::Number),
        form(MeasureId::Workers, "workers", ValueType::Number), form(MeasureId::Children, "children", ValueType::Number),
        form(MeasureId::Messages, "messages", ValueType::Number), form(MeasureId::Answers, "answers", ValueType::Number),
        form(MeasureId::SlowestAnswer, "slowestAnswer", Duration), form(MeasureId::FreeChoices, "freeChoices", ValueType::Number),
        form(MeasureId::Finding, "finding", Truth, {MeasureArgument::Finding}),
        ofLab(MeasureId::Throughput, "throughput", ValueType::Number), ofLab(MeasureId::P50, "p50", Duration),
        ofLab(MeasureId::P99, "p99", Duration), ofLab(MeasureId::Answered, "answered", ValueType::Number),
        ofLab(MeasureId::Failed, "failed", ValueType::Number), ofLab(MeasureId::Cpu, "cpu", ValueType::Number),
        ofLab(MeasureId::Memory, "memory", ValueType::Number)};
}

} // namespace

QString MeasureValue::shown() const
{
    constexpr int digits = 4;
    switch (type) {
    case ValueType::Truth:
        return number != 0 ? QStringLiteral("true") : QStringLiteral("false");
    case ValueType::Text:
        return text;
    case ValueType::Number:
        return std::isfinite(number) ? QString::number(number, 'g', std::abs(number) < 1e9 ? 9 : 15) : tr("nothing");
    case ValueType::Duration:
        break;
    }
    if (!std::isfinite(number))
        return tr("never");
    const double size = std::abs(number);
    if (size >= 1e9)
        return QStringLiteral("%1 s").arg(number / 1e9, 0, 'g', digits);
    return size >= 1e6 || size == 0 ? QStringLiteral("%1 ms").arg(number / 1e6, 0, 'g', digits)
                                    : QStringLiteral("%1 us").arg(number / 1e3, 0, 'g', digits);
}

const QList<MeasureForm> &MeasureForm::all()
{
    static const QList<MeasureForm> forms = makeForms();
    return forms;
}

const MeasureForm *MeasureForm::named(const QString &name)
{
    const auto found = std::find_if(all().begin(), all().end(), [&](const MeasureForm &form) { return form.name == name; });
    return found == all().end() ? nullptr : &*found;
}

QStringList MeasureForm::names(MeasureSet set)
{
    QStringList names;
    for (const MeasureForm &form : all()) {
        if (form.set == set)
            names.append(form.name);
    }
    return names;
}

const QStringList &MeasureForm::words(MeasureArgument argument)
{
    static const QStringList none;
    static const QStringList ranIn = lessonwords::phases() + QStringList{QStringLiteral("none")};
    static const QStringList waiting = [] {
        QStringList words = lessonwords::queues() + QStringList{QStringLiteral("pool"), QStringLiteral("promises")};
        words.removeOne(QStringLiteral("stack"));
        return words;
    }();
    switch (argument) {
    case MeasureArgument::Kind:
        return lessonwords::taskKinds();
    case MeasureArgument::Phase:
        return ranIn;
    case MeasureArgument::Queue:
        return waiting;
    case MeasureArgument::Ending:
        return lessonwords::endings();
    case MeasureArgument::Finding:
        return lessonwords::findings();
    case MeasureArgument::Model:
        return lessonwords::models();
    case MeasureArgument::Line:
    case MeasureArgument::Name:
        break;
    }
    return none;
}

QString MeasureForm::shown() const
{
    QStringList words;
    for (const MeasureArgument argument : arguments)
        words.append(argumentName(argument));
    if (repeats)
        words.append(QStringLiteral("..."));
    return QStringLiteral("%1(%2)").arg(name, words.join(QLatin1String(", ")));
}

} // namespace loopscope
