// fs.cp in its three forms: trees, links, filters, and what it refuses.
const fs = require('fs');
const os = require('os');
const path = require('path');

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'copy-'));
const at = (...parts) => path.join(root, ...parts);
fs.mkdirSync(at('from/deep/deeper'), { recursive: true });
fs.writeFileSync(at('from/one.txt'), 'one');
fs.writeFileSync(at('from/deep/two.txt'), 'two', { mode: 0o400 });
fs.symlinkSync('one.txt', at('from/link'));

const hide = (text) => String(text).split(root).join('');
const tell = (what, error) => console.log(what, error ? `${error.name} ${error.code} ${hide(error.message)}` : 'done');
const tree = (folder) => fs.readdirSync(at(folder), { recursive: true }).sort()
  .map((name) => `${name} ${(fs.lstatSync(at(folder, name)).mode & 0o777).toString(8)}`);

fs.cpSync(at('from'), at('to'), { recursive: true });
console.log(tree('to'), hide(fs.readlinkSync(at('to/link'))));
fs.cpSync(at('from'), at('filtered/inner'), { recursive: true, verbatimSymlinks: true, filter: (src) => !src.endsWith('two.txt') });
console.log(tree('filtered/inner'), fs.readlinkSync(at('filtered/inner/link')));

for (const [what, ...args] of [
  ['folder without recursive', at('from'), at('x')],
  ['missing', at('missing'), at('x')],
  ['onto itself', at('from/one.txt'), at('from/one.txt')],
  ['into itself', at('from'), at('from/deep/copy'), { recursive: true }],
  ['folder over file', at('from/deep'), at('from/one.txt'), { recursive: true }],
  ['file over folder', at('from/one.txt'), at('from/deep')],
  ['there already', at('from/one.txt'), at('to/one.txt'), { force: false, errorOnExist: true }],
  ['there already, quietly', at('from/one.txt'), at('to/one.txt'), { force: false }],
  ['no boolean', at('from'), at('x'), { recursive: 1 }],
  ['no object', at('from'), at('x'), 'recursive'],
  ['both', at('from'), at('x'), { dereference: true, verbatimSymlinks: true }],
  ['a promise', at('from'), at('x'), { recursive: true, filter: () => Promise.resolve(true) }],
  ['no path', 5, at('x')],
]) {
  try {
    fs.cpSync(...args);
    tell(what);
  } catch (error) {
    tell(what, error);
  }
}

fs.cp(at('from'), at('later'), { recursive: true, filter: async (src) => !src.includes('deeper') }, (error) => {
  tell('callback', error);
  console.log(tree('later'));
  fs.cp(at('from/one.txt'), at('from/deep'), (failed) => {
    tell('callback', failed);
    fs.promises.cp(at('from/one.txt'), at('promised/one.txt')).then((value) => {
      console.log(value, fs.readFileSync(at('promised/one.txt'), 'utf8'));
      return fs.promises.cp(at('from'), at('y'));
    }).catch((rejected) => {
      tell('promise', rejected);
      fs.rmSync(root, { recursive: true });
    });
  });
});
