// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
const error = new AggregateError([new Error('one'), 2], 'both', { cause: 'c' });
console.log(error.name, error.message, error.errors.length, error.errors[1], error.cause, Object.getOwnPropertyNames(error), String(error), error instanceof Error);
console.log(AggregateError.length, new AggregateError([]).message, AggregateError(new Set([1])).errors, Object.keys(error), Object.getPrototypeOf(AggregateError) === Error);
try { new AggregateError(5); } catch (failure) { console.log(failure.name, failure.message); }
Promise.any([Promise.reject(1), Promise.reject(new Error('two'))]).catch((failure) => console.log(failure.constructor === AggregateError, failure.message, failure.errors.map(String)));
const badIterations = [undefined, 'text', { get done() { throw new RangeError('done'); } }].map((step) => ({ [Symbol.iterator]: () => ({ next: () => step }) }));
for (const errors of badIterations) {
  try { new AggregateError(errors); } catch (error) { console.log(error.name, error.message); }
}
const bare = new Proxy(function() {}, { get: (target, key) => (key === 'prototype' ? null : target[key]) });
console.log(Object.getPrototypeOf(Reflect.construct(AggregateError, [[]], bare)) === AggregateError.prototype);
