// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SpkacOperations.h"

#include "io/OpenSsl.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace loopscope {

namespace {

using Spkac = std::unique_ptr<NETSCAPE_SPKI, OpenSslDeleter<NETSCAPE_SPKI_free>>;

Spkac spkacOf(const OperationArguments &arguments)
{
    QByteArray text = arguments.bytes(0);
    while (text.endsWith('\n') || text.endsWith('\r') || text.endsWith(' ')) // which OpenSSL refuses
        text.chop(1);
    Spkac spkac(NETSCAPE_SPKI_b64_decode(text.constData(), size(text)));
    ERR_clear_error();
    return spkac;
}

Key keyOf(const Spkac &spkac)
{
    Key key(spkac ? X509_PUBKEY_get(spkac->spkac->pubkey) : nullptr);
    ERR_clear_error();
    return key;
}

} // namespace

IoResult SpkacOperations::verify(const OperationArguments &arguments)
{
    const Spkac spkac = spkacOf(arguments);
    const Key key = keyOf(spkac);
    const bool isValid = key && NETSCAPE_SPKI_verify(spkac.get(), key.get()) > 0;
    ERR_clear_error();
    return {{}, {isValid}};
}

IoResult SpkacOperations::publicKey(const OperationArguments &arguments)
{
    const Key key = keyOf(spkacOf(arguments));
    const Bio bio(BIO_new(BIO_s_mem()));
    char *bytes = nullptr;
    if (!key || PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1)
        return {{}, {QByteArray("")}};
    const long length = BIO_get_mem_data(bio.get(), &bytes);
    return {{}, {QByteArray(bytes, length)}};
}

IoResult SpkacOperations::challenge(const OperationArguments &arguments)
{
    const Spkac spkac = spkacOf(arguments);
    const ASN1_IA5STRING *challenge = spkac ? spkac->spkac->challenge : nullptr;
    if (!challenge)
        return {{}, {QByteArray("")}};
    return {{}, {QByteArray(reinterpret_cast<const char *>(ASN1_STRING_get0_data(challenge)), ASN1_STRING_length(challenge))}};
}

} // namespace loopscope
