// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/WorkTime.h"

#include "io/CompressionOperations.h"
#include "io/CryptoOperations.h"
#include "io/OperationArguments.h"

namespace loopscope {

namespace {

constexpr quint64 microsecond = 1000;

quint64 bytesOf(const IoValue &value)
{
    const auto *bytes = std::get_if<QByteArray>(&value.value);
    return bytes ? static_cast<quint64>(bytes->size()) : 0;
}

/// One digest of 64 bytes or less costs about as much whatever the function is, but for SHA-256, for which processors have instructions.
quint64 pbkdf2Time(const OperationArguments &arguments)
{
    const bool isSha256 = arguments.bytes(0).toLower().contains("sha256");
    const int digestSize = isSha256 ? 32 : 64;
    const auto blocks = static_cast<quint64>((arguments.integer(4, 0) + digestSize - 1) / digestSize);
    return blocks * static_cast<quint64>(arguments.number(3, 0)) * (isSha256 ? 170 : 370);
}

/// 53 ms for Node's defaults (N 16384, r 8, p 1).
quint64 scryptTime(const OperationArguments &arguments)
{
    return static_cast<quint64>(arguments.number(3, 0) * arguments.number(4, 0) * arguments.number(5, 0)) * 400;
}

/// Cost of deflate by level, in ns for each byte that goes in; executable code at level 6 took 29 ns.
quint64 deflateTimePerByte(int level)
{
    if (level == 0)
        return 1;
    if (level < 0 || level == 6)
        return 30;
    return level < 6 ? 8 + 4 * static_cast<quint64>(level) : 45;
}

/// The same of brotli by quality.
quint64 brotliTimePerByte(int quality)
{
    if (quality >= 10)
        return quality == 10 ? 400 : 950;
    return 3 + static_cast<quint64>(quality) * (quality < 5 ? 1 : 4);
}

quint64 compressionTime(const OperationArguments &arguments, const IoResult &result)
{
    const auto mode = static_cast<CompressionMode>(arguments.integer(1, 0));
    const CompressionOutcome outcome = compressionOutcome(result);
    if (mode == CompressionMode::BrotliEncode)
        return outcome.consumed * brotliTimePerByte(arguments.integer(2, 11));
    if (mode == CompressionMode::Deflate || mode == CompressionMode::Gzip || mode == CompressionMode::DeflateRaw)
        return outcome.consumed * deflateTimePerByte(arguments.integer(2, 6));
    return outcome.produced * 2;
}

/// `unit` times the cube of how much larger `size` is than `usual`: arithmetic with large numbers.
quint64 cubic(double size, double usual, quint64 unit)
{
    const double ratio = size / usual;
    return static_cast<quint64>(ratio * ratio * ratio * static_cast<double>(unit));
}

/// The two primes of an RSA key of 2048 bits take 90 ms on average. A pair of keys on a curve takes 30 us.
quint64 keyPairTime(const OperationArguments &arguments)
{
    return arguments.bytes(0).startsWith("rsa") ? cubic(arguments.number(1, 2048), 2048, 90'000 * microsecond) : 30 * microsecond;
}

/// A private operation of RSA with 2048 bits, whose PKCS#8 has 1216 bytes, takes 220 us; a public one, or one on a curve, 25 us.
quint64 keyUseTime(const QByteArray &der, bool isPrivate)
{
    const bool isCurve = der.size() < 300;
    return !isPrivate || isCurve ? 25 * microsecond : cubic(static_cast<double>(der.size()), 1216, 220 * microsecond);
}

} // namespace

bool isCalculation(const QString &operation) { return CryptoOperations::knows(operation) || CompressionOperations::knows(operation); }

quint64 workTime(const IoOperation &operation, const IoResult &result)
{
    const OperationArguments arguments(operation.arguments);
    const auto is = [&operation](const char *name) { return operation.name == QLatin1String(name); };
    if (is("pbkdf2"))
        return pbkdf2Time(arguments);
    if (is("scrypt"))
        return scryptTime(arguments);
    if (is("hkdf"))
        return 12 * microsecond;
    if (is("randomBytes"))
        return bytesOf(result.value) / 4;
    if (is("hash"))
        return microsecond + bytesOf(arguments.value(1)) * hashTimePerByte;
    if (is("hmac"))
        return 2 * microsecond + bytesOf(arguments.value(2)) * hashTimePerByte;
    if (is("encrypt") || is("decrypt"))
        return 2 * microsecond + bytesOf(arguments.value(3)) * cipherTimePerByte;
    if (is("generateKeyPair"))
        return keyPairTime(arguments);
    if (is("sign") || is("verify"))
        return keyUseTime(arguments.bytes(1), is("sign")) + bytesOf(arguments.value(2)) * hashTimePerByte;
    if (is("transformKey"))
        return keyUseTime(arguments.bytes(2), arguments.bytes(1) == "private");
    if (is("agree"))
        return 40 * microsecond;
    if (is("ecdhGenerate") || is("ecdhPublic") || is("ecdhCompute"))
        return 100 * microsecond;
    if (is("modularPower"))
        return cubic(static_cast<double>(arguments.bytes(2).size()), 256, 500 * microsecond);
    if (is("generatePrime"))
        return cubic(arguments.number(0, 0), 1024, 45'000 * microsecond);
    if (is("compress"))
        return compressionTime(arguments, result);
    return 0;
}

} // namespace loopscope
