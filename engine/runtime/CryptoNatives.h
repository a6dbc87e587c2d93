// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <memory>

namespace loopscope {

/// A digest, a code of authentication or a cipher with its state between calls, kept by a script's object.
class CryptoState;

/// binding.cryptoNatives() makes the functions of js/lib/internal/crypto-* at their first use. What needs no state, or runs on the pool,
/// is in io/CryptoOperations.h.
void defineCryptoNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope

namespace QV4 {
namespace Heap {

/// Owns its state; freed with the script's object.
struct LoopscopeCryptoState : Object
{
    void init(std::unique_ptr<loopscope::CryptoState> owned);
    void destroy();
    loopscope::CryptoState *state;
};

} // namespace Heap

struct LoopscopeCryptoState : Object
{
    V4_OBJECT2(LoopscopeCryptoState, Object)
    V4_NEEDS_DESTROY
};

} // namespace QV4
