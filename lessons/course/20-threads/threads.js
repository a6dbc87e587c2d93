// Eight prices, each computed in a thread of its own
const { Worker, isMainThread, parentPort } = require('worker_threads');

function price() {
  let sum = 0;
  for (let i = 0; i < 1000000; i++) sum = (sum * 31 + i) % 65521;
  return sum;
}

if (isMainThread) {
  let answers = 0;
  for (let client = 0; client < 8; client++) {
    new Worker(__filename).on('message', function computed() {
      if (++answers === 8) console.log('answers:', answers);
    });
  }
} else {
  parentPort.postMessage(price());
}
