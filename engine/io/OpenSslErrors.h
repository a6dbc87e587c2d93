// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

namespace loopscope {

/// The oldest error that OpenSSL has queued on this thread, as Node words it ("error:1C800064:Provider routines::bad decrypt", code
/// ERR_OSSL_BAD_DECRYPT), and empties the queue. Without one: `fallback` with the code ERR_CRYPTO_OPERATION_FAILED.
/// It names no system call and has no errno but -1, by which the recording tells it from success.
IoError takeOpenSslError(const QString &fallback);

/// An error of Node's own among those of OpenSSL.
IoError makeCryptoError(const QString &code, const QString &message);

} // namespace loopscope
