// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Natives.h"

namespace loopscope {

using namespace QV4;

void defineNatives(ExecutionEngine *engine, Object *target, std::initializer_list<NativeDefinition> definitions)
{
    Scope scope(engine);
    ScopedObject keptTarget(scope, target);
    ScopedString name(scope);
    ScopedFunctionObject function(scope);
    for (const NativeDefinition &definition : definitions) {
        name = engine->newIdentifier(QString::fromLatin1(definition.name));
        function = FunctionObject::createBuiltinFunction(engine, name, definition.function, definition.length);
        keptTarget->defineDefaultProperty(name, function);
    }
}

QByteArrayView bytesOf(const Value &value)
{
    const auto viewOf = [](const char *data, uint size) { return size == 0 ? QByteArrayView("", 0) : QByteArrayView(data, size); };
    if (const SharedArrayBuffer *buffer = value.as<SharedArrayBuffer>())
        return viewOf(buffer->constArrayData(), static_cast<uint>(buffer->arrayDataLength()));
    if (const TypedArray *view = value.as<TypedArray>())
        return viewOf(view->constArrayData() + view->byteOffset(), view->byteLength());
    return {};
}

void putNamed(Object *object, const QString &name, const Value &value)
{
    Scope scope(object->engine());
    ScopedString key(scope, scope.engine->newIdentifier(name));
    object->put(key, value);
}

} // namespace loopscope
