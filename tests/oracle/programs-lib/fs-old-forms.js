// Forms that Node keeps with a warning: rmdir of a tree, truncate of an open file, mkdtemp with an X; and what it refuses beside them.
'use strict';

const fs = require('fs');
const os = require('os');
const path = require('path');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'old-'));
const at = (...names) => path.join(folder, ...names);
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
process.removeAllListeners('warning'); // they go to stderr, with numbers of processes
process.on('warning', (warning) => console.log('warning', warning.name, warning.code, warning.message));

function attempt(label, run) {
  try {
    console.log(label, run());
  } catch (error) {
    console.log(label, error.name, error.code, error.syscall, error.message.replace(folder, '<folder>').split('\n')[0]);
  }
}

fs.mkdirSync(at('tree', 'branch'), { recursive: true });
fs.writeFileSync(at('tree', 'branch', 'leaf'), 'leaf');
fs.writeFileSync(at('file'), 'content of the file');
attempt('rmdir of a tree', () => fs.rmdirSync(at('tree')));
attempt('recursive', () => fs.rmdirSync(at('tree'), { recursive: true }));
attempt('gone', () => fs.existsSync(at('tree')));
attempt('recursive, missing', () => fs.rmdirSync(at('tree'), { recursive: true }));
attempt('recursive, a file', () => fs.rmdirSync(at('file'), { recursive: true }));
const fd = fs.openSync(at('file'), 'r+');
attempt('truncate', () => fs.truncateSync(fd, 7));
fs.closeSync(fd);
attempt('truncated', () => fs.readFileSync(at('file'), 'utf8'));
attempt('mkdtemp', () => path.basename(fs.mkdtempSync(at('nameX'))).length);
attempt('symlink', () => fs.symlinkSync('file', at('link'), 'sideways'));
attempt('lchmod', () => fs.lchmod);
fs.promises.lchmod(at('file'), 0o600).catch((error) => console.log(error.code, error.message));
fs.rmdir(at('file'), (error) => console.log(error.code, error.syscall));
