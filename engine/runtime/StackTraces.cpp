// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/StackTraces.h"

#include "runtime/FunctionKinds.h"
#include "runtime/Natives.h"
#include "runtime/Promises.h"
#include "runtime/RunningCalls.h"
#include "runtime/Words.h"

namespace loopscope {

using namespace QV4;

namespace {

/// Async functions are flagged as generators too (FunctionKinds.h).
bool isGenerator(const Function &code) { return code.isGenerator() && FunctionKinds::kindOf(code) == FunctionKind::Plain; }

// The notes are an array of values: a head, some for each of V4's frames, then some for each async caller.
enum NoteIndex : uint { HiddenCount, Limit, RunningTask, IsDrain, FrameCount, HeadSize };
/// Of a frame: its function and receiver, the place of the call it is in (-1: none), what that calls, and on what.
enum FrameNote : uint { Function, Receiver, CallPlace, Called, CalledOn, FrameNoteSize };
/// Of an async caller: the site of its await, its function and receiver; of a combinator: its number below 0 and the index that waits.
enum AsyncNote : uint { Await, AsyncFunction, AsyncReceiver, AsyncNoteSize };
constexpr uint frameNote(uint index) { return HeadSize + index * FrameNoteSize; }
constexpr uint longestNote = 64; // frames

/// V4 has a place for a text in every error, which only its own getter of `stack` uses; ours is another one.
Heap::Base *notesOf(const ErrorObject &error) { return reinterpret_cast<Heap::Base *>(error.d()->stack.get()); }

void keepNotes(ErrorObject *error, const Value *values, uint count)
{
    ExecutionEngine *engine = error->engine();
    Scope scope(engine);
    ScopedArrayObject notes(scope, engine->newArrayObject(values, static_cast<int>(count)));
    error->d()->stack.set(engine, reinterpret_cast<Heap::String *>(notes->d()));
}

/// Goes over the running frames as V4 lists them: innermost first, with a line of its own behind a frame that replaced others.
class RunningFrames
{
public:
    explicit RunningFrames(const ExecutionEngine *engine)
        : m_frame(engine->currentStackFrame)
    {
    }
    bool atEnd() const { return !m_frame; }
    /// The JavaScript frame; null for a line without one.
    const JSTypesStackFrame *script() const { return m_isElision || !m_frame->isJSTypesFrame() ? nullptr : asScript(); }
    void next()
    {
        const bool replaced = !m_isElision && m_frame->isJSTypesFrame() && asScript()->isTailCalling();
        if (!replaced)
            m_frame = m_frame->parentFrame();
        m_isElision = replaced;
    }

private:
    const JSTypesStackFrame *asScript() const { return static_cast<const JSTypesStackFrame *>(m_frame); }

    const CppStackFrame *m_frame;
    bool m_isElision = false;
};

void noteNothing(Value *note)
{
    for (uint index = 0; index < FrameNoteSize; ++index)
        note[index] = Value::undefinedValue();
    note[CallPlace] = Value::fromInt32(-1);
}

/// Notes a frame; null in place of a receiver stands for `new`.
void noteFrame(const JSTypesStackFrame *frame, Value *note)
{
    noteNothing(note);
    if (!frame)
        return;
    const CallData &call = *frame->jsFrame;
    note[Function] = Value::fromStaticValue(call.function);
    if (!call.newTarget.isUndefined())
        note[Receiver] = Value::nullValue();
    else if (!call.thisObject.isNull() && !call.thisObject.isEmpty())
        note[Receiver] = Value::fromStaticValue(call.thisObject);
    const QV4::Function *code = frame->v4Function; // null while V4 replaces the frame
    if (code && (code->executableCompilationUnit()->unitData()->flags & CompiledData::Unit::StaticData) == 0) // the person's
        note[CallPlace] = Value::fromInt32(runningCall(*frame, note + Called));
}

bool isFunction(const StaticValue &value, const Value &function) { return value.rawValue() == function.rawValue(); }

uint hiddenFrames(RunningFrames frames, const Value &top, HiddenFrames hidden)
{
    uint depth = 0;
    for (; !frames.atEnd(); frames.next(), ++depth) {
        const JSTypesStackFrame *script = frames.script();
        const bool isTop = script && isFunction(script->jsFrame->function, top);
        if (hidden == HiddenFrames::ThroughFunction) {
            if (isTop)
                return depth + 1;
        } else if (!script || !(isTop || isFunction(script->jsFrame->newTarget, top))) {
            return depth;
        }
    }
    return depth;
}

uint countFrames(RunningFrames frames)
{
    uint count = 0;
    for (; !frames.atEnd(); frames.next())
        ++count;
    return count;
}

/// Appends the async functions that wait for what runs. Gives the number of values.
uint noteAsyncCallers(Value *values, uint room)
{
    uint count = 0;
    Promises::current().forEachAsyncCaller([&](const AsyncCaller &caller) {
        if (count + AsyncNoteSize > room)
            return false;
        values[count + Await] = Value::fromInt32(caller.site);
        values[count + AsyncFunction] = caller.function;
        values[count + AsyncReceiver] = caller.receiver;
        count += AsyncNoteSize;
        return true;
    });
    return count;
}

constexpr uint asyncRoom = AsyncNoteSize * 16;

void fillHead(Value *values, uint hidden, int limit, uint frames)
{
    values[HiddenCount] = Value::fromInt32(static_cast<int>(hidden));
    values[Limit] = Value::fromInt32(limit);
    values[RunningTask] = Value::fromInt32(static_cast<int>(Core::current().tracer().runningKind()));
    values[IsDrain] = Value::fromBoolean(Core::current().isProcessingTicks());
    values[FrameCount] = Value::fromInt32(static_cast<int>(frames));
}

} // namespace

const JSTypesStackFrame *frameOfGenerator(const Value &value)
{
    // V4 does not export the class.
    const Object *object = value.as<Object>();
    if (!object || qstrcmp(object->vtable()->className, "GeneratorObject") != 0)
        return nullptr;
    return &static_cast<const Heap::GeneratorObject *>(static_cast<const Heap::Base *>(object->d()))->cppFrame;
}

void noteCreatedError(ErrorObject *error, const Value &top, HiddenFrames hidden, int limit)
{
    ExecutionEngine *engine = error->engine();
    Scope scope(engine);
    Value *values = scope.alloc(static_cast<int>(frameNote(longestNote) + asyncRoom));
    const uint hiddenCount = hiddenFrames(RunningFrames(engine), top, hidden);
    uint depth = 0;
    uint frames = 0;
    for (RunningFrames frame(engine); !frame.atEnd() && frames < longestNote; frame.next(), ++depth) {
        if (depth >= hiddenCount)
            noteFrame(frame.script(), values + frameNote(frames++));
    }
    fillHead(values, hiddenCount, limit, frames);
    const uint used = frameNote(frames);
    keepNotes(error, values, used + noteAsyncCallers(values + used, asyncRoom));
}

void noteThrownError(const Value &thrown, const FunctionObject *callee, const Value *thisObject)
{
    Scope scope(Core::current().v4());
    Scoped<ErrorObject> error(scope, thrown.as<ErrorObject>() ? thrown : Value::undefinedValue());
    if (!error || notesOf(*error) || !error->d()->stackTrace)
        return;
    const auto &trace = *error->d()->stackTrace;
    const uint all = static_cast<uint>(trace.size());
    const uint running = countFrames(RunningFrames(scope.engine));
    if (running > all)
        return;
    const uint frames = std::min(all, longestNote);
    Value *values = scope.alloc(static_cast<int>(frameNote(frames) + asyncRoom));
    for (uint index = 0; index < frames; ++index)
        noteNothing(values + frameNote(index));
    // The outermost frames of the error's are those that run.
    RunningFrames frame(scope.engine);
    for (uint index = all - running; index < frames && !frame.atEnd(); ++index, frame.next()) {
        const JSTypesStackFrame *script = frame.script();
        if (script && trace[static_cast<int>(index)].function != script->function())
            return;
        noteFrame(script, values + frameNote(index));
    }
    if (callee && running < all && all - running - 1 < frames) {
        Value *note = values + frameNote(all - running - 1);
        if (const JSTypesStackFrame *generator = thisObject ? frameOfGenerator(*thisObject) : nullptr) {
            noteFrame(generator, note);
        } else if (callee->function()) {
            note[Function] = *callee;
            note[Receiver] = thisObject && !thisObject->isNull() ? *thisObject : Value::undefinedValue();
        }
    }
    fillHead(values, 0, -1, frames);
    const uint used = frameNote(frames);
    keepNotes(error, values, used + noteAsyncCallers(values + used, asyncRoom));
}

// ------------------------------------------------------------------------------------------------------- frames for JavaScript

namespace {

QString classOf(const ErrorObject &error)
{
    Scope scope(error.engine());
    ScopedObject constructor(scope, plainProperty(error, scope.engine->id_constructor()->propertyKey()));
    const FunctionObject *function = constructor ? constructor->as<FunctionObject>() : nullptr;
    return function ? Value::fromReturnedValue(function->name()).toQStringNoThrow() : QString();
}

/// Writes the frames of an error as objects.
class FrameWriter
{
public:
    FrameWriter(ExecutionEngine *engine, const ErrorObject &error)
        : m_scope(engine)
        , m_engine(engine)
        , m_array(m_scope, engine->newArrayObject())
        , m_notes(m_scope, Value::fromHeapObject(notesOf(error)))
        , m_entry(m_scope)
        , m_value(m_scope)
    {
        const auto &trace = *error.d()->stackTrace;
        const uint hidden = m_notes ? note(HiddenCount).toUInt32() : 0;
        const uint noted = m_notes ? note(FrameCount).toUInt32() : 0;
        std::vector<RawFrame> raw;
        for (uint index = hidden; index < static_cast<uint>(trace.size()) && index < hidden + longestNote * 4; ++index) {
            const StackFrame &frame = trace[static_cast<int>(index)];
            RawFrame &entry = raw.emplace_back();
            entry.file = frame.source;
            entry.function = frame.function;
            entry.line = frame.line;
            entry.index = static_cast<int>(index - hidden);
            entry.mayBeGenerator = frame.function.isEmpty();
            if (index - hidden < noted) {
                m_value = note(frameNote(index - hidden) + Function);
                entry.functionSite = Core::current().siteOf(m_value);
                if (const FunctionObject *function = m_value->as<FunctionObject>(); function && function->function()) {
                    entry.isNoted = true;
                    entry.mayBeGenerator = isGenerator(*function->function());
                    entry.call = namedCall(*function->function(), note(frameNote(index - hidden) + CallPlace).toInt32());
                }
            }
        }
        m_frames = Core::current().sources().frames(raw, classOf(error));
        m_noted = noted;
    }

    /// All frames, the runtime's own among them (`isRuntime`, with nothing but the function), then those that wait; `task`,
    /// `isDrain` and `limit` are the array's.
    ReturnedValue everything()
    {
        for (const SourceFrame &frame : m_frames)
            addFrame(frame);
        if (m_notes) {
            for (uint index = frameNote(m_noted); index + AsyncNoteSize <= m_notes->getLength(); index += AsyncNoteSize)
                addAsyncCaller(index);
            m_value = note(RunningTask);
            putNamed(m_array, QStringLiteral("task"), m_value);
            m_value = note(IsDrain);
            putNamed(m_array, QStringLiteral("isDrain"), m_value);
            m_value = note(Limit);
            putNamed(m_array, QStringLiteral("limit"), m_value);
        }
        return m_array->asReturnedValue();
    }

    /// The person's frames.
    ReturnedValue own()
    {
        for (const SourceFrame &frame : m_frames) {
            if (!frame.isRuntime)
                addFrame(frame);
        }
        return m_array->asReturnedValue();
    }

private:
    Value note(uint index) { return Value::fromReturnedValue(m_notes->get(index)); }

    void put(const char *name, const Value &value)
    {
        m_value = value;
        putNamed(m_entry, QString::fromLatin1(name), m_value);
    }

    void putText(const char *name, const QString &text)
    {
        m_value = m_engine->newString(text);
        putNamed(m_entry, QString::fromLatin1(name), m_value);
    }

    void begin(const SourceFrame &frame)
    {
        m_entry = m_engine->newObject();
        putText("functionName", frame.function);
        putText("file", frame.file);
        put("line", Value::fromInt32(static_cast<int>(frame.line)));
        put("column", Value::fromInt32(static_cast<int>(frame.column)));
    }

    void addFrame(const SourceFrame &frame)
    {
        if (frame.isRuntime) {
            m_entry = m_engine->newObject();
            put("isRuntime", Value::fromBoolean(true));
        } else {
            begin(frame);
        }
        const uint index = static_cast<uint>(frame.index);
        const auto noted = [&](FrameNote what) { return index < m_noted ? note(frameNote(index) + what) : Value::undefinedValue(); };
        ScopedValue function(m_scope, noted(Function));
        ScopedValue receiver(m_scope, noted(Receiver));
        if (const ScopedValue called(m_scope, noted(Called)); called->isFunctionObject()) {
            put("called", called);
            put("calledOn", noted(CalledOn));
        }
        if (function->isUndefined()) {
            // Only the source can tell.
            if (frame.isConstructor)
                put("isConstructor", Value::fromBoolean(true));
            else if (!frame.owner.isEmpty())
                putText("typeName", frame.owner);
        } else {
            addFunction(frame, function, receiver);
        }
        m_array->put(m_next++, m_entry);
    }

    void addFunction(const SourceFrame &frame, const Value &function, const Value &receiver)
    {
        put("function", function);
        const FunctionObject *object = function.as<FunctionObject>();
        if (frame.isArrow && object && object->function() && isGenerator(*object->function()))
            return; // an async arrow function: its generator was handed the `this` around it
        if (receiver.isNull())
            put("isConstructor", Value::fromBoolean(true));
        else
            put("receiver", receiver);
        if (!object || !object->function())
            return;
        if (object->function()->isStrict())
            put("isStrict", Value::fromBoolean(true));
        const FunctionKind kind = FunctionKinds::kindOf(*object->function());
        if (kind == FunctionKind::AsyncGenerator || (kind == FunctionKind::Plain && object->function()->isGenerator()))
            put("isGenerator", Value::fromBoolean(true));
    }

    void addAsyncCaller(uint index)
    {
        const int site = note(index + Await).toInt32();
        if (site == 0)
            return; // of the runtime's own
        ScopedValue function(m_scope, note(index + AsyncFunction));
        ScopedValue receiver(m_scope, note(index + AsyncReceiver));
        if (site < 0) {
            begin({});
            put("combinator", Value::fromInt32(-site));
            put("promiseIndex", function);
        } else {
            const SourceFrame frame = Core::current().sources().frameAt(static_cast<SiteId>(site));
            begin(frame);
            addFunction(frame, function, receiver);
        }
        put("isAsync", Value::fromBoolean(true));
        m_array->put(m_next++, m_entry);
    }

    Scope m_scope;
    ExecutionEngine *m_engine;
    ScopedArrayObject m_array;
    ScopedArrayObject m_notes;
    ScopedObject m_entry;
    ScopedValue m_value;
    std::vector<SourceFrame> m_frames;
    uint m_noted = 0;
    uint m_next = 0;
};

const ErrorObject *errorArgument(const Value *argv, int argc)
{
    const ErrorObject *error = argc > 0 ? argv[0].as<ErrorObject>() : nullptr;
    return error && error->d()->stackTrace ? error : nullptr;
}

// stackOf(error) -> [{ functionName, file, line, column, function, receiver, isConstructor, isAsync, isRuntime, ... }, ...], innermost
// first, with `task` and `limit`; undefined if it is no error of V4's
ReturnedValue stackOf(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const ErrorObject *error = errorArgument(argv, argc);
    return error ? FrameWriter(function->engine(), *error).everything() : Encode::undefined();
}

// errorFrames(error) -> the person's frames alone
ReturnedValue errorFrames(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const ErrorObject *error = errorArgument(argv, argc);
    return error ? FrameWriter(function->engine(), *error).own() : Encode::undefined();
}

// noteError(error, class, limit): the constructors that ran for `class` are no part of its stack
ReturnedValue noteError(const FunctionObject *function, const Value *, const Value *argv, int)
{
    Scope scope(function);
    Scoped<ErrorObject> error(scope, argv[0]);
    if (error)
        noteCreatedError(error, argv[1], HiddenFrames::Constructors, argv[2].toInt32());
    return Encode::undefined();
}

// noteCapture(error, function, limit): nor is anything up to `function`
ReturnedValue noteCapture(const FunctionObject *function, const Value *, const Value *argv, int)
{
    Scope scope(function);
    Scoped<ErrorObject> error(scope, argv[0]);
    if (error)
        noteCreatedError(error, argv[1], HiddenFrames::ThroughFunction, argv[2].toInt32());
    return Encode::undefined();
}

// functionSite(function) -> number of the function's place in the sources; 0 if it is not the person's
ReturnedValue functionSite(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    return Encode(argc > 0 && argv[0].as<FunctionObject>() ? Core::current().siteOf(argv[0]) : 0U);
}

} // namespace

void defineStackNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding,
        {{"stackOf", stackOf, 1}, {"errorFrames", errorFrames, 1}, {"noteError", noteError, 3}, {"noteCapture", noteCapture, 3},
            {"functionSite", functionSite, 1}});
}

} // namespace loopscope
