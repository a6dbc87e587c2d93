// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log(Number.isInteger(5.0), Number.isInteger('5'), Number.isSafeInteger(2 ** 53), Number.EPSILON > 0, Number.isNaN('x'), isNaN('x'), isFinite('5'), Number.isFinite('5'), 0.1 * 3, 9007199254740993, 1e21 + 1, (25).toString(36), parseInt('z', 36), parseInt('11', 2), parseInt('9'.repeat(20)));
console.log([10, 9, 1].map(parseInt), ['1', '2', '3'].map(Number), Number.parseFloat === parseFloat, Math.round(1.5), Math.round(-1.5), Math.max(NaN, 1), Math.min(-0, 0), Object.is(Math.min(-0, 0), -0), 0 === -0, Object.is(NaN, NaN));
console.log((12.34).toFixed(1), (-0).toFixed(1), (1.255).toFixed(2), 1.0, 1e3, 0.1 + 0.7, 1.1 * 3, 4.35 * 100, 1.15.toFixed(1), 123.456.toFixed(10), (1e-10).toFixed(2), 0xFFFFFFFF | 0, 5 & 3, 5 | 3, 5 ^ 3, ~5, -5 >> 1, -5 >>> 28);
