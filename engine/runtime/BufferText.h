// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace loopscope {

/// Encodings between text and bytes, as Node's Buffer has them; the numbers are those of js/lib/internal/buffer-encodings.js. JavaScript's
/// text is UTF-16 and may hold lone surrogates.
enum class TextEncoding : int { Utf8, Utf16, Latin1, Ascii, Hex, Base64, Base64Url };

/// Bytes that `text` takes: exact for UTF-8, UTF-16, Latin-1 and ASCII; for the others what they take at most, as Buffer.byteLength() says.
qsizetype encodedLength(QStringView text, TextEncoding encoding);

/// Writes as many whole characters of `text` as fit into `room` bytes at `target`: the number of bytes written. Lone surrogates become
/// U+FFFD; units above 0xff lose their high byte in Latin-1 and ASCII; hex ends at the first pair that is none; base64 takes both
/// alphabets, passes over what is no digit, and ends at "=".
qsizetype encodeText(QStringView text, TextEncoding encoding, char *target, qsizetype room);

/// The same into an array of its own.
QByteArray encodedText(QStringView text, TextEncoding encoding);

/// `bytes` as text. What is no UTF-8 becomes U+FFFD for each maximal subpart (https://encoding.spec.whatwg.org/#utf-8-decoder); a byte
/// order mark stays. Half a unit at the end of UTF-16 is left out, the high bit of ASCII, too.
QString decodedText(QByteArrayView bytes, TextEncoding encoding);

} // namespace loopscope
