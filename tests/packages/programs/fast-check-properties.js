// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: fast-check
// does: Checks properties with a fixed seed, shrinks a counterexample, generates values, runs model-based commands.
const fc = require('fast-check');

const seeded = { seed: 42, numRuns: 100 };
fc.assert(fc.property(fc.array(fc.integer()), (list) => [...list].sort((a, b) => a - b).length === list.length), seeded);
fc.assert(fc.property(fc.string(), fc.string(), (a, b) => (a + b).startsWith(a)), seeded);
const failing = fc.check(fc.property(fc.nat(10000), fc.nat(10000), (a, b) => a + b < 5000), seeded);
console.log(failing.failed, failing.counterexample, failing.numShrinks > 0);
try {
    fc.assert(fc.property(fc.array(fc.nat(100)), (list) => list.every((n) => n < 50)), seeded);
} catch (error) {
    console.log(error.message.split('\n').slice(0, 3));
}
console.log(fc.sample(fc.integer({ min: 0, max: 100 }), { seed: 1, numRuns: 8 }));
console.log(fc.sample(fc.record({ name: fc.constantFrom('a', 'b'), age: fc.nat(120), tags: fc.uniqueArray(fc.nat(5), { maxLength: 3 }) }), { seed: 2, numRuns: 3 }));
console.log(fc.sample(fc.oneof(fc.boolean(), fc.constant(null), fc.double({ noNaN: true })), { seed: 3, numRuns: 5 }), fc.sample(fc.bigInt(), { seed: 4, numRuns: 2 }));
console.log(fc.sample(fc.letrec((tie) => ({ tree: fc.oneof({ depthSize: 'small' }, fc.nat(9), fc.tuple(tie('tree'), tie('tree'))) })).tree, { seed: 5, numRuns: 4 }).map((tree) => JSON.stringify(tree)));

class Push { constructor(n) { this.n = n; } check() { return true; } run(model, real) { model.push(this.n); real.push(this.n); if (model.length !== real.length()) throw new Error('length differs'); } toString() { return `push(${this.n})`; } }
class Pop { check(model) { return model.length > 0; } run(model, real) { if (model.pop() !== real.pop()) throw new Error('pop differs'); } toString() { return 'pop'; } }
class BrokenStack { items = []; push(n) { if (this.items.length < 3) this.items.push(n); } pop() { return this.items.pop(); } length() { return this.items.length; } }
const models = fc.check(fc.property(fc.commands([fc.nat(9).map((n) => new Push(n)), fc.constant(new Pop())]), (commands) => { fc.modelRun(() => ({ model: [], real: new BrokenStack() }), commands); }), seeded);
console.log(models.failed, String(models.counterexample));
fc.check(fc.asyncProperty(fc.nat(), async (n) => { await null; return n >= 0; }), seeded).then((result) => console.log(result.failed, result.numRuns));
fc.assert(fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    let value = 0;
    const add = scheduler.scheduleFunction(async () => { value += 1; });
    add();
    add();
    await scheduler.waitIdle();
    if (value !== 2) throw new Error('lost');
}), seeded).then(() => console.log('scheduler'));
