// Three back-ups, and somebody who listens from the beginning
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function backUp(file, ms) {
  await sleep(ms);
  if (file === 'orders.db') throw new Error(`${file} is locked`);
  console.log('saved', file);
}

async function backUpAll() {
  const results = await Promise.allSettled([backUp('orders.db', 10), backUp('users.db', 30), backUp('pictures.db', 20)]);
  for (const { status, reason } of results) {
    if (status === 'rejected') console.log('not saved:', reason.message);
  }
}

backUpAll();
