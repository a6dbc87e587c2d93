// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <gmpxx.h>

#include <optional>

/// BigInt values as objects of V4's heap, which has no type for them. They are equal by value wherever V4 compares (===, Object.is, switch,
/// indexOf); docs/decisions/bigint.md says what is left to the compiler and the library.
namespace QV4 {
namespace Heap {

struct LoopscopeBigInt : Object
{
    void init(mpz_class &&number);
    void destroy();
    const mpz_class *number;
};

} // namespace Heap

struct LoopscopeBigInt : Object
{
    V4_OBJECT2(LoopscopeBigInt, Object)
    V4_NEEDS_DESTROY
    static bool virtualIsEqualTo(Managed *one, Managed *other);
    static ReturnedValue virtualGet(const Managed *managed, PropertyKey id, const Value *receiver, bool *hasProperty);
    static ReturnedValue virtualResolveLookupGetter(const Object *object, ExecutionEngine *engine, Lookup *lookup);
    static bool virtualPut(Managed *managed, PropertyKey id, const Value &value, Value *receiver);
    static bool virtualResolveLookupSetter(Object *object, ExecutionEngine *engine, Lookup *lookup, const Value &value);
    static bool virtualDefineOwnProperty(Managed *managed, PropertyKey id, const Property *property, PropertyAttributes attributes);
    static bool virtualIsExtensible(const Managed *managed);
    static bool virtualPreventExtensions(Managed *managed);
    static bool virtualSetPrototypeOf(Managed *managed, const Object *prototype);
};

} // namespace QV4

namespace loopscope {

/// V8's limit: 2^30 bits.
constexpr std::size_t mostBigIntBits = std::size_t(1) << 30U;

/// What belongs to the BigInts of one engine.
struct BigIntRealm
{
    QV4::PersistentValue prototype; ///< BigInt.prototype
    QV4::PersistentValue sample; ///< a BigInt, whose internal class is that of all
    QV4::PersistentValue toPrimitive; ///< what V4's own operators get to convert a BigInt with
    QV4::PersistentValue box; ///< the library's Object(bigint)
    QV4::PersistentValue kept; ///< see `keep` of BigIntOperators
    static BigIntRealm &current();
};

/// The number of a BigInt; nullptr if the value is none.
inline const mpz_class *bigIntOf(const QV4::Value &value)
{
    const auto *object = value.as<QV4::LoopscopeBigInt>();
    return object ? object->d()->number : nullptr;
}

QV4::ReturnedValue newBigInt(QV4::ExecutionEngine *engine, mpz_class number);

/// ToPrimitive, to which a BigInt is primitive. `hint` is "default", "number" or "string".
QV4::ReturnedValue toPrimitive(QV4::ExecutionEngine *engine, const QV4::Value &value, const char *hint);

/// StringToBigInt; nothing if the text is no integer literal.
std::optional<mpz_class> parseBigInt(const QString &text);
/// The nearest double, ties to even; infinite if there is none.
double nearestDouble(const mpz_class &number);

/// binding.bigIntNatives() makes the natives of the library at their first use; binding.isBigInt(value) is there from the start.
void defineBigIntNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);
/// The operators that compiled code calls ($h.bigint).
void defineBigIntOperators(QV4::ExecutionEngine *engine, QV4::Object *target);

} // namespace loopscope
