// Three back-ups, fired and forgotten
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function backUp(file, ms) {
  await sleep(ms);
  if (file === 'orders.db') throw new Error(`${file} is locked`);
  console.log('saved', file);
}

async function backUpAll() {
  const orders = backUp('orders.db', 10);
  const users = backUp('users.db', 30);
  const pictures = backUp('pictures.db', 20);
  await users;
  await pictures;
  try {
    await orders;
  } catch (error) {
    console.log('not saved:', error.message);
  }
}

backUpAll();
