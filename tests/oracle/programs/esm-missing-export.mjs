import { missing } from './modules/counter.mjs';
console.log('never');
