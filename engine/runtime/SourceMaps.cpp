// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/SourceMaps.h"

#include <QUrl>

#include <algorithm>

namespace loopscope {

void SourceMaps::add(const QString &path, CompiledScript &&script, SiteId firstSite)
{
    auto file = std::make_shared<File>();
    file->firstSite = firstSite;
    file->source = std::move(script.source);
    file->origins = std::move(script.origins);
    file->functions = std::move(script.functions);
    const auto &sites = file->source.sites;
    if (m_functionOf.size() < firstSite + sites.size())
        m_functionOf.resize(firstSite + sites.size());
    for (std::size_t index = 0; index < sites.size(); ++index) {
        m_functionOf[firstSite + index] = firstSite + sites[index].function;
        if (sites[index].kind == SiteKind::Call)
            file->callsByLine[sites[index].line].push_back(static_cast<quint32>(index));
    }
    m_order.push_back(file);
    m_files.insert(QUrl::fromLocalFile(path).toString(), file); // what QJSEngine::evaluate makes of the path
    m_files.insert(path, file);
}

const SourceMaps::File *SourceMaps::fileOf(SiteId site) const
{
    const auto after = std::upper_bound(m_order.begin(), m_order.end(), site,
        [](SiteId value, const std::shared_ptr<const File> &file) { return value < file->firstSite; });
    return after == m_order.begin() ? nullptr : std::prev(after)->get();
}

const Site *SourceMaps::site(SiteId id, const SourceText **source) const
{
    const File *file = fileOf(id);
    if (!file || id - file->firstSite >= file->source.sites.size())
        return nullptr;
    if (source)
        *source = &file->source;
    return &file->source.sites[id - file->firstSite];
}

SiteId SourceMaps::bodyOf(const QString &path) const
{
    const auto found = m_files.constFind(path);
    return found != m_files.constEnd() ? (*found)->firstSite : 0;
}

bool SourceMaps::isBody(SiteId function) const
{
    const File *file = fileOf(function);
    return file && file->firstSite == function;
}

bool SourceMaps::place(SiteId id, QString *path, quint32 *line) const
{
    const SourceText *source = nullptr;
    const Site *found = site(id, &source);
    if (!found)
        return false;
    *path = source->path;
    *line = found->line;
    return true;
}

SiteId SourceMaps::functionAt(const QString &path, int loweredLine, int loweredColumn) const
{
    const auto found = m_files.constFind(path);
    if (found == m_files.constEnd())
        return 0;
    const File &file = **found;
    const auto after = std::upper_bound(file.functions.begin(), file.functions.end(), std::pair(loweredLine, loweredColumn),
        [](const std::pair<int, int> &place, const FunctionPlace &function) {
            return place < std::pair(static_cast<int>(function.line), static_cast<int>(function.column));
        });
    return after == file.functions.begin() ? 0 : file.firstSite + std::prev(after)->site;
}

SiteId SourceMaps::statementAt(const QString &path, int loweredLine, SiteId function) const
{
    const auto found = m_files.constFind(path);
    if (found == m_files.constEnd() || loweredLine < 1 || static_cast<std::size_t>(loweredLine) > (*found)->origins.size())
        return 0;
    const File &file = **found;
    const quint32 line = file.origins[static_cast<std::size_t>(loweredLine) - 1].line;
    SiteId innermost = 0;
    for (std::size_t index = 0; index < file.source.sites.size(); ++index) {
        const Site &site = file.source.sites[index];
        if (site.kind == SiteKind::Statement && file.firstSite + site.function == function && site.line <= line && line <= site.endLine)
            innermost = file.firstSite + static_cast<SiteId>(index); // those inside follow those around them
    }
    return innermost;
}

QString SourceMaps::sourceLine(const QString &path, quint32 line) const
{
    const auto found = m_files.constFind(path);
    if (found == m_files.constEnd() || line == 0)
        return {};
    const QList<QByteArray> lines = (*found)->source.text.split('\n');
    return line <= static_cast<quint32>(lines.size()) ? QString::fromUtf8(lines[static_cast<int>(line) - 1]) : QString();
}

/// The name of a function in a stack trace.
static QString shownName(const SourceText &source, quint32 function)
{
    // The body of a CommonJS file is a function called on module.exports; that of an ES module has no name.
    if (function == 0)
        return source.path.startsWith(QLatin1String("file:")) ? QString() : QStringLiteral("Object.<anonymous>");
    return source.sites[function].name;
}

void SourceMaps::describeFunction(const File &file, quint32 function, SourceFrame *frame) const
{
    frame->function = shownName(file.source, function);
    frame->functionSite = file.firstSite + function;
    const auto place = std::find_if(
        file.functions.begin(), file.functions.end(), [function](const FunctionPlace &entry) { return entry.site == function; });
    if (place == file.functions.end())
        return;
    frame->owner = place->owner;
    frame->isConstructor = place->isConstructor;
    frame->isArrow = place->isArrow;
}

const Site *SourceMaps::namedCallIn(const File &file, const RawFrame &raw, quint32 line)
{
    if (raw.call.name.isEmpty() || raw.functionSite < file.firstSite)
        return nullptr;
    const quint32 function = raw.functionSite - file.firstSite;
    std::vector<const Site *> calls;
    for (const quint32 index : file.callsByLine.value(line)) {
        const Site &call = file.source.sites[index];
        if (call.name == raw.call.name && call.function == function)
            calls.push_back(&call);
    }
    // The arguments' calls are made before the call they are for: in the order of their ends.
    std::stable_sort(calls.begin(), calls.end(), [](const Site *one, const Site *other) {
        return std::pair(one->endLine, one->endColumn) < std::pair(other->endLine, other->endColumn);
    });
    return static_cast<int>(calls.size()) == raw.call.count ? calls[static_cast<std::size_t>(raw.call.ordinal)] : nullptr;
}

SourceFrame SourceMaps::frameIn(const File &file, const RawFrame &raw, const QString &callee, const QString *errorClass) const
{
    SourceFrame frame;
    frame.file = file.source.path;
    const std::size_t line = static_cast<std::size_t>(std::max(raw.line, 1));
    const LineOrigin origin = line <= file.origins.size() ? file.origins[line - 1] : LineOrigin{};
    frame.line = origin.line;
    frame.column = 1;
    frame.function = raw.function;
    frame.index = raw.index;
    const auto &sites = file.source.sites;
    const bool isKnown = raw.functionSite >= file.firstSite && raw.functionSite - file.firstSite < sites.size();
    const auto mayHold = [&](const Site &site) {
        return isKnown ? site.function == raw.functionSite - file.firstSite : sites[site.function].name == raw.function;
    };
    // V4 knows lines only. The call is the one whose callee bears the name of the frame above; an error is made by a `new` of its class.
    const QString calleeName = callee.mid(callee.lastIndexOf(QLatin1Char('.')) + 1);
    const Site *exact = namedCallIn(file, raw, origin.line);
    const Site *best = exact;
    int bestRank = 0;
    for (const quint32 index : exact ? std::vector<quint32>() : file.callsByLine.value(origin.line)) {
        const Site &call = sites[index];
        const bool fits = errorClass ? call.name.endsWith(QLatin1String("Error")) : (!calleeName.isEmpty() && call.name == calleeName);
        const int rank = (fits ? 2 : 0) + (errorClass && call.name == *errorClass ? 1 : 0) + (mayHold(call) ? (isKnown ? 4 : 1) : 0);
        // Without a name to go by, the last call of the function's is as good as any; with one, the first.
        if (!best || rank > bestRank || (rank == bestRank && !fits)) {
            best = &call;
            bestRank = rank;
        }
    }
    if (!best) {
        for (const Site &candidate : sites) {
            if (candidate.kind == SiteKind::Statement && candidate.line == origin.line && (!isKnown || mayHold(candidate))) {
                best = &candidate;
                break;
            }
        }
    }
    if (best)
        frame.column = best->column;
    if (isKnown || best) {
        describeFunction(file, isKnown ? raw.functionSite - file.firstSite : best->function, &frame);
    }
    return frame;
}

SourceFrame SourceMaps::frameAt(SiteId id) const
{
    SourceFrame frame;
    const SourceText *source = nullptr;
    if (const Site *found = site(id, &source)) {
        frame.file = source->path;
        frame.line = found->line;
        frame.column = found->column;
        describeFunction(*fileOf(id), found->function, &frame);
    }
    return frame;
}

std::vector<SourceFrame> SourceMaps::frames(const std::vector<RawFrame> &raw, const QString &errorClass) const
{
    std::vector<SourceFrame> result;
    QString callee;
    bool isTop = true;
    for (const RawFrame &frame : raw) {
        const auto found = m_files.constFind(frame.file);
        if (found == m_files.constEnd()) {
            callee = frame.function;
            isTop = false;
            SourceFrame own;
            own.function = frame.function;
            own.file = frame.file;
            own.line = static_cast<quint32>(std::max(frame.line, 0));
            own.index = frame.index;
            own.isRuntime = true;
            result.push_back(std::move(own));
            continue;
        }
        RawFrame known = frame;
        if (frame.isNoted && frame.functionSite == 0)
            known.functionSite = (*found)->firstSite; // what is no function of the file is its body
        SourceFrame mapped = frameIn(**found, known, callee, isTop ? &errorClass : nullptr);
        isTop = false;
        callee = mapped.function;
        // An async function is two of V4's: its generator, and the function that started it. Node shows one.
        const bool isStarter = !result.empty() && (&frame - 1)->mayBeGenerator && !(frame.functionSite && frame.mayBeGenerator)
            && mapped.functionSite && result.back().functionSite == mapped.functionSite;
        if (isStarter)
            continue;
        result.push_back(std::move(mapped));
    }
    return result;
}

} // namespace loopscope
