const { startAll, stopAll, ask } = require('./services.js');

function after(ms, value) {
  return new Promise((resolve) =>
    setTimeout(function tooLate() {
      resolve(value);
    }, ms)
  );
}

async function offer(item) {
  const [price, reviews] = await Promise.all([
    ask('prices', item),
    Promise.race([ask('reviews', item), after(100, 'none')]),
  ]);
  console.log(`${item}: price ${price}, reviews: ${reviews}`);
}

async function main() {
  await startAll();
  await offer('tea');
  stopAll();
}

main();
