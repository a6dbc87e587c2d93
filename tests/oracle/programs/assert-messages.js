const assert = require('assert');
const show = (f) => { try { f(); } catch (e) { console.log(e.message); console.log('--'); } };
show(() => assert.strictEqual(1, 2)); show(() => assert.strictEqual('a', 'b')); show(() => assert.deepStrictEqual({ a: 1, b: [1, 2, 3] }, { a: 1, b: [1, 2, 4] })); show(() => assert.strictEqual('multi\nline', 'multi\nlines'));
show(() => assert.deepStrictEqual([1, 2, 3], [1, 2, 3, 4])); show(() => assert.deepEqual(new Map([[1, 2]]), new Map([[1, 3]]))); show(() => assert.notStrictEqual(5, 5)); show(() => assert.strictEqual({ a: 1 }, { a: 1 })); show(() => assert.deepStrictEqual(new Date(0), new Date(1)));
