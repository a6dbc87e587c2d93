import { a } from './modules/cycle-a.mjs';
import { b } from './modules/cycle-b.mjs';
console.log(a, b);
