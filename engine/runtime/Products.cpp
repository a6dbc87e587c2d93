// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Products.h"

#include "runtime/Natives.h"

#include <cmath>

namespace loopscope {

using namespace QV4;

namespace {

ReturnedValue encode(double number) { return number == 0 && std::signbit(number) ? Encode(number) : Encode::smallestNumber(number); }

ReturnedValue product(const FunctionObject *, const Value *, const Value *argv, int)
{
    // Objects have been asked for their numbers already; V4 is only wrong about integers.
    if (argv[1].isObject() || argv[2].isObject())
        return argv[0].asReturnedValue();
    return productOf(argv[1], argv[2]);
}

ReturnedValue multiply(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const double left = argv[0].toNumber();
    return function->engine()->hasException ? Encode::undefined() : encode(left * argv[1].toNumber());
}

} // namespace

ReturnedValue productOf(const Value &left, const Value &right) { return encode(left.toNumber() * right.toNumber()); }

void defineProducts(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"product", product, 3}, {"multiply", multiply, 2}});
}

} // namespace loopscope
