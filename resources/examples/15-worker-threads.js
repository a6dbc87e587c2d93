// Blocking work, and a worker thread
// CPU-heavy work blocks the loop; in a worker thread it does not.
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

if (isMainThread) {
  let late = 0;
  let last = Date.now();
  const heartbeat = setInterval(function beat() {
    late = Math.max(late, Date.now() - last - 5);
    last = Date.now();
  }, 5);

  setTimeout(function blocking() {
    console.log('on the loop:', fibonacci(25));
    setTimeout(function tell() {
      console.log('the heartbeat was held up:', late > 3 ? 'yes' : 'no');
      late = 0;
      const worker = new Worker(__filename, { workerData: 25 });
      worker.on('message', function answer(value) { console.log('in a worker:', value); });
      worker.on('exit', function gone() {
        console.log('the worker is gone');
        clearInterval(heartbeat);
      });
    }, 20);
  }, 20);
} else {
  parentPort.postMessage(fibonacci(workerData));
}
