// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// BigInt64Array and BigUint64Array.
const a = new BigInt64Array(3);
a[0] = 1n;
a[1] = -5n;
a[2] = 2n ** 63n;
console.log(a, a.length, a.byteLength, BigInt64Array.BYTES_PER_ELEMENT, String(a), Object.prototype.toString.call(a));
console.log(new BigUint64Array([0n, -1n, 2n ** 64n + 7n]), new BigUint64Array(a.buffer, 8, 1), BigInt64Array.from(['1', '2']), BigUint64Array.of(3n));
console.log([...a].length, a.map((n) => n + 1n), a.filter((n) => n > 0n), a.slice(1), a.subarray(0, 2).length, a.indexOf(-5n), a.includes(9n), a.at(-2));
a.set([7n], 1);
a.fill(4n, 2);
console.log(a, a.reverse(), a.sort(), a.toSorted((x, y) => Number(y - x)), a.reduce((sum, n) => sum + n, 0n), a.join('-'));
for (const [index, value] of a.entries())
    console.log(index, value);
console.log(Object.keys(a), 1 in a, 5 in a, a[9], a instanceof BigInt64Array, a.constructor.name, BigInt64Array.length, BigInt64Array.name);
console.log(new Uint8Array(new BigUint64Array([258n]).buffer), new Float64Array(new BigUint64Array([4607182418800017408n]).buffer)[0]);
for (const wrong of [() => { a[0] = 1; }, () => BigInt64Array(1), () => new BigInt64Array(new ArrayBuffer(7)), () => new BigInt64Array(new ArrayBuffer(16), 3), () => new BigInt64Array([1]), () => new BigInt64Array(-1), () => a.set([1n, 2n, 3n, 4n])]) {
    try {
        wrong();
        console.log('no error');
    } catch (error) {
        console.log(error.name, error.message);
    }
}
console.log(require('util').types.isBigInt64Array(a), require('util').types.isTypedArray(a), require('util').types.isBigUint64Array(a));
console.log(require('util').isDeepStrictEqual(new BigInt64Array([1n, 2n]), new BigInt64Array([1n, 2n])), { nested: new BigUint64Array(1) });
