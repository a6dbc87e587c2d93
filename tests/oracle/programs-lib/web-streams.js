// Web Streams: how they look, what they refuse, piping, tee, byte streams, text streams, and the ways to Node's own streams.
'use strict';

const { Readable, Writable, Transform, finished, promises } = require('stream');
const web = require('stream/web');

console.log(web.ReadableStream === ReadableStream, web.TransformStream === TransformStream, typeof WritableStreamDefaultWriter);
const bytes = new ReadableStream({ type: 'bytes' });
console.log(new ReadableStream(), bytes, new WritableStream(), new TransformStream(), new CountQueuingStrategy({ highWaterMark: 3 }));
console.log({ deep: { deeper: { deepest: new ReadableStream().getReader() } } }, new TextDecoderStream('utf-16le'));
console.log(String(bytes), ReadableStream.name, ReadableStream.length);

const locked = new ReadableStream();
const reader = locked.getReader();
const tries = {
  source: () => new ReadableStream(5), type: () => new ReadableStream({ type: 'x' }), pull: () => new ReadableStream({ pull: 5 }),
  mark: () => new ReadableStream({}, { highWaterMark: -1 }), locked: () => locked.getReader(), mode: () => bytes.getReader({ mode: 'x' }),
  tee: () => locked.tee(), controller: () => new ReadableStreamDefaultController(), strategy: () => new CountQueuingStrategy({}),
  getter: () => ReadableStream.prototype.locked, pipeThrough: () => bytes.pipeThrough({}), sink: () => new WritableStream({ type: 'x' }),
  from: () => ReadableStream.from(5), cancel: () => locked.cancel(), pipeTo: () => bytes.pipeTo(5), read: () => reader.read.call({}),
};

async function refuse() {
  for (const [name, attempt] of Object.entries(tries)) {
    try {
      await attempt();
    } catch (error) {
      console.log(name, error.name, error.code, error.message);
    }
  }
}

async function pipe() {
  const words = new ReadableStream({ start(controller) { ['stream', 'é', '😀'].forEach((word) => controller.enqueue(word)); controller.close(); } });
  const [first, second] = words.tee();
  const upper = new TransformStream({ transform(word, controller) { controller.enqueue(word.toUpperCase()); } });
  const seen = [];
  await first.pipeThrough(upper).pipeThrough(new TextEncoderStream()).pipeThrough(new TextDecoderStream())
    .pipeTo(new WritableStream({ write(word) { seen.push(word); }, close() { seen.push('closed'); } }));
  for await (const word of second) seen.push(word);
  console.log(seen, first.locked);
  const given = new ReadableStream({ type: 'bytes', pull(controller) {
    controller.byobRequest.view[0] = 7;
    controller.byobRequest.respond(1);
  } }).getReader({ mode: 'byob' });
  console.log(await given.read(new Uint8Array(3)), await given.read(Buffer.alloc(2)));
}

async function adapt() {
  const readable = Readable.fromWeb(ReadableStream.from(['a', 'b']), { objectMode: true });
  console.log(await readable.toArray());
  const chunks = [];
  for await (const chunk of Readable.toWeb(Readable.from(['c', 'd']))) chunks.push(chunk);
  const target = new WritableStream({ write(chunk) { chunks.push(String(chunk)); }, close() { chunks.push('closed'); } });
  const writable = Writable.fromWeb(target, { decodeStrings: false });
  writable.write('e');
  await new Promise((resolve) => { writable.end('f', resolve); });
  await promises.pipeline(Readable.from(['g']), new Transform({ transform(chunk, encoding, done) { done(null, `${chunk}h`); } }), Writable.toWeb(
    new Writable({ write(chunk, encoding, done) { chunks.push(String(chunk)); done(); } })));
  console.log(chunks);
  const failing = new ReadableStream({ start(controller) { controller.error(new Error('broken')); } });
  finished(failing, (error) => console.log('finished', error.message));
  Readable.fromWeb(failing).on('error', (error) => console.log('error', error.message));
}

refuse().then(pipe).then(adapt);
