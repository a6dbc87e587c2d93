console.log([0, -0, 1.5, 1e21, 1e-7, NaN, Infinity, -Infinity, 123456789012345680000]);
console.log(['single', "it's", 'both \' and "', 'back`tick \' "', 'new\nline', 'tab\t', '\u0000\u001b\u007f', '\\', 'é宽😀', '\ud800']);
console.log([true, null, undefined, Symbol('s'), Symbol.iterator, Symbol()]);
console.log('top level is raw: \' " \n second line', 'a'); console.log([undefined, , null, , ,]); console.log([,]);
console.log(new String('str'), new Number(-0), new Boolean(false), Object(Symbol('o')), [new String('x')]);
console.log({ 'a-b': 1, valid_id: 2, 3: 3, 'with space': 4, [Symbol('key')]: 5, '': 6, "quote'd": 7 });
