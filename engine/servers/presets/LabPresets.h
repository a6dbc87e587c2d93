// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>
#include <vector>

namespace loopscope {

/// A scenario that comes with the program: resources/lab/NAME.json and the script that it names.
struct LabPreset
{
    QString name; ///< "rest-api"
    QString title;
    QString description; ///< a sentence or two
    QString lookFor; ///< a sentence: what to look at
};

/// In the order in which they are best met.
std::vector<LabPreset> labPresets();

/// Writes the files of all presets into `folder`, which is made if it is not there; those that are there and the same are left alone, so
/// several processes may do it at once. Returns the path of the scenario `name`; nothing, with a sentence in `problem`, if there is no such
/// preset or a file cannot be written.
std::optional<QString> placeLabPreset(const QString &name, const QString &folder, QString *problem);

/// The folder for that in the user's cache, where presets are run from.
QString labPresetFolder();

} // namespace loopscope
