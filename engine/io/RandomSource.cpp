// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// OpenSSL 3 calls the replacing of its generator deprecated, yet knows no other way that reaches key generation and signatures as well.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "io/RandomSource.h"

#include <openssl/rand.h>

#include <mutex>

namespace loopscope {

thread_local RandomSource *RandomSource::s_current = nullptr;

RandomSource::RandomSource(std::optional<quint64> seed)
    : m_previous(s_current)
{
    // A stream of its own: the pool's latencies come from the seed itself.
    if (seed)
        m_generator.emplace(*seed ^ 0x6f70656e73736cULL);
    s_current = this;
}

RandomSource::~RandomSource() { s_current = m_previous; }

bool RandomSource::fill(unsigned char *bytes, int count)
{
    if (!s_current || !s_current->m_generator)
        return RAND_OpenSSL()->bytes(bytes, count) == 1;
    quint64 word = 0;
    for (int i = 0; i < count; ++i, word >>= 8U) {
        if (i % 8 == 0)
            word = s_current->m_generator->next();
        bytes[i] = static_cast<unsigned char>(word);
    }
    return true;
}

void RandomSource::prepareOpenSsl()
{
    static std::once_flag once;
    std::call_once(once, [] {
        static const auto fillBytes = [](unsigned char *bytes, int count) { return fill(bytes, count) ? 1 : 0; };
        static const RAND_METHOD method = {nullptr, fillBytes, nullptr, nullptr, fillBytes, [] { return 1; }};
        RAND_set_rand_method(&method);
    });
}

} // namespace loopscope
