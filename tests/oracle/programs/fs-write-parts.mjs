// fs/promises writes streams, generators and arrays part by part.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';

const root = await fs.mkdtemp(path.join(os.tmpdir(), 'parts-'));
const file = path.join(root, 'file');
const shown = async () => JSON.stringify(await fs.readFile(file, 'utf8'));

await fs.writeFile(file, Readable.from(['a', 'b', 'c']));
console.log(await shown());
await fs.appendFile(file, (function* parts() { yield 'd'; yield Buffer.from('e'); })());
console.log(await shown());
await fs.writeFile(file, (async function* parts() { yield 'ä'; yield new Uint16Array([0x4241]); })(), 'latin1');
console.log(await shown(), (await fs.stat(file)).size);
await fs.writeFile(file, ['x', 'y']);
console.log(await shown());
const handle = await fs.open(file, 'r+');
await handle.writeFile(['1', '2', '3']);
await handle.close();
console.log(await shown());
let ended = false;
async function* failing() {
  try {
    yield 'one';
    yield 5;
  } finally {
    ended = true;
  }
}
await fs.writeFile(file, failing()).catch((error) => console.log(error.code));
console.log(await shown(), ended);
const controller = new AbortController();
await fs.writeFile(file, (async function* parts() { yield 'kept'; controller.abort(); yield 'not'; })(), { signal: controller.signal })
  .catch((error) => console.log(error.name, error.code));
console.log(await shown());
await fs.rm(root, { recursive: true });
