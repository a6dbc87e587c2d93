// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "Output.h"
#include "servers/lab/LabJson.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <optional>
#include <vector>

namespace loopscope {

/// Options of the commands below `lab`. What is wrong is told on standard error, and false or nothing comes back.
class LabOptions
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabOptions)

public:
    struct Option
    {
        const char *name; ///< without its dashes
        bool takesValue;
    };

    /// `command`: as people write it, "lab sweep".
    LabOptions(const QString &command, const std::vector<Option> &options);
    bool parse(const QStringList &arguments);

    QStringList operands() const { return m_parser.positionalArguments(); }
    bool has(const char *name) const { return m_parser.isSet(QLatin1String(name)); }
    QString value(const char *name) const { return m_parser.value(QLatin1String(name)); }
    QStringList values(const char *name) const { return m_parser.values(QLatin1String(name)); }
    /// Keeps `value` if the option is not there.
    bool readNumber(const char *name, double least, double most, double *value) const;
    /// "a,b" as keys of an enumeration; keeps `kinds` if the option is not there.
    template<typename Kind>
    bool readKinds(const char *name, std::optional<Kind> (*kindOf)(const QString &), std::vector<Kind> *kinds) const
    {
        if (!has(name))
            return true;
        kinds->clear();
        const QStringList keys = value(name).split(QLatin1Char(','));
        for (const QString &key : keys) {
            const std::optional<Kind> kind = kindOf(key.trimmed());
            if (!kind)
                return fail(tr("the option '--%1' does not know '%2'; 'loopscope %3 --help' says what it takes.")
                                .arg(QLatin1String(name), key, m_command));
            if (std::find(kinds->begin(), kinds->end(), *kind) == kinds->end())
                kinds->push_back(*kind);
        }
        return true;
    }
    /// --set KNOB=VALUE, --seconds, --seed, --model, --truth and --peer: what commands that run a scenario have in common. Gives the runs
    /// that are meant, truth by truth.
    bool readScenario(Scenario *scenario, std::vector<LabRunName> *runs) const;
    static std::vector<Option> scenarioOptions();

    /// The option 'name', a file that is to be written: looked at before anything runs. `inputs`: files that are not to be written over.
    /// Keeps `file` if the option is not there.
    bool readTarget(const char *name, const QStringList &inputs, QString *file) const;
    /// Whatever a scenario is read from, itself included.
    QStringList inputsOf(const Scenario &scenario) const;

    static bool fail(const QString &sentence)
    {
        complain(sentence);
        return false;
    }

private:
    /// A scenario's file, or the name of a preset.
    bool findScenario(Scenario *scenario) const;
    bool readRuns(Scenario *scenario, std::vector<LabRunName> *runs) const;
    bool readSettings(Scenario *scenario, std::vector<LabCommand::Setting> *settings) const;
    /// Complains of what is set and changes nothing: `written` is the scenario of the file, `scenario` what is made of it.
    static void tellIdleSettings(const Scenario &written, const Scenario &scenario, const std::vector<LabRunName> &runs,
        const std::vector<LabCommand::Setting> &settings);

    QString m_command;
    QStringList m_names; ///< of its options, with their dashes
    QCommandLineParser m_parser;
};

} // namespace loopscope
