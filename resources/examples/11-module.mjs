// An ES module: import and top-level await
// A module is itself run as an asynchronous job: here microtasks come before the first ticks, the other way round than in a script.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('reaction'));
console.log('module');

const text = await readFile(new URL(import.meta.url), 'utf8');
console.log('read', text.length > 0 ? 'itself' : 'nothing');

const woken = await sleep(10, 'awake');
console.log(woken);
