// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(globalThis === global, typeof globalThis, Object.prototype.hasOwnProperty.call(globalThis, 'globalThis'), Object.getOwnPropertyDescriptor(globalThis, 'globalThis').enumerable);
globalThis.answer = 42;
console.log(answer, delete globalThis.answer, typeof answer);
console.log(typeof window, typeof print, typeof Qt, typeof gc, (function() { return this === globalThis; })(), (function() { 'use strict'; return this; })());
