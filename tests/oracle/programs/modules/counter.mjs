export let count = 0;
export function increment() { ++count; }
export default class Counter { name = 'Counter'; }
export const late = () => later;
let later = 'initialised';
console.log('counter evaluated');
