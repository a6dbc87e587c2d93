// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeSites.h"

#include <QRegularExpression>
#include <QUrl>

#include <utility>

namespace loopscope {

namespace {

using Position = std::pair<quint32, quint32>;

Position startOf(const Site &site) { return {site.line, site.column}; }
Position endOf(const Site &site) { return {site.endLine, site.endColumn}; }
bool holds(const Site &site, Position position) { return startOf(site) <= position && position < endOf(site); }

/// The smallest site of a kind that holds a position and fits; -1 if there is none.
template<typename Fits>
int innermost(const SourceText &source, SiteKind kind, Position position, Fits fits)
{
    int best = -1;
    for (size_t i = 0; i < source.sites.size(); ++i) {
        const Site &site = source.sites[i];
        if (site.kind != kind || !holds(site, position) || !fits(site))
            continue;
        if (best < 0 || startOf(site) >= startOf(source.sites[static_cast<size_t>(best)]))
            best = static_cast<int>(i);
    }
    return best;
}

/// The identifier that is the first argument of the call whose callee's last name stands at a position; empty if it is something else.
QString firstArgument(const SourceText &source, const NodePlace &place)
{
    static const QRegularExpression call(QStringLiteral(R"(\G\s*[\w$.]*\s*\(\s*([A-Za-z_$][\w$]*)\s*[,)])"));
    const QByteArray line = source.text.split('\n').value(static_cast<qsizetype>(place.line) - 1);
    const QRegularExpressionMatch match = call.match(QString::fromUtf8(line), std::max(static_cast<int>(place.column) - 1, 0));
    return match.captured(1);
}

} // namespace

NodeSites::NodeSites(RecordingWriter &writer, NodeSourceFinder finder)
    : m_writer(writer)
    , m_finder(std::move(finder))
{
}

const NodeSites::File &NodeSites::fileOf(const QString &path)
{
    std::shared_ptr<File> &file = m_files[path];
    if (!file) {
        file = std::make_shared<File>();
        file->source = m_finder(path);
        if (file->source && !file->source->sites.empty())
            file->first = m_writer.defineSource(*file->source);
    }
    return *file;
}

int NodeSites::functionNamed(const SourceText &source, const QString &name)
{
    int found = -1;
    for (size_t i = 1; i < source.sites.size() && !name.isEmpty(); ++i) {
        if (source.sites[i].kind != SiteKind::Function || source.sites[i].name != name)
            continue;
        if (found >= 0)
            return -1;
        found = static_cast<int>(i);
    }
    return found;
}

int NodeSites::callAt(const SourceText &source, const NodePlace &place)
{
    const Position position{place.line, place.column};
    const QString callee = place.api.section(QLatin1Char(':'), -1);
    const int call = innermost(source, SiteKind::Call, position, [&](const Site &site) { return site.name == callee; });
    return call >= 0 ? call : innermost(source, SiteKind::Call, position, [](const Site &) { return true; });
}

int NodeSites::callbackAt(const SourceText &source, const NodePlace &place, int call)
{
    if (call < 0)
        return -1;
    const Position position{place.line, place.column};
    const Site &range = source.sites[static_cast<size_t>(call)];
    int literal = -1;
    for (size_t i = 1; i < source.sites.size(); ++i) {
        const Site &site = source.sites[i];
        const bool isInside = site.kind == SiteKind::Function && startOf(site) > position && endOf(site) <= endOf(range);
        if (isInside && (literal < 0 || startOf(site) < startOf(source.sites[static_cast<size_t>(literal)])))
            literal = static_cast<int>(i);
    }
    const int named = functionNamed(source, firstArgument(source, place));
    return named >= 0 ? named : literal;
}

/// The next literal in a call's arguments behind one of them.
int NodeSites::functionBehind(const SourceText &source, int call, int first)
{
    if (call < 0 || first < 0)
        return -1;
    const Position begin = endOf(source.sites[static_cast<size_t>(first)]);
    const Position end = endOf(source.sites[static_cast<size_t>(call)]);
    int literal = -1;
    for (size_t i = 1; i < source.sites.size(); ++i) {
        const Site &site = source.sites[i];
        const bool isInside = site.kind == SiteKind::Function && startOf(site) >= begin && endOf(site) <= end;
        if (isInside && (literal < 0 || startOf(site) < startOf(source.sites[static_cast<size_t>(literal)])))
            literal = static_cast<int>(i);
    }
    return literal;
}

SiteId NodeSites::functionNamed(const NodePlace &place, const QString &name)
{
    const File &file = fileOf(place.file);
    const int index = file.first != 0 ? functionNamed(*file.source, name) : -1;
    return index < 0 ? 0 : file.first + static_cast<SiteId>(index);
}

SiteId NodeSites::function(const QString &url, quint32 line, quint32 column)
{
    // Elsewhere CommonJS files go by their paths, and only modules by URLs.
    const QString path = QUrl(url).isLocalFile() ? QUrl(url).toLocalFile() : url;
    const bool isModule = m_files.contains(url) || (url.endsWith(QLatin1String(".mjs")) && !m_files.contains(path));
    const File *file = &fileOf(isModule ? url : path);
    if (file->first == 0 && !isModule)
        file = &fileOf(url);
    if (file->first == 0 || (line == 1 && column == 1))
        return file->first; // the file's own body
    const int found = innermost(*file->source, SiteKind::Function, {line, column}, [](const Site &) { return true; });
    return found < 0 ? 0 : file->first + static_cast<SiteId>(found);
}

NodeSite NodeSites::find(const NodePlace &place)
{
    const File &file = fileOf(place.file);
    if (file.first == 0)
        return {};
    const SourceText &source = *file.source;
    const Position position{place.line, place.column};
    const auto any = [](const Site &) { return true; };
    const auto number = [&](int index) { return index < 0 ? 0 : file.first + static_cast<SiteId>(index); };
    NodeSite site;
    site.statement = number(innermost(source, SiteKind::Statement, position, any));
    const int call = callAt(source, place);
    const int callback = callbackAt(source, place, call);
    site.callback = number(callback);
    site.onRejected = number(functionBehind(source, call, callback));
    // V8 tells where the function begins.
    const Position inside{place.functionLine, place.functionColumn};
    const int function = innermost(source, SiteKind::Function, place.functionLine > 0 ? inside : position, any);
    site.function = number(function);
    // While an await begins V8 still stands where its operand was computed.
    site.await = number(innermost(
        source, SiteKind::Await, position, [function](const Site &await) { return static_cast<int>(await.function) == function; }));
    if (site.statement == 0)
        site.statement = site.function;
    return site;
}

} // namespace loopscope
