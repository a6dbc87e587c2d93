// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/OpenSsl.h"
#include "io/WorkTime.h"

#include <QByteArrayView>

namespace loopscope {

/// What a Hash, an Hmac or a cipher of a script keeps between calls. On the loop's thread.
class CryptoState
{
public:
    virtual ~CryptoState() = default;
    virtual bool isDigest() const { return true; }
    /// False if OpenSSL refused to make it.
    bool isValid() const { return m_isValid; }
    virtual quint64 timePerByte() const { return hashTimePerByte; } ///< ns of virtual time
    /// False with an error to take. Ciphers give output at once.
    virtual bool update(QByteArrayView bytes, QByteArray *output) = 0;
    virtual bool finish(QByteArray *output) = 0;
    IoError takeError();

protected:
    /// An error that OpenSSL has no words for; `code` null: OpenSSL's oldest, or else `message`.
    bool fail(const QString &code, const QString &message);
    void setValid(bool isValid) { m_isValid = isValid; }

private:
    bool m_isValid = true;
    IoError m_error;
};

class HashState final : public CryptoState
{
public:
    /// `outputLength` in bytes, for digests of any length; -1: the digest's own.
    HashState(const QByteArray &digest, int outputLength);
    /// A copy that goes its own way from here.
    HashState(const HashState &original, int outputLength);
    HashState &operator=(const HashState &) = delete;
    ~HashState() override = default;
    bool update(QByteArrayView bytes, QByteArray *output) override;
    bool finish(QByteArray *output) override;

private:
    void setOutputLength(int length);

    DigestContext m_context;
    int m_outputLength = 0;
};

class HmacState final : public CryptoState
{
public:
    HmacState(const QByteArray &digest, QByteArrayView key);
    bool update(QByteArrayView bytes, QByteArray *output) override;
    bool finish(QByteArray *output) override;

private:
    DigestContext m_context;
};

class CipherState final : public CryptoState
{
public:
    /// `iv` null: a cipher without one. `tagLength` -1: the mode's own.
    CipherState(const QByteArray &cipher, bool encrypts, QByteArrayView key, QByteArrayView iv, int tagLength);
    bool isDigest() const override { return false; }
    quint64 timePerByte() const override { return cipherTimePerByte; }
    bool update(QByteArrayView bytes, QByteArray *output) override;
    bool finish(QByteArray *output) override;
    bool setPadding(bool isOn);
    /// `plaintextLength` -1: not given; CCM needs it.
    bool setAdditionalData(QByteArrayView bytes, int plaintextLength);
    /// Of a deciphering: "" if it is set, "state" if it cannot be now, "length" if it has a wrong one.
    const char *setTag(QByteArrayView tag);
    /// Of an enciphering that is through.
    QByteArray tag() const { return m_encrypts && m_isFinished ? m_tag : QByteArray(); }

private:
    bool begin(const QByteArray &name, QByteArrayView key, QByteArrayView iv, int tagLength);
    bool isAuthenticated() const;
    bool chooseTagLength(int wanted);
    bool passTag();

    CipherContext m_context;
    bool m_encrypts;
    bool m_isFinished = false;
    bool m_tagIsPassed = false;
    bool m_ccmFailed = false; ///< CCM compares the tag in its one update; Node tells of it at the end
    int m_tagLength = -1;
    QByteArray m_tag;
};

} // namespace loopscope
