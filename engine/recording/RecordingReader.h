// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "recording/SourceTable.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <limits>
#include <memory>
#include <vector>

namespace loopscope {

/// A site with the file it is in.
struct SitePlace
{
    const SourceText *source = nullptr; ///< null for site 0 and for numbers that the recording does not define
    const Site *site = nullptr;
    SiteId firstSite = 0; ///< number of the file's first site
    bool isValid() const { return site != nullptr; }
    /// The function at a function site; of any other, the one around it. Null for no place.
    const Site *function() const;
    /// What that function is called: its name; without one, the beginning of its code, "() => ready()", 40 characters at most; "" for a
    /// file's own body.
    QString functionName() const;
    /// The trimmed source line the site starts on.
    QString snippet() const;
    /// The last part of the file's path, "file.js".
    QString fileName() const;
    /// "file.js:12".
    QString shortPlace() const;
};

/// Reads a recording, finished or still growing, block by block. Events are numbered from 0 without the definitions between
/// them. A cut-off or damaged file yields all the whole events before the damage and a sentence in problem(). Not thread-safe; cheap to
/// open twice.
class RecordingReader
{
public:
    RecordingReader();
    ~RecordingReader();
    RecordingReader(const RecordingReader &) = delete;
    RecordingReader &operator=(const RecordingReader &) = delete;

    static constexpr quint64 all = std::numeric_limits<quint64>::max();

    /// False, with a sentence in problem(), if the file cannot be read or is no recording. Takes in the records of the first `atMost`
    /// bytes, about: refresh() goes on from there.
    bool open(const QString &path, quint64 atMost = all);
    /// Takes in what follows or was appended since, about `atMost` bytes of it; true if there was anything.
    bool refresh(quint64 atMost = all);
    /// True if open() or refresh() left records for the next refresh().
    bool isBehind() const;

    quint64 eventCount() const;
    /// A copy of event `index`, which must be below eventCount().
    Event event(quint64 index) const;
    QString string(StringId id) const;
    SitePlace place(SiteId id) const;
    const std::vector<std::unique_ptr<SourceText>> &sources() const;
    QJsonObject metadata() const;
    quint64 bytes() const;
    /// True once RunEnded was read.
    bool isComplete() const;
    /// What is wrong with the file, in a sentence; empty if nothing is. A run that has not ended (yet) is nothing wrong.
    QString problem() const;
    /// For a file nobody writes to any more: problem(), or a sentence that says that the run's end is missing; empty if all is there.
    QString incompleteness() const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace loopscope
