// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
console.log([1, [2, [3, [4, [5]]]]].flat(), [1, [2, [3, [4]]]].flat(2), [1, [2, [3, [4]]]].flat(Infinity), [1, [2]].flat(0));
console.log([1, , [2, , 3]].flat(), [[], [[]]].flat(), [1, 2].flatMap((x) => [x, [x * 2]]), ['a b', 'c'].flatMap((s) => s.split(' ')));
console.log([1, 2].flatMap(function(x) { return x + this.add; }, { add: 10 }), [].flat.length, [].flatMap.name);
class List extends Array {}
console.log(List.from([[1], [2]]).flat() instanceof List, List.from([1]).flatMap((x) => [x, x]).length);
try { [1].flatMap(); } catch (error) { console.log(error.message); }
