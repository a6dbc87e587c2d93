// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the reason of an unhandled rejection is put into words: by the name of its class, else by its tag; none of its code runs for that.
process.on('uncaughtException', (error) => console.log(/The promise rejected with the reason .*/.exec(error.message)[0]));

function Point() {}
class Cache extends Map {}
const reasons = [
  new Point(), { a: 1 }, Object.create(null), new Cache(), [1], new Map(), { toString() { return 'x'; } }, { [Symbol.toStringTag]: 'Tagged' },
  Object.create(null, { [Symbol.toStringTag]: { value: 'Bare' } }), { constructor: 1 }, new Date(0), /x/, 7, undefined, null, Symbol('s'),
];
for (const reason of reasons) Promise.reject(reason);

class Named {
  static get name() {
    console.log('asked for its name');
    return 'Other';
  }
}
process.on('exit', () => console.log('at the end'));
setImmediate(() => {
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => console.log(error.code));
  Promise.reject(new Named());
});
