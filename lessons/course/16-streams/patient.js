// A mailbox for two letters, and a sender that waits
const { once } = require('events');
const { Writable } = require('stream');

const mailbox = new Writable({
  objectMode: true,
  highWaterMark: 2,
  write(letter, encoding, done) {
    console.log('delivering', letter);
    setTimeout(done, 5);
  },
});

async function send(letters) {
  for (const letter of letters) {
    const isRoom = mailbox.write(letter);
    console.log(`wrote ${letter}: ${isRoom ? 'room for more' : 'full'}`);
    if (!isRoom) {
      await once(mailbox, 'drain');
      console.log('going on');
    }
  }
}

send(['a', 'b', 'c']);
