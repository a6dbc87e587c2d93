// Names of properties and methods that are words of the language, at the end of a line too.
'use strict';
const rule = {
  switch: [1, 2],
  break: true,
  return() { return 'returned'; },
  throw: 'thrown', continue: 'on',
};
const copy = {
  ref: 1,
  break: rule.break
};
const last = rule.return
  .call(rule);
const optional = rule?.throw // at the end
  .length;
console.log(copy, last, optional, [rule.continue
], rule.break
  ? 'yes' : 'no');

class Command {
  arguments(names) { return `arguments ${names}`; }
  eval() { return 'eval'; }
  static arguments() { return 'static'; }
  get yield() { return 'yield'; }
  async await() { return this.yield; }
  * return() { yield* rule.switch; }
}
const command = new Command();
console.log(command.arguments('a'), command.eval(), Command.arguments(), command.yield, [...command.return()]);
console.log(command.arguments.name, Command.arguments.name, Object.getOwnPropertyNames(Command.prototype));
command.await().then(console.log);

let
  // at the end of a line
  apart = 1, other
    = 2;
console.log(apart, other);
const copier = {};
copier.copy = function copy(value = 3) {
  const copy = value;
  return copy;
};
const walker = function* walk() { let walk = 1; yield walk; };
const asynchronous = async function later() { class later {} return typeof later; };
console.log(copier.copy(), copier.copy.name, [...walker()], walker.name, asynchronous.name);
class Counter { #count = 0n; #plain = 0; next() { return [this.#count++, ++this.#plain, this.#plain--, this.#count]; } }
console.log(new Counter().next());

const big = 2n;
let rounds = 0;
for (;;) {
  if (++rounds > big) break;
}
for (let index = 0; ; index++) if (index > 2) break;
console.log(rounds);
