// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/BigInts.h"

#include "runtime/Core.h"

#include <cmath>

using namespace QV4;

DEFINE_OBJECT_VTABLE(LoopscopeBigInt);

void Heap::LoopscopeBigInt::init(mpz_class &&value)
{
    Object::init();
    number = new mpz_class(std::move(value));
}

void Heap::LoopscopeBigInt::destroy()
{
    delete number;
    Object::destroy();
}

bool LoopscopeBigInt::virtualIsEqualTo(Managed *one, Managed *other)
{
    const auto *left = one->as<LoopscopeBigInt>();
    const auto *right = other->as<LoopscopeBigInt>();
    return left && right && *left->d()->number == *right->d()->number;
}

ReturnedValue LoopscopeBigInt::virtualGet(const Managed *managed, PropertyKey id, const Value *receiver, bool *hasProperty)
{
    if (id == managed->engine()->symbol_toPrimitive()->propertyKey())
        return loopscope::BigIntRealm::current().toPrimitive.value();
    return Object::virtualGet(managed, id, receiver, hasProperty);
}

ReturnedValue LoopscopeBigInt::virtualResolveLookupGetter(const Object *object, ExecutionEngine *engine, Lookup *lookup)
{
    lookup->getter = Lookup::getterFallback;
    return Lookup::getterFallback(lookup, engine, *object);
}

// A BigInt takes no properties; setters of its prototype are left out.
bool LoopscopeBigInt::virtualPut(Managed *, PropertyKey, const Value &, Value *) { return false; }

bool LoopscopeBigInt::virtualResolveLookupSetter(Object *object, ExecutionEngine *engine, Lookup *lookup, const Value &value)
{
    lookup->setter = Lookup::setterFallback;
    return Lookup::setterFallback(lookup, engine, *object, value);
}

bool LoopscopeBigInt::virtualDefineOwnProperty(Managed *, PropertyKey, const Property *, PropertyAttributes) { return false; }

bool LoopscopeBigInt::virtualIsExtensible(const Managed *) { return false; }

bool LoopscopeBigInt::virtualPreventExtensions(Managed *) { return true; }

bool LoopscopeBigInt::virtualSetPrototypeOf(Managed *managed, const Object *prototype)
{
    return static_cast<Object *>(managed)->getPrototypeOf() == (prototype ? prototype->d() : nullptr);
}

namespace loopscope {

BigIntRealm &BigIntRealm::current()
{
    static thread_local BigIntRealm *realm = new BigIntRealm; // outlives the engine, whose collector has done with its values by then
    return *realm;
}

ReturnedValue newBigInt(ExecutionEngine *engine, mpz_class number)
{
    if (mpz_sizeinbase(number.get_mpz_t(), 2) > mostBigIntBits)
        return engine->throwRangeError(QStringLiteral("Maximum BigInt size exceeded"));
    Scope scope(engine);
    ScopedObject sample(scope, BigIntRealm::current().sample.value());
    Scoped<InternalClass> shape(scope, sample->internalClass());
    return engine->memoryManager->allocObject<LoopscopeBigInt>(shape->d(), std::move(number))->asReturnedValue();
}

ReturnedValue toPrimitive(ExecutionEngine *engine, const Value &value, const char *hint)
{
    const Object *given = value.as<Object>();
    if (!given || bigIntOf(value))
        return value.asReturnedValue();
    Scope scope(engine);
    ScopedObject object(scope, given);
    const auto isPrimitive = [](const Value &result) { return !result.isObject() || bigIntOf(result); };
    ScopedValue method(scope, object->get(engine->symbol_toPrimitive()));
    if (engine->hasException)
        return Encode::undefined();
    ScopedValue result(scope);
    if (!method->isNullOrUndefined()) {
        ScopedFunctionObject function(scope, method);
        if (!function)
            return engine->throwTypeError(QStringLiteral("Symbol(Symbol.toPrimitive) is not a function"));
        Value *arguments = scope.alloc(1);
        arguments[0] = engine->newString(QString::fromLatin1(hint));
        result = function->call(object, arguments, 1);
        if (engine->hasException || isPrimitive(result))
            return result->asReturnedValue();
        return engine->throwTypeError(QStringLiteral("Cannot convert object to primitive value"));
    }
    const bool isStringFirst = qstrcmp(hint, "string") == 0;
    ScopedString name(scope);
    for (const bool isString : {isStringFirst, !isStringFirst}) {
        name = isString ? engine->id_toString() : engine->id_valueOf();
        method = object->get(name);
        if (engine->hasException)
            return Encode::undefined();
        ScopedFunctionObject function(scope, method);
        if (!function)
            continue;
        result = function->call(object, nullptr, 0);
        if (engine->hasException || isPrimitive(result))
            return result->asReturnedValue();
    }
    return engine->throwTypeError(QStringLiteral("Cannot convert object to primitive value"));
}

std::optional<mpz_class> parseBigInt(const QString &text)
{
    // ECMAScript's white space is Unicode's, line ends and the byte order mark.
    const auto isSpace = [](QChar character) { return character.isSpace() || character == QChar(0xFEFF); };
    qsizetype start = 0;
    qsizetype end = text.size();
    while (start < end && isSpace(text[start]))
        ++start;
    while (end > start && isSpace(text[end - 1]))
        --end;
    QByteArray digits = text.mid(start, end - start).toLatin1();
    if (digits.isEmpty())
        return mpz_class(0);
    int base = 10;
    if (digits.size() > 2 && digits[0] == '0') {
        const char letter = static_cast<char>(digits[1] | 0x20);
        base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    }
    const bool isSigned = base == 10 && digits.size() > 1 && (digits[0] == '-' || digits[0] == '+');
    const bool isNegative = isSigned && digits[0] == '-';
    if (base != 10)
        digits.remove(0, 2);
    else if (isSigned)
        digits.remove(0, 1);
    for (const char digit : std::as_const(digits)) {
        const int value = digit >= '0' && digit <= '9'       ? digit - '0'
            : (digit | 0x20) >= 'a' && (digit | 0x20) <= 'z' ? (digit | 0x20) - 'a' + 10
                                                             : 36;
        if (value >= base)
            return std::nullopt;
    }
    mpz_class number;
    if (number.set_str(digits.constData(), base) != 0)
        return std::nullopt;
    return isNegative ? mpz_class(-number) : number;
}

double nearestDouble(const mpz_class &number)
{
    const mpz_class magnitude = abs(number);
    const std::size_t bits = mpz_sizeinbase(magnitude.get_mpz_t(), 2);
    double result = 0;
    if (bits <= 64) {
        result = static_cast<double>(mpz_get_ui(magnitude.get_mpz_t()));
    } else {
        // 64 bits, the last of which stands for all that were cut off: enough for the processor to round right.
        mpz_class head;
        const std::size_t cut = bits - 64;
        mpz_tdiv_q_2exp(head.get_mpz_t(), magnitude.get_mpz_t(), cut);
        quint64 leading = mpz_get_ui(head.get_mpz_t());
        if (mpz_scan1(magnitude.get_mpz_t(), 0) < cut)
            leading |= 1U;
        result = cut > 2000 ? INFINITY : std::ldexp(static_cast<double>(leading), static_cast<int>(cut));
    }
    return number < 0 ? -result : result;
}

} // namespace loopscope
