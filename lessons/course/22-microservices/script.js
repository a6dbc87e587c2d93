const { startAll, stopAll, ask } = require('./services.js');

async function offer(item) {
  console.log('ask for both');
  const [price, left] = await Promise.all([
    ask('prices', item),
    ask('stock', item),
  ]);
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
