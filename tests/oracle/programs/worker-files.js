// A worker reads what the main thread wrote, and the other way round.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { Worker, isMainThread, workerData } = require('worker_threads');

if (isMainThread) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shared-'));
  fs.writeFileSync(path.join(folder, 'question'), 'from main');
  new Worker(__filename, { workerData: folder }).on('exit', () => {
    console.log(fs.readdirSync(folder), fs.readFileSync(path.join(folder, 'answer'), 'utf8'));
    fs.rmSync(folder, { recursive: true });
  });
} else {
  const question = fs.readFileSync(path.join(workerData, 'question'), 'utf8');
  fs.writeFileSync(path.join(workerData, 'answer'), `a worker read: ${question}`);
}
