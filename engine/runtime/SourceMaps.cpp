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
    m_files.insert(path, std::move(file));
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

QString SourceMaps::sourceLine(const QString &path, quint32 line) const
{
    const auto found = m_files.constFind(path);
    if (found == m_files.constEnd() || line == 0)
        return {};
    const QList<QByteArray> lines = (*found)->source.text.split('\n');
    return line <= static_cast<quint32>(lines.size()) ? QString::fromUtf8(lines[static_cast<int>(line) - 1]) : QString();
}

SourceFrame SourceMaps::frameIn(const File &file, const RawFrame &raw, const QString &callee, bool isTop) const
{
    SourceFrame frame;
    frame.file = file.source.path;
    const std::size_t line = static_cast<std::size_t>(std::max(raw.line, 1));
    const LineOrigin origin = line <= file.origins.size() ? file.origins[line - 1] : LineOrigin{};
    frame.line = origin.line;
    frame.column = 1;
    frame.function = raw.function;
    // The body of a CommonJS file is a function called on module.exports; that of an ES module has no name.
    const QString body = file.source.path.startsWith(QLatin1String("file:")) ? QString() : QStringLiteral("Object.<anonymous>");
    const auto &sites = file.source.sites;
    const auto calls = file.callsByLine.constFind(origin.line);
    const Site *best = nullptr;
    if (calls != file.callsByLine.constEnd()) {
        // V4 knows lines only. The call is the one whose callee bears the name of the frame above; an error is made by a `new` of its
        // class.
        for (const quint32 index : *calls) {
            const Site &candidate = sites[index];
            const bool fits = isTop ? candidate.name.endsWith(QLatin1String("Error")) : (!callee.isEmpty() && candidate.name == callee);
            if (fits && (!best || sites[best->function].name != raw.function)) {
                best = &candidate;
                break;
            }
        }
        if (!best) {
            for (const quint32 index : *calls) {
                if (!best || sites[sites[index].function].name == raw.function)
                    best = &sites[index];
            }
        }
    }
    if (best) {
        frame.column = best->column;
        frame.function = best->function == 0 ? body : sites[best->function].name;
    } else {
        for (const Site &candidate : sites) {
            if (candidate.kind == SiteKind::Statement && candidate.line == origin.line) {
                frame.column = candidate.column;
                frame.function = candidate.function == 0 ? body : sites[candidate.function].name;
                break;
            }
        }
    }
    return frame;
}

std::vector<SourceFrame> SourceMaps::frames(const std::vector<RawFrame> &raw) const
{
    std::vector<SourceFrame> result;
    QString callee;
    bool isTop = true;
    for (const RawFrame &frame : raw) {
        const auto found = m_files.constFind(frame.file);
        if (found == m_files.constEnd()) {
            callee = frame.function;
            isTop = false;
            // For whoever works on the runtime itself.
            static const bool showsRuntime = qEnvironmentVariableIsSet("LOOPSCOPE_SHOW_RUNTIME_FRAMES");
            if (showsRuntime)
                result.push_back({frame.function, frame.file, static_cast<quint32>(std::max(frame.line, 0)), 0, false});
            continue;
        }
        SourceFrame mapped = frameIn(**found, frame, callee, isTop);
        isTop = false;
        callee = mapped.function;
        // An async function is two of V4's: the function and its generator. Node shows one.
        if (!result.empty() && !raw.empty() && result.back().function == mapped.function && result.back().file == mapped.file
            && mapped.line != result.back().line && !frame.isGenerator && &frame != &raw.front() && (&frame - 1)->isGenerator)
            continue;
        result.push_back(std::move(mapped));
    }
    return result;
}

} // namespace loopscope
