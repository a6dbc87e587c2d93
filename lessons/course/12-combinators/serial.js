// Three pages, one after the other
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const sizes = { news: 12, sports: 30, culture: 18 };

async function load(page) {
  await sleep(20);
  return sizes[page];
}

async function main() {
  const news = await load('news');
  const sports = await load('sports');
  const culture = await load('culture');
  console.log('size of all pages:', news + sports + culture);
}

main();
