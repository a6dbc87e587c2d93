// A source that breaks in the middle
const { Readable, Writable } = require('stream');

const source = Readable.from((function* lines() {
  yield 'first line';
  yield 'second line';
  throw new Error('the cable is cut');
})());

const target = new Writable({
  objectMode: true,
  write(line, encoding, done) {
    console.log('got', line);
    done();
  },
});

source.on('error', function broken(error) { console.log('source:', error.message); });
target.on('close', function closed() { console.log('target is closed'); });
source.on('close', function over() { console.log('source is closed'); });
source.pipe(target);
