// A listener that emits
const { EventEmitter } = require('events');

const shop = new EventEmitter();
shop.on('order', function check(item) {
  console.log('checking', item);
  shop.emit('stock', item);
  console.log('checked', item);
});
shop.on('order', function bill(item) { console.log('bill for', item); });
shop.on('stock', function count(item) { console.log('one', item, 'less'); });

Promise.resolve().then(function thank() { console.log('thank you'); });
shop.emit('order', 'lamp');
console.log('next customer');
