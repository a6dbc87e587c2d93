// Replacing matches that are empty, and by functions that use the pattern themselves.
console.log('a\nb\n'.replace(/^/gm, '> '), 'ab cd'.replace(/\b/g, '|'), 'abc'.replace(/$/g, '!'), 'abc'.replace(/(?:)/g, '-'));
console.log('1234567'.replace(/\B(?=(\d{3})+(?!\d))/g, ','), 'camelCaseWord'.replace(/(?=[A-Z])/g, '-'), 'aXbX'.replace(/x*/gi, '[$&]'));
console.log('abc'.replace(/b*/g, (match, position, text) => `(${match}${position}${text.length})`), 'abc'.replace(/(b)|(x)/, (...all) => JSON.stringify(all)));
console.log('a-b'.replace(/(\w)-(\w)/g, "$2$1$$$`$'$&$3"), 'x'.replace(/y/g, () => 'z'), ''.replace(/^$/g, 'empty'), ''.replace(/x*/g, '-'));

const bracket = /\[([^[\]]*|\[.*\])\]/g;
const walk = (text) => text.replace(bracket, (match, inside) => `<${walk(inside)}>`);
console.log(walk('a[b[c]d]e[f]'));

const sticky = /b/y;
sticky.lastIndex = 1;
console.log('abb'.replace(sticky, 'x'), sticky.lastIndex, 'abb'.replace(sticky, 'x'), sticky.lastIndex, 'abb'.replace(sticky, 'x'), sticky.lastIndex);
const global = /b/g;
global.lastIndex = 2;
console.log('abb'.replace(global, () => 'x'), global.lastIndex);
console.log('long '.repeat(2000).replace(/o/g, (match) => match.toUpperCase()).length);
