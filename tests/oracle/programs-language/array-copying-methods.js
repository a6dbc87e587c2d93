// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const original = [3, 1, 2];
console.log(original.toSorted(), original.toSorted((a, b) => b - a), original.toReversed(), original.with(1, 'x'), original.with(-1, 'y'), original);
console.log(original.toSpliced(1, 1), original.toSpliced(1, 0, 'a', 'b'), original.toSpliced(-1), original.toSpliced(), original.toSpliced(1, undefined));
console.log([1, , 3].toReversed(), [, 1].toSorted(), [1, , 3].with(0, 9), [undefined, 3, 1].toSorted());
try { original.with(3, 0); } catch (error) { console.log(error.name, error.message); }
try { original.toSorted('no'); } catch (error) { console.log(error.name, error.message); }
console.log(Array.prototype.toSorted.call({ length: 2, 0: 'b', 1: 'a' }), Object.keys(Array.prototype[Symbol.unscopables]).includes('toSorted'));
