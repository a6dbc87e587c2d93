// Corners of module, vm, url, querystring and os that Node's own tests look at.
const Module = require('module');
const fs = require('fs');
const os = require('os');
const path = require('path');
const querystring = require('querystring');
const url = require('url');
const vm = require('vm');
const attempt = (f) => { try { return f(); } catch (error) { return `${error.name} ${error.code} ${error.message.split('\n')[0]}`; } };

console.log(Module._stat(__dirname), Module._stat(__filename), Module._stat('/no/such/file') < 0);
console.log(attempt(() => require.resolve(1)), attempt(() => require.resolve('./x', { paths: 'y' })), attempt(() => require('.')));
process.env.NODE_PATH = '/one:/two';
Module._initPaths();
console.log(Module.globalPaths.slice(0, 2), require.resolve.paths('x').includes('/two'));

for (const [base, relative] of [['foo:a/b', '../c'], ['foo:a/b', '/x'], ['foo:a', 'c'], ['foo:a', 'foo:.'], ['mailto:a@b', 'c']]) console.log(url.resolve(base, relative));
const address = new URL('http://host/');
address.search = '??a';
console.log(String(address.searchParams), String(new URLSearchParams('??a')), new URL('http://host/??b').searchParams.toString());
const both = { toString: () => 'text', valueOf: () => 1 };
console.log(String(new URLSearchParams([[both, both]])), attempt(() => new URLSearchParams().append(Symbol('s'), '')));
console.log(querystring.escape('\ud801test'), attempt(() => querystring.escape('a\ud801')));

console.log(attempt(() => new vm.Script('1', 42)), attempt(() => new vm.Script('1', { lineOffset: 0.5 })), attempt(() => vm.isContext(1)));
console.log(attempt(() => new vm.Script('1').runInThisContext({ timeout: 0 })), new vm.Script('1 //# sourceMappingURL=a.map').sourceMapURL);
console.log(Object.getOwnPropertyDescriptor(os, 'EOL'), os.networkInterfaces().lo[0].address, os.constants.dlopen.RTLD_NOW);
console.log(attempt(() => os.getPriority(-1)));
