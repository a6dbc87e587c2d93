// Listeners that are async functions
const { EventEmitter } = require('events');

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const shop = new EventEmitter();

shop.on('order', async function pay(item) {
  await sleep(10);
  console.log('paid for', item);
});
shop.on('order', async function pack(item) {
  console.log('packing', item);
});

async function sell(item) {
  await shop.emit('order', item);
  console.log('sold', item);
}

sell('lamp');
