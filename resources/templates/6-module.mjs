// An ES module: imports first, and await at the top
// Try: the same lines as a .js file, and see in which order ticks and microtasks come there.
import { readFile } from 'fs/promises';
import { setTimeout as sleep } from 'timers/promises';

process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('microtask'));

const text = await readFile(new URL(import.meta.url), 'utf8');
console.log('this file has', text.split('\n').length - 1, 'lines');

await sleep(20);
console.log('slept');
