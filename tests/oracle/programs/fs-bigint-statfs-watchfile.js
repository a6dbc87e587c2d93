// Status with BigInts, statfs, watchFile, openAsBlob, a web stream over a FileHandle.
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'status-'));
const file = path.join(root, 'file');
fs.writeFileSync(file, 'hello');
fs.utimesSync(file, 1000.5, 2000.25);
const status = fs.statSync(file, { bigint: true });
console.log(status.constructor.name, status.size, status.mtimeMs, status.mtimeNs, status.mtime, status.isFile(), status.isDirectory());
console.log(Object.keys(status).join());
console.log(Object.keys(fs.statSync(file)).join());
const space = fs.statfsSync(root);
console.log(space.constructor.name, Object.keys(space).join(), space.bavail <= space.blocks, typeof fs.statfsSync(root, { bigint: true }).bsize);

(async () => {
  console.log(Object.keys(await fs.promises.statfs(root)).join(), (await fs.promises.lstat(file, { bigint: true })).size);
  const blob = await fs.openAsBlob(file, { type: 'text/plain' });
  console.log(blob.size, blob.type, await blob.text());
  const handle = await fs.promises.open(file);
  const chunks = [];
  for await (const chunk of handle.readableWebStream()) chunks.push(Buffer.from(chunk).toString());
  console.log(chunks.join(''));
  await handle.close();
  try { fs.watchFile(file); } catch (error) { console.log(error.code, error.message); }
  fs.watchFile(path.join(root, 'missing'), { interval: 20 }, (current, previous) => {
    console.log('missing', current.size, current.mtimeMs, previous.ino);
    fs.unwatchFile(path.join(root, 'missing'));
    fs.watchFile(file, { interval: 20 }, function changed(now, before) {
      console.log('changed', now.size, before.size, now.mtime > before.mtime);
      fs.unwatchFile(file, changed);
      fs.rmSync(root, { recursive: true });
    }).on('stop', () => console.log('stopped'));
    setTimeout(() => fs.writeFileSync(file, 'hello again'), 100);
  });
})();
