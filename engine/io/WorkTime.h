// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

namespace loopscope {

/// How long the processor is busy with an operation of `crypto` or `zlib` on the virtual clock, in ns: by iterations, bytes and key sizes,
/// with factors measured on a 2-core machine (docs/simulated-io.md). 0 for operations that do not calculate.
quint64 workTime(const IoOperation &operation, const IoResult &result);

/// Whether the operation calculates (crypto, zlib) instead of waiting for a device: its synchronous form costs its work and nothing else.
bool isCalculation(const QString &operation);

/// Of a digest, or a cipher, in ns a byte.
constexpr quint64 hashTimePerByte = 1;
constexpr quint64 cipherTimePerByte = 1;

} // namespace loopscope
