// In a module that only imports, the top level's `this` is undefined too, in arrows and async arrows as well.
import path from 'node:path';

console.log(this, (() => this)());
const letters = path.join('a', 'b').split('/').map(async (letter) => [letter, this]);
console.log(await Promise.all(letters));
console.log(typeof exports, typeof module, typeof require);
