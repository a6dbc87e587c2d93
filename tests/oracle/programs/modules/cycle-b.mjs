import { a, hoisted } from './cycle-a.mjs';
console.log('b starts', hoisted());
try { console.log(a); } catch (error) { console.log(error.name + ': ' + error.message); }
export const b = 'B';
export const readA = () => a;
