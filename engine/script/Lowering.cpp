// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/Lowering.h"

#include <algorithm>
#include <array>
#include <map>

namespace loopscope {

namespace {

constexpr char exportsLine[] = "module.exports = __toCommonJS(";

/// Helpers of esbuild that the runtime has its own versions of.
struct Helper
{
    const char *name;
    const char *property;
};
constexpr std::array ownHelpers{
    Helper{"__async", "async"},
    Helper{"__asyncGenerator", "asyncGenerator"},
    Helper{"__await", "await"},
    Helper{"__forAwait", "forAwait"},
    Helper{"__yieldStar", "yieldStar"},
    Helper{"__name", "name"},
    Helper{"__objRest", "objectRest"},
    Helper{"__export", "export"},
    Helper{"__reExport", "reExport"},
    Helper{"__toESM", "toESM"},
    Helper{"__toCommonJS", "toCommonJS"},
};

QByteArray functionHead(ScriptKind kind)
{
    return kind == ScriptKind::Global ? QByteArray("function () {")
                                      : QByteArray("function (exports, require, module, __filename, __dirname) {");
}

QByteArray marksHead(const InstrumentedText &text, const QByteArray &prefix)
{
    QByteArrayList names;
    for (const char *name : {"s", "e", "a", "c", "import", "meta", "h"})
        names.append(prefix + name);
    return "(function (" + names.join(", ") + ") { " + text.operatorHead;
}

QByteArrayList loweringFlags(const InstrumentedText &text, bool isModule)
{
    QByteArrayList flags{"--log-level=silent", "--log-limit=0", "--color=false", "--loader=js", "--target=es2016", "--charset=utf8",
        "--keep-names", "--sourcemap=external", "--sources-content=false", "--sourcefile=script", "--supported:optional-chain=true",
        "--supported:nullish-coalescing=true",
        // Already lowered; without this esbuild would take every `yield*` for an async one.
        "--supported:async-await=true", "--supported:async-generator=true", "--supported:for-await=true"};
    if (text.hasRawTemplates)
        flags.append("--supported:template-literal=false");
    if (isModule)
        flags.append("--format=cjs");
    return flags;
}

bool continuesDefinition(QByteArrayView line) { return line.isEmpty() || line[0] == ' ' || line[0] == '}' || line[0] == ')'; }

/// Replaces esbuild's definitions of ownHelpers in the lines [0, count). Lines stay where they are.
void useOwnHelpers(QByteArrayList &lines, qsizetype count, const QByteArray &prefix)
{
    for (qsizetype at = 0; at < count; ++at) {
        const auto found = std::find_if(ownHelpers.begin(), ownHelpers.end(),
            [&line = lines[at]](const Helper &helper) { return line.startsWith(QByteArray("var ") + helper.name + " = "); });
        if (found == ownHelpers.end())
            continue;
        lines[at] = QByteArray("var ") + found->name + " = " + prefix + "h." + found->property + ';';
        while (at + 1 < count && continuesDefinition(lines[at + 1]))
            lines[++at].clear();
    }
}

/// esbuild says the name of every declared function again, where it was declared. If it has not been renamed, that is for nothing, and
/// wrong where the variable holds something else by then.
void leaveOutNames(QByteArrayList &lines)
{
    constexpr qsizetype callSize = 7; // __name(
    for (QByteArray &line : lines) {
        const QByteArrayView statement = QByteArrayView(line).trimmed();
        if (!statement.startsWith("__name(") || !statement.endsWith("\");"))
            continue;
        const qsizetype comma = statement.indexOf(", \"");
        if (comma > 0 && statement.sliced(callSize, comma - callSize) == statement.sliced(comma + 3).chopped(3))
            line.clear();
    }
}

/// The origin of every line of the lowered text, in the source. `head`: bytes esbuild was given in front of the instrumented text.
std::vector<LineOrigin> lineOrigins(
    const SourceMap &map, qsizetype lineCount, const InstrumentedText &text, const LineIndex &source, const QByteArray &head)
{
    const QByteArray given = head + text.code;
    const LineIndex lines(given);
    const auto headSize = static_cast<quint32>(head.size());
    std::vector<LineOrigin> origins;
    origins.reserve(static_cast<std::size_t>(lineCount));
    for (const TextPlace place : map.lineOrigins(lineCount)) {
        if (place.line == 0) {
            origins.push_back({});
            continue;
        }
        const quint32 offset = lines.offset(place);
        const TextPlace original = source.place(text.sourceOffset(offset < headSize ? 0 : offset - headSize));
        // Lines do not move; what was inserted at a line's start belongs to it.
        origins.push_back({place.line, original.line == place.line ? original.column : 1});
    }
    return origins;
}

/// What esbuild makes of an import or a re-export. Statements of the person's never look so: a mark stands before each.
bool isImportLine(const QByteArray &line)
{
    if (line.startsWith("__reExport(") || line.startsWith("require(\""))
        return true;
    if (!line.startsWith("var "))
        return false;
    const QByteArrayView value = QByteArrayView(line).sliced(line.indexOf('=') + 1).trimmed();
    return value.startsWith("require(\"") || value.startsWith("__toESM(require(\"");
}

quint64 placeKey(TextPlace place) { return (static_cast<quint64>(place.line) << 32U) | place.column; }

std::vector<FunctionPlace> mappedFunctions(const InstrumentedText &text, const SourceMap &map)
{
    std::map<quint64, TextPlace> generated; // by original place
    for (const SourceMapping &mapping : map.mappings())
        generated.emplace(placeKey(mapping.original), mapping.generated);
    const LineIndex lines(text.code);
    std::vector<FunctionPlace> places;
    for (const FunctionMark &function : text.functions) {
        const TextPlace place = lines.place(function.offset);
        // esbuild may have no mapping for the first character itself.
        const auto found = generated.lower_bound(placeKey(place));
        if (found != generated.end() && (found->first >> 32U) == place.line)
            places.push_back(
                {found->second.line, found->second.column, function.site, function.owner, function.isConstructor, function.isArrow});
    }
    std::sort(places.begin(), places.end(), [](const FunctionPlace &left, const FunctionPlace &right) {
        return std::pair(left.line, left.column) < std::pair(right.line, right.column);
    });
    return places;
}

void shiftFirstLine(std::vector<FunctionPlace> &places, quint32 line, quint32 columns)
{
    for (FunctionPlace &place : places)
        place.column += place.line == line ? columns : 0;
}

LoweredText failed(EsbuildResult &&result)
{
    LoweredText lowered;
    lowered.failure = std::move(result);
    return lowered;
}

/// The number of the first line that stands for a line of the person's; lineCount if there is none.
qsizetype firstMappedLine(const SourceMap &map, qsizetype lineCount)
{
    return map.mappings().empty() ? lineCount : static_cast<qsizetype>(map.mappings().front().generated.line) - 1;
}

} // namespace

LoweredText wrapScript(const InstrumentedText &text, ScriptKind kind, const QByteArray &prefix)
{
    LoweredText lowered;
    lowered.failure.ok = true;
    const QByteArray head = marksHead(text, prefix) + "return " + functionHead(kind);
    lowered.code = head + text.code + "\n}; })";
    const LineIndex lines(text.code);
    for (const FunctionMark &function : text.functions) {
        const TextPlace place = lines.place(function.offset);
        lowered.functions.push_back({place.line, place.column, function.site, function.owner, function.isConstructor, function.isArrow});
    }
    shiftFirstLine(lowered.functions, 1, static_cast<quint32>(head.size()));
    lowered.origins.reserve(lines.lineCount() + 1);
    for (quint32 line = 1; line <= lines.lineCount(); ++line)
        lowered.origins.push_back({line, 1});
    lowered.origins.push_back({lines.lineCount(), 1});
    return lowered;
}

LoweredText lowerScript(
    const InstrumentedText &text, ScriptKind kind, const QByteArray &prefix, const LineIndex &source, EsbuildService &esbuild)
{
    // Inside a function `return` is legal, `await` is a name, and directives and hoisting stay the file's own.
    const QByteArray head = '(' + functionHead(kind);
    EsbuildResult result = esbuild.transform(head + text.code + "\n});", loweringFlags(text, false));
    if (!result.ok) {
        if (result.line == 1)
            result.column -= std::min(result.column, static_cast<quint32>(head.size()));
        return failed(std::move(result));
    }
    const SourceMap map = SourceMap::fromJson(result.map);
    QByteArrayList lines = result.code.split('\n');
    const qsizetype first = firstMappedLine(map, lines.size());
    useOwnHelpers(lines, first, prefix);
    leaveOutNames(lines);

    // Helpers in front, the file's function returned.
    LoweredText lowered;
    lowered.failure.ok = true;
    const QByteArray opening = first == 0 ? marksHead(text, prefix) + "return " : QByteArray("return ");
    if (first > 0)
        lines[0].prepend(marksHead(text, prefix));
    if (first < lines.size())
        lines[first].prepend(opening);
    lowered.code = lines.join('\n') + "})";
    lowered.origins = lineOrigins(map, lines.size(), text, source, head);
    InstrumentedText shifted = text;
    shifted.code.prepend(head);
    for (FunctionMark &function : shifted.functions)
        function.offset += static_cast<quint32>(head.size());
    lowered.functions = mappedFunctions(shifted, map);
    shiftFirstLine(lowered.functions, static_cast<quint32>(first) + 1, static_cast<quint32>(opening.size()));
    return lowered;
}

LoweredText lowerEval(
    const InstrumentedText &text, bool isStrict, bool isLowered, const QByteArray &prefix, const LineIndex &source, EsbuildService &esbuild)
{
    // Nothing stands between a directive and the head of a text but this.
    const QByteArray head = (isStrict ? "\"use strict\";" : "") + text.operatorHead;
    if (!isLowered) {
        LoweredText lowered = wrapScript(text, ScriptKind::Eval, prefix);
        const qsizetype wrapped = lowered.code.indexOf(text.code);
        lowered.code = head + text.code;
        for (FunctionPlace &place : lowered.functions)
            place.column = place.line == 1 ? place.column - static_cast<quint32>(wrapped - head.size()) : place.column;
        return lowered;
    }
    EsbuildResult result = esbuild.transform(text.code, loweringFlags(text, false));
    if (!result.ok)
        return failed(std::move(result));
    const SourceMap map = SourceMap::fromJson(result.map);
    QByteArrayList lines = result.code.split('\n');
    const qsizetype first = firstMappedLine(map, lines.size());
    useOwnHelpers(lines, first, prefix);
    leaveOutNames(lines);
    // esbuild's helpers are nobody else's variables.
    for (qsizetype line = 0; line < first; ++line) {
        if (lines[line].startsWith("var __"))
            lines[line].replace(0, 3, "const");
    }
    lines[0].prepend(head);
    LoweredText lowered;
    lowered.failure.ok = true;
    lowered.code = lines.join('\n');
    lowered.origins = lineOrigins(map, lines.size(), text, source, {});
    lowered.functions = mappedFunctions(text, map);
    shiftFirstLine(lowered.functions, 1, static_cast<quint32>(head.size()));
    return lowered;
}

LoweredText lowerModule(const InstrumentedText &text, const QByteArray &prefix, const LineIndex &source, EsbuildService &esbuild)
{
    // Without an export esbuild takes a text for CommonJS, imports or not, and makes `exports` of its `this`.
    EsbuildResult result = esbuild.transform(text.code + "\nexport {};", loweringFlags(text, true));
    if (!result.ok)
        return failed(std::move(result));
    const SourceMap map = SourceMap::fromJson(result.map);
    QByteArrayList lines = result.code.split('\n');
    const qsizetype first = firstMappedLine(map, lines.size());
    useOwnHelpers(lines, first, prefix);
    leaveOutNames(lines);
    // Up to here the exports are registered: the module is linked. What follows are the imports and the person's statements.
    const auto registration =
        std::find_if(lines.cbegin(), lines.cend(), [](const QByteArray &line) { return line.startsWith(exportsLine); });
    const qsizetype linked = registration != lines.cend() ? registration - lines.cbegin() : -1;
    // An ES module has no `require`, `module` and `exports`: those of esbuild's own lines get names that the person's code does not see.
    if (linked >= 0)
        lines[linked] = prefix + lines[linked] + " yield;";
    for (qsizetype line = linked >= 0 ? linked + 1 : first; line < lines.size() && isImportLine(lines[line]); ++line) {
        lines[line].replace("require(\"", prefix + "require(\"");
        if (lines[line].startsWith("__reExport("))
            lines[line].replace(", module.exports)", ", " + prefix + "module.exports)");
    }
    const QByteArray parameters = prefix + "exports, " + prefix + "require, " + prefix + "module";
    const QByteArray opening = marksHead(text, prefix) + "return function* (" + parameters + ") {\"use strict\";";
    const QByteArray start = linked >= 0 ? opening : opening + "yield;";
    lines[0].prepend(start);

    LoweredText lowered;
    lowered.failure.ok = true;
    lowered.code = lines.join('\n') + "\n}; })";
    lowered.origins = lineOrigins(map, lines.size() + 1, text, source, {});
    lowered.functions = mappedFunctions(text, map);
    shiftFirstLine(lowered.functions, 1, static_cast<quint32>(start.size()));
    if (!text.awaitToken.isEmpty())
        lowered.code.replace(text.awaitToken + '(', "(yield ");
    return lowered;
}

} // namespace loopscope
