const { startAll, stopAll, ask } = require('./services.js');

async function offer(item) {
  console.log('ask for the stock');
  const left = await ask('stock', item);
  console.log('ask for the price');
  const price = await ask('prices', item);
  console.log(`${item}: price ${price}, ${left} left`);
}

async function main() {
  await startAll();
  const offered = offer('tea');
  console.log('main goes on');
  await offered;
  stopAll();
}

main();
