const error = new AggregateError([new Error('a'), 'b'], 'several', { cause: 'why' });
console.log(error.name, error.message, error.errors.length, error.cause, error instanceof Error);
console.log(Object.prototype.toString.call(error), Object.keys(error), 'errors' in error);
console.log(new AggregateError(new Set([1, 2])).errors, AggregateError.length);
Promise.any([Promise.reject(1), Promise.reject(2)]).catch((e) => console.log(e.errors, e.message));
