// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "runtime/RunningCalls.h"
#include "script/ScriptCompiler.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace loopscope {

/// A frame of a stack as V4 knows it.
struct RawFrame
{
    QString file;
    QString function;
    int line = 0; ///< in the lowered code
    SiteId functionSite = 0; ///< of the function that runs, if known
    bool isNoted = false; ///< its function is
    bool mayBeGenerator = false;
    NamedCall call; ///< that it is in, if known
    int index = 0; ///< the caller's own number for it
};

/// The same in the person's own file, as Node would show it.
struct SourceFrame
{
    QString function;
    QString file;
    quint32 line = 0;
    quint32 column = 0;
    bool isConstructor = false; ///< as its source has it
    bool isArrow = false;
    QString owner; ///< class around a method, as its source has it
    bool isRuntime = false; ///< not the person's: nothing was mapped
    SiteId functionSite = 0; ///< 0 if unknown
    int index = 0; ///< of the RawFrame
};

/// The files that were loaded: from V4's places back to the person's.
class SourceMaps
{
public:
    /// Takes in a compiled file whose sites are numbered from `firstSite`. V4 knows it as `path`.
    void add(const QString &path, CompiledScript &&script, SiteId firstSite);

    /// The function around a site, as a site; 0 if unknown.
    SiteId functionOf(SiteId site) const { return site < m_functionOf.size() ? m_functionOf[site] : 0; }
    bool isBody(SiteId function) const;
    /// The body of a file, as a site; 0 if no such file is loaded.
    SiteId bodyOf(const QString &path) const;
    /// The site of the function that starts at a place in the lowered code of `path`; 0 if there is none.
    SiteId functionAt(const QString &path, int loweredLine, int loweredColumn) const;
    /// The innermost statement of `function` that a line of the lowered code of `path` belongs to; 0 if there is none.
    SiteId statementAt(const QString &path, int loweredLine, SiteId function) const;
    bool place(SiteId site, QString *path, quint32 *line) const;
    const Site *site(SiteId site, const SourceText **source = nullptr) const;

    /// Turns V4's frames into the person's; those of the runtime's own code stay as they are. The first frame made an error of
    /// that class.
    std::vector<SourceFrame> frames(const std::vector<RawFrame> &raw, const QString &errorClass) const;
    /// The frame of a call or an await, by its site.
    SourceFrame frameAt(SiteId site) const;
    /// The text of line `line` of a loaded file; empty if unknown.
    QString sourceLine(const QString &path, quint32 line) const;
    bool isLoaded(const QString &path) const { return m_files.contains(path); }

private:
    struct File
    {
        SiteId firstSite = 0;
        SourceText source;
        std::vector<LineOrigin> origins;
        std::vector<FunctionPlace> functions; ///< by place in the lowered code
        QHash<quint32, std::vector<quint32>> callsByLine; ///< indices into sites
    };
    const File *fileOf(SiteId site) const;
    void describeFunction(const File &file, quint32 function, SourceFrame *frame) const;
    /// The site of the call that a frame says it is in; null if it names none, or there is no telling which it is.
    static const Site *namedCallIn(const File &file, const RawFrame &raw, quint32 line);
    SourceFrame frameIn(const File &file, const RawFrame &raw, const QString &callee, const QString *errorClass) const;

    QHash<QString, std::shared_ptr<File>> m_files;
    std::vector<std::shared_ptr<const File>> m_order; ///< by firstSite; keeps files that were loaded again under their path
    std::vector<SiteId> m_functionOf;
};

} // namespace loopscope
