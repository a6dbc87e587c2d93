// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';
const frozen = Object.freeze({ a: 1 });
try { frozen.a = 2; } catch (error) { console.log(error.name + ': ' + error.message); }
try { delete frozen.a; } catch (error) { console.log(error.name + ': ' + error.message); }
const sealed = Object.seal({ b: 1 });
sealed.b = 2;
console.log(sealed.b, Object.isSealed(sealed), Object.isFrozen(frozen), Object.isExtensible(frozen));
const fixed = Object.defineProperty({}, 'x', { value: 1 });
try { fixed.x = 5; } catch (error) { console.log(error.name + ': ' + error.message); }
