// Streams: a source, a transformation, a slow reader
// Try: lower highWaterMark and watch how often the source has to wait.
const { Readable, Transform, Writable, pipeline } = require('stream');

let next = 1;
const source = new Readable({
  objectMode: true,
  highWaterMark: 2,
  read() {
    this.push(next <= 5 ? next++ : null);
  },
});

const square = new Transform({
  objectMode: true,
  transform(number, encoding, callback) {
    callback(null, number * number);
  },
});

const slowPrinter = new Writable({
  objectMode: true,
  highWaterMark: 1,
  write(number, encoding, callback) {
    console.log('wrote', number);
    setTimeout(callback, 10);
  },
});

pipeline(source, square, slowPrinter, function finished(error) {
  console.log(error ? error.message : 'finished');
});
