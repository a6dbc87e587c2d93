import './order-2.mjs';
console.log('order-1');
process.nextTick(() => console.log('tick of order-1'));
Promise.resolve().then(() => console.log('microtask of order-1'));
