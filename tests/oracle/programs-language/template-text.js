// A template asks an object for a string, `+` for its default value; a symbol is refused.
const asked = { [Symbol.toPrimitive](hint) { return hint; } };
const both = { valueOf() { return 42; }, toString() { return 'text'; } };
console.log(`${asked}`, `${both}${both}`, '' + both, `${asked} ${[1, [2, 3]]} ${null} ${undefined} ${-0}`);
console.log(`a${/* before */ both /* behind */}b${both // to the end
}c${(1, both)}d`, `${`${both}`}`, `${(() => `${both}`)()}`, `${function () { return `${both}`; }()}`);
for (const make of [() => `${Symbol('s')}`, () => `${{ toString: null, valueOf: null }}`]) {
  try { make(); } catch (error) { console.log(error.name, error.message); }
}
console.log(String.raw`${1}\n${'x'}`, ((strings, ...values) => values)`${both}`[0] === both);
console.log(new Error(both).message, `${new Date(0) instanceof Date} ${typeof `${new Date(0)}`}`);
const symbol = Symbol('key');
console.log(Object.assign({}, { [symbol]: 1, a: 2 }), Object.assign(() => {}, { *[Symbol.iterator]() { yield 1; } })[Symbol.iterator] !== undefined);
