// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const path = require('path');
const tidy = (stack) => stack.split('\n').filter((line) => !line.includes('node:')).map((line) => line.replace(__dirname + path.sep, '').replace(/:\d+\)?$/, '')).join('\n');
function inner() { throw new Error('deep'); }
function outer() { inner(); }
try { outer(); } catch (error) { console.log(tidy(error.stack)); }
const arrow = () => new RangeError('arrow');
console.log(tidy(arrow().stack));
try { null.property; } catch (error) { console.log(tidy(error.stack)); }
const object = {};
(function capturing() { Error.captureStackTrace(object); })();
console.log(tidy(object.stack), Object.getOwnPropertyDescriptor(object, 'stack').enumerable);
function hidden() { const error = new Error('cut'); Error.captureStackTrace(error, hidden); return error; }
function caller() { return hidden(); }
console.log(tidy(caller().stack));
const changed = new Error('x');
changed.stack = 'mine';
console.log(changed.stack, delete changed.stack, changed.stack);
