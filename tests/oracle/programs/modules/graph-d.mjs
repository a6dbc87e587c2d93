import { a } from './graph-a.mjs'; import common from './common-default.cjs';
console.log('d', a, common()); export const d = 'd';
