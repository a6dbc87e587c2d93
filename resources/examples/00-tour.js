// A tour: something in every queue
// Step through it with F10 and watch where each function waits before it runs.
const fs = require('fs');

setTimeout(function ping() {
  console.log('ping');
}, 20);

async function load(file) {
  const text = await fs.promises.readFile(file, 'utf8');
  return text.split('\n').length;
}

load(__filename).then(function show(lines) {
  console.log(lines, 'lines');
  process.nextTick(function soon() { console.log('soon'); });
});

fs.stat(__filename, function sized(error, stats) {
  console.log(error ? error.message : `${stats.size} bytes`);
  setImmediate(function later() { console.log('later'); });
});

console.log('start');
