// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// What a function of V4's is to the program that wrote it.
enum class FunctionKind : quint8 { Plain, Async, AsyncGenerator };

/// Makes the functions that lowering left in place of async ones what a program expects: their prototype is that of async functions, `new`
/// refuses them, and only async generator functions have a `prototype`.
///
/// The kind belongs to V4's compiled function (a byte of it that V4 leaves unused), so one look at the lowered code suffices however often
/// the function is created. V4 creates what is flagged as a generator function through a table of virtual functions; ours stands there and
/// finishes the new object: plain generator functions as V4 would, async ones in our way. Nothing else of V4 reads the flag after
/// compilation but its JIT, which leaves such functions to the interpreter.
class FunctionKinds
{
public:
    explicit FunctionKinds(QV4::ExecutionEngine *engine);
    ~FunctionKinds();
    FunctionKinds(const FunctionKinds &) = delete;
    FunctionKinds &operator=(const FunctionKinds &) = delete;

    /// Puts `setAsyncIntrinsics` (to be called before a program is loaded) and `asyncGenerator` on `binding`.
    void install(QV4::Object *binding);

    /// Finds the async functions of a compiled text. `helpers` is the name by which the text calls the helpers of lowering, e.g. "$h".
    void mark(const QV4::ExecutableCompilationUnit &unit, const QString &code, const QString &helpers);

    static FunctionKind kindOf(const QV4::Function &function) { return static_cast<FunctionKind>(function.compiledFunction->padding1); }

private:
    /// One of V4's two tables of generator functions (of functions, of methods) with ours in front of it.
    struct Family
    {
        QV4::EngineBase::InternalClassType classType;
        const QV4::VTable *generator = nullptr; ///< V4's own table
        const QV4::VTable *plain = nullptr; ///< of functions of the same shape that are called as usual
        QV4::VTable entry; ///< the generator's: only its address counts
        QV4::VTable creation; ///< the generator's, with our setPrototypeOf
        // Kept: V4 does not expect a class to vanish that has two places among the transitions, or none.
        QV4::PersistentValue creationClass;
        QV4::PersistentValue replacedClass;
        QV4::PersistentValue asyncClass; ///< of finished async functions: a plain one's with their prototype
    };

    void intercept(Family &family, const char *generator, const char *plain);
    void finish(QV4::FunctionObject *function, const Family &family, const QV4::Object *generatorPrototype);
    static bool finishFunction(QV4::Managed *function, const QV4::Object *prototype);
    static bool finishMethod(QV4::Managed *function, const QV4::Object *prototype);
    static QV4::ReturnedValue setAsyncIntrinsics(
        const QV4::FunctionObject *function, const QV4::Value *thisObject, const QV4::Value *argv, int argc);
    static QV4::ReturnedValue asyncGenerator(
        const QV4::FunctionObject *function, const QV4::Value *thisObject, const QV4::Value *argv, int argc);

    static thread_local FunctionKinds *s_current;
    QV4::ExecutionEngine *m_v4;
    Family m_functions{QV4::EngineBase::Class_GeneratorFunction, nullptr, nullptr, {}, {}, {}, {}, {}};
    Family m_methods{QV4::EngineBase::Class_MemberGeneratorFunction, nullptr, nullptr, {}, {}, {}, {}, {}};
    QV4::PersistentValue m_asyncGeneratorFunctionPrototype;
    QV4::PersistentValue m_asyncGeneratorPrototype;
    QV4::PersistentValue m_startAsyncGenerator;
};

} // namespace loopscope
