// Files on the pool's threads: a hundred reads at once give all their contents.
const fs = require('fs');
const text = fs.readFileSync(__filename, 'utf8');
let left = 100;
for (let i = 0; i < 100; ++i) {
  fs.readFile(__filename, 'utf8', (error, content) => {
    if (error || content !== text) console.log('wrong', error);
    if (--left > 0) return;
    console.log('all read');
    fs.promises.stat(`${__filename}.none`).catch((failure) => console.log(failure.code, failure.syscall));
  });
}
