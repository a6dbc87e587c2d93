// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// zlib's streams: writes, flushes, parameters, backpressure, pipes, resets and what is thrown at them when closed.
'use strict';
const zlib = require('zlib');
const { pipeline, Readable } = require('stream');

function collect(stream, done) {
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => done(Buffer.concat(chunks)));
  return stream;
}

function flushes() {
  const gzip = collect(zlib.createGzip({ level: 1 }), (data) => {
    console.log('gzip', zlib.gunzipSync(data).toString().length, gzip.bytesWritten, gzip._closed);
    parts();
  });
  let size = 0;
  gzip.on('data', (chunk) => { size += chunk.length; });
  gzip.write('x'.repeat(5000), () => {
    console.log('written', size);
    gzip.flush(() => {
      console.log('flushed', size > 10, zlib.gunzipSync.name);
      gzip.params(9, zlib.constants.Z_FILTERED, () => {
        console.log('params', gzip._level, gzip._strategy);
        gzip.end('y'.repeat(5000));
      });
    });
  });
}

function parts() {
  const packed = Buffer.concat([zlib.gzipSync('one,'), zlib.gzipSync('two')]);
  const unzip = collect(zlib.createUnzip(), (data) => {
    console.log('unzip', data.toString());
    broken();
  });
  for (const byte of packed) unzip.write(Buffer.from([byte]));
  unzip.end();
}

function broken() {
  const inflate = zlib.createInflate();
  inflate.on('error', (error) => console.log('error', error.code, error.errno, error.message, inflate.destroyed));
  inflate.on('end', () => console.log('never'));
  inflate.on('close', () => {
    console.log('closed', inflate._closed);
    inflate.write('late', (error) => {
      console.log('late', error.code);
      pipes();
    });
  });
  inflate.write('no zlib data');
}

function pipes() {
  const source = Readable.from((function* () { for (let i = 0; i < 200; ++i) yield `line ${i} of a longer text that repeats\n`.repeat(20); })());
  let length = 0;
  pipeline(source, zlib.createBrotliCompress({ params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 }, chunkSize: 1024 }), zlib.createBrotliDecompress({ chunkSize: 512 }),
           async function* (decoded) {
             for await (const chunk of decoded) {
               length += chunk.length;
               yield chunk;
             }
           }, zlib.createDeflateRaw(), zlib.createInflateRaw(), async (stream) => {
             let count = 0;
             for await (const chunk of stream) count += chunk.length;
             return count;
           }, (error, count) => {
             console.log('pipeline', error, count, length);
             resets();
           });
}

function resets() {
  const deflate = zlib.createDeflate({ chunkSize: 64 });
  deflate.on('data', (chunk) => console.log('chunk', chunk.length <= 64));
  deflate.reset();
  deflate.end('short');
  deflate.on('end', () => {
    deflate.close(() => console.log('closed again'));
    const unused = zlib.createGunzip();
    unused.close();
    console.log(unused._closed, unused.destroyed, typeof unused.reset);
    try {
      unused.reset();
    } catch (error) {
      console.log(error.code);
    }
    unused.flush(() => console.log('flush after close'));
  });
}

flushes();
