class ValidationError extends Error {
  constructor(field, message) { super(message); this.name = 'ValidationError'; this.field = field; }
}
const e = new ValidationError('age', 'must be a number');
console.log(e.name, e.field, e instanceof ValidationError, e instanceof Error, String(e), Object.keys(e));
console.log(e.stack.split('\n')[0]);
throw e;
