import { c } from './graph-c.mjs';
console.log('a'); export const a = 'a' + c;
