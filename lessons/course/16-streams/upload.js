// An upload of 4 MB to a slow disk
const { Writable } = require('stream');

const pieceSize = 64 * 1024;
const pieces = 64;
let received = 0;
let mostWaiting = 0;

const disk = new Writable({
  highWaterMark: pieceSize,
  write(bytes, encoding, done) {
    received += bytes.length;
    setTimeout(done, 1);
  },
});

function send(bytes) {
  const isRoom = disk.write(bytes);
  mostWaiting = Math.max(mostWaiting, disk.writableLength);
  return isRoom;
}

async function upload() {
  for (let i = 0; i < pieces; i++) {
    send(Buffer.alloc(pieceSize));
  }
  disk.end();
}

disk.on('finish', function stored() {
  console.log('stored', received, 'bytes');
  console.log('most in memory:', mostWaiting, 'bytes');
});
upload();
