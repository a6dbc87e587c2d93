// fs.ReadStream and WriteStream as constructors of old: called without new, extended, with functions of one's own, on a FileHandle.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'streams-'));
const file = path.join(folder, 'file.txt');
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

const ended = (stream) => new Promise((resolve) => { stream.on('close', resolve); });

async function writeWhileOpening() {
  const calls = [];
  const spied = { ...fs };
  for (const name of ['open', 'write', 'writev', 'close']) {
    spied[name] = (...args) => { calls.push(name); return fs[name](...args); };
  }
  const stream = fs.WriteStream(file, { fs: spied });
  console.log(stream instanceof fs.WriteStream, stream.pending, stream.flags, stream.autoClose, stream.bytesWritten);
  stream.on('open', () => {
    stream.write('one ');
    process.nextTick(() => { stream.write('two '); stream.end('three'); });
  });
  await ended(stream);
  console.log(fs.readFileSync(file, 'utf8'), calls, stream.bytesWritten, stream.fd, stream.pending);
}

async function extendTheOldWay() {
  function Loud(...args) { fs.ReadStream.apply(this, args); }
  Object.setPrototypeOf(Loud.prototype, fs.ReadStream.prototype);
  Object.setPrototypeOf(Loud, fs.ReadStream);
  Loud.prototype.open = function open() {
    console.log('own open');
    fs.open(this.path, this.flags, this.mode, (error, fd) => {
      this.fd = fd;
      this.emit('open', fd);
    });
  };
  const stream = new Loud(file, { start: 4, end: 6, encoding: 'utf8' });
  stream.on('data', (text) => console.log('data', text));
  await ended(stream);
}

async function readAFileHandle() {
  const handle = await fs.promises.open(file);
  handle.on('close', () => console.log('handle closed'));
  const stream = handle.createReadStream({ encoding: 'latin1', highWaterMark: 5 });
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  console.log(chunks, handle.fd);
  await handle.read(Buffer.alloc(1)).catch((error) => console.log(error.code, error.syscall, error.message));
}

function refuse() {
  const tries = [
    () => fs.createReadStream(46), () => fs.createReadStream(null, { fd: 'k' }), () => fs.createReadStream(file, { start: 3, end: 1 }),
    () => fs.createWriteStream(file, { fs: { ...fs, open: null } }), () => fs.createWriteStream(file, { flush: 'yes' }),
  ];
  for (const attempt of tries) {
    try {
      attempt();
    } catch (error) {
      console.log(error.code, error.message);
    }
  }
}

async function abort() {
  const controller = new AbortController();
  controller.abort(new Error('enough'));
  await fs.promises.readFile(file, { signal: controller.signal }).catch((error) => console.log(error.name, error.code, error.cause.message));
  fs.readFile(file, { signal: controller.signal }, (error) => console.log('callback', error.name));
  console.log('after');
}

writeWhileOpening().then(extendTheOldWay).then(readAFileHandle).then(refuse).then(abort);
