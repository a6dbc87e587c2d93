// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Whole buffers, at once and on the pool: every format there and back, members, dictionaries, limits, and the errors of broken data.
'use strict';
const zlib = require('zlib');

const text = 'Loops turn, queues drain, promises settle. '.repeat(400);
const pairs = [['gzip', 'gunzip'], ['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['brotliCompress', 'brotliDecompress'], ['gzip', 'unzip'], ['deflate', 'unzip']];
for (const [pack, unpack] of pairs) {
  const packed = zlib[`${pack}Sync`](text);
  console.log(pack, packed.length < 1000, zlib[`${unpack}Sync`](packed).toString() === text);
}
console.log(zlib.gzipSync('abc', { level: 9 }).toString('hex'), zlib.deflateSync('abc').toString('hex'), zlib.deflateRawSync(Buffer.alloc(50)).toString('hex'));
console.log(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('two '), zlib.gzipSync('members'), Buffer.alloc(4)])).toString());
console.log(zlib.crc32('hello'), zlib.crc32(Buffer.from('lo'), zlib.crc32('hel')));
const dictionary = Buffer.from('queues drain');
const small = zlib.deflateSync(text, { dictionary });
console.log(zlib.inflateSync(small, { dictionary }).toString() === text);
const { buffer, engine } = zlib.inflateSync(zlib.deflateSync('x'), { info: true });
console.log(buffer.toString(), engine.constructor.name, engine.bytesWritten);

function attempt(name, call) {
  try {
    console.log(name, call());
  } catch (error) {
    console.log(name, error.name, error.code, error.errno, error.message, Object.keys(error));
  }
}
attempt('header', () => zlib.gunzipSync('this is not gzip'));
attempt('method', () => zlib.inflateSync(Buffer.from([0x79, 0x9c, 1, 2, 3])));
attempt('end', () => zlib.gunzipSync(zlib.gzipSync(text).subarray(0, 30)));
attempt('end of brotli', () => zlib.brotliDecompressSync(zlib.brotliCompressSync(text).subarray(0, 20)));
attempt('brotli', () => zlib.brotliDecompressSync('this is not brotli'));
attempt('check', () => { const data = zlib.gzipSync('abc'); data[data.length - 6] ^= 1; return zlib.gunzipSync(data); });
attempt('rest', () => zlib.inflateSync(Buffer.concat([zlib.deflateSync('abc'), Buffer.from('rest')])).toString());
attempt('garbage member', () => zlib.gunzipSync(Buffer.concat([zlib.gzipSync('abc'), Buffer.from([10])])).toString());
attempt('no dictionary', () => zlib.inflateSync(small));
attempt('wrong dictionary', () => zlib.inflateSync(small, { dictionary: Buffer.from('other') }));
attempt('limit', () => zlib.gunzipSync(zlib.gzipSync(text), { maxOutputLength: 100 }));
attempt('partial', () => zlib.gunzipSync(zlib.gzipSync(text).subarray(0, 60), { finishFlush: zlib.constants.Z_SYNC_FLUSH }).length > 0);
attempt('type', () => zlib.gzipSync(5));
attempt('level', () => zlib.createGzip({ level: 10 }));
attempt('level type', () => zlib.createGzip({ level: '5' }));
attempt('chunk', () => zlib.createGzip({ chunkSize: 1 }));
attempt('bits', () => zlib.createGzip({ windowBits: 8 }));
attempt('dictionary type', () => zlib.createDeflate({ dictionary: 'text' }));
attempt('brotli parameter', () => zlib.createBrotliCompress({ params: { 99: 1 } }));
attempt('brotli parameter type', () => zlib.createBrotliCompress({ params: { 1: 'x' } }));
attempt('callback', () => zlib.gzip('x'));
console.log(zlib.codes, zlib.constants.BROTLI_PARAM_QUALITY, zlib.Z_BEST_SPEED, Object.keys(zlib).length);

zlib.gzip(text, (error, packed) => {
  console.log('gzip', error, packed.length < 1000);
  zlib.unzip(packed, (failure, data) => {
    console.log('unzip', failure, data.toString() === text);
    zlib.gunzip(packed.subarray(0, 40), (broken) => {
      console.log('gunzip', broken.code, broken.errno, broken.message);
      zlib.inflate(packed, (wrong) => {
        console.log('inflate', wrong.code, wrong.errno, wrong.message);
        zlib.gunzip(packed, { maxOutputLength: 64 }, (large) => {
          console.log('limit', large.code, large.message);
          require('util').promisify(zlib.brotliCompress)('promise').then((data2) => console.log(zlib.brotliDecompressSync(data2).toString()));
        });
      });
    });
  });
});
