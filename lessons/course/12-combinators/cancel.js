// What happens to the others when one fails?
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function book(what, ms) {
  await sleep(ms);
  if (what === 'hotel') throw new Error('no room left');
  console.log('paid for the', what);
}

async function bookJourney() {
  try {
    await Promise.all([book('hotel', 10), book('flight', 20), book('car', 30)]);
  } catch (error) {
    console.log('nothing booked:', error.message);
  }
}

bookJourney();
