// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: lodash
// does: Groups, sorts, merges, clones deeply, compares, templates and chains lazily.
const _ = require('lodash');

const people = [{ name: 'Ada', age: 36, tags: ['math'] }, { name: 'Linus', age: 28, tags: ['c', 'git'] }, { name: 'Grace', age: 36, tags: [] }];
console.log(_.groupBy(people, 'age'), _.keyBy(people, 'name').Ada.age, _.countBy(people, (p) => p.tags.length));
console.log(_.map(_.orderBy(people, ['age', 'name'], ['desc', 'asc']), 'name'), _.partition([1, 2, 3, 4], (n) => n > 2));
console.log(_.get(people, '[1].tags[0]'), _.get({}, 'a.b.c', 'default'), _.set({}, 'a[0].b', 1), _.has({ a: { b: 2 } }, 'a.b'), _.unset({ a: 1 }, 'a'));
const deep = { date: new Date(0), map: new Map([[1, { x: 1 }]]), set: new Set([1]), re: /x/gi, buffer: Buffer.from('hi'), nested: [{ a: [1] }] };
deep.self = deep;
const copy = _.cloneDeep(deep);
console.log(_.isEqual(copy, deep), copy.map.get(1) !== deep.map.get(1), copy.self === copy, copy.buffer, copy.re);
console.log(_.merge({ a: { b: 1, list: [1, 2] } }, { a: { c: 2, list: [9] } }), _.defaultsDeep({ a: { b: 1 } }, { a: { b: 2, c: 3 } }));
console.log(_.chunk([1, 2, 3, 4, 5], 2), _.flattenDeep([1, [2, [3, [4]]]]), _.uniqBy([{ x: 1 }, { x: 1 }, { x: 2 }], 'x'), _.zipObject(['a', 'b'], [1, 2]));
console.log(_.difference([1, 2, 3], [2]), _.intersection([1, 2], [2, 3]), _.union([1], [2, 1]), _.xor([1, 2], [2, 3]), _.sortedIndex([1, 3, 5], 4));
console.log(_.camelCase('hello big-world'), _.kebabCase('helloBigWorld'), _.snakeCase('HelloWorld'), _.startCase('a_b'), _.upperFirst('éa'), _.deburr('déjà vu'));
console.log(_.pad('x', 5, '-'), _.truncate('a long sentence here', { length: 10 }), _.words('fred, barney & pebbles'), _.escape('<a & b>'), _.escapeRegExp('[x](y)'));
console.log(_.template('Hello <%= user %>! <% list.forEach(function (x) { %>[<%- x %>]<% }) %>')({ user: 'you', list: ['<1>', 2] }));
console.log(_.template('${ a } and <%= obj.a %>')({ a: 5 }));
console.log(_.chain([1, 2, 3, 4, 5, 6]).filter((n) => n % 2).map((n) => n * n).take(2).reverse().value());
let calls = 0;
console.log(_(_.range(1000)).map((n) => { ++calls; return n * 2; }).filter((n) => n % 4 === 0).take(3).value(), calls);
console.log(_.curry((a, b, c) => [a, b, c])(1)(_, 3)(2), _.flow([(n) => n + 1, Math.sqrt])(8), _.partialRight((a, b) => a - b, 1)(5), _.ary(parseInt, 1)('11', 2));
console.log(_.pickBy({ a: 1, b: null }, _.identity), _.omit({ a: 1, b: 2, c: { d: 3 } }, ['a', 'c.d']), _.invert({ a: 'x' }), _.mapValues({ a: 1 }, (v) => v * 2));
console.log(_.isPlainObject(Object.create(null)), _.isEmpty(new Map()), _.isNaN(NaN), _.toInteger('3.7'), _.clamp(15, 0, 10), _.inRange(3, 2, 4), _.sumBy(people, 'age'), _.meanBy(people, 'age'));
console.log(_.isEqualWith([1, 'a'], [1.2, 'A'], (x, y) => String(x)[0].toLowerCase() === String(y)[0].toLowerCase()), _.isMatch({ a: { b: 1, c: 2 } }, { a: { b: 1 } }));
console.log(_.transform({ a: 1, b: 2 }, (result, value, key) => { (result[value] ||= []).push(key); }, {}), _.reduceRight([[1], [2]], (all, x) => all.concat(x), []));
console.log(Object.keys(_.runInContext()).length === Object.keys(_).length, _.VERSION === require('lodash/package.json').version, require('lodash/fp').map((n) => n + 1)([1, 2]));
