'use strict';
// What watchers of a folder, of a file in it and of a folder below hear of each kind of change.
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'watch-'));
const at = (name) => path.join(root, name);
fs.writeFileSync(at('a'), '1');
fs.mkdirSync(at('sub'));
fs.writeFileSync(at('sub/z'), '1');

const steps = {
  'append': () => fs.appendFileSync(at('a'), 'x'),
  'rewrite': () => fs.writeFileSync(at('a'), 'yy'),
  'create': () => fs.writeFileSync(at('b'), 'yy'),
  'create empty': () => fs.writeFileSync(at('c'), ''),
  'three writes': () => { for (const text of ['x', 'y', 'z']) fs.appendFileSync(at('c'), text); },
  'chmod': () => fs.chmodSync(at('a'), 0o600),
  'utimes': () => fs.utimesSync(at('a'), 1, 2),
  'truncate': () => fs.truncateSync(at('a'), 1),
  'link': () => fs.linkSync(at('a'), at('l')),
  'unlink the link': () => fs.unlinkSync(at('l')),
  'symlink': () => fs.symlinkSync(at('a'), at('s')),
  'mkdir': () => fs.mkdirSync(at('m')),
  'rmdir': () => fs.rmdirSync(at('m')),
  'write below': () => fs.writeFileSync(at('sub/y'), '1'),
  'chmod of a folder': () => fs.chmodSync(at('sub'), 0o700),
  'rename': () => fs.renameSync(at('c'), at('e')),
  'rename over': () => fs.renameSync(at('b'), at('a')),
  'rename into': () => fs.renameSync(at('e'), at('sub/e')),
  'unlink while open': () => {
    const fd = fs.openSync(at('a'), 'r+');
    fs.unlinkSync(at('a'));
    fs.writeSync(fd, 'still');
    fs.closeSync(fd);
  },
  'remove a folder': () => fs.rmSync(at('sub'), { recursive: true }),
  'remove all': () => fs.rmSync(root, { recursive: true }),
};

function watch(name, file) {
  return fs.watch(file, (event, changed) => console.log('  ', name, event, changed.replace(path.basename(root), 'root')));
}
const watchers = [watch('folder', root), watch('file', at('a')), watch('below', at('sub')), watch('again', at('sub'))];
watchers[0].on('close', () => console.log('closed'));

const names = Object.keys(steps);
(function next() {
  const name = names.shift();
  if (name === undefined) {
    for (const watcher of watchers) watcher.close();
    return;
  }
  console.log(name);
  steps[name]();
  setTimeout(next, 30);
})();
