// Who has the picture?
const { Worker, isMainThread, parentPort } = require('worker_threads');

if (isMainThread) {
  const picture = new Uint8Array([10, 20, 30]);
  const worker = new Worker(__filename);
  worker.postMessage(picture);
  worker.on('message', function brightened(answer) {
    console.log('answer:', answer.join(' '));
    console.log('picture:', picture.join(' '));
    worker.terminate();
  });
} else {
  parentPort.on('message', function brighten(pixels) {
    for (let i = 0; i < pixels.length; i++) pixels[i] += 100;
    parentPort.postMessage(pixels);
  });
}
