// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Deep equality, loose (assert.deepEqual) and strict (assert.deepStrictEqual, util.isDeepStrictEqual).

const binding = require('../../core/binding');
const { isBigInt, isObjectOrNull } = require('../../core/type-of');
const { enumerableNames, enumerableSymbols, nonIndexNames } = require('./keys');
const { types, builtinTag, typedArrayTag } = require('./types');

const hasOwn = Object.prototype.hasOwnProperty;
const isEnumerable = Object.prototype.propertyIsEnumerable;

const noEntries = 0;
const arrayEntries = 1;
const setEntries = 2;
const mapEntries = 3;

function isError(value) {
  return types.isNativeError(value) || value instanceof Error;
}

function tagOf(value) {
  return Object.prototype.toString.call(value);
}

function sameBytes(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; ++i) {
    if (a[i] !== b[i]) return false;
  }
  return true;
}

function bytesOf(view) {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

function primitiveOf(boxed) {
  if (types.isNumberObject(boxed)) return ['number', Number.prototype.valueOf.call(boxed)];
  if (types.isStringObject(boxed)) return ['string', String.prototype.valueOf.call(boxed)];
  if (types.isBooleanObject(boxed)) return ['boolean', Boolean.prototype.valueOf.call(boxed)];
  if (types.isSymbolObject(boxed)) return ['symbol', Symbol.prototype.valueOf.call(boxed)];
  return ['bigint', boxed.valueOf()];
}

function sameBoxed(a, b) {
  if (!types.isBoxedPrimitive(b)) return false;
  const [typeA, valueA] = primitiveOf(a);
  const [typeB, valueB] = primitiveOf(b);
  return typeA === typeB && Object.is(valueA, valueB);
}

function extraKeys(value, strict) {
  const names = nonIndexNames(value, true);
  return strict ? names.concat(enumerableSymbols(value)) : names;
}

const isObject = (value) => value !== null && isObjectOrNull(value);

class Comparison {
  constructor(strict) {
    this.strict = strict;
    // Objects on the way down, to end at cycles.
    this.path = new Set();
    this.deleteFailures = false;
  }

  equal(a, b) {
    if (a === b) return a !== 0 || Object.is(a, b) || !this.strict;
    const areObjects = isObject(a) && isObject(b);
    if (!areObjects) return this.equalPrimitives(a, b);
    if (this.strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
    if (tagOf(a) !== tagOf(b)) return false;
    return this.equalObjects(a, b);
  }

  equalPrimitives(a, b) {
    const areNaN = a !== a && b !== b;
    if (this.strict) return typeof a === 'number' && areNaN;
    if (isObject(a) || isObject(b)) return false;
    if (isBigInt(a) || isBigInt(b)) return binding.bigInt().eq(a, b);
    // eslint-disable-next-line eqeqeq
    return a == b || areNaN;
  }

  equalObjects(a, b) {
    if (Array.isArray(a)) {
      if (!Array.isArray(b) || a.length !== b.length) return false;
      return this.equalExtras(a, b, arrayEntries);
    }
    if (tagOf(a) === '[object Object]') return this.equalKeys(a, b, noEntries);
    if (types.isDate(a)) {
      if (!types.isDate(b) || !Object.is(Date.prototype.getTime.call(a), Date.prototype.getTime.call(b))) {
        // Two invalid dates are not the same number.
        return false;
      }
      if (Number.isNaN(Date.prototype.getTime.call(a))) return false;
    } else if (types.isRegExp(a)) {
      if (!types.isRegExp(b) || String(a.source) !== String(b.source) || a.flags !== b.flags ||
          a.lastIndex !== b.lastIndex) return false;
    } else if (ArrayBuffer.isView(a)) {
      return this.equalViews(a, b);
    } else if (types.isSet(a)) {
      return types.isSet(b) && a.size === b.size && this.equalKeys(a, b, setEntries);
    } else if (types.isMap(a)) {
      return types.isMap(b) && a.size === b.size && this.equalKeys(a, b, mapEntries);
    } else if (types.isAnyArrayBuffer(a)) {
      if (!types.isAnyArrayBuffer(b) || !sameBytes(new Uint8Array(a), new Uint8Array(b))) return false;
    } else if (isError(a)) {
      if (!this.equalErrors(a, b)) return false;
    } else if (types.isBoxedPrimitive(a)) {
      if (!sameBoxed(a, b)) return false;
    } else if (isSpecial(b)) {
      return false;
    } else if (typeof a.href === 'string') {
      const { URL } = require('../url');
      if (a instanceof URL && !(b instanceof URL && a.href === b.href)) return false;
    }
    return this.equalKeys(a, b, noEntries);
  }

  equalErrors(a, b) {
    if (!isError(b)) return false;
    // Stacks differ even between errors that are otherwise the same.
    for (const name of ['message', 'name']) {
      const listed = isEnumerable.call(a, name);
      if (listed !== isEnumerable.call(b, name) || (!listed && a[name] !== b[name])) return false;
    }
    for (const name of ['cause', 'errors']) {
      const listed = isEnumerable.call(a, name);
      if (listed !== isEnumerable.call(b, name) || (!listed && !this.equal(a[name], b[name]))) return false;
    }
    return true;
  }

  equalViews(a, b) {
    const nameA = types.isDataView(a) ? undefined : typedArrayTag.call(a);
    const nameB = !ArrayBuffer.isView(b) || types.isDataView(b) ? undefined : typedArrayTag.call(b);
    if (nameA !== nameB || a.byteLength !== b.byteLength) return false;
    const isLooseFloat = !this.strict && (nameA === 'Float32Array' || nameA === 'Float64Array');
    // Loosely, 0 equals -0; strictly, bytes are compared.
    if (isLooseFloat ? !sameBytes(a, b) : !sameBytes(bytesOf(a), bytesOf(b))) return false;
    return this.equalExtras(a, b, noEntries);
  }

  /** Arrays and views: only the keys that are no indices are compared as keys. */
  equalExtras(a, b, entries) {
    const keys = extraKeys(a, this.strict);
    if (keys.length !== extraKeys(b, this.strict).length) return false;
    if (!keys.every((key) => isEnumerable.call(b, key))) return false;
    return this.descend(a, b, keys, entries);
  }

  equalKeys(a, b, entries) {
    const keys = enumerableNames(a);
    if (keys.length !== enumerableNames(b).length) return false;
    if (!keys.every((key) => isEnumerable.call(b, key))) return false;
    if (this.strict) {
      const symbolsA = enumerableSymbols(a);
      if (symbolsA.length !== enumerableSymbols(b).length || !symbolsA.every((key) => isEnumerable.call(b, key))) return false;
      keys.push(...symbolsA);
    }
    return this.descend(a, b, keys, entries);
  }

  descend(a, b, keys, entries) {
    const isEmpty = entries === noEntries || (entries === arrayEntries ? a.length === 0 : a.size === 0);
    if (keys.length === 0 && isEmpty) return true;
    const { path } = this;
    const size = path.size;
    path.add(a);
    path.add(b);
    if (path.size === size) return true;
    const result = keys.every((key) => this.equal(a[key], b[key])) && this.equalEntries(a, b, entries);
    if (result || this.deleteFailures) {
      path.delete(a);
      path.delete(b);
    }
    return result;
  }

  equalEntries(a, b, entries) {
    if (entries === arrayEntries) return this.equalArrays(a, b);
    if (entries === setEntries) return this.equalSets(a, b);
    if (entries === mapEntries) return this.equalMaps(a, b);
    return true;
  }

  equalArrays(a, b) {
    for (let i = 0; i < a.length; ++i) {
      if (hasOwn.call(a, i)) {
        if (!hasOwn.call(b, i) || !this.equal(a[i], b[i])) return false;
      } else if (hasOwn.call(b, i)) {
        return false;
      } else {
        const keys = Object.keys(a);
        return keys.length === Object.keys(b).length &&
          keys.slice(i).every((key) => hasOwn.call(b, key) && this.equal(a[key], b[key]));
      }
    }
    return true;
  }

  /** Runs `find` on the candidates and takes the match out of them; failures on the way leave no trace. */
  takeMatch(candidates, find) {
    const { deleteFailures } = this;
    this.deleteFailures = true;
    let found = false;
    for (const candidate of candidates) {
      if (find(candidate)) {
        candidates.delete(candidate);
        found = true;
        break;
      }
    }
    this.deleteFailures = deleteFailures;
    return found;
  }

  equalSets(a, b) {
    const unmatched = new Set();
    for (const value of a) {
      if (b.has(value)) continue;
      if (!isObject(value) && (this.strict || !mightMatchLoosely(a, b, value))) return false;
      unmatched.add(value);
    }
    if (unmatched.size === 0) return true;
    for (const value of b) {
      if (!isObject(value) && this.strict) continue;
      if (!a.has(value) && !this.takeMatch(unmatched, (other) => this.equal(other, value))) return false;
    }
    return unmatched.size === 0;
  }

  equalMaps(a, b) {
    const unmatched = new Set();
    for (const [key, value] of a) {
      if (isObject(key)) {
        unmatched.add(key);
        continue;
      }
      const other = b.get(key);
      if ((other === undefined && !b.has(key)) || !this.equal(value, other)) {
        if (this.strict || !this.mightMatchKeyLoosely(a, b, key, value)) return false;
        unmatched.add(key);
      }
    }
    if (unmatched.size === 0) return true;
    for (const [key, value] of b) {
      if (!isObject(key) && (this.strict || (a.has(key) && this.equal(a.get(key), value)))) continue;
      if (!this.takeMatch(unmatched, (other) => this.equal(other, key) && this.equal(a.get(other), value))) return false;
    }
    return unmatched.size === 0;
  }

  mightMatchKeyLoosely(a, b, key, value) {
    const alternative = looseAlternative(key);
    if (alternative !== null && alternative !== undefined) return alternative;
    const other = b.get(alternative);
    if ((other === undefined && !b.has(alternative)) || !this.equal(value, other)) return false;
    return !a.has(alternative);
  }
}

function isSpecial(value) {
  return Array.isArray(value) || ArrayBuffer.isView(value) || types.isSet(value) || types.isMap(value) ||
    types.isDate(value) || types.isRegExp(value) || types.isAnyArrayBuffer(value) || types.isBoxedPrimitive(value) ||
    isError(value);
}

/** Whether == may find a partner for the primitive: no, yes (true), or only this other value (null, undefined). */
function looseAlternative(primitive) {
  if (primitive === undefined) return null;
  if (primitive === null) return undefined;
  if (typeof primitive === 'symbol') return false;
  if (typeof primitive === 'string' || typeof primitive === 'number') return !Number.isNaN(Number(primitive));
  return true;
}

function mightMatchLoosely(a, b, primitive) {
  const alternative = looseAlternative(primitive);
  if (alternative !== null && alternative !== undefined) return alternative;
  return b.has(alternative) && !a.has(alternative);
}

module.exports = {
  builtinTag,
  isDeepEqual: (a, b) => new Comparison(false).equal(a, b),
  isDeepStrictEqual: (a, b) => new Comparison(true).equal(a, b),
};
