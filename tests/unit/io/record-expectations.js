// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Records what Node 20 reports for operations that fail, and what some that succeed give: node record-expectations.js > fixtures/node20.json
// FileOperationsTest.cpp makes the same files and compares. "@" stands for the folder.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'expectations-')));
process.chdir(folder);
fs.writeFileSync('file', 'hello');
fs.mkdirSync('dir');
fs.mkdirSync('full');
fs.writeFileSync('full/x', 'x');
fs.symlinkSync('nowhere', 'dangling');
fs.symlinkSync('loop', 'loop');
fs.symlinkSync('full', 'to-full');

const noSuchHandle = 99;
const exclusive = fs.constants.COPYFILE_EXCL;
// [our operation, our arguments, Node's function if it is called otherwise]
const operations = [
    ['readFile', ['missing']], ['readFile', ['dir']], ['readFile', ['file/x']], ['readFile', ['loop']], ['readFile', ['']],
    ['readFile', [noSuchHandle]],
    ['writeFile', ['dir', 'x']], ['writeFile', ['missing/x', 'x']], ['writeFile', ['file', 'x', 'wx'], () => fs.writeFileSync('file', 'x', { flag: 'wx' })],
    ['writeFile', [noSuchHandle, 'x']], ['appendFile', ['dir', 'x']],
    ['open', ['missing', 'r']], ['open', ['file', 'wx']], ['open', ['dir', 'w']], ['open', ['missing', 0]],
    ['close', [noSuchHandle]],
    ['read', [noSuchHandle, 1, -1], () => fs.readSync(noSuchHandle, Buffer.alloc(1))],
    ['write', [noSuchHandle, 'x', -1], () => fs.writeSync(noSuchHandle, Buffer.from('x'))],
    ['truncate', ['missing', 1]], ['truncate', ['dir', 1]], ['ftruncate', [noSuchHandle, 1]], ['fsync', [noSuchHandle]], ['fdatasync', [noSuchHandle]],
    ['copyFile', ['missing', 'y']], ['copyFile', ['file', 'dir']], ['copyFile', ['dir', 'y']], ['copyFile', ['file', 'full/x', exclusive]],
    ['copyFile', ['file', 'missing/y']], ['copyFile', ['file', 'file']],
    ['stat', ['missing']], ['stat', ['loop']], ['stat', ['']], ['stat', ['dangling']], ['lstat', ['missing']], ['fstat', [noSuchHandle]],
    ['access', ['missing']], ['access', ['missing', fs.constants.R_OK]], ['exists', ['missing']], ['exists', ['file']], ['exists', ['dangling']],
    ['readdir', ['missing']], ['readdir', ['file']], ['readdir', ['full']], ['opendir', ['missing']], ['opendir', ['file']], ['readdir', ['to-full']],
    ['mkdir', ['dir']], ['mkdir', ['missing/x']], ['mkdir', ['file/x']], ['mkdir', ['']],
    ...['dir', 'file', 'file/x/y', 'dangling', 'dangling/x', 'a/b/c', 'a/b/c', './q/./t/../u/v/', 'a/d'].map(
        (name) => ['mkdir', [name, 0o777, true], () => fs.mkdirSync(name, { recursive: true })]),
    ['mkdtemp', ['missing/x-']],
    ['rmdir', ['missing']], ['rmdir', ['file']], ['rmdir', ['full']], ['rmdir', ['loop']],
    ['unlink', ['missing']], ['unlink', ['dir']],
    ['rm', ['missing']], ['rm', ['missing', false, true], () => fs.rmSync('missing', { force: true })],
    ['rename', ['missing', 'y']], ['rename', ['file', 'dir']], ['rename', ['dir', 'full']], ['rename', ['dir', 'file']],
    ['link', ['missing', 'y']], ['link', ['file', 'dir']], ['symlink', ['x', 'file']], ['symlink', ['x', 'missing/y']],
    ['readlink', ['missing']], ['readlink', ['file']], ['readlink', ['dangling']],
    ['realpath', ['missing']], ['realpath', ['missing/x/y']], ['realpath', ['file/x']], ['realpath', ['loop']], ['realpath', ['dangling']],
    ['realpath', ['dir/../missing/z']], ['realpath', ['to-full/x']], ['realpath', ['to-full/../full/x']], ['realpath', ['to-full/y']],
    ['realpathNative', ['missing/x'], () => fs.realpathSync.native('missing/x')], ['realpathNative', ['to-full/x'], () => fs.realpathSync.native('to-full/x')],
    ['chmod', ['missing', 0o600]], ['fchmod', [noSuchHandle, 0o600]], ['chown', ['missing', 1, 1]], ['lchown', ['missing', 1, 1]],
    ['fchown', [noSuchHandle, 1, 1]], ['utimes', ['missing', 1, 1]], ['lutimes', ['missing', 1, 1]], ['futimes', [noSuchHandle, 1, 1]],
];

const withoutFolder = (value) => (typeof value === 'string' ? value.split(folder).join('@') : value);
const expectations = operations.map(([operation, given, call]) => {
    const expectation = { operation, arguments: given };
    try {
        const result = call ? call() : fs[`${operation}Sync`](...given);
        if (result !== undefined && !Buffer.isBuffer(result))
            expectation.result = Array.isArray(result) ? result : withoutFolder(result);
    } catch (error) {
        const { code, errno, syscall, path: named, dest } = error;
        expectation.error = { code, errno, syscall, path: withoutFolder(named), dest, message: withoutFolder(error.message) };
    }
    return expectation;
});
fs.rmSync(folder, { recursive: true });
process.stdout.write(`[\n${expectations.map((expectation) => JSON.stringify(expectation)).join(',\n')}\n]\n`);
