// Two runners share one list
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function download(part) {
  await sleep(part % 3 === 0 ? 30 : 10);
  return part * part;
}

async function downloadAll(parts) {
  const results = [];
  let next = 0;
  async function runner() {
    while (next < parts.length) {
      const index = next++;
      results[index] = await download(parts[index]);
    }
  }
  await Promise.all([runner(), runner()]);
  return results;
}

downloadAll([1, 2, 3, 4, 5, 6, 7, 8]).then(function done(results) {
  console.log('got', results.join(' '));
});
