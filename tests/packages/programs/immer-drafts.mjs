// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// package: immer
// does: Changes drafts of objects, arrays, maps and sets; shares what did not change, freezes, makes patches.
import { applyPatches, createDraft, current, enableMapSet, enablePatches, finishDraft, freeze, immerable, isDraft, original, produce, produceWithPatches } from 'immer';

enablePatches();
enableMapSet();
const base = { user: { name: 'Ada', tags: ['a', 'b'] }, other: { kept: true }, list: [{ done: false }, { done: true }] };
const next = produce(base, (draft) => {
    draft.user.name = 'Grace';
    draft.user.tags.push('c');
    draft.list[0].done = true;
    delete draft.list[1].done;
    console.log(isDraft(draft.user), original(draft.user).name, current(draft).user.tags);
});
console.log(next, base.user.name, next.other === base.other, Object.isFrozen(next.user.tags));
try {
    'use strict';
    next.user.name = 'x';
} catch (error) {
    console.log(error.name);
}
console.log(produce(base, () => {}) === base, produce(1, (n) => n + 1), produce({ a: 1 }, () => ({ replaced: true })));
const [changed, patches, inverse] = produceWithPatches(base, (draft) => { draft.list.splice(0, 1); draft.user.age = 36; });
console.log(JSON.stringify(patches), JSON.stringify(inverse), JSON.stringify(applyPatches(changed, inverse)) === JSON.stringify(base));
const maps = produce({ map: new Map([['k', { n: 1 }]]), set: new Set(['a']) }, (draft) => { draft.map.get('k').n++; draft.map.set('new', { n: 9 }); draft.set.add('b'); draft.set.delete('a'); });
console.log(maps);
class Counter { [immerable] = true; count = 0; get double() { return this.count * 2; } increment() { return produce(this, (draft) => { ++draft.count; }); } }
const counter = new Counter();
const incremented = counter.increment().increment();
console.log(counter.count, incremented.count, incremented.double, incremented instanceof Counter);
const reducer = produce((draft, action) => { if (action === 'add') draft.push(draft.length); });
console.log(['add', 'add', 'no'].reduce(reducer, []));
const draft = createDraft({ x: { y: 1 } });
await null;
draft.x.y = 2;
console.log(finishDraft(draft), freeze({ deep: { x: 1 } }, true).deep);
try {
    produce(base, (d) => { d.user.name = 'x'; return { other: 1 }; });
} catch (error) {
    console.log(error.message.split('.')[0]);
}
