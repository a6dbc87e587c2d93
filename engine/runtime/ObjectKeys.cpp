// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ObjectKeys.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"

#include <memory>

namespace loopscope {

using namespace QV4;

namespace {

ReturnedValue keys(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject object(scope, argumentAt(argv, argc, 0).toObject(engine));
    if (engine->hasException)
        return Encode::undefined();
    const bool isProxy = Core::current().isProxy(*object);
    ScopedArrayObject names(scope, engine->newArrayObject());
    ScopedObject target(scope, object->d());
    const std::unique_ptr<OwnPropertyKeyIterator> iterator(object->ownPropertyKeys(target));
    if (engine->hasException || !iterator)
        return Encode::undefined();
    ScopedPropertyKey key(scope);
    ScopedValue name(scope);
    for (;;) {
        PropertyAttributes attributes;
        key = iterator->next(target, nullptr, isProxy ? nullptr : &attributes);
        if (engine->hasException)
            return Encode::undefined();
        if (!key->isValid())
            return names->asReturnedValue();
        if (key->isSymbol())
            continue;
        if (isProxy) { // its trap is asked for names only
            attributes = object->getOwnProperty(key);
            if (engine->hasException)
                return Encode::undefined();
        }
        if (attributes.isEmpty() || !attributes.isEnumerable())
            continue;
        if (key->isArrayIndex())
            name = engine->newString(QString::number(key->asArrayIndex()));
        else
            name = key->asStringOrSymbol();
        names->push_back(name);
    }
}

} // namespace

void installObjectKeys(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject constructor(scope, engine->objectCtor()->d());
    defineNatives(engine, constructor, {{"keys", keys, 1}});
}

} // namespace loopscope
