// The report runs in check, behind poll
const fs = require('fs');

let files = 0;

function fileSeen() { files += 1; }

function work() {
  const end = Date.now() + 20;
  while (Date.now() < end) {
    // 20 ms of work: long enough for both files
  }
}

function report() {
  console.log('report: files seen:', files);
}

setTimeout(function start() {
  fs.stat(__filename, fileSeen);
  fs.stat(__filename, fileSeen);
  setTimeout(function bell() {
    console.log('the bell');
  }, 10);

  work();
  setImmediate(report);
}, 1);
