// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/OpenSsl.h"

namespace loopscope {

/// SubjectPublicKeyInfo or PKCS#8; empty if OpenSSL cannot.
QByteArray derOf(EVP_PKEY *key, bool isPrivate);
/// The key in DER of the kind; null if it is none.
Key keyFromDer(const QByteArray &der, bool isPrivate);
/// Node's name of the key's type ("rsa", "ec", "ed25519"); null for others.
QString typeOf(const EVP_PKEY *key);
/// A text property of a key ("group", "digest", ...); empty if it has none.
QByteArray textProperty(const EVP_PKEY *key, const char *name);

} // namespace loopscope
