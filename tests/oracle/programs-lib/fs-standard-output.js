// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// fs writes to standard output in the order of console.log.
const fs = require('fs');

console.log('log 1');
console.log(fs.writeSync(1, 'writeSync of text: ü\n'), fs.writeSync(1, Buffer.from('xxwriteSync of bytes\nxx'), 2, 19));
console.log('log 2');
fs.writeFileSync(1, 'writeFileSync\n');
fs.appendFileSync(1, Buffer.from('appendFileSync\n'));
console.log(fs.writevSync(1, [Buffer.from('writev'), Buffer.from('Sync\n')]));
process.stdout.write('stdout.write\n');
fs.write(1, 'write\n', (error, count, text) => {
    console.log(error, count, text);
    fs.writeFile(1, 'writeFile\n', (failure) => {
        console.log(failure);
        const stream = fs.createWriteStream(null, { fd: 1, autoClose: false });
        stream.write('from a stream\n', () => console.log('written'));
    });
});
