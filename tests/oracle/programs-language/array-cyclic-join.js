// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const list = [1, 2];
list.push(list, [3, list]);
console.log(String(list), list.join('-'), `${[list]}`, [null, undefined, [], [[]]].join('|'));
console.log([1, [2, [3, 4]], 5] + '', [{}, () => 1].join(), [1.5, 1e21, -0].join());
console.log([1234.5, new Date(0), null].toLocaleString());
