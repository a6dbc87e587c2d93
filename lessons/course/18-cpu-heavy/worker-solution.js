// Blur it in a worker thread
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');

const width = 150;
const height = 100;
const picture = Uint8Array.from({ length: width * height }, (_, i) => (i * i) % 251);

function blurRow(from, to, y) {
  for (let x = 0; x < width; x++) {
    let sum = 0;
    let count = 0;
    for (let v = Math.max(y - 5, 0); v <= Math.min(y + 5, height - 1); v++) {
      for (let u = Math.max(x - 5, 0); u <= Math.min(x + 5, width - 1); u++) {
        sum += from[v * width + u];
        count += 1;
      }
    }
    to[y * width + x] = sum / count;
  }
}

function checksum(pixels) {
  return pixels.reduce((sum, pixel) => (sum * 31 + pixel) % 65521, 7);
}

function blur(from) {
  const to = new Uint8Array(from.length);
  for (let y = 0; y < height; y++) blurRow(from, to, y);
  return to;
}

if (isMainThread) {
  const heart = setInterval(function beat() {}, 5);

  setTimeout(function work() {
    const worker = new Worker(__filename, { workerData: picture });
    worker.on('message', function blurred(pixels) {
      console.log('blurred:', checksum(pixels));
      clearInterval(heart);
    });
  }, 1);
} else {
  parentPort.postMessage(blur(workerData));
}
