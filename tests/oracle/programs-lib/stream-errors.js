// Errors that streams make: their class, text and stack's head are Node's.
'use strict';

const { Readable, Writable, Duplex, Transform, pipeline, finished } = require('stream');

function show(label, error) {
  console.log(label, error.name, error.code, error.message, error.constructor.name, String(error), error.stack.split('\n')[0], Object.keys(error));
}

function attempt(label, run) {
  try {
    run();
  } catch (error) {
    show(label, error);
  }
}

const sink = () => new Writable({ write(chunk, encoding, done) { done(); } });
attempt('null', () => sink().write(null));
attempt('chunk', () => sink().write(5));
attempt('encoding', () => sink().setDefaultEncoding({}));
attempt('encoding of write', () => sink().write('a', 'nonsense'));
attempt('pipeline', () => pipeline(sink()));
attempt('from', () => Readable.from(5));
attempt('mark', () => new Readable({ highWaterMark: -1 }));
sink().on('error', (error) => show('after end', error)).end('a').write('b');
sink().destroy().write('c', (error) => show('destroyed', error));
attempt('no _write', () => new Writable().write('d'));
new Readable().on('error', (error) => show('no _read', error)).read();
attempt('no _transform', () => new Transform().write('e'));
new Readable({ read() { this.push(null); this.push('f'); } }).on('error', (error) => show('push after end', error)).resume();
new Writable({ write(chunk, encoding, done) { done(); done(); } }).on('error', (error) => show('twice', error)).write('g');
finished(new Duplex({ read() {}, write() {} }).destroy(), (error) => show('premature', error));
new Writable({ write(chunk, encoding, done) { console.log('view', chunk); done(); } }).end(new Uint16Array([1, 2]));
const controller = new AbortController();
finished(new Readable({ read() {} , signal: controller.signal }).on('error', () => {}), (error) => show('aborted', error));
controller.abort();
