// A mailbox for three letters
const { Writable } = require('stream');

const mailbox = new Writable({
  objectMode: true,
  highWaterMark: 3,
  write(letter, encoding, done) {
    console.log('delivering', letter);
    setTimeout(done, 5);
  },
});

mailbox.on('drain', function drained() { console.log('drained'); });

for (const letter of ['a', 'b', 'c', 'd']) {
  const isRoom = mailbox.write(letter);
  console.log(`wrote ${letter}: ${isRoom ? 'room for more' : 'full'}`);
}
