// A signal, for those who listen to it
const { setTimeout: sleep } = require('timers/promises');

async function book(what, ms, signal) {
  await sleep(ms, null, { signal });
  if (what === 'hotel') throw new Error('no room left');
  console.log('paid for the', what);
}

async function bookJourney() {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    await Promise.all([book('hotel', 10, signal), book('flight', 20, signal), book('car', 30)]);
  } catch (error) {
    controller.abort();
    console.log('nothing booked:', error.message);
  }
}

bookJourney();
