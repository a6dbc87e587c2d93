// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Core.h"
#include "runtime/FunctionKinds.h"
#include "runtime/Natives.h"
#include "runtime/Words.h"
#include "script/LineIndex.h"
#include "script/SyntaxTree.h"

#include <QStringConverter>

#include <deque>

namespace loopscope {

using namespace QV4;

namespace {

/// The text of a site, as written; empty if its place is not in the source.
QString textOfSite(const Site &site, const SourceText &source)
{
    const QStringList lines = QString::fromUtf8(source.text).split(QLatin1Char('\n'));
    if (site.endLine > static_cast<quint32>(lines.size()))
        return {};
    QString text;
    for (quint32 line = site.line; line <= site.endLine; ++line) {
        QString part = lines[static_cast<int>(line) - 1];
        if (line == site.endLine)
            part.truncate(static_cast<int>(site.endColumn) - 1);
        if (line == site.line)
            part.remove(0, static_cast<int>(site.column) - 1);
        else
            text += QLatin1Char('\n');
        text += part;
    }
    return text;
}

// lastStatement(ofFailedTask) -> { file, line, endLine, column, text } of the statement that ran last, or last in the task that failed
// last; undefined if none did
ReturnedValue lastStatement(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Core &core = Core::current();
    const SourceText *source = nullptr;
    const bool ofFailedTask = argumentAt(argv, argc, 0).toBoolean();
    const Site *site = core.sources().site(ofFailedTask ? core.tracer().throwSite() : core.tracer().currentSite(), &source);
    if (!site || !source || site->endLine == 0)
        return Encode::undefined();
    ExecutionEngine *v4 = function->engine();
    Scope scope(v4);
    ScopedObject place(scope, v4->newObject());
    ScopedValue value(scope, v4->newString(source->path));
    putNamed(place, QStringLiteral("file"), value);
    value = v4->newString(textOfSite(*site, *source));
    putNamed(place, QStringLiteral("text"), value);
    const std::pair<QString, quint32> numbers[] = {
        {QStringLiteral("line"), site->line}, {QStringLiteral("endLine"), site->endLine}, {QStringLiteral("column"), site->column}};
    for (const auto &[name, number] : numbers) {
        value = Value::fromInt32(static_cast<int>(number));
        putNamed(place, name, value);
    }
    return place->asReturnedValue();
}

// functionSource(function) -> the text of a function of the person's, as written; undefined for others
ReturnedValue functionSource(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Core &core = Core::current();
    const FunctionObject *target = argc > 0 ? argv[0].as<FunctionObject>() : nullptr;
    if (!target || core.isBoundFunction(*target))
        return Encode::undefined();
    const SourceText *source = nullptr;
    const Site *site = core.sources().site(core.siteOf(argv[0]), &source);
    if (!site || !source || site->endLine == 0)
        return Encode::undefined();
    const QString text = textOfSite(*site, *source);
    if (text.isEmpty())
        return Encode::undefined();
    return function->engine()->newString(text)->asReturnedValue();
}

/// V4 has a table for classes with a constructor and one for those without, and exports neither.
bool isClass(const FunctionObject &function)
{
    const char *name = function.vtable()->className;
    return qstrcmp(name, "ConstructorFunction") == 0 || qstrcmp(name, "DefaultClassConstructorFunction") == 0;
}

/// The class that a method was written in; noNode if there is no such method at the site.
NodeIndex classAround(const SyntaxTree &tree, const Site &site, const QString &name)
{
    const LineIndex lines(tree.text());
    const quint32 start = lines.offset({site.line, site.column});
    for (NodeIndex node = 0; node < tree.nodes().size() && tree[node].start <= start; ++node) {
        const NodeIndex body = tree[node].parent;
        if (tree[node].type != NodeType::MethodDefinition || body == noNode || tree[body].type != NodeType::ClassBody)
            continue;
        const NodeIndex key = tree.child(node, FieldName::Name);
        const bool isNamed = tree[key].type != NodeType::PropertyIdentifier || name.endsWith(QString::fromUtf8(tree.textOf(key)));
        // The site begins behind the word `static`.
        if (start < tree[key].end && isNamed)
            return tree[body].parent;
    }
    return noNode;
}

// classSource(method, home) -> the text of the class that a method was written in; undefined if that cannot be told, or if its home object
// is another. A constructor is at home with itself.
ReturnedValue classSource(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const FunctionObject *method = argc > 1 ? argv[0].as<FunctionObject>() : nullptr;
    if (!method || !method->function())
        return Encode::undefined();
    Core &core = Core::current();
    Scope scope(core.v4());
    const bool isConstructor = isClass(*method);
    ScopedValue home(scope, isConstructor ? method->asReturnedValue() : method->getHomeObject());
    if (!home->sameValue(argv[1]))
        return Encode::undefined();
    const SourceText *source = nullptr;
    const Site *site = core.sources().site(core.siteOf(argv[0]), &source);
    if (!site || !source)
        return Encode::undefined();
    const SyntaxTree tree(source->text);
    const QString name = isConstructor ? QStringLiteral("constructor") : Value::fromReturnedValue(method->name()).toQStringNoThrow();
    const NodeIndex node = classAround(tree, *site, name);
    if (node == noNode)
        return Encode::undefined();
    return function->engine()->newString(QString::fromUtf8(tree.textOf(node).toByteArray()))->asReturnedValue();
}

// functionKind(function) -> 'class', 'async', 'asyncGenerator', 'generator' or 'function', as the person wrote it
ReturnedValue functionKind(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const FunctionObject *target = argc > 0 ? argv[0].as<FunctionObject>() : nullptr;
    const Function *code = target ? target->function() : nullptr;
    QString kind = target && isClass(*target) ? QStringLiteral("class") : QStringLiteral("function");
    if (code && FunctionKinds::kindOf(*code) == FunctionKind::Async)
        kind = QStringLiteral("async");
    else if (code && FunctionKinds::kindOf(*code) == FunctionKind::AsyncGenerator)
        kind = QStringLiteral("asyncGenerator");
    else if (code && code->isGenerator())
        kind = QStringLiteral("generator");
    return function->engine()->newString(kind)->asReturnedValue();
}

// sourceLine(file, line) -> text of a line of a loaded file
ReturnedValue sourceLine(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const QString line = Core::current().sources().sourceLine(argv[0].toQStringNoThrow(), argv[1].toUInt32());
    return function->engine()->newString(line)->asReturnedValue();
}

ReturnedValue isError(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    return Encode(argc > 0 && argv[0].as<ErrorObject>() != nullptr);
}

// getStack: the getter of `stack` on errors that V4 made.
ReturnedValue getStack(const FunctionObject *, const Value *thisObject, const Value *, int)
{
    Core &core = Core::current();
    Scope scope(core.v4());
    Value *arguments = scope.alloc(1);
    arguments[0] = *thisObject;
    ScopedValue result(scope, Value::undefinedValue());
    if (!core.callHook("errorStack", arguments, 1, result))
        return Encode::undefined();
    return result->asReturnedValue();
}

// proxyDetails(value) -> [target, handler]; undefined if it is no proxy
ReturnedValue proxyDetails(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const Object *object = argc > 0 ? argv[0].as<Object>() : nullptr;
    if (!object || !Core::current().isProxy(*object))
        return Encode::undefined();
    const auto *proxy = static_cast<const Heap::ProxyObject *>(static_cast<const Heap::Base *>(object->d()));
    Scope scope(function);
    Value *values = scope.alloc(2);
    values[0] = proxy->target ? Value::fromHeapObject(proxy->target.get()) : Value::nullValue();
    values[1] = proxy->handler ? Value::fromHeapObject(proxy->handler.get()) : Value::nullValue();
    return scope.engine->newArrayObject(values, 2)->asReturnedValue();
}

// describeObject(object) -> "#<Point>" or "[object Array]", as V8's messages have it; of a proxy: of its target
ReturnedValue describeObjectForMessage(const FunctionObject *function, const Value *, const Value *argv, int)
{
    Scope scope(function);
    ScopedObject object(scope, argv[0]);
    while (object && Core::current().isProxy(*object)) {
        const auto *proxy = static_cast<const Heap::ProxyObject *>(static_cast<const Heap::Base *>(object->d()));
        object = proxy->target.get();
    }
    const QString text = object ? describeObject(*object) : QStringLiteral("#<Object>");
    return scope.engine->newString(text)->asReturnedValue();
}

// detachArrayBuffer(buffer): takes its memory away, as a transfer does
ReturnedValue detachArrayBuffer(const FunctionObject *, const Value *, const Value *argv, int)
{
    if (const ArrayBuffer *buffer = argv[0].as<ArrayBuffer>())
        const_cast<ArrayBuffer *>(buffer)->detachArrayData();
    return Encode::undefined();
}

ReturnedValue isDetached(const FunctionObject *, const Value *, const Value *argv, int)
{
    const ArrayBuffer *buffer = argv[0].as<ArrayBuffer>();
    return Encode(buffer && buffer->hasDetachedArrayData());
}

// V4 throws where lengths of a buffer that was detached, and of views of one, are 0.
ReturnedValue bufferLength(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    if (const ArrayBuffer *buffer = thisObject->as<ArrayBuffer>())
        return Encode(buffer->hasDetachedArrayData() ? 0U : static_cast<uint>(buffer->arrayDataLength()));
    return function->engine()->throwTypeError();
}

template<typename Measure>
ReturnedValue viewMeasure(const FunctionObject *function, const Value *thisObject, Measure measure)
{
    if (const TypedArray *view = thisObject->as<TypedArray>())
        return Encode(view->hasDetachedArrayData() ? 0U : static_cast<uint>(measure(*view)));
    return function->engine()->throwTypeError();
}

ReturnedValue viewLength(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    return viewMeasure(function, thisObject, [](const TypedArray &view) { return view.length(); });
}

ReturnedValue viewByteLength(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    return viewMeasure(function, thisObject, [](const TypedArray &view) { return view.byteLength(); });
}

ReturnedValue viewByteOffset(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    return viewMeasure(function, thisObject, [](const TypedArray &view) { return view.byteOffset(); });
}

void defineBufferLengths(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject prototype(scope, engine->jsObjects[ExecutionEngine::ArrayBufferProto]);
    prototype->defineAccessorProperty(QStringLiteral("byteLength"), bufferLength, nullptr);
    prototype = engine->jsObjects[ExecutionEngine::IntrinsicTypedArrayProto];
    prototype->defineAccessorProperty(QStringLiteral("length"), viewLength, nullptr);
    prototype->defineAccessorProperty(QStringLiteral("byteLength"), viewByteLength, nullptr);
    prototype->defineAccessorProperty(QStringLiteral("byteOffset"), viewByteOffset, nullptr);
}

std::deque<WeakValue> &weakReferences()
{
    static thread_local std::deque<WeakValue> references;
    return references;
}

// makeWeakReference(object) -> number; derefWeakReference(number) -> object or undefined
ReturnedValue makeWeakReference(const FunctionObject *function, const Value *, const Value *argv, int)
{
    weakReferences().emplace_back(function->engine(), argv[0]);
    return Encode(static_cast<uint>(weakReferences().size() - 1));
}

ReturnedValue derefWeakReference(const FunctionObject *, const Value *, const Value *argv, int)
{
    const uint index = argv[0].toUInt32();
    return index < weakReferences().size() ? weakReferences()[index].value() : Encode::undefined();
}

} // namespace

void defineLanguageNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding,
        {{"functionSource", functionSource, 1}, {"classSource", classSource, 2}, {"functionKind", functionKind, 1},
            {"lastStatement", lastStatement}, {"sourceLine", sourceLine, 2}, {"isError", isError, 1}, {"proxyDetails", proxyDetails, 1},
            {"describeObject", describeObjectForMessage, 1}, {"makeWeakReference", makeWeakReference, 1},
            {"derefWeakReference", derefWeakReference, 1}, {"detachArrayBuffer", detachArrayBuffer, 1}, {"isDetached", isDetached, 1}});
    defineBufferLengths(engine);
    // V4 puts this function, as the getter of `stack`, on every error it makes.
    Scope scope(engine);
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("stack")));
    engine->jsObjects[ExecutionEngine::GetStack_Function] = FunctionObject::createBuiltinFunction(engine, name, getStack, 0);
}

} // namespace loopscope
