// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "recording/SourceTable.h"

#include <QString>

#include <vector>

namespace loopscope {

/// A small recording, event by event as a run would write it: a script with a timer, a file read on the pool, an immediate, a tick and a
/// promise reaction, two iterations long.
struct SampleRecording
{
    static constexpr auto script = "const fs = require('fs');\n" // 1
                                   "\n" // 2
                                   "setTimeout(function ping() {\n" // 3
                                   "  console.log('ping');\n" // 4
                                   "}, 20);\n" // 5
                                   "fs.readFile('lobby.json', function show(error, text) {\n" // 6
                                   "  console.log('read');\n" // 7
                                   "});\n" // 8
                                   "setImmediate(function later() {});\n" // 9
                                   "process.nextTick(function tick() {});\n" // 10
                                   "Promise.resolve().then(function react() {});\n" // 11
                                   "console.log('end of script');\n"; // 12

    /// Line n of the script as a statement, function of line n: sites of the recording are these plus 1.
    static SourceText source(const QString &path);
    static std::vector<Event> events(class RecordingWriter &writer);

    /// Writes it; false if the file cannot be written. `cut` leaves the end out, as a killed runner does.
    static bool write(const QString &path, const QString &sourcePath = QStringLiteral("/tmp/sample.js"), int cut = 0);

    /// Cursor right after these moments.
    static quint64 afterScript();
    static quint64 eventCount();
};

} // namespace loopscope
