// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Natives.h"

#include <private/qv4dataview_p.h>
#include <private/qv4proxy_p.h>

namespace loopscope {

using namespace QV4;

namespace {

/// For classes whose tables QtQml keeps to itself.
template<typename Class>
bool isInstance(const Object *object)
{
    static constexpr const char *name = std::is_same_v<Class, DataView> ? "DataView" : "ProxyObject";
    return object && qstrcmp(object->vtable()->className, name) == 0;
}

} // namespace

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
    const Object *object = value.as<Object>();
    if (isInstance<DataView>(object)) {
        const auto *view = static_cast<const DataView *>(object)->d();
        return viewOf(view->buffer->constArrayData() + view->byteOffset, view->byteLength);
    }
    if (isInstance<ProxyObject>(object)) { // BigInt64Array is one of a DataView
        const auto *proxy = static_cast<const ProxyObject *>(object)->d();
        return proxy->target ? bytesOf(Value::fromHeapObject(proxy->target)) : QByteArrayView();
    }
    return {};
}

void putNamed(Object *object, const QString &name, const Value &value)
{
    Scope scope(object->engine());
    ScopedString key(scope, scope.engine->newIdentifier(name));
    object->put(key, value);
}

} // namespace loopscope
