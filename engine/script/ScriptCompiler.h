// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/SourceTable.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>
#include <vector>

namespace loopscope {

enum class ScriptKind : quint8 {
    CommonJs,
    Module,
    Global, ///< a function's body that sees globals only
    Eval, ///< what eval is given: statements whose last value counts
    StrictEval, ///< the same, by strict code
    ContextScript, ///< a script of node:vm: as of eval, but what it declares is its context's (see ContextName)
};

inline bool isEval(ScriptKind kind)
{
    return kind == ScriptKind::Eval || kind == ScriptKind::StrictEval || kind == ScriptKind::ContextScript;
}

/// A name that a ContextScript declares, and that its context has to know before it runs. Its code only assigns.
struct ContextName
{
    enum class Kind : quint8 {
        Let = 1, ///< `let` and `class`
        Const = 2,
        Variable = 3, ///< of strict code; V4 declares those of sloppy code itself
    };
    Kind kind = Kind::Let;
    QString name;
};

/// Why a file cannot run, shown before anything of it ran: what is wrong with it, and the place with the line that stands
/// there.
struct CompileError
{
    QString path;
    quint32 line = 0; ///< from 1; 0 if the error has no place
    quint32 column = 0; ///< from 1, UTF-16 code units
    quint32 length = 1; ///< how many carets to draw; 0 at the end of the text
    QString message; ///< e.g. "Unexpected token ')'" or "BigInt literals ... are not supported"
    QString sourceLine;
    bool isSyntaxError = true; ///< false: legal JavaScript that Loopscope cannot run
    /// As Node prints it: "file:line\nsource line\n    ^\n\nSyntaxError: message".
    QString toString() const;
};

/// A static import or re-export of an ES module.
struct ModuleRequest
{
    QString specifier;
    quint32 line = 0;
    quint32 column = 0;
    /// Names asked of the other module ("default" included); "*" is left out, it asks for none.
    QStringList names;
    bool isJson = false; ///< with { type: 'json' }
};

/// Where a line of lowered code came from: entry i is for line i+1.
struct LineOrigin
{
    quint32 line = 0; ///< in the original, from 1; 0 if the lowered line has no origin
    quint32 column = 0;
};

/// An export whose binding is another module's: `export {a as b} from 'x'`, or an export of an imported name.
struct IndirectExport
{
    QString exportName;
    QString specifier;
    QString importName; ///< "*": the namespace of the other module
};

/// Where a function of the person's starts in the lowered code; the generator inside of an async function belongs to it.
struct FunctionPlace
{
    quint32 line = 0; ///< in the lowered code, from 1
    quint32 column = 0; ///< of its first character (`function`, a method's name, an arrow's parameters), from 1
    quint32 site = 0; ///< index in the file's table
    QString owner; ///< of a method: the name of its class, or Object
    bool isConstructor = false; ///< of a class
    bool isArrow = false;
};

struct CompiledScript
{
    std::vector<ContextName> contextNames;
    QString code; ///< one expression; see docs/architecture.md, "The script pipeline". Of an eval: statements that find the marks in scope
    QString helpers; ///< the name by which `code` calls the helpers of lowering: "$h" or one that the file does not use
    SourceText source;
    std::vector<LineOrigin> origins;
    std::vector<FunctionPlace> functions; ///< ordered by place
    std::map<quint32, QStringList> valueNames; ///< by index of a statement's site: the variables whose values its second mark gives
    ScriptKind kind = ScriptKind::CommonJs;
    bool isStrict = false; ///< all of it
    bool hasTopLevelAwait = false;
    std::vector<ModuleRequest> requests; ///< ES modules only, in source order
    QStringList exportNames; ///< ES modules only, own names; "export *" is in starExports
    std::vector<IndirectExport> indirectExports; ///< those of exportNames that other modules own
    QStringList starExports; ///< specifiers of "export * from"
    /// The index of the function that V4 says begins at a place of the lowered code; 0 if it is before all of them. (V4 gives `function`, a
    /// method's name, or what follows an arrow's opening parenthesis: the last function that begins at or before it is meant.)
    quint32 functionAt(quint32 line, quint32 column) const;
    bool ok() const { return error.message.isEmpty(); }
    CompileError error; ///< set, and code empty, if the file cannot run
};

/// What compilers of several threads that run the same files have compiled: each file once. Any thread.
class CompiledScripts
{
public:
    struct Entry
    {
        CompiledScript script;
        bool usesBigInts = false; ///< a file up to this one has to do with them
    };
    /// By all that the result depends on.
    using Key = std::tuple<QString, QByteArray, ScriptKind, SiteId, bool>;

    std::optional<Entry> find(const Key &key);
    void add(const Key &key, const Entry &entry);

private:
    std::mutex m_mutex;
    std::map<Key, Entry> m_entries;
};

/// Turns a source file into code for V4. Holds the esbuild process, which is started at the first file that needs lowering. One thread.
class ScriptCompiler
{
public:
    ScriptCompiler();
    ~ScriptCompiler();

    /// Files that other compilers of this process have compiled are taken from there.
    void share(std::shared_ptr<CompiledScripts> scripts);
    /// Ends the esbuild process until it is needed again.
    void rest();
    /// From now on statements can say the values of the variables around them: where the mark `$s(n)` gives true, `$s(n, a, b)` follows,
    /// with the values of CompiledScript::valueNames. All else is compiled as without.
    void setNamesValues(bool namesValues);
    /// `path` as Node shows it (its suffix .ts/.mts/.cts asks for TypeScript); `firstSite` is the number of the file's first site.
    CompiledScript compile(const QString &path, const QByteArray &text, ScriptKind kind, SiteId firstSite);

    /// Why a text is no JavaScript although compile() took it: V4 refused its code, in these words, at this line of the lowered code. Gives
    /// V8's words and place wherever they can be found out.
    CompileError explainRefusal(
        const QString &path, const QByteArray &text, const CompiledScript &script, quint32 loweredLine, const QString &words);

    /// True if the text has import/export statements or top-level await and does not parse without them (Node's syntax detection is off in
    /// Node 20: only used for messages).
    static bool looksLikeModule(const QByteArray &text);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace loopscope
