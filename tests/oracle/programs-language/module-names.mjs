// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Names of a module that are reserved words elsewhere, and a function declaration whose variable changes before it is reached.
import { await as waited, static as fixed } from './module-names.mjs';
const one = 1;
export { one as await, one as static };
console.log(waited, fixed, changed.name);
changed = (() => () => 'another')();
console.log(changed.name, changed());
function changed() { return 'first'; }
console.log(changed.name, changed());
async function* results() {
  const result = { reads: [], get done() { this.reads.push('done'); return this.reads.length > 3; }, get value() { this.reads.push('value'); return 'v'; } };
  yield* { [Symbol.asyncIterator]: () => ({ next: () => ({ value: 'plain', done: false }), return: () => result }) };
}
const stream = results();
console.log(await stream.next(), await stream.return(1), await stream.return(2), await stream.next());
