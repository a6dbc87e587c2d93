// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// The product of two primitive values, -0 where it is due (V4 gives 0 for integers).
QV4::ReturnedValue productOf(const QV4::Value &left, const QV4::Value &right);

/// product(result, left, right): what V4 made of `left * right` and found to be false, put right. multiply(left, right)
void defineProducts(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
