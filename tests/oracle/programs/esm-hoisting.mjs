console.log(increment(), fn());
import { increment } from './modules/counter.mjs';
export function fn() { return 'hoisted'; }
try { console.log(later); } catch (error) { console.log(error.name, error.message); }
export let later = 1;
export { fn as renamed, later as 'string name' };
import * as self from './esm-hoisting.mjs';
console.log(Object.keys(self), self.renamed(), self['string name']);
later = 2;
console.log(self.later);
export default function () { return 'anonymous default'; }
console.log(self.default.name, self.default());
