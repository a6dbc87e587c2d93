// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the library's BigInt (js/polyfills/bigint.js) is made of.

#include "runtime/BigInts.h"
#include "runtime/Core.h"
#include "runtime/Natives.h"

#include <cmath>

namespace loopscope {

using namespace QV4;

namespace {

// isBigInt(value)
ReturnedValue isBigInt(const FunctionObject *, const Value *, const Value *argv, int argc) { return Encode(argc > 0 && bigIntOf(argv[0])); }

// parse(text) -> BigInt; undefined if it is no integer literal
ReturnedValue parse(const FunctionObject *function, const Value *, const Value *argv, int)
{
    std::optional<mpz_class> number = parseBigInt(argv[0].toQStringNoThrow());
    return number ? newBigInt(function->engine(), std::move(*number)) : Encode::undefined();
}

// fromNumber(integer) -> BigInt
ReturnedValue fromNumber(const FunctionObject *function, const Value *, const Value *argv, int)
{
    return newBigInt(function->engine(), mpz_class(argv[0].asDouble()));
}

// toNumber(bigint)
ReturnedValue toNumber(const FunctionObject *, const Value *, const Value *argv, int)
{
    return Encode::smallestNumber(nearestDouble(*bigIntOf(argv[0])));
}

// toText(bigint, base)
ReturnedValue toText(const FunctionObject *function, const Value *, const Value *argv, int)
{
    return function->engine()->newString(QString::fromStdString(bigIntOf(argv[0])->get_str(argv[1].toInt32())))->asReturnedValue();
}

mpz_class wrapped(const mpz_class &number, std::size_t bits, bool isSigned)
{
    mpz_class result;
    mpz_fdiv_r_2exp(result.get_mpz_t(), number.get_mpz_t(), bits);
    if (isSigned && bits > 0 && mpz_tstbit(result.get_mpz_t(), bits - 1))
        result -= mpz_class(1) << bits;
    return result;
}

// wrap(bigint, bits, isSigned): asIntN and asUintN
ReturnedValue wrap(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    const mpz_class &number = *bigIntOf(argv[0]);
    const double bits = argv[1].asDouble();
    const bool isSigned = argv[2].toBoolean();
    if (bits > static_cast<double>(mpz_sizeinbase(number.get_mpz_t(), 2)) + 1 && (isSigned || number >= 0))
        return newBigInt(engine, number);
    if (bits > static_cast<double>(mostBigIntBits))
        return engine->throwRangeError(QStringLiteral("Maximum BigInt size exceeded"));
    return newBigInt(engine, wrapped(number, static_cast<std::size_t>(bits), isSigned));
}

// fromWords(low, high, isSigned) -> BigInt of two words of 32 bits; word(bigint, index) -> one of them
ReturnedValue fromWords(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const mpz_class number = (mpz_class(argv[1].toUInt32()) << 32U) + argv[0].toUInt32();
    return newBigInt(function->engine(), wrapped(number, 64, argv[2].toBoolean()));
}

ReturnedValue word(const FunctionObject *, const Value *, const Value *argv, int)
{
    mpz_class shifted;
    mpz_fdiv_q_2exp(shifted.get_mpz_t(), bigIntOf(argv[0])->get_mpz_t(), argv[1].toUInt32() * 32U);
    return Encode(static_cast<uint>(wrapped(shifted, 32, false).get_ui()));
}

// toPrimitiveValue(value, hint): ToPrimitive, to which BigInts are primitive
ReturnedValue toPrimitiveValue(const FunctionObject *function, const Value *, const Value *argv, int)
{
    return toPrimitive(function->engine(), argv[0], argv[1].toQStringNoThrow().toLatin1().constData());
}

/// True while code of a script runs, not the runtime's own.
bool isInScript(ExecutionEngine *engine)
{
    const CppStackFrame *frame = engine->currentStackFrame;
    return frame && Core::current().sources().isLoaded(frame->source());
}

/// What V4's own conversions of a BigInt call. An operator of V4's cannot give what ECMAScript asks for, so it fails instead.
ReturnedValue convertByV4(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    const mpz_class *number = bigIntOf(*thisObject);
    const QString hint = argc > 0 ? argv[0].toQStringNoThrow() : QString();
    if (!number)
        return engine->throwTypeError(QStringLiteral("Cannot convert object to primitive value"));
    if (hint == QLatin1String("number"))
        return engine->throwTypeError(QStringLiteral("Cannot convert a BigInt value to a number"));
    if (hint == QLatin1String("default") && isInScript(engine)) {
        return engine->throwTypeError(QStringLiteral("Loopscope cannot calculate with a BigInt in a file that was loaded before any that "
                                                     "mentions BigInt: write the word in a comment of this file"));
    }
    return engine->newString(QString::fromStdString(number->get_str()))->asReturnedValue();
}

// text(value): objects as a template literal converts them; anything else as it is
ReturnedValue text(const FunctionObject *function, const Value *, const Value *argv, int)
{
    if (!argv[0].isObject())
        return argv[0].asReturnedValue();
    ExecutionEngine *engine = function->engine();
    if (const mpz_class *number = bigIntOf(argv[0]))
        return engine->newString(QString::fromStdString(number->get_str()))->asReturnedValue();
    Scope scope(engine);
    ScopedValue primitive(scope, toPrimitive(engine, argv[0], "string"));
    const mpz_class *number = engine->hasException ? nullptr : bigIntOf(primitive);
    return number ? engine->newString(QString::fromStdString(number->get_str()))->asReturnedValue() : primitive->asReturnedValue();
}

/// What V4's own constructors do when called, before which ours look at the argument.
struct OriginalCalls
{
    VTable::Call number = nullptr;
    VTable::Call object = nullptr;
    VTable::Call boolean = nullptr;
    static OriginalCalls &current()
    {
        static thread_local OriginalCalls calls;
        return calls;
    }
};

void replaceCall(const Value &constructor, VTable::Call replacement, VTable::Call *original)
{
    auto &call = constructor.as<FunctionObject>()->d()->jsCall;
    if (call == replacement)
        return;
    *original = call;
    call = replacement;
}

ReturnedValue callNumber(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    if (argc > 0 && argv[0].isObject()) {
        Scope scope(function);
        ScopedValue primitive(scope, toPrimitive(scope.engine, argv[0], "number"));
        if (scope.hasException())
            return Encode::undefined();
        if (const mpz_class *number = bigIntOf(primitive))
            return Encode::smallestNumber(nearestDouble(*number));
        return OriginalCalls::current().number(function, thisObject, primitive, 1);
    }
    return OriginalCalls::current().number(function, thisObject, argv, argc);
}

ReturnedValue box(const Value &value)
{
    Scope scope(Core::current().v4());
    ScopedFunctionObject make(scope, BigIntRealm::current().box.value());
    ScopedValue argument(scope, value);
    return make ? make->call(nullptr, argument, 1) : value.asReturnedValue();
}

ReturnedValue callObject(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    if (argc > 0 && bigIntOf(argv[0]))
        return box(argv[0]);
    return OriginalCalls::current().object(function, thisObject, argv, argc);
}

ReturnedValue callBoolean(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    if (const mpz_class *number = argc > 0 ? bigIntOf(argv[0]) : nullptr)
        return Encode(*number != 0);
    return OriginalCalls::current().boolean(function, thisObject, argv, argc);
}

// adopt(prototype, box, Number, Object, Boolean): BigInt.prototype is known from now on
ReturnedValue adopt(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    BigIntRealm &realm = BigIntRealm::current();
    Scope scope(engine);
    ScopedObject prototype(scope, argv[0]);
    realm.prototype.set(engine, prototype);
    Scoped<InternalClass> shape(scope, engine->newInternalClass(LoopscopeBigInt::staticVTable(), prototype));
    ScopedValue sample(scope, engine->memoryManager->allocObject<LoopscopeBigInt>(shape->d(), mpz_class(0))->asReturnedValue());
    realm.sample.set(engine, sample);
    ScopedString name(scope, engine->newString(QStringLiteral("[Symbol.toPrimitive]")));
    ScopedFunctionObject convert(scope, FunctionObject::createBuiltinFunction(engine, name, convertByV4, 1));
    realm.toPrimitive.set(engine, convert);
    realm.box.set(engine, argv[1]);
    replaceCall(argv[2], callNumber, &OriginalCalls::current().number);
    replaceCall(argv[3], callObject, &OriginalCalls::current().object);
    replaceCall(argv[4], callBoolean, &OriginalCalls::current().boolean);
    return Encode::undefined();
}

ReturnedValue bigIntNatives(const FunctionObject *function, const Value *, const Value *, int)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject natives(scope, engine->newObject());
    defineNatives(engine, natives,
        {{"parse", parse, 1}, {"fromNumber", fromNumber, 1}, {"toNumber", toNumber, 1}, {"toText", toText, 2}, {"wrap", wrap, 3},
            {"fromWords", fromWords, 3}, {"word", word, 2}, {"toPrimitive", toPrimitiveValue, 2}, {"adopt", adopt, 5}});
    defineBigIntOperators(engine, natives);
    return natives->asReturnedValue();
}

} // namespace

void defineBigIntNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"isBigInt", isBigInt, 1}, {"text", text, 1}, {"bigIntNatives", bigIntNatives}});
}

} // namespace loopscope
