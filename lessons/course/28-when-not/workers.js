const {
  Worker,
  isMainThread,
  parentPort,
  workerData,
} = require('worker_threads');

function countPrimes(from, to) {
  let count = 0;
  for (let n = from; n < to; n++) {
    let isPrime = n > 1;
    for (let d = 2; d * d <= n && isPrime; d++)
      isPrime = n % d !== 0;
    if (isPrime) count++;
  }
  return count;
}

function part(from, to) {
  // on a thread and a loop of its own
  return new Promise(function starting(resolve, reject) {
    const worker = new Worker(__filename, {
      workerData: [from, to],
    });
    worker.on('message', resolve);
    worker.on('error', reject);
  });
}

async function main() {
  const counts = await Promise.all([
    part(0, 30000),
    part(30000, 50000),
    part(50000, 67000),
    part(67000, 80000),
  ]);
  console.log(
    `primes: ${counts.reduce((sum, count) => sum + count)}`
  );
}

if (isMainThread) {
  setTimeout(function heartbeat() {
    console.log('heartbeat');
  }, 5);
  main();
} else {
  parentPort.postMessage(countPrimes(...workerData));
}
