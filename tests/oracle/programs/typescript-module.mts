import { type Stats, readFileSync } from 'node:fs';
import type { URL as Type } from 'node:url';
import { increment, count } from './modules/counter.mjs';
export type Pair<A, B = A> = [A, B];
increment();
const pair: Pair<number> = [count, await Promise.resolve(2)];
console.log(pair, typeof readFileSync);
export default pair;
