// One after the other, and then the last line
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function save(item) {
  await sleep(10);
  console.log('saved', item);
}

async function saveAll(items) {
  for (const item of items) await save(item);
  console.log('all saved');
}

saveAll(['lamp', 'chair', 'table']);
