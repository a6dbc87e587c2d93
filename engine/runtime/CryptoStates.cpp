// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/CryptoStates.h"

#include <openssl/core_names.h>
#include <openssl/err.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace loopscope {

namespace {

const unsigned char *data(QByteArrayView bytes) { return reinterpret_cast<const unsigned char *>(bytes.data()); }

constexpr int usualTagLength = 16; // of GCM and OCB and of ChaCha20-Poly1305, in bytes

} // namespace

IoError CryptoState::takeError() { return m_error.isError() ? std::exchange(m_error, {}) : takeOpenSslError({}); }

bool CryptoState::fail(const QString &code, const QString &message)
{
    m_error = code.isNull() ? takeOpenSslError(message) : makeCryptoError(code, message);
    return false;
}

HashState::HashState(const QByteArray &digest, int outputLength)
    : m_context(EVP_MD_CTX_new())
{
    ERR_clear_error();
    const EVP_MD *method = EVP_get_digestbyname(digest.constData());
    if (!method || EVP_DigestInit_ex(m_context.get(), method, nullptr) != 1) {
        setValid(fail({}, QStringLiteral("Digest method not supported")));
        return;
    }
    setOutputLength(outputLength);
}

HashState::HashState(const HashState &original, int outputLength)
    : m_context(EVP_MD_CTX_new())
{
    ERR_clear_error();
    if (EVP_MD_CTX_copy(m_context.get(), original.m_context.get()) != 1) {
        setValid(fail({}, QStringLiteral("Digest copy error")));
        return;
    }
    setOutputLength(outputLength);
}

void HashState::setOutputLength(int length)
{
    const int own = EVP_MD_CTX_get_size(m_context.get());
    m_outputLength = length < 0 ? own : length;
    const bool isExtendable = (EVP_MD_get_flags(EVP_MD_CTX_get0_md(m_context.get())) & EVP_MD_FLAG_XOF) != 0;
    if (m_outputLength != own && !isExtendable) {
        ERR_raise(ERR_LIB_EVP, EVP_R_NOT_XOF_OR_INVALID_LENGTH);
        setValid(fail({}, QStringLiteral("Unsupported state or unable to set output length")));
    }
}

bool HashState::update(QByteArrayView bytes, QByteArray *)
{
    return EVP_DigestUpdate(m_context.get(), bytes.data(), static_cast<std::size_t>(bytes.size())) == 1
        || fail({}, QStringLiteral("Hash update failed"));
}

bool HashState::finish(QByteArray *output)
{
    output->resize(m_outputLength);
    if (m_outputLength == 0)
        return true;
    unsigned int length = 0;
    const bool isOwnLength = m_outputLength == EVP_MD_CTX_get_size(m_context.get());
    const int status = isOwnLength
        ? EVP_DigestFinal_ex(m_context.get(), loopscope::data(*output), &length)
        : EVP_DigestFinalXOF(m_context.get(), loopscope::data(*output), static_cast<std::size_t>(m_outputLength));
    return status == 1 || fail({}, QStringLiteral("Digest failed"));
}

HmacState::HmacState(const QByteArray &digest, QByteArrayView key)
    : m_context(EVP_MD_CTX_new())
{
    ERR_clear_error();
    const EVP_MD *method = EVP_get_digestbyname(digest.constData());
    if (!method) {
        setValid(fail(QStringLiteral("ERR_CRYPTO_INVALID_DIGEST"), QStringLiteral("Invalid digest: ") + QString::fromUtf8(digest)));
        return;
    }
    const Key secret(EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr, data(key), static_cast<std::size_t>(key.size())));
    if (!secret || EVP_DigestSignInit(m_context.get(), nullptr, method, nullptr, secret.get()) != 1)
        setValid(fail({}, QStringLiteral("HMAC failed")));
}

bool HmacState::update(QByteArrayView bytes, QByteArray *)
{
    return EVP_DigestSignUpdate(m_context.get(), bytes.data(), static_cast<std::size_t>(bytes.size())) == 1
        || fail({}, QStringLiteral("Hash update failed"));
}

bool HmacState::finish(QByteArray *output)
{
    std::size_t length = EVP_MAX_MD_SIZE;
    output->resize(EVP_MAX_MD_SIZE);
    if (EVP_DigestSignFinal(m_context.get(), loopscope::data(*output), &length) != 1)
        return fail({}, QStringLiteral("HMAC failed"));
    output->truncate(static_cast<qsizetype>(length));
    return true;
}

CipherState::CipherState(const QByteArray &name, bool encrypts, QByteArrayView key, QByteArrayView iv, int tagLength)
    : m_context(EVP_CIPHER_CTX_new())
    , m_encrypts(encrypts)
{
    setValid(begin(name, key, iv, tagLength));
}

bool CipherState::begin(const QByteArray &name, QByteArrayView key, QByteArrayView iv, int tagLength)
{
    ERR_clear_error();
    const auto refuse = [this](const char *code, const char *message) { return fail(QLatin1String(code), QLatin1String(message)); };
    const EVP_CIPHER *cipher = EVP_get_cipherbyname(name.constData());
    if (!cipher)
        return refuse("ERR_CRYPTO_UNKNOWN_CIPHER", "Unknown cipher");
    const int ivLength = EVP_CIPHER_get_iv_length(cipher);
    const bool hasAnyIvLength = (EVP_CIPHER_get_flags(cipher) & EVP_CIPH_FLAG_AEAD_CIPHER) != 0;
    const int givenIvLength = iv.isNull() ? -1 : static_cast<int>(iv.size());
    constexpr int mostOfPoly1305 = 12;
    if (iv.isNull() ? ivLength != 0
                    : (!hasAnyIvLength && givenIvLength != ivLength)
                || (EVP_CIPHER_get_nid(cipher) == NID_chacha20_poly1305 && givenIvLength > mostOfPoly1305))
        return refuse("ERR_CRYPTO_INVALID_IV", "Invalid initialization vector");
    if (EVP_CIPHER_get_mode(cipher) == EVP_CIPH_WRAP_MODE)
        EVP_CIPHER_CTX_set_flags(m_context.get(), EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    if (EVP_CipherInit_ex(m_context.get(), cipher, nullptr, nullptr, nullptr, m_encrypts) != 1)
        return fail({}, QStringLiteral("Failed to initialize cipher"));
    if (hasAnyIvLength) {
        if (EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_SET_IVLEN, givenIvLength, nullptr) != 1)
            return refuse("ERR_CRYPTO_INVALID_IV", "Invalid initialization vector");
        if (!chooseTagLength(tagLength))
            return false;
    }
    if (EVP_CIPHER_CTX_set_key_length(m_context.get(), static_cast<int>(key.size())) != 1)
        return refuse("ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length");
    if (EVP_CipherInit_ex(m_context.get(), nullptr, nullptr, data(key), iv.isEmpty() ? nullptr : data(iv), m_encrypts) != 1)
        return fail({}, QStringLiteral("Failed to initialize cipher"));
    return true;
}

bool CipherState::isAuthenticated() const
{
    return (EVP_CIPHER_get_flags(EVP_CIPHER_CTX_get0_cipher(m_context.get())) & EVP_CIPH_FLAG_AEAD_CIPHER) != 0;
}

bool CipherState::chooseTagLength(int wanted)
{
    const EVP_CIPHER *cipher = EVP_CIPHER_CTX_get0_cipher(m_context.get());
    const auto mode = EVP_CIPHER_get_mode(cipher);
    const auto invalid = [this, wanted] {
        return fail(QStringLiteral("ERR_CRYPTO_INVALID_AUTH_TAG"), QStringLiteral("Invalid authentication tag length: %1").arg(wanted));
    };
    if (mode == EVP_CIPH_GCM_MODE) {
        static constexpr std::array valid = {4, 8, 12, 13, 14, 15, 16}; // NIST SP 800-38D, 5.2.1.2
        m_tagLength = wanted;
        return wanted < 0 || std::find(valid.begin(), valid.end(), wanted) != valid.end() || invalid();
    }
    if (wanted < 0) {
        if (EVP_CIPHER_get_nid(cipher) != NID_chacha20_poly1305)
            return fail(QStringLiteral("ERR_CRYPTO_INVALID_AUTH_TAG"),
                QStringLiteral("authTagLength required for ") + QString::fromLatin1(OBJ_nid2sn(EVP_CIPHER_get_nid(cipher))).toLower());
        wanted = usualTagLength;
    }
    m_tagLength = wanted;
    return EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_SET_TAG, wanted, nullptr) == 1 || invalid();
}

bool CipherState::setPadding(bool isOn) { return !m_isFinished && EVP_CIPHER_CTX_set_padding(m_context.get(), isOn ? 1 : 0) == 1; }

bool CipherState::passTag()
{
    if (m_tagIsPassed || m_encrypts || m_tag.isEmpty())
        return true;
    m_tagIsPassed = true;
    return EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_SET_TAG, size(m_tag), m_tag.data()) == 1;
}

bool CipherState::setAdditionalData(QByteArrayView bytes, int plaintextLength)
{
    if (m_isFinished || !isAuthenticated() || !passTag())
        return false;
    int moved = 0;
    if (EVP_CIPHER_CTX_get_mode(m_context.get()) == EVP_CIPH_CCM_MODE
        && (plaintextLength < 0 || EVP_CipherUpdate(m_context.get(), nullptr, &moved, nullptr, plaintextLength) != 1))
        return false;
    return EVP_CipherUpdate(m_context.get(), nullptr, &moved, data(bytes), static_cast<int>(bytes.size())) == 1;
}

const char *CipherState::setTag(QByteArrayView tag)
{
    if (m_encrypts || m_isFinished || !m_tag.isEmpty() || !isAuthenticated())
        return "state";
    const auto length = static_cast<int>(tag.size());
    const bool isGcm = EVP_CIPHER_CTX_get_mode(m_context.get()) == EVP_CIPH_GCM_MODE;
    const bool isValid = isGcm ? (m_tagLength < 0 ? length == 4 || length == 8 || (length >= 12 && length <= 16) : length == m_tagLength)
                               : length == m_tagLength;
    if (!isValid)
        return "length";
    m_tagLength = length;
    m_tag = tag.toByteArray();
    return "";
}

bool CipherState::update(QByteArrayView bytes, QByteArray *output)
{
    const int mostAtOnce = std::numeric_limits<int>::max() - 2 * EVP_CIPHER_CTX_get_block_size(m_context.get());
    ERR_clear_error();
    if (m_isFinished || bytes.size() > mostAtOnce || !passTag())
        return fail({}, QStringLiteral("Trying to add data in unsupported state"));
    const bool isCcm = EVP_CIPHER_CTX_get_mode(m_context.get()) == EVP_CIPH_CCM_MODE;
    output->resize(bytes.size() + EVP_CIPHER_CTX_get_block_size(m_context.get())
        + (EVP_CIPHER_CTX_get_mode(m_context.get()) == EVP_CIPH_WRAP_MODE ? 16 : 0));
    int moved = 0;
    const bool isDone =
        EVP_CipherUpdate(m_context.get(), loopscope::data(*output), &moved, data(bytes), static_cast<int>(bytes.size())) == 1;
    output->truncate(moved);
    if (!isDone && isCcm && !m_encrypts) {
        m_ccmFailed = true;
        output->clear();
        ERR_clear_error();
        return true;
    }
    return isDone || fail({}, QStringLiteral("Trying to add data in unsupported state"));
}

bool CipherState::finish(QByteArray *output)
{
    if (m_isFinished)
        return fail(QStringLiteral("ERR_CRYPTO_INVALID_STATE"), QStringLiteral("Invalid state"));
    ERR_clear_error();
    const QString failed =
        isAuthenticated() ? QStringLiteral("Unsupported state or unable to authenticate data") : QStringLiteral("Unsupported state");
    const bool tagIsThere = passTag();
    m_isFinished = true;
    output->resize(EVP_CIPHER_CTX_get_block_size(m_context.get()));
    int moved = 0;
    // CCM has done everything in its update.
    const bool isCcmDeciphering = !m_encrypts && EVP_CIPHER_CTX_get_mode(m_context.get()) == EVP_CIPH_CCM_MODE;
    const bool isDone =
        isCcmDeciphering ? !m_ccmFailed : tagIsThere && EVP_CipherFinal_ex(m_context.get(), loopscope::data(*output), &moved) == 1;
    output->truncate(moved);
    if (!isDone)
        return fail({}, failed);
    if (m_encrypts && isAuthenticated()) {
        m_tag.resize(m_tagLength < 0 ? usualTagLength : m_tagLength);
        if (EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_GET_TAG, size(m_tag), m_tag.data()) != 1)
            return fail({}, failed);
    }
    return true;
}

} // namespace loopscope
