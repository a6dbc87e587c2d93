// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const object = { a: { b: 0 }, list: [1], call() { return 'called'; }, nothing: null };
console.log(object?.a?.b, object.x?.y.z, object.call?.(), object.missing?.(), object.list?.[0], object.nothing?.[0], delete object?.a, object.a);
console.log(null ?? 'd', 0 ?? 'd', '' || 'd', 0 && 1, undefined ?? null ?? 1, (object.nothing ??= 5), (object.list ||= 6), (object.list &&= 7), object);
console.log(2 ** 3 ** 2, (-2) ** 2, 7 % 3, -7 % 3, 1 / 0, -1 >>> 0, 1 << 31, ~~'7.9', '5' * '2', '5' - 2, '5' + 2, [] + {}, [2] * [3], true + true, null + 1, undefined + 1, +'', +[], +{}, 'b' + 'a' + +'a' + 'a');
console.log(null == undefined, null == 0, null >= 0, NaN == NaN, '1' == 1, [] == false, [1] == 1, typeof null, typeof (() => 1), void 0, 1 < 2 < 3, 3 > 2 > 1, 'a' < 'B', '10' < '9', 10 < '9');
let i = 0;
console.log(i++ + ++i, i, i-- - --i, (1, 2), !!'0', !'', -'3', typeof undeclared, 'x' in { x: 1 }, [] instanceof Object);
label: for (const outer of [1, 2]) { for (const inner of [1, 2]) { if (inner === 2) continue label; if (outer === 2) break label; console.log(outer, inner); } }
switch (3) { case 1: console.log('one'); default: console.log('default'); case 2: console.log('two'); break; case 4: console.log('four'); }
