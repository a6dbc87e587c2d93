// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What async_hooks costs by itself: every callback is there, and does nothing. Preloaded with node -r.
'use strict';
require('async_hooks').createHook({ init() {}, before() {}, after() {}, destroy() {}, promiseResolve() {} }).enable();
