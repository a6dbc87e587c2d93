// A watcher of a whole tree, fs.promises.watch in both forms, encodings, signals, and what is refused.
import fs from 'fs';
import os from 'os';
import path from 'path';

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'watch-'));
const at = (name) => path.join(root, name);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const hidden = (text) => String(text).replace(root, 'root');

function tell(error) {
  console.log(hidden(error.message), Object.keys(error).map((key) => `${key}=${hidden(error[key])}`).join());
}
for (const attempt of [
  () => fs.watch(at('none')),
  () => fs.watch(at('none'), { recursive: true }),
  () => fs.watch(root, { encoding: 'morse' }),
  () => fs.watch(root, { recursive: true, encoding: 3 }),
  () => fs.watch(root, { recursive: true, signal: 3 }),
  () => fs.watch('a\0b'),
]) {
  try {
    attempt();
  } catch (error) {
    tell(error);
  }
}
for (const options of [{ persistent: 1 }, { recursive: 1 }, { encoding: 'morse' }, { signal: 1 }]) {
  await fs.promises.watch(root, options).next().catch(tell);
}
await fs.promises.watch(at('none')).next().catch(tell);

async function follow(name, options, work) {
  const controller = new AbortController();
  const { signal } = controller;
  const events = [];
  const following = (async () => {
    for await (const { eventType, filename } of fs.promises.watch(root, { ...options, signal })) events.push(`${eventType} ${filename}`);
  })();
  await work();
  controller.abort(new Error('enough'));
  await following.catch((error) => console.log(name, events, error.name, error.code, error.cause && error.cause.message));
}

await follow('one folder', {}, async () => {
  await wait(20);
  fs.writeFileSync(at('x'), '1');
  await wait(30);
  fs.unlinkSync(at('x'));
  await wait(30);
});

fs.mkdirSync(at('s/t'), { recursive: true });
const tree = fs.watch(root, { recursive: true }, (event, file) => console.log('tree', event, file));
tree.on('close', () => console.log('tree closed'));
await follow('tree', { recursive: true }, async () => {
  await wait(20);
  fs.writeFileSync(at('s/t/x'), '1');
  await wait(30);
  fs.appendFileSync(at('s/t/x'), '1');
  await wait(30);
  fs.mkdirSync(at('s/u'));
  await wait(30);
  fs.writeFileSync(at('s/u/k'), '');
  await wait(30);
  fs.rmSync(at('s'), { recursive: true });
  await wait(30);
});
tree.close();

const byHand = fs.watch(root, { encoding: 'hex' }, (event, file) => console.log('hex', event, file));
const bytes = fs.watch(root, 'buffer', (event, file) => console.log('buffer', event, file));
console.log(byHand.constructor.name, Object.keys(byHand), byHand.unref() === byHand, byHand.ref() === byHand);
fs.watch(root, { signal: AbortSignal.abort() }).on('close', () => console.log('closed by an aborted signal'));
const controller = new AbortController();
fs.watch(root, { signal: controller.signal }).on('close', () => console.log('closed by a signal'));
fs.watch(root, { persistent: false });
fs.writeFileSync(at('h'), '');
await wait(30);
controller.abort();
byHand.close();
byHand.close();
bytes.unref();
console.log('nothing is left to wait for');
