// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <QByteArrayView>

#include <initializer_list>

namespace loopscope {

/// A native function as V4 calls it. Errors are thrown with the engine's throwError and friends; the result then does not matter.
using NativeFunction = QV4::ReturnedValue (*)(
    const QV4::FunctionObject *function, const QV4::Value *thisObject, const QV4::Value *argv, int argc);

struct NativeDefinition
{
    const char *name;
    NativeFunction function;
    int length = 0;
};

/// Defines native functions as (non-enumerable) methods of `target`.
void defineNatives(QV4::ExecutionEngine *engine, QV4::Object *target, std::initializer_list<NativeDefinition> definitions);

/// object[name] = value
void putNamed(QV4::Object *object, const QString &name, const QV4::Value &value);

/// The bytes of an ArrayBuffer, a SharedArrayBuffer or a view of one, where they are: valid until JavaScript runs again. A null view for
/// anything else.
QByteArrayView bytesOf(const QV4::Value &value);

inline QV4::Value argumentAt(const QV4::Value *argv, int argc, int index)
{
    return index < argc ? argv[index] : QV4::Value::undefinedValue();
}

// Each group lives in the file of its name and puts its functions on the binding (or, marks and helpers, on an object of their own).
void defineMarks(QV4::ExecutionEngine *engine, QV4::Object *target);
void defineAsyncHooks(QV4::ExecutionEngine *engine, QV4::Object *binding);
void defineRuntimeTasks(QV4::ExecutionEngine *engine, QV4::Object *binding);
void defineTaskNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);
void defineLanguageNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
