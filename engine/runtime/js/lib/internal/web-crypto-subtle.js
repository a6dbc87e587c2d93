// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// crypto.subtle.

class SubtleCrypto {}

module.exports = { SubtleCrypto, subtle: Object.create(SubtleCrypto.prototype) };
