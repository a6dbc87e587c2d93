const util = require('util');
class Money { constructor(n) { this.n = n; } [util.inspect.custom](depth, options, inspect) { return depth < 0 ? 'Money(...)' : `Money<${inspect(this.n, options)}>`; } }
console.log(new Money(5), [new Money('x')], { deep: { deeper: { deepest: new Money(1) } } }, `${util.inspect(new Money(2))}`);
console.log({ [util.inspect.custom]() { return { replaced: true }; } }, { [util.inspect.custom]: 'not a function' }, { inspect() { return 'ignored'; } });
console.log({ toJSON() { return 'x'; } }, { toString() { return 'y'; } }, { [Symbol.for('nodejs.util.inspect.custom')]: () => 'by symbol' });
console.log(util.inspect({ a: 1 }, { customInspect: false }), util.format('%s', new Money(3)), util.format('%o', [1]));
console.log(util.inspect({ long: { [util.inspect.custom]() { return 'several\nlines\nhere'; } } }));
