// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/node/NodeStream.h"
#include "recording/RecordingWriter.h"

#include <QHash>

#include <functional>
#include <memory>

namespace loopscope {

/// Gives the text of a file with the table of its sites, as our own runs have it; null if it cannot be had. The path is as Node tells it.
using NodeSourceFinder = std::function<std::unique_ptr<SourceText>(const QString &path)>;

/// What a place of V8's is in the tables of our recordings. Numbers are 0 where there is nothing.
struct NodeSite
{
    SiteId statement = 0; ///< the innermost one that holds the place
    SiteId await = 0; ///< the innermost await of the running function that holds it
    SiteId callback = 0; ///< the function that is handed to the call there: a literal, or one of a name that only one in the file has
    SiteId onRejected = 0; ///< a further one behind that: the second literal of then(a, b)
    SiteId function = 0; ///< the one that runs
};

/// Finds the sites of places, and writes each source file into the recording before its first site is used.
class NodeSites
{
public:
    NodeSites(RecordingWriter &writer, NodeSourceFinder finder);

    NodeSite find(const NodePlace &place);
    /// The function of that name in the file of a place, if it is the only one.
    SiteId functionNamed(const NodePlace &place, const QString &name);
    /// The function that begins at a place of a profile's, which calls all files by URLs; 0 if its file is none that can be read.
    SiteId function(const QString &url, quint32 line, quint32 column);

private:
    struct File
    {
        std::unique_ptr<SourceText> source;
        SiteId first = 0;
    };
    const File &fileOf(const QString &path);
    static int functionNamed(const SourceText &source, const QString &name);
    static int callAt(const SourceText &source, const NodePlace &place);
    static int callbackAt(const SourceText &source, const NodePlace &place, int call);
    static int functionBehind(const SourceText &source, int call, int first);

    RecordingWriter &m_writer;
    NodeSourceFinder m_finder;
    QHash<QString, std::shared_ptr<File>> m_files;
};

} // namespace loopscope
