// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
for (const Type of [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError]) {
  const error = new Type('message', { cause: 'why' });
  console.log(error.name, String(error), error.cause, Object.getOwnPropertyNames(error), error instanceof Error, error instanceof Type, Type.name, Type.length, Object.getPrototypeOf(Type) === (Type === Error ? Function.prototype : Error));
}
console.log(Error('x') instanceof Error, 'cause' in new Error('x', {}), 'cause' in new Error('x', { cause: undefined }), Object.keys(new Error('x')), new Error(undefined).hasOwnProperty('message'), new Error(5).message, new Error(null).message, new Error({ toString: () => 'obj' }).message);
console.log(Error.prototype.toString.call({ name: 'N', message: 'm' }), Error.prototype.toString.call({}), Error.prototype.toString.call({ name: '', message: 'm' }), Object.prototype.toString.call(new TypeError()), JSON.stringify(new Error('x')));
const descriptor = Object.getOwnPropertyDescriptor(new Error('x'), 'message');
console.log(descriptor, TypeError.prototype.name, TypeError.prototype.message === '', TypeError.prototype.hasOwnProperty('toString'), TypeError.prototype.constructor === TypeError);
try { new Error(Symbol('s')); } catch (error) { console.log(error.message); }
