// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// ECMAScript's operators on values that may be BigInts. Compiled code calls them ($h.bigint) where V4's own instructions would not do;
// numbers, which most operands are, take the first branch.

#include "runtime/BigInts.h"
#include "runtime/Inheritance.h"
#include "runtime/Natives.h"
#include "runtime/Products.h"

namespace loopscope {

using namespace QV4;

namespace {

using Arithmetic = ReturnedValue (*)(const Value &, const Value &);
using BigArithmetic = ReturnedValue (*)(ExecutionEngine *, const mpz_class &, const mpz_class &);

/// ToNumeric
ReturnedValue toNumeric(ExecutionEngine *engine, const Value &value)
{
    if (value.isNumber() || bigIntOf(value))
        return value.asReturnedValue();
    Scope scope(engine);
    ScopedValue primitive(scope, toPrimitive(engine, value, "number"));
    if (engine->hasException || bigIntOf(primitive))
        return primitive->asReturnedValue();
    return Encode(primitive->toNumber());
}

ReturnedValue throwMixed(ExecutionEngine *engine)
{
    return engine->throwTypeError(QStringLiteral("Cannot mix BigInt and other types, use explicit conversions"));
}

template<Arithmetic numbers, BigArithmetic bigs>
ReturnedValue calculate(const FunctionObject *function, const Value *, const Value *argv, int)
{
    if (argv[0].isNumber() && argv[1].isNumber())
        return numbers(argv[0], argv[1]);
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedValue left(scope, toNumeric(engine, argv[0]));
    if (engine->hasException)
        return Encode::undefined();
    ScopedValue right(scope, toNumeric(engine, argv[1]));
    if (engine->hasException)
        return Encode::undefined();
    const mpz_class *one = bigIntOf(left);
    const mpz_class *other = bigIntOf(right);
    if (!one && !other)
        return numbers(left, right);
    return one && other ? bigs(engine, *one, *other) : throwMixed(engine);
}

ReturnedValue subtract(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b) { return newBigInt(engine, a - b); }

ReturnedValue multiply(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b)
{
    const std::size_t bits = mpz_sizeinbase(a.get_mpz_t(), 2) + mpz_sizeinbase(b.get_mpz_t(), 2);
    return bits > mostBigIntBits + 2 ? engine->throwRangeError(QStringLiteral("Maximum BigInt size exceeded")) : newBigInt(engine, a * b);
}

ReturnedValue divide(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b)
{
    return b == 0 ? engine->throwRangeError(QStringLiteral("Division by zero")) : newBigInt(engine, a / b);
}

ReturnedValue remainder(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b)
{
    return b == 0 ? engine->throwRangeError(QStringLiteral("Division by zero")) : newBigInt(engine, a % b);
}

ReturnedValue power(ExecutionEngine *engine, const mpz_class &base, const mpz_class &exponent)
{
    if (exponent < 0) // V8's words
        return engine->throwRangeError(QStringLiteral("undefined must be positive"));
    if (abs(base) <= 1)
        return newBigInt(engine, exponent == 0 || (base == -1 && mpz_even_p(exponent.get_mpz_t())) ? mpz_class(1) : base);
    const std::size_t bits = mpz_sizeinbase(base.get_mpz_t(), 2) - 1;
    if (!exponent.fits_ulong_p() || exponent.get_ui() > mostBigIntBits || bits * exponent.get_ui() > mostBigIntBits)
        return engine->throwRangeError(QStringLiteral("Maximum BigInt size exceeded"));
    mpz_class result;
    mpz_pow_ui(result.get_mpz_t(), base.get_mpz_t(), exponent.get_ui());
    return newBigInt(engine, std::move(result));
}

/// Shifts to the left, or to the right (towards minus infinity) if `isRight`.
ReturnedValue shift(ExecutionEngine *engine, const mpz_class &number, const mpz_class &count, bool isRight)
{
    const bool goesRight = (count < 0) != isRight;
    const mpz_class distance = abs(count);
    const bool isFar = !distance.fits_ulong_p() || distance.get_ui() > mostBigIntBits;
    mpz_class result;
    if (goesRight) {
        if (isFar)
            return newBigInt(engine, number < 0 ? mpz_class(-1) : mpz_class(0));
        mpz_fdiv_q_2exp(result.get_mpz_t(), number.get_mpz_t(), distance.get_ui());
        return newBigInt(engine, std::move(result));
    }
    if (number != 0) {
        if (isFar || mpz_sizeinbase(number.get_mpz_t(), 2) + distance.get_ui() > mostBigIntBits)
            return engine->throwRangeError(QStringLiteral("Maximum BigInt size exceeded"));
        mpz_mul_2exp(result.get_mpz_t(), number.get_mpz_t(), distance.get_ui());
    }
    return newBigInt(engine, std::move(result));
}

ReturnedValue shiftLeft(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b) { return shift(engine, a, b, false); }
ReturnedValue shiftRight(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b) { return shift(engine, a, b, true); }

ReturnedValue shiftUnsigned(ExecutionEngine *engine, const mpz_class &, const mpz_class &)
{
    return engine->throwTypeError(QStringLiteral("BigInts have no unsigned right shift, use >> instead"));
}

ReturnedValue bitAnd(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b) { return newBigInt(engine, a & b); }
ReturnedValue bitOr(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b) { return newBigInt(engine, a | b); }
ReturnedValue bitXor(ExecutionEngine *engine, const mpz_class &a, const mpz_class &b) { return newBigInt(engine, a ^ b); }

ReturnedValue add(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    if (!argv[0].isObject() && !argv[1].isObject())
        return Runtime::Add::call(engine, argv[0], argv[1]);
    Scope scope(engine);
    ScopedValue left(scope, toPrimitive(engine, argv[0], "default"));
    if (engine->hasException)
        return Encode::undefined();
    ScopedValue right(scope, toPrimitive(engine, argv[1], "default"));
    if (engine->hasException)
        return Encode::undefined();
    const mpz_class *one = bigIntOf(left);
    const mpz_class *other = bigIntOf(right);
    if (one && other)
        return newBigInt(engine, *one + *other);
    if (one && right->isString())
        left = engine->newString(QString::fromStdString(one->get_str()));
    else if (other && left->isString())
        right = engine->newString(QString::fromStdString(other->get_str()));
    else if (one || other)
        return left->isSymbol() || right->isSymbol() ? engine->throwTypeError(QStringLiteral("Cannot convert a Symbol value to a number"))
                                                     : throwMixed(engine);
    return Runtime::Add::call(engine, left, right);
}

// ------------------------------------------------------------------------------------------------------------- comparisons

/// Below, at or above zero as `left` is to `right`; nothing if they cannot be compared.
std::optional<int> compare(const mpz_class &left, const Value &right)
{
    if (const mpz_class *other = bigIntOf(right))
        return cmp(left, *other);
    if (right.isString()) {
        const std::optional<mpz_class> other = parseBigInt(right.toQStringNoThrow());
        return other ? std::optional(cmp(left, *other)) : std::nullopt;
    }
    const double number = right.toNumber();
    return number != number ? std::nullopt : std::optional(mpz_cmp_d(left.get_mpz_t(), number));
}

using Comparison = Bool (*)(const Value &, const Value &);
using Verdict = bool (*)(int);

template<Comparison plain, Verdict verdict>
ReturnedValue order(const FunctionObject *function, const Value *, const Value *argv, int)
{
    if (!argv[0].isObject() && !argv[1].isObject())
        return Encode(bool(plain(argv[0], argv[1])));
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedValue left(scope, toPrimitive(engine, argv[0], "number"));
    if (engine->hasException)
        return Encode::undefined();
    ScopedValue right(scope, toPrimitive(engine, argv[1], "number"));
    if (engine->hasException)
        return Encode::undefined();
    if (const mpz_class *number = bigIntOf(left)) {
        const std::optional<int> result = compare(*number, right);
        return Encode(result && verdict(*result));
    }
    if (const mpz_class *number = bigIntOf(right)) {
        const std::optional<int> result = compare(*number, left);
        return Encode(result && verdict(-*result));
    }
    return Encode(bool(plain(left, right)));
}

bool isBelow(int sign) { return sign < 0; }
bool isAbove(int sign) { return sign > 0; }
bool isBelowOrEqual(int sign) { return sign <= 0; }
bool isAboveOrEqual(int sign) { return sign >= 0; }

/// ==
ReturnedValue equal(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const bool isObject = argv[0].isObject();
    const bool isOtherObject = argv[1].isObject();
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedValue left(scope, argv[0]);
    ScopedValue right(scope, argv[1]);
    const bool isPlain = isObject == isOtherObject && !bigIntOf(left) && !bigIntOf(right);
    if (isPlain || left->isNullOrUndefined() || right->isNullOrUndefined())
        return Encode(bool(Runtime::CompareEqual::call(left, right)));
    if (!bigIntOf(right) || (isObject && !bigIntOf(left)))
        left = toPrimitive(engine, left, "default");
    if (!engine->hasException)
        right = toPrimitive(engine, right, "default");
    if (engine->hasException)
        return Encode::undefined();
    const mpz_class *number = bigIntOf(left);
    if (!number)
        number = bigIntOf(right);
    if (!number)
        return Encode(bool(Runtime::CompareEqual::call(left, right)));
    const Value &other = bigIntOf(left) ? right : left;
    if (other.isSymbol())
        return Encode(false);
    const std::optional<int> result = compare(*number, other);
    return Encode(result && *result == 0);
}

// --------------------------------------------------------------------------------------------------------------- one operand

using Single = double (*)(double);
using BigSingle = mpz_class (*)(const mpz_class &);

template<Single number, BigSingle big>
ReturnedValue change(const FunctionObject *function, const Value *, const Value *argv, int)
{
    if (argv[0].isNumber())
        return Encode::smallestNumber(number(argv[0].asDouble()));
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedValue operand(scope, toNumeric(engine, argv[0]));
    if (engine->hasException)
        return Encode::undefined();
    if (const mpz_class *value = bigIntOf(operand))
        return newBigInt(engine, big(*value));
    return Encode::smallestNumber(number(operand->asDouble()));
}

double negative(double number) { return -number; }
mpz_class bigNegative(const mpz_class &number) { return -number; }
double oneMore(double number) { return number + 1; }
mpz_class bigOneMore(const mpz_class &number) { return number + 1; }
double oneLess(double number) { return number - 1; }
mpz_class bigOneLess(const mpz_class &number) { return number - 1; }
double complement(double number) { return ~Value::toInt32(number); }
mpz_class bigComplement(const mpz_class &number) { return ~number; }

ReturnedValue numeric(const FunctionObject *function, const Value *, const Value *argv, int)
{
    return toNumeric(function->engine(), argv[0]);
}

/// Unary plus.
ReturnedValue number(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedValue operand(scope, toNumeric(engine, argv[0]));
    if (!engine->hasException && bigIntOf(operand))
        return engine->throwTypeError(QStringLiteral("Cannot convert a BigInt value to a number"));
    return operand->asReturnedValue();
}

ReturnedValue typeOf(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    if (bigIntOf(argv[0]))
        return engine->newString(QStringLiteral("bigint"))->asReturnedValue();
    return Runtime::TypeofValue::call(engine, argv[0]);
}

ReturnedValue isBigInt(const FunctionObject *, const Value *, const Value *argv, int argc) { return Encode(argc > 0 && bigIntOf(argv[0])); }

bool isZero(const Value &value)
{
    const mpz_class *number = bigIntOf(value);
    return number && *number == 0;
}

/// The value itself, or something else that is false if it is 0n: for conditions.
ReturnedValue truth(const FunctionObject *, const Value *, const Value *argv, int)
{
    return isZero(argv[0]) ? Encode(false) : argv[0].asReturnedValue();
}

// `f() && g()` as a value becomes `keep(f()) ? g() : kept()`. Nothing runs between the two.
ReturnedValue keep(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const bool isTrue = argv[0].toBoolean() && !isZero(argv[0]);
    if (!isTrue)
        BigIntRealm::current().kept.set(function->engine(), argv[0]);
    return Encode(isTrue);
}

ReturnedValue kept(const FunctionObject *, const Value *, const Value *, int) { return BigIntRealm::current().kept.value(); }

ReturnedValue instanceOf(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    if (bigIntOf(argv[0]) && argv[1].as<FunctionObject>())
        return Encode(false);
    return isInstance(function, thisObject, argv, argc);
}

} // namespace

void defineBigIntOperators(ExecutionEngine *engine, Object *target)
{
    defineNatives(engine, target,
        {{"add", add, 2}, {"sub", calculate<Runtime::Sub::call, subtract>, 2}, {"mul", calculate<productOf, multiply>, 2},
            {"div", calculate<Runtime::Div::call, divide>, 2}, {"rem", calculate<Runtime::Mod::call, remainder>, 2},
            {"pow", calculate<Runtime::Exp::call, power>, 2}, {"shl", calculate<Runtime::Shl::call, shiftLeft>, 2},
            {"shr", calculate<Runtime::Shr::call, shiftRight>, 2}, {"ushr", calculate<Runtime::UShr::call, shiftUnsigned>, 2},
            {"and", calculate<Runtime::BitAnd::call, bitAnd>, 2}, {"or", calculate<Runtime::BitOr::call, bitOr>, 2},
            {"xor", calculate<Runtime::BitXor::call, bitXor>, 2}, {"lt", order<Runtime::CompareLessThan::call, isBelow>, 2},
            {"gt", order<Runtime::CompareGreaterThan::call, isAbove>, 2}, {"le", order<Runtime::CompareLessEqual::call, isBelowOrEqual>, 2},
            {"ge", order<Runtime::CompareGreaterEqual::call, isAboveOrEqual>, 2}, {"eq", equal, 2},
            {"neg", change<negative, bigNegative>, 1}, {"inc", change<oneMore, bigOneMore>, 1}, {"dec", change<oneLess, bigOneLess>, 1},
            {"not", change<complement, bigComplement>, 1}, {"numeric", numeric, 1}, {"number", number, 1}, {"typeOf", typeOf, 1},
            {"isBigInt", isBigInt, 1}, {"truth", truth, 1}, {"keep", keep, 1}, {"kept", kept}, {"instanceOf", instanceOf, 2}});
}

} // namespace loopscope
