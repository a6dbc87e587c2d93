// Eight downloads from a server that bears two at once
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function download(part) {
  await sleep(part % 3 === 0 ? 30 : 10);
  return part * part;
}

async function downloadAll(parts) {
  return Promise.all(parts.map(download));
}

downloadAll([1, 2, 3, 4, 5, 6, 7, 8]).then(function done(results) {
  console.log('got', results.join(' '));
});
