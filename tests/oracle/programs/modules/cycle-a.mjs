import { b, readA } from './cycle-b.mjs';
console.log('a starts, b is', b);
export const a = 'A';
export function hoisted() { return 'hoisted from a'; }
console.log('b reads a later:', readA());
