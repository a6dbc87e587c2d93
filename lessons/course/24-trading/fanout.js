const { EventEmitter } = require('events');

const feed = new EventEmitter();
feed.on('price', function chart(price) {
  console.log(`chart: ${price}`);
});
feed.on('price', async function ledger(price) {
  await null; // as if it were saved
  console.log(`ledger: ${price}`);
});
feed.on('price', function alert(price) {
  console.log(`alert: ${price}`);
});

setTimeout(function tick() {
  console.log('tick begins');
  feed.emit('price', 120);
  console.log('tick ends');
}, 10);
