// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Puts the natives of js/polyfills/lib/intl.js on the binding: numbers, dates, collation and plurals by ICU, which V8 uses too.
void defineIntlNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
