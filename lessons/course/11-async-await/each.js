// "All saved", says the program
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function save(item) {
  await sleep(10);
  console.log('saved', item);
}

async function saveAll(items) {
  items.forEach(async function saveOne(item) {
    await save(item);
  });
  console.log('all saved');
}

saveAll(['lamp', 'chair', 'table']);
