// Three pages at the same time
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sizes = { news: 12, sports: 30, culture: 18 };

async function load(page) {
  await sleep(20);
  return sizes[page];
}

async function main() {
  const [news, sports, culture] = await Promise.all([load('news'), load('sports'), load('culture')]);
  console.log('size of all pages:', news + sports + culture);
}

main();
