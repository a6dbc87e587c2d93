// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// util.types: what an object really is, asked of methods that check their receiver, so that neither
// Symbol.toStringTag nor a changed prototype can lie.

const binding = require('../../core/binding');
const { isBigInt } = require('../../core/type-of');

const { toString } = Object.prototype;

function getter(prototype, name) {
  return Object.getOwnPropertyDescriptor(prototype, name).get;
}

function acceptedBy(method, ...args) {
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    try {
      method.call(value, ...args);
      return true;
    } catch (error) {
      return false;
    }
  };
}

function builtinTag(value) {
  return toString.call(value).slice(8, -1);
}

function hasBuiltinTag(tag) {
  return (value) => typeof value === 'object' && value !== null && builtinTag(value) === tag;
}

const typedArrayTag = getter(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const isMap = acceptedBy(getter(Map.prototype, 'size'));
const isSet = acceptedBy(getter(Set.prototype, 'size'));
const isWeakMap = acceptedBy(WeakMap.prototype.has, {});
const isWeakSet = acceptedBy(WeakSet.prototype.has, {});
const isDate = acceptedBy(Date.prototype.getTime);
const acceptedByRegExp = acceptedBy(getter(RegExp.prototype, 'global'));
const isRegExp = (value) => value !== RegExp.prototype && acceptedByRegExp(value);
const isArrayBuffer = acceptedBy(getter(ArrayBuffer.prototype, 'byteLength'));
const isSharedArrayBuffer = typeof SharedArrayBuffer === 'function' ?
  acceptedBy(getter(SharedArrayBuffer.prototype, 'byteLength')) : () => false;
const isDataView = acceptedBy(getter(DataView.prototype, 'byteLength'));
const isNumberObject = acceptedBy(Number.prototype.valueOf);
const isStringObject = acceptedBy(String.prototype.valueOf);
const isBooleanObject = acceptedBy(Boolean.prototype.valueOf);
const isSymbolObject = acceptedBy(Symbol.prototype.valueOf);
// Where no BigInt was ever made there is no object of one.
const isBigIntObject = (value) => binding.hasBigInts && typeof value === 'object' && value !== null && !isBigInt(value) &&
  acceptedBy(BigInt.prototype.valueOf)(value);
const isMapIterator = hasBuiltinTag('Map Iterator');
const isSetIterator = hasBuiltinTag('Set Iterator');

/** [state, value] of a promise, state 0 pending, 1 fulfilled, 2 rejected; undefined for anything else. */
function promiseDetails(value) {
  return typeof value === 'object' && value !== null ? binding.promiseDetails(value) : undefined;
}

/** [target, handler] of a proxy ([null, null] of a revoked one); undefined for anything else, our own BigInt64Arrays among it. */
function proxyDetails(value) {
  const details = binding.proxyDetails(value);
  return details !== undefined && binding.bigIntArrayOf(value) !== undefined ? undefined : details;
}

function isProxy(value) {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    proxyDetails(value) !== undefined;
}

// Object.prototype.toString tells an error object even when its prototype was changed, unless it carries a tag.
function isNativeError(value) {
  if (typeof value !== 'object' || value === null || isProxy(value)) return false;
  if (binding.isError !== undefined) return binding.isError(value);
  if (!(Symbol.toStringTag in value)) return builtinTag(value) === 'Error';
  return value instanceof Error && value[Symbol.toStringTag] !== 'DOMException';
}

function isArgumentsObject(value) {
  return typeof value === 'object' && value !== null && !(Symbol.toStringTag in value) &&
    builtinTag(value) === 'Arguments';
}

function isBigIntArray(value) {
  return typeof value === 'object' && value !== null && binding.bigIntArrayOf(value) !== undefined;
}

function isTypedArray(value) {
  return (ArrayBuffer.isView(value) && !isDataView(value)) || isBigIntArray(value);
}

function isTypedArrayNamed(name) {
  return (value) => (isBigIntArray(value) ? value[Symbol.toStringTag] : ArrayBuffer.isView(value) ? typedArrayTag.call(value) : undefined) === name;
}

/** 'class', 'async', 'generator', 'asyncGenerator' or 'function': how a function was written in its source. */
const { functionKind } = binding;

const all = {
  isExternal: () => false,
  isDate,
  isArgumentsObject,
  isBigIntObject,
  isBooleanObject,
  isNumberObject,
  isStringObject,
  isSymbolObject,
  isNativeError,
  isRegExp,
  isAsyncFunction: (value) => typeof value === 'function' && functionKind(value).startsWith('async'),
  isGeneratorFunction: (value) => typeof value === 'function' && /generator$/i.test(functionKind(value)),
  isGeneratorObject: hasBuiltinTag('Generator'),
  isPromise: (value) => promiseDetails(value) !== undefined,
  isMap,
  isSet,
  isMapIterator,
  isSetIterator,
  isWeakMap,
  isWeakSet,
  isArrayBuffer,
  isDataView,
  isSharedArrayBuffer,
  isProxy,
  isModuleNamespaceObject: hasBuiltinTag('Module'),
  isAnyArrayBuffer: (value) => isArrayBuffer(value) || isSharedArrayBuffer(value),
  isBoxedPrimitive: (value) => isNumberObject(value) || isStringObject(value) || isBooleanObject(value) ||
    isBigIntObject(value) || isSymbolObject(value),
  isArrayBufferView: (value) => ArrayBuffer.isView(value),
  isTypedArray,
  isCryptoKey: (value) => require('./crypto-key-object').isCryptoKey(value),
  isKeyObject: (value) => require('./crypto-key-object').isKeyObject(value),
};

for (const name of ['Uint8Array', 'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array',
                    'Int32Array', 'Float32Array', 'Float64Array', 'BigInt64Array', 'BigUint64Array']) {
  all[`is${name}`] = isTypedArrayNamed(name);
}

// In the order in which Node lists them.
const types = {};
for (const name of [
  'External', 'Date', 'ArgumentsObject', 'BigIntObject', 'BooleanObject', 'NumberObject', 'StringObject',
  'SymbolObject', 'NativeError', 'RegExp', 'AsyncFunction', 'GeneratorFunction', 'GeneratorObject', 'Promise', 'Map',
  'Set', 'MapIterator', 'SetIterator', 'WeakMap', 'WeakSet', 'ArrayBuffer', 'DataView', 'SharedArrayBuffer', 'Proxy',
  'ModuleNamespaceObject', 'AnyArrayBuffer', 'BoxedPrimitive', 'ArrayBufferView', 'TypedArray', 'Uint8Array',
  'Uint8ClampedArray', 'Uint16Array', 'Uint32Array', 'Int8Array', 'Int16Array', 'Int32Array', 'Float32Array',
  'Float64Array', 'BigInt64Array', 'BigUint64Array', 'KeyObject', 'CryptoKey',
]) types[`is${name}`] = all[`is${name}`];

module.exports = { types, builtinTag, functionKind, promiseDetails, proxyDetails, typedArrayTag };
