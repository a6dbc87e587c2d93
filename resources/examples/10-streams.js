// Streams: pieces, one tick after another
// A pipeline moves pieces through a transform; process.nextTick keeps the steps apart, and a slow sink holds the source back.
const { Readable, Transform, Writable } = require('stream');
const { pipeline } = require('stream/promises');

const source = Readable.from(['timers', 'poll', 'check', 'closing']);

const shout = new Transform({
  objectMode: true,
  transform(word, _encoding, done) { done(null, word.toUpperCase()); },
});

const sink = new Writable({
  objectMode: true,
  highWaterMark: 1,
  write(word, _encoding, done) {
    console.log(word);
    setTimeout(done, 3);
  },
});

pipeline(source, shout, sink).then(() => console.log('all written'));
