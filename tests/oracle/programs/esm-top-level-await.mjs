import { value } from './modules/tla.mjs';
import './modules/counter.mjs';
console.log('main', value);
const list = [];
for await (const v of (async function* () { yield 1; yield 2; })()) list.push(v);
console.log(list, await Promise.all([1, 2].map(async (x) => x * 2)));
try { await Promise.reject(new Error('caught at the top')); } catch (error) { console.log(error.message); }
export {};
