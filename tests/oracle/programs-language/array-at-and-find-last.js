// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const numbers = [5, 12, 50, 130, 44];
console.log(numbers.at(0), numbers.at(-1), numbers.at(9), numbers.at(-6), numbers.at('1'), numbers.at(NaN), numbers.at(-1.9));
console.log(numbers.findLast((n) => n > 45), numbers.findLastIndex((n) => n > 45), numbers.findLast((n) => n > 500), numbers.findLastIndex(() => false));
const visited = [];
numbers.findLast(function(value, index, array) { visited.push([value, index, array === numbers, this.tag]); return false; }, { tag: 't' });
console.log(visited);
console.log([, 1].findLast((value, index) => index === 0), Array.prototype.at.call({ length: 2, 1: 'b' }, -1));
try { [].findLast(3); } catch (error) { console.log(error.name, error.message); }
try { Array.prototype.at.call(null, 0); } catch (error) { console.log(error.name, error.message); }
