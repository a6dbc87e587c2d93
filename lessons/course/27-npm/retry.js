const retryLater = require('./packages/retry-later');

let tries = 0;

async function fetchPrice() {
  // a service that is down
  tries++;
  throw new Error('out of order');
}

async function main() {
  try {
    await retryLater(fetchPrice, { retries: 3, wait: 100 });
  } catch (error) {
    console.log(`${tries} tries: ${error.message}`);
  }
}

main();
