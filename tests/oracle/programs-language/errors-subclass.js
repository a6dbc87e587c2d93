// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
class AppError extends Error {
  constructor(message, options) { super(message, options); this.name = this.constructor.name; }
}
class NotFound extends AppError { constructor(what) { super(`${what} not found`, { cause: new Error('lookup') }); this.what = what; } }
try { throw new NotFound('thing'); } catch (error) {
  console.log(error.name, error.message, error.what, error.cause.message, error instanceof AppError, error instanceof Error, String(error), Object.keys(error));
  console.log(error.stack.split('\n')[0]);
}
class Silent extends Error {}
console.log(new Silent('s').name, String(new Silent('s')), new Silent('s').stack.split('\n')[0], Silent.name);
class Named extends TypeError { get name() { return 'Named'; } }
console.log(String(new Named('n')), new Named('n') instanceof TypeError, new Named('n').stack.split('\n')[0]);
function Old(message) { const error = Error.call(this, message); this.message = error.message; }
Old.prototype = Object.create(Error.prototype);
Old.prototype.constructor = Old;
Old.prototype.name = 'Old';
console.log(String(new Old('way')), new Old('way') instanceof Error, new Old('x').stack);
const error = new Error('a');
error.message = 'b';
error.name = 'Z';
console.log(error.stack.split('\n')[0], (error.message = 'c', error.stack.split('\n')[0]));
