const { startAll, stopAll, ask } = require('./services.js');

function after(ms, value) {
  return new Promise((resolve) =>
    setTimeout(function tooLate() {
      resolve(value);
    }, ms)
  );
}

async function main() {
  await startAll();
  const price = await Promise.race([
    ask('prices', 'tea'),
    after(2000, 'unknown'),
  ]);
  console.log(`price ${price}`);
  stopAll();
}

main();
