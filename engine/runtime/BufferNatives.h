// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Puts on the binding what js/lib/buffer.js does byte by byte. `encoding` is a number of TextEncoding, `bytes` a view; offsets count from
/// its begin.
///
/// binding.buffers:
///   byteLength(text, encoding); write(bytes, text, encoding, offset, length) -> bytes written; slice(bytes, encoding, start, end) -> text;
///   compare(a, b) -> -1, 0 or 1; search(haystack, needle, start, isForward, step) -> index or -1: the first match at `start` or behind it
///   (before it), in steps of so many bytes; fill(bytes, pattern, start, end): repeats the bytes of `pattern`, which are not none
///   view(prototype, memory, offset, length): a Uint8Array over an ArrayBuffer, with another prototype
///   encode(text) -> ArrayBuffer of UTF-8; decode(bytes) -> text, with U+FFFD for what is no UTF-8; decodeStrictly(bytes): undefined then
void defineBufferNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
