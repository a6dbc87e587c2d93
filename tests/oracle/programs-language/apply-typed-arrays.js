// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Typed arrays as lists of arguments.
const bytes = new TextEncoder().encode('hello');
console.log(String.fromCharCode.apply(null, bytes), String.fromCharCode.apply(null, bytes.subarray(1, 3)), Reflect.apply(String.fromCharCode, null, bytes));
console.log(Math.max.apply(null, new Float64Array([1.5, -2])), (function () { return [arguments.length, ...arguments]; }).apply(null, new Int8Array([-1, 2])));
console.log(String.fromCharCode.apply(null, Buffer.from('buffer')), Math.min.apply(null, new Uint8Array(0)), String.fromCharCode(...bytes), [].concat.apply([], new Uint16Array([1, 2])));
console.log(btoa(String.fromCharCode.apply(null, new Uint8Array([0, 255, 128]))), String.fromCharCode.apply(null, { length: 2, 0: 72, 1: 105 }));
