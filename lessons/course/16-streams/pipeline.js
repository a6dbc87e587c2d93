// The same source, in a pipeline
const { Readable, Writable, pipeline } = require('stream');

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

target.on('close', function closed() { console.log('target is closed'); });
source.on('close', function over() { console.log('source is closed'); });
pipeline(source, target, function over(error) { console.log('pipeline:', error.message); });
