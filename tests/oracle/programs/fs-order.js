// Reads one after the other, with everything else around them.
const fs = require('fs');
fs.readFile(__filename, () => {
  console.log('first read'); process.nextTick(() => console.log('tick')); setImmediate(() => console.log('immediate'));
  fs.readFile(__filename, 'utf8', (error, text) => { console.log('second read', text.length > 0); Promise.resolve().then(() => console.log('microtask')); fs.promises.readFile(__filename).then((b) => { console.log('promise read', Buffer.isBuffer(b)); setImmediate(() => console.log('last')); }); });
});
process.nextTick(() => console.log('first tick'));
