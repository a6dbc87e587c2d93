// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Makes V4's library look like V8's in Node 20. Called once, before anything of a program runs; costs about a millisecond, so what is
// large lies in the library bundle and is reached through loadLib().polyfills at its first use.

const { defineLazy } = require('./define');
const { installArrays } = require('./arrays');
const { installDates } = require('./dates');
const { installErrors, formatStack, translateError } = require('./errors');
const { installJson, installNumbers } = require('./numbers');
const { installObjects } = require('./objects');
const { installRegExp } = require('./regexp');
const { installStrings } = require('./strings');
const { installTypedArrays } = require('./typed-arrays');
const { installWeak, installWeakCollections } = require('./weak');

/**
 * `binding` holds C++'s natives, `loadLib` gives the library bundle's exports (with `polyfills`).
 * Gives { formatStack, translateError }, which C++ calls.
 */
function install(global, binding, loadLib) {
  installWeakCollections(global, binding);
  installErrors(global, binding, loadLib);
  installObjects(global, binding);
  installArrays(global, binding, loadLib);
  installTypedArrays(global, binding);
  installStrings(global, binding, loadLib);
  installNumbers(global, binding, loadLib);
  installJson(global, binding, loadLib);
  installRegExp(global, binding, loadLib);
  installDates(global, binding, loadLib);
  installWeak(global, binding);
  defineLazy(global, 'Intl', () => loadLib().polyfills.makeIntl(binding));
  let bigIntNatives;
  /** C++'s side of BigInt, with `BigInt` itself; made at the first use. */
  binding.bigInt = () => {
    if (bigIntNatives === undefined) {
      binding.hasBigInts = true;
      bigIntNatives = binding.bigIntNatives();
      bigIntNatives.BigInt = loadLib().polyfills.makeBigInt(global, bigIntNatives, binding, loadLib);
    }
    return bigIntNatives;
  };
  defineLazy(global, 'BigInt', () => binding.bigInt().BigInt);
  const bigIntArrays = () => {
    const natives = binding.bigInt();
    if (natives.arrays === undefined) natives.arrays = loadLib().polyfills.makeBigIntArrays(natives);
    return natives.arrays;
  };
  for (const name of ['BigInt64Array', 'BigUint64Array']) defineLazy(global, name, () => bigIntArrays()[name]);
  /** The BigInt64Array or BigUint64Array whose proxy or target `value` is. */
  binding.bigIntArrayOf = (value) => (bigIntNatives === undefined || bigIntNatives.arrays === undefined ? undefined : bigIntNatives.arrays.arrayOf(value));
  return { formatStack, translateError };
}

module.exports = { install };
