// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"
#include "servers/lab/LabRun.h"
#include "servers/lab/Scenario.h"

#include <QByteArray>
#include <QCoreApplication>

#include <optional>
#include <variant>
#include <vector>

namespace loopscope {

/// The first line of a stream.
struct LabStart
{
    int format = 1; ///< of the stream; grows when a line changes its meaning
    QString version; ///< of Loopscope
    QString machine; ///< that real figures are of
    Scenario scenario;
    std::vector<LabRunName> runs; ///< real ones in this order, one after the other; the others beside each other
    LabRecording recording; ///< of one simulated run; told to the run itself only
};

/// The last line of a stream; without it the program was ended from outside.
struct LabEnd
{
    bool wasStopped = false;
    double wallSeconds = 0;
};

using LabMessage = std::variant<LabStart, LabSample, LabLanes, LabRequest, LabResult, LabProblem, LabVerdict, LabEnd>;

/// What a person asks of a stream while it goes on.
struct LabCommand
{
    struct Setting
    {
        LabControls::Knob knob = LabControls::Knob::Rate;
        double value = 0;

        /// The same as turning the knob before the first request, for the scenario's models. False for a knob that is none of a scenario
        /// (pace, follow).
        bool applyTo(Scenario &scenario) const;
    };
    std::optional<ServerModel> model; ///< for this one only
    std::vector<Setting> settings;
    bool stop = false;

    /// Turns the knobs, if it is for this model.
    void apply(LabControls &controls, ServerModel ofRun) const;
};

/// The lines of `loopscope lab --stream`, both ways: docs/server-lab.md. Lines end with a line feed, and hold none before it.
class LabJson
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabJson)

public:
    static QByteArray line(const LabMessage &message);
    /// Nothing, with a sentence in `problem`, if the line is no message.
    static std::optional<LabMessage> message(const QByteArray &line, QString *problem);

    static QByteArray line(const LabCommand &command);
    static std::optional<LabCommand> command(const QByteArray &line, QString *problem);
    /// "rate=2000", as the command line has it.
    static std::optional<LabCommand::Setting> setting(const QString &text, QString *problem);
};

} // namespace loopscope
