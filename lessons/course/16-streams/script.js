// A file, read in pieces
const fs = require('fs');
const os = require('os');
const path = require('path');

const file = path.join(os.tmpdir(), `video-${process.pid}.bin`);
fs.writeFileSync(file, Buffer.alloc(200000, 'v'));

const stream = fs.createReadStream(file);
stream.on('data', function piece(bytes) { console.log('piece of', bytes.length); });
stream.on('end', function end() { console.log('the end'); });
stream.on('close', function closed() { fs.unlinkSync(file); });
console.log('stream is made');
