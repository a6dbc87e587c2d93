const { startAll, stopAll, ask } = require('./services.js');

async function askWithin(ms, name, item, otherwise) {
  try {
    return await ask(name, item, AbortSignal.timeout(ms));
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    return otherwise;
  }
}

async function offer(item) {
  const [price, reviews] = await Promise.all([
    ask('prices', item),
    askWithin(100, 'reviews', item, 'none'),
  ]);
  console.log(`${item}: price ${price}, reviews: ${reviews}`);
}

async function main() {
  await startAll();
  await offer('tea');
  stopAll();
}

main();
