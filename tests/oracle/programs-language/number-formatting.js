// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log((255).toString(16), (-255).toString(2), (0.5).toString(2), (1 / 3).toString(3), (1e21).toString(), (123.456).toFixed(1), (1.005).toFixed(2), (1e21).toFixed(2), (-1.5).toFixed(0), (2.5).toFixed(0), (0).toFixed(2), (1.45).toFixed(1), (0.000001).toFixed(7));
console.log((123.456).toPrecision(4), (0).toPrecision(3), (1234.5678).toExponential(2), (0).toExponential(), 5e-324, 1.7976931348623157e308, 0.1 + 0.2, 100 / 3, 1e300 * 10, -0, [-0], 123456789012345680000, 0.000001, 1e-7);
console.log(Number('0x1f'), Number('0b11'), Number(''), Number(' 12 '), Number('1_000'), Number(null), Number(undefined), Number([5]), Number('-0'), parseInt('12px'), parseInt('0x1f'), parseFloat('.5abc'), parseFloat('1e3'), parseInt(''), Number.MAX_SAFE_INTEGER, 1_000_000, 0xff, 0o17, 0b11);
try { Number.prototype.toFixed.call('a'); } catch (error) { console.log(error.name, error.message); }
console.log(Math.cbrt(27), Math.hypot(3, 4), Math.sign(-3), Math.trunc(-0.5), Math.round(-0.5), Math.round(2.5), Math.fround(5.5), Math.clz32(1), Math.log2(8), Math.max(), Math.min(), Math.imul(0xffffffff, 5), 2 ** -1, 7 % -3, -7 % 3);
