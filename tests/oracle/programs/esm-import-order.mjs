import './modules/tla.mjs';
import './modules/order-1.mjs';
import './modules/order-2.mjs';
console.log('main');
process.nextTick(() => console.log('tick'));
setImmediate(() => console.log('immediate'));
