// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

// Everything that the pool's threads do, many at once.
const crypto = require('crypto');
const dns = require('dns');
const fs = require('fs');
const os = require('os');
const path = require('path');
const zlib = require('zlib');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'threads-'));
const at = (name) => path.join(folder, name);
let left = 0;

function finished() {
  if (--left > 0) return;
  fs.rmSync(folder, { recursive: true });
  console.log('all done');
}

function expect(length) {
  left++;
  return (error, bytes) => {
    if (error || bytes.length !== length) throw error || new Error(`${bytes.length} instead of ${length} bytes`);
    finished();
  };
}

for (let n = 0; n < 20; ++n) {
  const read = expect(50000);
  fs.writeFile(at(`file-${n}`), Buffer.alloc(50000, n), () => fs.readFile(at(`file-${n}`), read));
  const unpacked = expect(100000);
  zlib.gzip(Buffer.alloc(100000, `ab${n}`), (error, packed) => zlib.gunzip(packed, unpacked));
  const text = expect(5000);
  zlib.brotliCompress('hello'.repeat(1000), (error, packed) => zlib.brotliDecompress(packed, text));
  crypto.pbkdf2('password', `salt ${n}`, 1000, 32, 'sha256', expect(32));
  crypto.scrypt('password', 'salt', 32, { N: 1024 }, expect(32));
  crypto.randomBytes(100, expect(100));
  left++;
  dns.lookup('localhost', finished);
}
left += 3;
crypto.generateKeyPair('ec', { namedCurve: 'P-256' }, finished);
fs.createReadStream(__filename).pipe(zlib.createDeflate()).pipe(fs.createWriteStream(at('packed'))).on('close', finished);
(async () => {
  const file = await fs.promises.open(at('handle'), 'w');
  for (let n = 0; n < 20; ++n) await file.write('x'.repeat(1000));
  await file.close();
  finished();
})();
