// Three lines, read in pieces
const fs = require('fs');
const os = require('os');
const path = require('path');

const file = path.join(os.tmpdir(), `prices-${process.pid}.txt`);
fs.writeFileSync(file, 'tea: 3\ncoffee: 4\nsugar: 1\n');

const stream = fs.createReadStream(file, { encoding: 'utf8', highWaterMark: 10 });
stream.on('data', function piece(text) { console.log('piece:', text.replaceAll('\n', '|')); });
stream.on('close', function closed() { fs.unlinkSync(file); });
