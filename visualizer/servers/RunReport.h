// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabReport.h"

namespace loopscope {

/// The report of a run that was kept: from the lines of its stream (.jsonl), or as `loopscope lab -o` saved it. Nothing, with a sentence in
/// `problem`, if the file holds neither.
std::optional<LabReport> reportOfRun(const QString &file, QString *problem);

/// Writes a run for other programs; what, the file's ending says: .json the report, .csv the samples, .html a page with charts, .svg the
/// charts. Null, or the sentence why it cannot be written.
QString exportRun(const LabReport &report, const QString &file);
/// For file choosers.
QString exportFilter();

} // namespace loopscope
