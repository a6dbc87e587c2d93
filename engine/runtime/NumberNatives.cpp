// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/NumberNatives.h"

#include "runtime/Natives.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace loopscope {

using namespace QV4;

namespace {

QChar digitOf(int value) { return QLatin1Char("0123456789abcdefghijklmnopqrstuvwxyz"[value]); }

int valueOf(QChar digit) { return digit.isDigit() ? digit.digitValue() : digit.toLatin1() - 'a' + 10; }

/// Adds one to the last digit of a fraction. True if that carries over to the integer.
bool roundUp(QString &digits, int radix)
{
    while (!digits.isEmpty()) {
        const int digit = valueOf(digits.back()) + 1;
        digits.chop(1);
        if (digit < radix) {
            digits += digitOf(digit);
            return false;
        }
    }
    return true;
}

/// As many digits as tell the number from its neighbours. `integer` grows if the fraction rounds up to it.
QString fractionDigits(double number, double &integer, int radix)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double fraction = number - integer;
    double delta = std::max(0.5 * (std::nextafter(number, infinity) - number), std::numeric_limits<double>::denorm_min());
    QString digits;
    while (fraction >= delta) {
        fraction *= radix;
        delta *= radix;
        const int digit = static_cast<int>(fraction);
        digits += digitOf(digit);
        fraction -= digit;
        const bool isAbove = fraction > 0.5 || (fraction == 0.5 && (digit & 1) != 0);
        if (isAbove && fraction + delta > 1) {
            if (roundUp(digits, radix))
                integer += 1;
            break;
        }
    }
    return digits;
}

/// Digits beyond those that a double holds are zeros, and one that V8 calculates nevertheless.
QString integerDigits(double integer, int radix)
{
    constexpr double exactBelow = 9007199254740992.0; // 2^53
    QString reversed;
    while (integer >= exactBelow * radix) {
        integer /= radix;
        reversed += QLatin1Char('0');
    }
    do {
        const double rest = std::fmod(integer, radix);
        reversed += digitOf(static_cast<int>(rest));
        integer = (integer - rest) / radix;
    } while (integer > 0);
    std::reverse(reversed.begin(), reversed.end());
    return reversed;
}

// radixText(number, radix) -> the digits of a finite number
ReturnedValue radixText(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const double number = argv[0].toNumber();
    const int radix = argv[1].toInt32();
    double integer = std::floor(std::abs(number));
    const QString fraction = fractionDigits(std::abs(number), integer, radix);
    QString text = (number < 0 ? QStringLiteral("-") : QString()) + integerDigits(integer, radix);
    if (!fraction.isEmpty())
        text += QLatin1Char('.') + fraction;
    return function->engine()->newString(text)->asReturnedValue();
}

// Math.round(x): V4 adds a half and rounds down, which is not exact near 0.5 and beyond 2^52.
ReturnedValue round(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const Value given = argumentAt(argv, argc, 0);
    if (given.isInteger())
        return given.asReturnedValue();
    const double number = given.toNumber();
    const double below = std::floor(number);
    const double rounded = number - below >= 0.5 ? below + 1 : below;
    if (rounded == 0)
        return Encode(std::copysign(0.0, number));
    return std::isfinite(rounded) ? Encode::smallestNumber(rounded) : Encode(number);
}

/// V8's Math.cbrt is that of fdlibm: one step of Halley's method from a root of 23 bits. V4's is exp(log(x) / 3).
double cubeRoot(double number)
{
    if (number == 0 || !std::isfinite(number))
        return number;
    constexpr quint64 half = 0x8000'0000;
    constexpr quint64 high = 0xFFFF'FFFF'C000'0000;
    const auto exact = static_cast<double>(std::cbrt(static_cast<long double>(number)));
    const auto root = std::bit_cast<double>((std::bit_cast<quint64>(exact) + half) & high);
    const double quotient = number / (root * root);
    return root + root * ((quotient - root) / (root + root + quotient));
}

// cubeRoot(number)
ReturnedValue cubeRootOf(const FunctionObject *, const Value *, const Value *argv, int) { return Encode(cubeRoot(argv[0].toNumber())); }

} // namespace

void defineNumberNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"radixText", radixText, 2}, {"cubeRoot", cubeRootOf, 1}});
    Scope scope(engine);
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("Math")));
    ScopedObject math(scope, engine->globalObject->get(name));
    defineNatives(engine, math, {{"round", round, 1}});
}

} // namespace loopscope
