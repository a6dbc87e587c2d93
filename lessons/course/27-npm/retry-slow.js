const retryLater = require('./packages/retry-later');

let tries = 0;

async function fetchPrice() {
  // a service that needs its time to say no
  tries++;
  await new Promise((resolve) =>
    setTimeout(function refused() {
      resolve();
    }, 50)
  );
  throw new Error('no such item');
}

async function main() {
  try {
    await retryLater(fetchPrice, { retries: 2, wait: 100 });
  } catch (error) {
    console.log(`${tries} tries: ${error.message}`);
  }
}

main();
