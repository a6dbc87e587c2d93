// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/FunctionNames.h"

#include "runtime/Natives.h"

#include <vector>

namespace loopscope {

using namespace QV4;

namespace {

struct KeptName
{
    PersistentValue function;
    PersistentValue name;
    PropertyAttributes attributes; ///< empty if the function had none of its own
};

std::vector<KeptName> &keptNames()
{
    static thread_local std::vector<KeptName> names;
    return names;
}

ReturnedValue markNames(const FunctionObject *, const Value *, const Value *, int) { return Encode(static_cast<uint>(keptNames().size())); }

ReturnedValue keepName(const FunctionObject *native, const Value *, const Value *argv, int)
{
    const FunctionObject *function = argv[0].as<FunctionObject>();
    if (!function)
        return argv[0].asReturnedValue();
    ExecutionEngine *engine = native->engine();
    Scope scope(engine);
    ScopedProperty property(scope);
    KeptName kept;
    kept.attributes = function->getOwnProperty(engine->id_name()->propertyKey(), property);
    if (engine->hasException)
        return Encode::undefined();
    if (kept.attributes.isEmpty() || kept.attributes.isData()) { // V4 could not change an accessor
        kept.function.set(engine, argv[0]);
        kept.name.set(engine, kept.attributes.isEmpty() ? Value::undefinedValue() : property->value);
        keptNames().push_back(std::move(kept));
    }
    return argv[0].asReturnedValue();
}

ReturnedValue restoreNames(const FunctionObject *native, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = native->engine();
    Scope scope(engine);
    ScopedObject function(scope);
    ScopedProperty property(scope);
    std::vector<KeptName> &names = keptNames();
    const std::size_t mark = argv[0].toUInt32();
    while (names.size() > mark) {
        const KeptName &kept = names.back();
        function = kept.function.value();
        const PropertyAttributes now = function->getOwnProperty(engine->id_name()->propertyKey(), property);
        property->set = Value::emptyValue();
        if (kept.attributes.isEmpty()) {
            if (!now.isEmpty())
                function->deleteProperty(engine->id_name()->propertyKey());
        } else if (property->value.rawValue() != Value::fromReturnedValue(kept.name.value()).rawValue()) {
            property->value = kept.name.value();
            function->insertMember(engine->id_name(), property, kept.attributes);
        }
        names.pop_back();
    }
    return argv[1].asReturnedValue();
}

} // namespace

void defineFunctionNames(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"markNames", markNames}, {"keepName", keepName, 1}, {"restoreNames", restoreNames, 2}});
}

} // namespace loopscope
