// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace loopscope {

/// Null, or the sentence why the file cannot be written; then the one that was there still is.
QString writeJsonFile(const QString &file, const QJsonObject &object);
/// Nothing, with a sentence in `problem`, if the file cannot be read or is no JSON object.
std::optional<QJsonObject> readJsonFile(const QString &file, QString *problem);

} // namespace loopscope
