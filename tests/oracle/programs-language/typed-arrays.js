// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const bytes = new Uint8Array([5, 1, 255, 300, -1]);
console.log(bytes, bytes.at(-1), bytes.findLast((b) => b > 5), bytes.findLastIndex((b) => b === 1), bytes.toSorted(), bytes.toReversed(), bytes.with(0, 9), bytes.slice().sort((a, b) => b - a));
console.log(new Float64Array([3, NaN, -0, 0, -1]).sort(), new Uint8ClampedArray([300, -5, 1.5, 2.5]), new Int16Array(new Uint8Array([1, 2]).buffer)[0], new Float32Array([1.1])[0], Uint8Array.from({ length: 3 }, (_, i) => i * 2), Uint8Array.of(1, 2));
const buffer = new ArrayBuffer(8);
const view = new DataView(buffer);
view.setInt16(0, -2);
view.setFloat32(4, 1.5, true);
console.log(new Uint8Array(buffer), view.getUint16(0), view.getInt16(0), view.getFloat32(4, true), buffer.slice(4).byteLength, ArrayBuffer.isView(view), view.getUint8(1));
console.log(bytes.subarray(1, 3), bytes.map((b) => b * 2), bytes.filter((b) => b > 100), bytes.join('-'), [...bytes.entries()][1], bytes.includes(255), bytes.indexOf(1), bytes.fill(7, 1, 3), bytes.length, bytes.byteLength, bytes.BYTES_PER_ELEMENT);
console.log(Object.prototype.toString.call(bytes), Object.keys(new Uint8Array(2)), bytes[99], (bytes[99] = 1, bytes[99]), Object.getPrototypeOf(Uint8Array).name, Object.getPrototypeOf(Uint8Array.prototype).constructor.name);
for (const bad of [() => bytes.with(99, 1), () => new Uint16Array(new ArrayBuffer(3)), () => new Uint8Array(1).toSorted(1)]) {
  try { console.log(bad()); } catch (error) { console.log(error.name); }
}
