// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/ScriptCompiler.h"

#include "script/DerivedThis.h"
#include "script/EarlyErrors.h"
#include "script/Lowering.h"
#include "script/ModuleSyntax.h"
#include "script/SyntaxErrors.h"

#include <algorithm>

namespace loopscope {

namespace {

/// What V8 skips at the head of a file: a byte order mark and a "#!" line. Line numbers stay.
QByteArray withoutHead(const QByteArray &text)
{
    QByteArray rest = text.startsWith("\xEF\xBB\xBF") ? text.mid(3) : text;
    if (rest.startsWith("#!"))
        rest.replace(0, 2, "//");
    return rest;
}

bool isTypeScript(const QString &path)
{
    return path.endsWith(QLatin1String(".ts")) || path.endsWith(QLatin1String(".mts")) || path.endsWith(QLatin1String(".cts"));
}

/// V4 knows only the first 4,095 columns of a line apart, and async functions are found by their place. esbuild breaks such lines up.
bool hasFarAsync(const QByteArray &code, const QByteArray &prefix)
{
    constexpr qsizetype farColumn = 3900; // leaves room for what is put in front of the first line
    const QByteArray call = prefix + "h.async";
    for (qsizetype found = code.indexOf(call); found >= 0; found = code.indexOf(call, found + 1)) {
        if (found - code.lastIndexOf('\n', found) > farColumn)
            return true;
    }
    return false;
}

/// V4 takes "<!--" and "-->" for operators.
QByteArray withoutHtmlComments(const QByteArray &text, const SyntaxTree &tree)
{
    QByteArray plain = text;
    for (const auto &[start, end] : tree.htmlComments()) {
        for (quint32 at = start; at < end; ++at) {
            if (plain[at] != '\n' && plain[at] != '\r')
                plain[at] = ' ';
        }
    }
    return plain;
}

/// The grammar and V4 take a `let` that ends its line for a variable of that name: the word moves in front of the name it declares, into
/// the blanks there if they suffice.
QByteArray withJoinedDeclarations(const QByteArray &text, const SyntaxTree &tree)
{
    QByteArray joined = text;
    qsizetype moved = 0;
    for (NodeIndex node = 0; node < tree.nodes().size(); ++node) {
        const SyntaxNode &word = tree[node];
        if (word.type != NodeType::ExpressionStatement || tree.textOf(node) != "let")
            continue;
        NodeIndex next = word.nextSibling;
        while (next != noNode && (tree.textOf(next).startsWith("//") || tree.textOf(next).startsWith("/*")))
            next = tree[next].nextSibling;
        if (next == noNode || tree[next].type != NodeType::ExpressionStatement)
            continue;
        const qsizetype name = static_cast<qsizetype>(tree[next].start) + moved;
        joined.replace(static_cast<qsizetype>(word.start) + moved, 3, "   ");
        if (joined.mid(name - 4, 4) == "    ") {
            joined.replace(name - 4, 4, "let ");
        } else {
            joined.insert(name, "let ");
            moved += 4;
        }
    }
    return joined;
}

} // namespace

quint32 CompiledScript::functionAt(quint32 line, quint32 column) const
{
    const auto after = std::upper_bound(functions.begin(), functions.end(), std::pair(line, column),
        [](const std::pair<quint32, quint32> &place, const FunctionPlace &function) {
            return place < std::pair(function.line, function.column);
        });
    return after == functions.begin() ? 0 : (after - 1)->site;
}

struct ScriptCompiler::Private
{
    std::unique_ptr<EsbuildService> service = std::make_unique<EsbuildService>();
    std::shared_ptr<CompiledScripts> shared;
    bool usesBigInts = false; ///< a file so far has to do with BigInts
    bool namesValues = false;

    CompiledScript compile(const QString &path, const QByteArray &original, ScriptKind kind, SiteId firstSite);
    bool parse(const QString &path, ScriptKind kind, bool isTyped, QByteArray *text, SourceMap *map, CompileError *error);
    EsbuildResult reprint(const QByteArray &text, ScriptKind kind, bool isTyped);
    void mapBack(const SourceMap &map, CompiledScript *script);
};

/// The text as esbuild prints it: types stripped, nothing lowered. It also is the judge of what does not parse.
EsbuildResult ScriptCompiler::Private::reprint(const QByteArray &text, ScriptKind kind, bool isTyped)
{
    QByteArrayList flags{"--log-level=silent", "--log-limit=0", "--color=false", isTyped ? "--loader=ts" : "--loader=js", "--target=es2022",
        "--charset=utf8", "--sourcemap=external", "--sources-content=false", "--sourcefile=script"};
    if (isTyped) {
        flags.append("--tsconfig-raw={\"compilerOptions\":{\"useDefineForClassFields\":true,\"experimentalDecorators\":true}}");
    }
    if (kind == ScriptKind::Module || isTyped)
        return service->transform(text, flags);
    // In a function `return` is legal and `await` is a name.
    const QByteArray head("(function(){");
    EsbuildResult result = service->transform(head + text + "\n})", flags);
    if (!result.ok && result.line == 1)
        result.column -= std::min(result.column, static_cast<quint32>(head.size()));
    const auto lineCount = static_cast<quint32>(text.count('\n')) + 1;
    if (!result.ok && result.line > lineCount) {
        // The text closed our function, or left something open at its end.
        EsbuildResult bare = service->transform(text, flags);
        if (!bare.ok)
            return bare;
    }
    return result;
}

/// Makes a text that the grammar can read of the file's. False: it is no JavaScript, see `error`.
bool ScriptCompiler::Private::parse(
    const QString &path, ScriptKind kind, bool isTyped, QByteArray *text, SourceMap *map, CompileError *error)
{
    bool isReprinted = false;
    if (!isTyped) {
        const SyntaxTree tree(*text);
        if (!tree.htmlComments().empty())
            *text = withoutHtmlComments(*text, tree);
        *text = withJoinedDeclarations(*text, tree);
        if (tree.firstError() == noNode)
            return true;
        const SourceFacts facts(tree, kind);
        if (facts.refusedNode() != noNode && facts.refusedNode() < tree.firstError())
            return true; // whatever else is wrong, this comes first
    }
    EsbuildResult result = reprint(*text, kind, isTyped);
    if (!result.isAvailable) {
        *error = isTyped ? errorAt(*text, path, 0, 0, result.message, false) : syntaxErrorOf(SyntaxTree(*text), path);
        return false;
    }
    if (!result.ok) {
        *error = syntaxErrorOf(result, *text, path);
        return false;
    }
    isReprinted = isTyped || kind == ScriptKind::Module;
    if (!isReprinted && text->contains('`')) {
        // The grammar does not know the escapes that templates with tags may have: without templates it can read the rest.
        EsbuildResult plain = service->transform(*text,
            {"--log-level=silent", "--log-limit=0", "--color=false", "--loader=js", "--target=es2022", "--supported:template-literal=false",
                "--charset=utf8", "--sourcemap=external", "--sources-content=false", "--sourcefile=script"});
        isReprinted = plain.ok;
        if (plain.ok)
            result = std::move(plain);
    }
    if (!isReprinted)
        return true; // legal, but not to the grammar: what it misread stays unmarked
    *map = SourceMap::fromJson(result.map);
    *text = result.code;
    return true;
}

/// Moves every place from the reprinted text to the person's.
void ScriptCompiler::Private::mapBack(const SourceMap &map, CompiledScript *script)
{
    quint32 lineCount = 0;
    for (const LineOrigin &origin : script->origins)
        lineCount = std::max(lineCount, origin.line);
    const std::vector<TextPlace> lines = map.lineOrigins(static_cast<qsizetype>(lineCount));
    for (LineOrigin &origin : script->origins) {
        TextPlace place = origin.line == 0 ? TextPlace{} : map.original({origin.line, origin.column});
        // What stands before a line's first mapping belongs to that line all the same.
        if (origin.line > 0 && (place.line < lines[origin.line - 1].line || origin.column <= 1))
            place = lines[origin.line - 1];
        origin = {place.line, place.column};
    }
    for (Site &site : script->source.sites) {
        const TextPlace start = map.original({site.line, site.column});
        const TextPlace end = map.original({site.endLine, site.endColumn});
        site.line = std::max(start.line, 1U);
        site.column = std::max(start.column, 1U);
        const bool isBehind = std::pair(end.line, end.column) > std::pair(site.line, site.column);
        site.endLine = isBehind ? end.line : site.line;
        site.endColumn = isBehind ? end.column : site.column + 1;
    }
    const LineIndex originals(script->source.text);
    const TextPlace end = originals.place(static_cast<quint32>(script->source.text.size()));
    script->source.sites.front() = {1, 1, end.line, end.column, 0, SiteKind::Function, {}};
    for (ModuleRequest &request : script->requests) {
        const TextPlace place = map.original({request.line, request.column});
        request.line = place.line;
        request.column = place.column;
    }
}

CompiledScript ScriptCompiler::Private::compile(const QString &path, const QByteArray &original, ScriptKind kind, SiteId firstSite)
{
    CompiledScript script;
    script.kind = kind;
    script.source.path = path;
    script.source.text = original.startsWith("\xEF\xBB\xBF") ? original.mid(3) : original;
    QByteArray text = withoutHead(original);
    SourceMap reprintMap;
    const bool isTyped = isTypeScript(path);
    if (!parse(path, kind, isTyped, &text, &reprintMap, &script.error))
        return script;

    const SyntaxTree tree(text);
    const SourceFacts facts(tree, kind);
    const LineIndex lines(text);
    if (facts.refusedNode() != noNode) {
        const SyntaxNode &node = tree[facts.refusedNode()];
        const bool isWord = node.type == NodeType::ImportStatement || node.type == NodeType::ExportStatement
            || node.type == NodeType::AwaitExpression || node.type == NodeType::ForInStatement;
        const SyntaxNode &shown = isWord          ? tree[node.firstChild]
            : node.type == NodeType::MetaProperty ? tree[tree.lastChild(facts.refusedNode())]
                                                  : node;
        const bool isSingle = node.type == NodeType::Decorator || node.type == NodeType::JsxElement;
        script.error =
            errorAt(text, path, shown.start, isSingle ? shown.start + 1 : shown.end, facts.refusal(), facts.refusalIsSyntaxError());
    }
    const EarlyError early = findEarlyError(tree, facts, kind);
    const bool isEarlier = facts.refusedNode() == noNode || early.start < tree[facts.refusedNode()].start;
    if (!early.message.isEmpty() && isEarlier)
        script.error = errorAt(text, path, early.start, early.end, early.message, true);
    if (!script.ok()) {
        if (!reprintMap.mappings().empty()) {
            const TextPlace place = reprintMap.original({script.error.line, script.error.column});
            script.error.line = place.line;
            script.error.column = place.column;
            script.error.sourceLine = LineIndex(script.source.text).line(place.line);
        }
        return script;
    }
    // A BigInt may come from any file that was there before.
    usesBigInts = usesBigInts || BigIntFacts::mentions(text);
    const auto bigInts = usesBigInts ? std::make_unique<BigIntFacts>(tree) : nullptr;
    Instrumenter instrumenter(tree, facts, bigInts.get(), lines, kind, firstSite);
    instrumenter.setNamesValues(namesValues);
    InstrumentedText instrumented = instrumenter.run();
    LoweredText lowered;
    if (kind == ScriptKind::Module) {
        readModuleSyntax(tree, lines, &script);
        script.hasTopLevelAwait = facts.hasTopLevelAwait();
        lowered = lowerModule(instrumented, facts.prefix(), lines, *service);
    } else if (isEval(kind)) {
        const bool isLowered = facts.needsLowering() || hasFarAsync(instrumented.code, facts.prefix());
        lowered = lowerEval(instrumented, facts.file().isStrict, isLowered, facts.prefix(), lines, *service);
    } else if (facts.needsLowering() || hasFarAsync(instrumented.code, facts.prefix())) {
        lowered = lowerScript(instrumented, kind, facts.prefix(), lines, *service);
    } else {
        lowered = wrapScript(instrumented, kind, facts.prefix());
    }
    if (!lowered.failure.ok) {
        // The place is in the instrumented text, whose lines are the file's: ask again about the file itself for the column.
        EsbuildResult verdict = lowered.failure.isAvailable ? reprint(text, kind, false) : lowered.failure;
        if (!lowered.failure.isAvailable)
            script.error = errorAt(text, path, 0, 0, lowered.failure.message, false);
        else
            script.error = syntaxErrorOf(verdict.ok ? lowered.failure : verdict, verdict.ok ? instrumented.code : text, path);
        return script;
    }
    script.code = QString::fromUtf8(captureDerivedThis(lowered.code, facts.prefix(), &lowered.functions));
    script.helpers = QString::fromUtf8(facts.prefix()) + QLatin1Char('h');
    script.isStrict = facts.file().isStrict;
    script.origins = std::move(lowered.origins);
    script.functions = std::move(lowered.functions);
    script.source.sites = std::move(instrumented.sites);
    script.valueNames = std::move(instrumented.valueNames);
    script.contextNames = std::move(instrumented.contextNames);
    if (!reprintMap.mappings().empty())
        mapBack(reprintMap, &script);
    return script;
}

std::optional<CompiledScripts::Entry> CompiledScripts::find(const Key &key)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? std::nullopt : std::optional(found->second);
}

void CompiledScripts::add(const Key &key, const Entry &entry)
{
    const std::scoped_lock lock(m_mutex);
    m_entries.emplace(key, entry);
}

ScriptCompiler::ScriptCompiler()
    : d(std::make_unique<Private>())
{
}

ScriptCompiler::~ScriptCompiler() = default;

void ScriptCompiler::share(std::shared_ptr<CompiledScripts> scripts) { d->shared = std::move(scripts); }

void ScriptCompiler::rest() { d->service = std::make_unique<EsbuildService>(); }

void ScriptCompiler::setNamesValues(bool namesValues) { d->namesValues = namesValues; }

CompiledScript ScriptCompiler::compile(const QString &path, const QByteArray &text, ScriptKind kind, SiteId firstSite)
{
    if (!d->shared)
        return d->compile(path, text, kind, firstSite);
    const CompiledScripts::Key key(path, text, kind, firstSite, d->usesBigInts);
    if (std::optional<CompiledScripts::Entry> known = d->shared->find(key)) {
        d->usesBigInts = known->usesBigInts;
        return std::move(known->script);
    }
    CompiledScript script = d->compile(path, text, kind, firstSite);
    if (script.ok())
        d->shared->add(key, {script, d->usesBigInts});
    return script;
}

CompileError ScriptCompiler::explainRefusal(
    const QString &path, const QByteArray &text, const CompiledScript &script, quint32 loweredLine, const QString &words)
{
    const QByteArray plain = withoutHead(text);
    const EsbuildResult verdict = d->reprint(plain, script.kind, isTypeScript(path));
    if (verdict.isAvailable && !verdict.ok)
        return syntaxErrorOf(verdict, plain, path);
    const LineIndex lines(plain);
    const quint32 line = loweredLine >= 1 && loweredLine <= script.origins.size() ? script.origins[loweredLine - 1].line : 0;
    const quint32 start = lines.offset({std::max(line, 1U), 1});
    return errorAt(plain, path, start, start + 1, words, true);
}

bool ScriptCompiler::looksLikeModule(const QByteArray &text)
{
    const QByteArray plain = withoutHead(text);
    const SyntaxTree tree(plain);
    for (const SyntaxNode &node : tree.nodes()) {
        if (node.type == NodeType::ImportStatement || node.type == NodeType::ExportStatement)
            return true;
        if (node.type == NodeType::MetaProperty && QByteArrayView(plain).sliced(node.start).startsWith("import"))
            return true;
    }
    return false;
}

} // namespace loopscope
