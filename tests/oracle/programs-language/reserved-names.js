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

const big = 2n;
let rounds = 0;
for (;;) {
  if (++rounds > big) break;
}
for (let index = 0; ; index++) if (index > 2) break;
console.log(rounds);
